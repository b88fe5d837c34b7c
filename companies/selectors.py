from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from companies.models import Company, MedinsoftMark


def companies_for_staff() -> QuerySet[Company]:
    """The team's list: those to verify first; each with `member_count` and `current_marks` (a list)."""
    today = MedinsoftMark.objects.on(timezone.localdate())
    return Company.objects.for_staff().prefetch_related(Prefetch("marks", today, to_attr="current_marks"))
