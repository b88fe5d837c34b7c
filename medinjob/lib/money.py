"""Pay: read from text, compared by year. Euros before tax throughout.

A unit is "hour", "day", "month" or "year" (the values of `jobs.enums.PayUnit`).
"""

from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from medinjob.lib.pay_grammar import Reading, read_line

# 35 h × 52 weeks, as the legal minimum wage counts (1 820 h are 151,67 h a month); 218 days: Code du travail L3121-64.
HOURS_A_YEAR = Decimal(1820)
DAYS_A_YEAR = Decimal(218)
MONTHS_A_YEAR = Decimal(12)

# What a full or part time job, an internship or a mission may pay; outside, the unit or the figure is wrong.
PLAUSIBLE = {
    "hour": (Decimal(4), Decimal(150)),
    "day": (Decimal(40), Decimal(2_000)),
    "month": (Decimal(350), Decimal(11_000)),
    "year": (Decimal(6_000), Decimal(300_000)),
}
# A range wider than this mixes two units or holds a typing mistake.
WIDEST = Decimal("4.5")


@dataclass(frozen=True, slots=True)
class Pay:
    """A pay range: `minimum` or `maximum` may be missing, not both; `months` are those paid in a year (13 with a
    thirteenth month); `repaired` says that the source's unit or figures were not plausible as written."""

    minimum: Decimal | None
    maximum: Decimal | None
    unit: str
    months: Decimal = MONTHS_A_YEAR
    repaired: bool = False

    @property
    def yearly_minimum(self) -> int | None:
        return None if self.minimum is None else yearly(self.minimum, self.unit, self.months)

    @property
    def yearly_maximum(self) -> int | None:
        return None if self.maximum is None else yearly(self.maximum, self.unit, self.months)


def yearly(amount: Decimal, unit: str, months: Decimal = MONTHS_A_YEAR) -> int:
    """The same pay for a year of full time, in whole euros: hour × 1 820, day × 218, month × the months paid."""
    factor = {"hour": HOURS_A_YEAR, "day": DAYS_A_YEAR, "month": months, "year": Decimal(1)}[unit]
    return int((amount * factor).to_integral_value())


def parse_pay(text: str, unit: str = "") -> Pay | None:
    """The pay that a text gives, None when it gives none that is plausible.

    Understands "Annuel de 45000.0 Euros à 55000.0 Euros sur 12 mois", "45 - 55 k€ brut annuel", "12,13 €/heure". Net
    pay and other currencies give None. Where the unit is a code of the source's ("Mensuel de 45000 Euros"), an amount
    impossible in it is read in the only unit where it is possible; when there is none, or several, it is dropped.
    """
    reading = read_line(unescape(text), unit)
    return None if reading is None else _plausible(reading)


def _plausible(reading: Reading) -> Pay | None:
    unit = reading.unit
    low, high = _range(reading, _values(reading))
    kept = [amount for amount in (low, high) if amount is not None]
    read = _as_written(kept, unit) or (_in_the_only_unit(kept, unit) if reading.coded or not unit else None)
    if not kept or read is None:
        return None
    factor, read_unit = read
    return Pay(
        None if low is None else low * factor,
        None if high is None else high * factor,
        read_unit,
        reading.months or MONTHS_A_YEAR,
        repaired=bool(unit) and (read_unit != unit or factor != 1),
    )


def _values(reading: Reading) -> list[Decimal]:
    """In "45 - 55 k€" and "26/27 K" the thousand counts for both; "12.345 €/h" has three decimals."""
    kilos = any(figure.kilo for figure in reading.figures)
    found = []
    for figure in reading.figures:
        amount = figure.value * 1000 if kilos and figure.value < 1000 else figure.value
        decimals = figure.decimals
        if decimals is not None and reading.unit and not _fits(amount, reading.unit) and _fits(decimals, reading.unit):
            amount = decimals
        found.append(amount)
    return found


def _range(reading: Reading, amounts: list[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """The two ends in order, a zero being no end; of a range too wide to be true, the only plausible end."""
    if len(amounts) == 1:
        only = amounts[0] or None
        return (None if reading.open_below else only), (None if reading.open_above and not reading.open_below else only)
    if not all(amounts):
        return amounts[0] or None, amounts[1] or None
    low, high = min(amounts), max(amounts)
    if low < 1000 <= high and low * 1000 <= high <= low * 1000 * WIDEST:
        low *= 1000  # "de 30 à 35 000 €"
    if high <= low * WIDEST:
        return low, high
    unit = reading.unit if reading.coded else ""
    ends = [amount if unit and _fits(amount, unit) else None for amount in (low, high)]
    return (ends[0], ends[1]) if None in ends else (None, None)


def _fits(amount: Decimal, unit: str) -> bool:
    low, high = PLAUSIBLE[unit]
    return low <= amount <= high


def _as_written(amounts: list[Decimal], unit: str) -> tuple[int, str] | None:
    return (1, unit) if unit and all(_fits(amount, unit) for amount in amounts) else None


def _in_the_only_unit(amounts: list[Decimal], unit: str) -> tuple[int, str] | None:
    """(factor, unit): thousands of euros a year ("Annuel de 35 à 45"), else the one unit where all are possible."""
    if unit == "year" and all(15 <= amount <= 250 for amount in amounts):
        return 1000, "year"
    # A daily rate is never meant by accident: only a text that says so gives one.
    units = [other for other in ("hour", "month", "year") if all(_fits(amount, other) for amount in amounts)]
    if units == ["month", "year"]:
        units = ["year"] if min(amounts) >= 12_000 else ["month"] if max(amounts) <= 6_000 else []
    return (1, units[0]) if len(units) == 1 else None
