"""What a funder asks of an action after the fact: its budget, its grants, what each of its events cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import ContractKind
from forums.enums import BudgetSide, Rounding
from forums.models import Action, BudgetLine, Grant
from ledger.enums import AttributionKind
from ledger.models import LedgerEntry
from reports.indicators.cost import CENT, Allocation, allocate
from reports.indicators.readings import share

# The headings of the compte rendu financier (cerfa 15059), by the first two figures of an account.
CHAPTERS: dict[str, dict[str, Promise]] = {
    BudgetSide.EXPENSE: {
        "60": _("Achats"),
        "61": _("Services extérieurs"),
        "62": _("Autres services extérieurs"),
        "63": _("Impôts et taxes"),
        "64": _("Charges de personnel"),
        "65": _("Autres charges de gestion courante"),
        "66": _("Charges financières"),
        "67": _("Charges exceptionnelles"),
        "68": _("Dotations aux amortissements, provisions et engagements"),
        "69": _("Impôt sur les bénéfices et participation des salariés"),
        "86": _("Emplois des contributions volontaires en nature"),
    },
    BudgetSide.INCOME: {
        "70": _("Ventes de produits finis, de marchandises, prestations de services"),
        "73": _("Dotations et produits de tarification"),
        "74": _("Subventions d’exploitation"),
        "75": _("Autres produits de gestion courante"),
        "76": _("Produits financiers"),
        "77": _("Produits exceptionnels"),
        "78": _("Reprises sur amortissements, dépréciations et provisions"),
        "79": _("Transfert de charges"),
        "87": _("Contributions volontaires en nature"),
    },
}
GRANTS_ACCOUNT = "74"


@dataclass(frozen=True, slots=True)
class Line:
    """Euros. `actual` is None until it is known; `rate` is actual of forecast in percent, rounded half up."""

    account: str
    label: str
    forecast: Decimal
    actual: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        if self.actual is None or not self.forecast:
            return None
        return share(self.actual, self.forecast, rounding=Rounding.HALF_UP)


@dataclass(frozen=True, slots=True)
class Chapter:
    heading: Line
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Side:
    title: str
    chapters: list[Chapter]
    total: Line


@dataclass(frozen=True, slots=True)
class GrantShare:
    """`share` is `amount` (granted, or asked while nothing is) of `base`, in percent, as the grant's mode prints it."""

    grant: Grant
    amount: Decimal
    base: Decimal | None

    @property
    def share(self) -> Decimal | None:
        return share(self.amount, self.base, rounding=self.grant.rounding) if self.base else None


@dataclass(frozen=True, slots=True)
class EventCost:
    """`contracts` are direct contrats de travail of that event alone; None for one that has no rows."""

    allocation: Allocation
    contracts: int | None

    @property
    def cost_per_contract(self) -> Decimal | None:
        if self.allocation.cost is None or not self.contracts:
            return None
        return share(self.allocation.cost, self.contracts, scale=1, rounding=Rounding.HALF_UP)


@dataclass(frozen=True, slots=True)
class GrantKit:
    """`unbalanced`: forecast expenses and income differ, which the form does not allow."""

    action: Action
    sides: list[Side]
    grants: list[GrantShare]
    costs: list[EventCost]

    @property
    def unbalanced(self) -> bool:
        expenses, income = (side.total.forecast for side in self.sides)
        return expenses != income


def grant_kit(action: Action) -> GrantKit:
    grants = list(action.grants.all())
    lines = [*action.lines.all()]
    return GrantKit(
        action=action,
        sides=[_side(side, lines, grants) for side in BudgetSide],
        grants=[_share(grant, action) for grant in grants],
        costs=list(_costs(action)),
    )


def _side(side: BudgetSide, lines: list[BudgetLine], grants: list[Grant]) -> Side:
    mine = [Line(row.account, row.label, row.forecast, row.actual) for row in lines if row.side == side]
    if side == BudgetSide.INCOME and not any(line.account.startswith(GRANTS_ACCOUNT) for line in mine):
        mine += [Line(GRANTS_ACCOUNT, str(row), row.asked, _received(row)) for row in grants]
    chapters = [
        Chapter(_sum(account, str(label), within), within)
        for account, label in CHAPTERS[side].items()
        if (within := [line for line in mine if line.account.startswith(account)])
    ]
    known = tuple(CHAPTERS[side])
    if others := [line for line in mine if not line.account.startswith(known)]:
        chapters.append(Chapter(_sum("", str(_("Autres comptes")), others), others))
    return Side(str(side.label), chapters, _sum("", str(_("Total")), mine))


def _received(grant: Grant) -> Decimal | None:
    return grant.granted if grant.paid is None else grant.paid


def _sum(account: str, label: str, lines: list[Line]) -> Line:
    """What is not known yet adds nothing; with nothing known, nothing is."""
    known = [line.actual for line in lines if line.actual is not None]
    forecast = sum((line.forecast for line in lines), Decimal(0)).quantize(CENT)
    return Line(account, label, forecast, sum(known, Decimal(0)).quantize(CENT) if known else None)


def _share(grant: Grant, action: Action) -> GrantShare:
    amount = grant.asked if grant.granted is None else grant.granted
    return GrantShare(grant, amount, grant.base or action.budget_forecast)


def _costs(action: Action) -> Iterator[EventCost]:
    entries = LedgerEntry.objects.counting().of_kind(ContractKind.EMPLOYMENT)
    direct = entries.filter(attribution__kind=AttributionKind.DIRECT, attribution__edition__event__action=action)
    counted = dict(direct.order_by().values_list("attribution__edition").annotate(Count("pk")))
    with_rows = set(action.events.filter(edition__declared=False).values_list("pk", flat=True))
    for allocation in allocate(action):
        event = allocation.event.pk
        yield EventCost(allocation, counted.get(event, 0) if event in with_rows else None)
