"""The one door to rows of history: what is written through it has a link of the chain, in the same transaction.

Whoever adds a link holds the row of `ChainHead` until the transaction ends, so links have one order. All who write take
locks in one order, or two of them would wait for each other for ever: editions, the chain (`hold_chain`), then
companies, applications and the rows of history. `tests/lock_order.py` watches this in every test.
"""

import secrets
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from ledger.enums import ChainAction
from ledger.models import ChainHead, ChainLink
from ledger.selectors.chain import chained_models, latest_links, rows_in
from medinjob.lib.chains import Link, commitments_of, content_of

BATCH = 500
Row = TypeVar("Row", bound=Model)


class _New(NamedTuple):
    kind: str
    row: int
    action: ChainAction
    plain: dict[str, Any]
    personal: dict[str, Any]


@transaction.atomic
def hold_chain() -> ChainHead:
    """The end of the chain, locked. The first time, what was there before is taken up."""
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update(no_key=True).get(pk=1)
    if head.position == 0 and not ChainLink.objects.exists():
        for model in chained_models():
            _append(head, (_New(model.chained.kind, pk, ChainAction.ADOPT, *said) for pk, said in rows_in(model)))
    return head


@transaction.atomic
def write(row: Row) -> Row:
    """Insert a new row."""
    return write_all([row])[0]


@transaction.atomic
def write_all(rows: Collection[Row]) -> list[Row]:
    """Insert new rows, all of one model."""
    head, made = hold_chain(), list(rows)
    for row in made:
        row.save(force_insert=True)
    if made:
        _link(head, type(made[0]), [row.pk for row in made], ChainAction.WRITE)
    return made


@transaction.atomic
def seal_written(rows: Sequence[Model]) -> None:
    """After an app below inserted new rows, all of one model, in this transaction."""
    if rows:
        head, model = hold_chain(), type(rows[0])
        ids = {row.pk for row in rows}
        # The first rows of all were taken up with what was there before.
        _link(head, model, ids - latest_links(model.chained.kind, ids).keys(), ChainAction.WRITE)  # type: ignore[attr-defined]


@transaction.atomic
def notice(model: Any, ids: Collection[int]) -> None:
    """Before a service changes these rows: one that is not as its link says was touched behind the services. It gets a
    link that says so for good, else the link of the change to come would hide it."""
    _link(hold_chain(), model, _unlike_their_links(model, ids), ChainAction.ODD)


@transaction.atomic
def seal(model: Any, ids: Collection[int], action: ChainAction = ChainAction.CHANGE) -> None:
    """After a service changed these rows. A row that is as its link says gets none."""
    _link(hold_chain(), model, _unlike_their_links(model, ids), action)


def _unlike_their_links(model: Any, ids: Collection[int]) -> list[int]:
    known = latest_links(model.chained.kind, ids)
    return [
        pk
        for pk, (plain, personal) in rows_in(model, ids)
        if pk not in known
        or known[pk].content != content_of(plain)
        or known[pk].commitments != commitments_of(known[pk].salt, personal)
    ]


@transaction.atomic
def forget_author(user: Any) -> None:
    """Before their account goes: rows say no more who wrote them."""
    hold_chain()
    for model in chained_models():
        for name in model.chained.personal:
            field = model._meta.get_field(name.removesuffix("_id"))
            if field.is_relation and isinstance(user, field.related_model):
                ids = list(model._default_manager.filter(**{name: user.pk}).order_by().values_list("pk", flat=True))
                model._default_manager.filter(pk__in=ids).update(**{name: None})
                seal_erased(model, ids)


@transaction.atomic
def seal_erased(model: Any, ids: Collection[int]) -> None:
    """After words that name a person, and nothing else, were taken out of these rows: the salts of what they said go,
    for good."""
    if not ids:
        return
    head, known = hold_chain(), latest_links(model.chained.kind, ids)
    said = {pk: content_of(plain) for pk, (plain, _personal) in rows_in(model, ids)}
    odd = {pk for pk, content in said.items() if pk not in known or known[pk].content != content}
    _link(head, model, odd, ChainAction.ODD)
    _link(head, model, said.keys() - odd, ChainAction.ERASE)


def _link(head: ChainHead, model: Any, ids: Collection[int], action: ChainAction) -> None:
    if not ids:
        return
    kind = model.chained.kind
    if action != ChainAction.WRITE:
        ChainLink.objects.filter(kind=kind, row__in=ids).exclude(salt="").update(salt="")
    _append(head, (_New(kind, pk, action, *said) for pk, said in rows_in(model, ids)))


def _append(head: ChainHead, rows: Iterator[_New]) -> None:
    batch: list[ChainLink] = []
    for new in rows:
        salt = secrets.token_hex(32) if new.personal else ""
        commitments = commitments_of(salt, new.personal)
        content, at = content_of(new.plain), timezone.now()
        link = Link(head.position + 1, new.kind, new.row, new.action, at, content, commitments, head.digest)
        batch.append(
            ChainLink(
                position=link.position, kind=link.kind, row=link.row, action=link.action, at=at, content=content,
                commitments=commitments, salt=salt, previous=link.previous, digest=link.digest,
            )
        )  # fmt: skip
        head.position, head.digest = link.position, link.digest
        if len(batch) == BATCH:
            ChainLink.objects.bulk_create(batch)
            batch = []
    ChainLink.objects.bulk_create(batch)
    ChainHead.objects.filter(pk=head.pk).update(position=head.position, digest=head.digest)
