"""How a company answers: counted from the rows of its inbox, shown once there are enough of them."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from statistics import median

from django.utils import timezone

from candidates.enums import FIGURES_MINIMUM, FIGURES_PERIOD, SILENCE_AFTER, ApplicationState
from candidates.models import Application
from companies.services.figures import AnswerFigure


def answer_figures() -> Iterator[tuple[int, AnswerFigure]]:
    """For each company with enough applications that had two weeks to be answered, over a year. One that was withdrawn
    before any answer says nothing of the company."""
    now = timezone.now()
    rows = (
        Application.objects.filter(
            company__isnull=False, sent_at__gt=now - FIGURES_PERIOD, sent_at__lte=now - SILENCE_AFTER
        )
        .exclude(state=ApplicationState.WITHDRAWN, answered_at=None)
        .order_by("company")
        .values_list("company", "sent_at", "answered_at")
    )
    for company_id, sent in groupby(rows.iterator(), key=itemgetter(0)):
        delays = [(answered - at).total_seconds() / 86_400 if answered else None for _, at, answered in sent]
        if len(delays) >= FIGURES_MINIMUM:
            yield company_id, _figure(delays)


def _figure(delays: list[float | None]) -> AnswerFigure:
    answered = [delay for delay in delays if delay is not None]
    days = round(median(answered)) if answered else None
    return AnswerFigure(round(100 * len(answered) / len(delays)), days)
