"""Pay: read from text, compared by year. Euros before tax throughout.

A unit is "hour", "day", "month" or "year" (the values of `jobs.enums.PayUnit`).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

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

_UNITS = {
    "hour": r"horaires?|heures?\b|/\s*h\b|de l'heure|par h\b",
    "day": r"journali[eè]re?s?|jours?\b|/\s*j\b|\btjm\b|par j\b",
    "month": r"mensuel\w*|mois\b|/\s*m\b|men\.",
    "year": r"annuel\w*|\bans?\b|ann[ée]es?\b",
}
_UNIT = {unit: re.compile(pattern, re.IGNORECASE) for unit, pattern in _UNITS.items()}
_MONTHS = re.compile(r"\bsur\s+(\d{1,2}(?:[.,]\d{1,2})?)\s*mois", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d{1,2})?"  # 45 000,50 or 45.000
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?!\d)"  # 45,000.50
    r"|\d+(?:[.,]\d{1,4})?)"
    r"\s*(k\b|k€|ke\b|keuros?|kilo)?",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CURRENCY = re.compile(r"€|\beur\b|euros?|\bk\b|\dk", re.IGNORECASE)
_OTHER_CURRENCY = re.compile(r"\$|\bchf\b|\busd\b|£|\bgbp\b|francs?\b", re.IGNORECASE)
# Net of tax, or for a performance: no figure before tax by a unit of time.
_NOT_GROSS = re.compile(r"\bnets?\b|\bcachet", re.IGNORECASE)
_THIRTEENTH = re.compile(r"\b1\d\s?(?:e|è|é)?(?:me|m)?\s+mois\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:[àa] partir d|d[eè]s\b|minimum|mini\b|au moins|plus de)", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:jusqu'?[àa]?|maximum|maxi\b|max\b|au plus)", re.IGNORECASE)


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
    pay and other currencies give None. An amount impossible in its unit is read in the only unit where it is possible
    ("Mensuel de 45000" is a year's); when there is none, or several, it is dropped.
    """
    text = unescape(text)
    if not text or _OTHER_CURRENCY.search(text) or _NOT_GROSS.search(text):
        return None
    months = _paid_months(text)
    text = _THIRTEENTH.sub(" ", _MONTHS.sub(" ", text))
    unit = _unit(text) or unit
    if not unit and not _CURRENCY.search(text):
        return None
    amounts = _amounts(text)[:2]
    if not any(amounts):
        return None
    return _plausible(text, amounts, unit, months)


def _paid_months(text: str) -> Decimal:
    found = _MONTHS.search(text)
    months = Decimal(found[1].replace(",", ".")) if found else MONTHS_A_YEAR
    return months if 12 <= months <= 18 else MONTHS_A_YEAR


def _unit(text: str) -> str:
    """The unit named first."""
    found = [(match.start(), unit) for unit, pattern in _UNIT.items() if (match := pattern.search(text))]
    return min(found)[1] if found else ""


def _amounts(text: str) -> list[Decimal]:
    found = [(_decimal(number), bool(kilo)) for number, kilo in _AMOUNT.findall(text)]
    # In "45 - 55 k€" and "26/27 K" the thousand counts for both.
    kilos = any(kilo for _, kilo in found)
    return [value * 1000 if kilos and value < 1000 else value for value, _ in found]


def _decimal(number: str) -> Decimal:
    """French or English writing: a group of exactly three digits after a separator is thousands."""
    digits = "".join(number.split())
    if _GROUPS.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", ""))
    if "," in digits and "." in digits:
        thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        digits = digits.replace(thousands, "")
    return Decimal(digits.replace(",", ".")).quantize(Decimal("0.01"))


def _plausible(text: str, amounts: list[Decimal], unit: str, months: Decimal) -> Pay | None:
    low, high = _range(text, amounts, unit)
    kept = [amount for amount in (low, high) if amount is not None]
    read = _as_written(kept, unit) or _in_the_only_unit(kept, unit)
    if not kept or read is None:
        return None
    factor, read_unit = read
    return Pay(
        None if low is None else low * factor,
        None if high is None else high * factor,
        read_unit,
        months,
        repaired=bool(unit) and (read_unit != unit or factor != 1),
    )


def _range(text: str, amounts: list[Decimal], unit: str) -> tuple[Decimal | None, Decimal | None]:
    """The two ends in order, a zero being no end; of a range too wide to be true, the only plausible end."""
    if len(amounts) == 1:
        return (None if _UP_TO.search(text) else amounts[0]), (None if _FROM.search(text) else amounts[0])
    if not all(amounts):
        return amounts[0] or None, amounts[1] or None
    low, high = min(amounts), max(amounts)
    if low < 1000 <= high and low * 1000 <= high <= low * 1000 * WIDEST:
        low *= 1000  # "de 30 à 35 000 €"
    if high <= low * WIDEST:
        return low, high
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
