"""How a company answers, as counted above. No event and no version: it is not somebody's edit."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from companies.models import Company


class AnswerFigure(NamedTuple):
    """`rate` in percent; `days` the median, None when nothing was answered."""

    rate: int
    days: int | None


@transaction.atomic
def set_answer_figures(*, figures: Mapping[int, AnswerFigure]) -> int:
    """Company id → its figure; every other company has none from now on. How many changed."""
    gone = Company.objects.exclude(pk__in=figures).filter(~Q(answer_rate=None) | ~Q(answer_days=None))
    changed = gone.update(answer_rate=None, answer_days=None)
    stale = [
        company
        for company in Company.objects.filter(pk__in=figures).only("answer_rate", "answer_days").order_by("pk")
        if AnswerFigure(company.answer_rate or 0, company.answer_days) != figures[company.pk]
        or company.answer_rate is None
    ]
    for company in stale:
        company.answer_rate, company.answer_days = figures[company.pk]
    Company.objects.bulk_update(stale, ["answer_rate", "answer_days"], batch_size=500)
    return changed + len(stale)
