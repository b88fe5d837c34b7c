"""Does the chain hold, and is every row of history what its latest link says?"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import transaction

from ledger.enums import Break, ChainAction
from ledger.models import ChainHead, ChainLink
from medinjob.lib.chains import START, Chained, Link, commitments_of, content_of

CHUNK = 2000
Said = tuple[dict[str, Any], dict[str, Any]]


class Found(NamedTuple):
    """`row` of `kind`, or 0; `position` of the link, or 0."""

    what: Break
    kind: str
    row: int
    position: int


class _Latest(NamedTuple):
    position: int
    content: str
    commitments: dict[str, str]
    salt: str
    first: str
    action: str
    links: int


def chained_models() -> list[Any]:
    """Every model whose rows stand in the chain, of whatever app."""
    return [model for model in apps.get_models() if isinstance(getattr(model, "chained", None), Chained)]


def rows_in(model: Any, ids: Iterable[int] | None = None) -> Iterator[tuple[int, Said]]:
    """Each row with its plain and personal values, as the database has them."""
    chained: Chained = model.chained
    rows = model._default_manager.order_by("pk")
    rows = rows if ids is None else rows.filter(pk__in=list(ids))
    for row in rows.values_list(*chained.columns).iterator(chunk_size=CHUNK):
        yield row[0], chained.split(row)


def latest_links(kind: str, ids: Iterable[int]) -> dict[int, ChainLink]:
    """By row."""
    return {link.row: link for link in ChainLink.objects.filter(kind=kind, row__in=list(ids)).order_by("position")}


def breaks() -> list[Found]:
    """What was added, changed, removed or reordered behind the services; linear in the number of links and rows.

    A row that a service writes meanwhile may look wrong: what looks wrong is looked at again with the chain held.
    """
    found, latest = _read_chain()
    suspects = [one for model in chained_models() for one in _compare(model, latest)]
    suspects += [
        Found(Break.REMOVED, kind, row, known.position) for kind, rows in latest.items() for row, known in rows.items()
    ]
    return found + [one for one in suspects if _stands(one)] + _beyond_the_end()


@transaction.atomic
def _beyond_the_end() -> list[Found]:
    """Links after the last one."""
    head = ChainHead.objects.select_for_update(no_key=True).filter(pk=1).first() or ChainHead()
    beyond = ChainLink.objects.filter(position__gt=head.position).order_by("position")
    return [Found(Break.LINK, link.kind, link.row, link.position) for link in beyond]


FIELDS = (
    "position", "kind", "row", "action", "at", "content", "commitments", "previous", "digest", "salt",
)  # fmt: skip


def _read_chain() -> tuple[list[Found], dict[str, dict[int, _Latest]]]:
    """What is wrong with the links themselves, and the latest of each row."""
    found: list[Found] = []
    latest: dict[str, dict[int, _Latest]] = {}
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    position, before = 0, START
    rows = ChainLink.objects.filter(position__lte=head.position).order_by("position").values_list(*FIELDS)
    for *values, digest, salt in rows.iterator(chunk_size=CHUNK):
        link = Link(*values)
        if link.position != position + 1 or link.previous != before or link.digest != digest:
            found.append(Found(Break.LINK, link.kind, link.row, link.position))
        position, before = link.position, digest
        of_kind = latest.setdefault(link.kind, {})
        known = of_kind.get(link.row)
        if known and known.salt:
            found.append(Found(Break.LINK, link.kind, link.row, known.position))
        if link.action == ChainAction.ODD:
            found.append(Found(Break.CHANGED, link.kind, link.row, link.position))
        of_kind[link.row] = _Latest(
            link.position, link.content, link.commitments, salt, known.first if known else link.content,
            link.action, known.links + 1 if known else 1,
        )  # fmt: skip
    if (position, before) != (head.position, head.digest):
        found.append(Found(Break.END, "", 0, position))
    return found, latest


def _compare(model: Any, latest: dict[str, dict[int, _Latest]]) -> Iterator[Found]:
    """Takes each row out of `latest`: what is left there has no row."""
    kind, moves = model.chained.kind, model.chained.moves
    of_kind = latest.get(kind, {})
    for pk, (plain, personal) in rows_in(model):
        known = of_kind.pop(pk, None)
        if known is None:
            yield Found(Break.ADDED, kind, pk, 0)
            continue
        content = content_of(plain)
        if content != known.content or commitments_of(known.salt, personal) != known.commitments:
            yield Found(Break.CHANGED, kind, pk, known.position)
        elif not moves and known.links > 1 and (known.action != ChainAction.ERASE or known.first != content):
            yield Found(Break.REWRITTEN, kind, pk, known.position)


@transaction.atomic
def _stands(one: Found) -> bool:
    """Is it so still, with the chain held?"""
    list(ChainHead.objects.select_for_update(no_key=True).filter(pk=1))
    model = next((model for model in chained_models() if model.chained.kind == one.kind), None)
    known = latest_links(one.kind, [one.row]).get(one.row)
    said = next((said for _pk, said in rows_in(model, [one.row])), None) if model else None
    if known is None or said is None:
        return (known is None) != (said is None) or model is None
    if one.what == Break.REWRITTEN:
        return True
    plain, personal = said
    return content_of(plain) != known.content or commitments_of(known.salt, personal) != known.commitments
