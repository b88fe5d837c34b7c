"""The report of the product beside the auditor's reading of the same rows."""

from typing import Any

from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from tests.audit.reader import BREAKDOWNS, FIGURES, HEADLINES, read


def differences(edition: Any) -> dict[tuple[str, str, str], tuple[Any, Any]]:
    """What the auditor finds and what the report says, where they are not the same; empty when all is well."""
    report = compute(scope_of(edition))
    said: dict[tuple[str, str, str], Any] = {(slug, "", ""): report.value(slug) for slug in FIGURES}
    for slug, by in BREAKDOWNS:
        groups = report.figures[slug].breakdowns[by]
        said |= {(slug, by, group.key): group.value for group in groups if group.value}
    found = {key: value for key, value in read(edition.pk).items() if value or not key[1]}
    return {
        key: (found.get(key), said.get(key)) for key in found.keys() | said.keys() if found.get(key) != said.get(key)
    }


def test_enough_is_read() -> None:
    assert set(HEADLINES) <= set(FIGURES)
    assert len(BREAKDOWNS) >= 15
