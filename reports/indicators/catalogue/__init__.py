"""All indicators, in the order of the report. `docs/indicators.md` is written from them."""

from reports.indicators.catalogue import applications, contracts, offers, people
from reports.indicators.readings import Indicator

INDICATORS: dict[str, Indicator] = {
    indicator.slug: indicator for part in (offers, people, applications, contracts) for indicator in part.INDICATORS
}
"""By slug."""

HEADLINES = ("contracts", "positions", "participants", "companies", "applications")
