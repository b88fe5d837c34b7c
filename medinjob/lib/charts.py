"""Geometry of the charts: the SVG templates only place what is computed here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

BAR_PITCH = 46
BAR_LENGTH = 310


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart; `width` and `y` are SVG units, `value` is what the table shows."""

    label: str
    value: float
    width: float
    y: int


class BarChart(NamedTuple):
    bars: list[Bar]
    height: int


def bar_chart(rows: Iterable[tuple[str, float]]) -> BarChart:
    """Horizontal bars from zero, the longest as wide as the chart. Negative values count as zero."""
    rows = list(rows)
    highest = max((value for _, value in rows), default=0)
    scale = BAR_LENGTH / highest if highest > 0 else 0
    widths = [round(max(value, 0) * scale, 1) for _, value in rows]
    bars = [
        Bar(str(label), value, width, i * BAR_PITCH)
        for i, ((label, value), width) in enumerate(zip(rows, widths, strict=True))
    ]
    return BarChart(bars, max(len(bars), 1) * BAR_PITCH)
