"""What changed between two frozen reports."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.indicators.wording import number_of, worded
from reports.selectors.body import Body


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` is empty for the figure itself, else the group: "Secteur : Données". Values are in words."""

    slug: str
    label: str
    where: str
    before: str
    after: str


def differences(before: Body, after: Body) -> list[Difference]:
    """Each figure that differs, then its groups; a figure that only one of them has differs from a dash."""
    found: list[Difference] = []
    for slug in dict.fromkeys([*after["order"], *before["order"]]):
        found += _of_figure(slug, before["figures"].get(slug), after["figures"].get(slug))
    return found


def _of_figure(slug: str, before: Body | None, after: Body | None) -> Iterator[Difference]:
    known = after or before or {}
    label, unit = known["label"], known["unit"]
    was, now = _values(before), _values(after)
    for where in dict.fromkeys([*now, *was]):
        missing = None if not where else 0
        old, new = was.get(where, missing), now.get(where, missing)
        if old != new:
            yield Difference(slug, label, where, worded(number_of(old), unit), worded(number_of(new), unit))


def _values(figure: Body | None) -> dict[str, int | str | None]:
    if figure is None:
        return {}
    groups = {
        f"{breakdown['label']}\u00a0: {group['label']}": group["value"]
        for breakdown in figure["breakdowns"]
        for group in breakdown["groups"]
    }
    return {"": figure["value"], **groups}
