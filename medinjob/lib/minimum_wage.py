"""The legal minimum wage (SMIC), in euros an hour before tax, with the day from which each value holds.

A decree changes it each 1 January, and in between when prices rise by 2 %: add a line. Source: service-public.fr.
"""

from datetime import date
from decimal import Decimal

from medinjob.lib.money import HOURS_A_YEAR, MONTHS_A_YEAR

VALUES = (
    (date(2024, 1, 1), Decimal("11.65")),
    (date(2024, 11, 1), Decimal("11.88")),
    (date(2026, 1, 1), Decimal("12.02")),
    (date(2026, 6, 1), Decimal("12.31")),
)


def minimum_wage(unit: str, day: date) -> Decimal | None:
    """What full time pays at least, by hour, month or year; none by day, nor before the first value."""
    known = [value for since, value in VALUES if since <= day]
    hours = {"hour": Decimal(1), "month": HOURS_A_YEAR / MONTHS_A_YEAR, "year": HOURS_A_YEAR}.get(unit)
    return None if not known or hours is None else (known[-1] * hours).quantize(Decimal("0.01"))
