"""`/sante/`: may this site serve? For a load balancer and a monitor; it says nothing of anybody."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import OutgoingMail
from search.engines import get_engine
from search.engines.base import EngineError
from search.models import PendingIndexing

log = logging.getLogger(__name__)
TOO_OLD = timedelta(minutes=15)
"""A worker that runs leaves no row waiting for so long."""
Report = dict[str, str | int | bool]


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 when something is not: `database`, `index`, `mails` and `indexing` each with `ok`."""
    parts = {name: _checked(name, check) for name, check in CHECKS.items()}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)


def _checked(name: str, check: Callable[[], Report]) -> Report:
    """What went wrong is for the journal: the answer is public."""
    try:
        return check()
    except (DatabaseError, EngineError) as error:
        log.error("Health of %s: %s", name, error)
        return {"ok": False}


def _database() -> Report:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def _index() -> Report:
    return {"ok": True, "documents": get_engine().status().documents}


def _mails() -> Report:
    return _age(OutgoingMail.objects.due().aggregate(oldest=Min("due_at"))["oldest"])


def _indexing() -> Report:
    return _age(PendingIndexing.objects.aggregate(oldest=Min("created_at"))["oldest"])


def _age(oldest: datetime | None) -> Report:
    age = timezone.now() - oldest if oldest else timedelta()
    return {"ok": age <= TOO_OLD, "oldest_seconds": max(0, int(age.total_seconds()))}


CHECKS: dict[str, Callable[[], Report]] = {
    "database": _database,
    "index": _index,
    "mails": _mails,
    "indexing": _indexing,
}
