"""The status of the index for staff and operators: its state, the changes that wait, the offers it refused."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min

from jobs.models import Offer
from search.engines import get_engine
from search.engines.base import EngineError, Status
from search.engines.circuit_breaker import breaker
from search.models import IndexRefusal, PendingIndexing

MAX_SHOWN = 100


class Refusal(NamedTuple):
    """`title` is "" for an offer that is no more."""

    offer_id: int
    title: str
    reason: str
    refused_at: datetime


class IndexState(NamedTuple):
    """`status` is None, and `problem` says why, when the engine cannot be asked. `waiting` counts changes that it
    has not got yet, the oldest of them made at `since`."""

    engine: str
    status: Status | None
    problem: str
    is_breaker_open: bool
    waiting: int
    since: datetime | None
    refused: int
    refusals: list[Refusal]


def index_state() -> IndexState:
    """Four queries, whatever is shown."""
    status, problem = _status()
    pending = PendingIndexing.objects.aggregate(waiting=Count("pk"), since=Min("created_at"))
    return IndexState(
        engine=get_engine().name,
        status=status,
        problem=problem,
        is_breaker_open=breaker.is_open,
        refused=IndexRefusal.objects.count(),
        refusals=_refusals(),
        **pending,
    )


def _status() -> tuple[Status | None, str]:
    try:
        return get_engine().status(), ""
    except EngineError as error:
        return None, str(error)


def _refusals() -> list[Refusal]:
    """The latest ones."""
    rows = IndexRefusal.objects.order_by("-refused_at", "-pk")[:MAX_SHOWN]
    titles = dict(Offer.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "title"))
    return [Refusal(row.pk, titles.get(row.pk, ""), row.reason, row.refused_at) for row in rows]
