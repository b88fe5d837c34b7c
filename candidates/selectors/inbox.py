"""What a company received, as lists that stay quick whatever their length."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property

from candidates.enums import STAGES, Stage
from candidates.models import Application
from candidates.querysets import ApplicationQuerySet

COUNTED = 10_000
LISTED = (
    "id", "name", "email", "state", "channel", "sent_at", "answered_at", "incomplete", "cv_id", "offer__title",
    "offer__kind", "offer__company_id", "company__name",
)  # fmt: skip


class BoundedPaginator(Paginator):
    """Counts no further than `COUNTED`: a longer list is filtered, not paged through."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[:COUNTED].count())


def inbox(user: Any) -> ApplicationQuerySet:
    """One line each: without the profile, the words and the file's text, which weigh most."""
    return Application.objects.received_by(user).select_related("offer", "company").only(*LISTED)


def stage_counts(user: Any) -> dict[str, int]:
    """How many at each stage, and `all`: one query on an index."""
    states = Application.objects.received_by(user).order_by().values_list("state").annotate(n=Count("pk"))
    by_state = dict(states)
    counts = {str(stage): sum(by_state.get(state, 0) for state in STAGES[stage]) for stage in Stage}
    return counts | {"all": sum(by_state.values())}


def neighbours(rows: QuerySet[Any], application: Application) -> tuple[int | None, int | None]:
    """The ids before and after one in a list, newest first: two rows are read, not the list."""
    key = {"sent_at": application.sent_at, "pk": application.pk}
    newer = Q(sent_at__gt=key["sent_at"]) | Q(sent_at=key["sent_at"], pk__gt=key["pk"])
    older = Q(sent_at__lt=key["sent_at"]) | Q(sent_at=key["sent_at"], pk__lt=key["pk"])
    before = rows.filter(newer).order_by("sent_at", "pk").values_list("pk", flat=True).first()
    after = rows.filter(older).order_by("-sent_at", "-pk").values_list("pk", flat=True).first()
    return before, after
