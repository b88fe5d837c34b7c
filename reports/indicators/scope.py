"""What a report is about: an edition, the facts beside its rows, the instants that part them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

from forums.models import Edition
from reports.indicators.facts import Facts, load_facts


@dataclass(frozen=True)
class Scope:
    """`as_of` is the instant the rows were read. Days are those of the edition, in the region's time."""

    edition: Edition
    as_of: datetime

    @cached_property
    def facts(self) -> Facts:
        return load_facts(self.edition)

    @property
    def first_day(self) -> date:
        return self.edition.event.starts_on

    @property
    def last_day(self) -> date:
        return self.edition.event.ends_on

    @property
    def starts_at(self) -> datetime:
        return _midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The first instant after the last day."""
        return _midnight(self.last_day + timedelta(days=1))

    @property
    def last_counted_day(self) -> date:
        """The last day of the attribution window, included."""
        return self.last_day + timedelta(days=self.edition.attribution_days)

    @property
    def window_ends_at(self) -> datetime:
        return _midnight(self.last_counted_day + timedelta(days=1))


def scope_of(edition: Edition) -> Scope:
    """As of now, to the second: what is written down must read back equal."""
    return Scope(edition, timezone.now().replace(microsecond=0))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
