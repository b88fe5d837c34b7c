"""The grant kit as a table to take away, in the columns of the compte rendu financier."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.selectors.grants import GrantKit, Line

HEADER: tuple[str | Promise, ...] = (
    gettext_lazy("Partie"), gettext_lazy("Compte"), gettext_lazy("Intitulé"), gettext_lazy("Prévision"),
    gettext_lazy("Réalisation"), "%",
)  # fmt: skip


def grant_table(kit: GrantKit) -> Iterator[list[Any]]:
    """Expenses, income, grants with their shares, then the cost of each event and of a contract."""
    for side in kit.sides:
        for chapter in side.chapters:
            yield _row(side.title, chapter.heading)
            yield from (_row(side.title, line, indent="  ") for line in chapter.lines)
        yield _row(side.title, side.total)
    for found in kit.grants:
        grant = found.grant
        words = f"{grant} ({_('part de la base')} : {_number(found.base) or '–'})"
        yield [_("Subventions"), "74", words, _number(grant.asked), _number(grant.paid), _number(found.share)]
    for cost in kit.costs:
        allocation = cost.allocation
        yield [_("Coût"), "", allocation.event.name, None, _number(allocation.cost), None]
        per = _number(cost.cost_per_contract)
        yield [
            _("Coût"),
            "",
            _("Coût par contrat de travail : %(event)s") % {"event": allocation.event},
            None,
            per,
            None,
        ]


def _row(title: str, line: Line, indent: str = "") -> list[Any]:
    return [title, line.account, indent + line.label, _number(line.forecast), _number(line.actual), _number(line.rate)]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
