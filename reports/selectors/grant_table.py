"""The grant kit as a table to take away, in the columns of the compte rendu financier. Lines, their totals and the
grants are in columns of their own: the sum of a column counts nothing twice."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.selectors.grants import GrantKit, Line

HEADER: tuple[str | Promise, ...] = (
    gettext_lazy("Partie"), gettext_lazy("Ligne"), gettext_lazy("Compte"), gettext_lazy("Intitulé"),
    gettext_lazy("Prévision"), gettext_lazy("Réalisation"), gettext_lazy("Total prévision"),
    gettext_lazy("Total réalisation"), "%", gettext_lazy("Demandé"), gettext_lazy("Accordé"), gettext_lazy("Versé"),
    gettext_lazy("Base"), gettext_lazy("Part"), gettext_lazy("Coût"), gettext_lazy("Contrats"),
    gettext_lazy("Coût par contrat"),
)  # fmt: skip
CENT = Decimal("0.01")


def grant_table(kit: GrantKit) -> Iterator[list[Any]]:
    """Expenses, income, grants with their shares, then the cost of each event and of a contract."""
    for side in kit.sides:
        for chapter in side.chapters:
            yield _total(side.title, _("chapitre"), chapter.heading)
            yield from (_line(side.title, line) for line in chapter.lines)
        yield _total(side.title, _("total"), side.total)
    for found in kit.grants:
        grant = found.grant
        amounts = [_euros(value) for value in (grant.asked, grant.granted, grant.paid, found.base, found.share)]
        yield _row(_("Subventions"), _("subvention"), "74", str(grant), **{"9": amounts})
    for cost in kit.costs:
        per_contract: list[Any] = [_euros(cost.allocation.cost), cost.contracts, _euros(cost.cost_per_contract)]
        yield _row(_("Coût"), _("événement"), "", cost.allocation.event.name, **{"14": per_contract})


def _line(title: str, line: Line) -> list[Any]:
    amounts = [_euros(line.forecast), _euros(line.actual), None, None, line.rate]
    return _row(title, _("compte"), line.account, line.label, **{"4": amounts})


def _total(title: str, what: str, line: Line) -> list[Any]:
    amounts = [_euros(line.forecast), _euros(line.actual), line.rate]
    return _row(title, what, line.account, line.label, **{"6": amounts})


def _row(*words: str, **placed: list[Any]) -> list[Any]:
    """`placed`: values from that column on."""
    row = [*words, *[None] * (len(HEADER) - len(words))]
    for column, values in placed.items():
        row[int(column) : int(column) + len(values)] = values
    return row


def _euros(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(CENT)
