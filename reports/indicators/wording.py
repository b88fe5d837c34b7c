"""Figures in words, in the language of the moment."""

from decimal import Decimal

from django.utils.formats import number_format

from reports.indicators.enums import Unit
from reports.indicators.readings import Value

UNKNOWN = "–"


def worded(value: Value, unit: str = Unit.COUNT) -> str:
    """ "1 234", "13,6 %", "12,5 jours", "2 500,00 €"; a dash for what cannot be said."""
    if value is None:
        return UNKNOWN
    places = 0 if isinstance(value, int) else max(-int(value.as_tuple().exponent), 0)
    number = number_format(value, places, use_l10n=True, force_grouping=True)
    return f"{number}\u00a0{Unit(unit).label}" if Unit(unit).label else number


def plain(value: Value) -> int | str | None:
    """For a file: a decimal as its text."""
    return str(value) if isinstance(value, Decimal) else value


def number_of(value: int | str | None) -> Value:
    """What `plain` wrote, as it was."""
    return Decimal(value) if isinstance(value, str) else value
