"""Is the site well? What a load balancer, a monitor and staff are told, and the checks behind it."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.enums import MailState
from accounts.models import Heartbeat, OutgoingMail
from accounts.services import beat
from jobs.enums import IMPORT_FAILURES_TOLD
from jobs.models import ImportRun, ImportSource
from search.engines import get_engine
from search.engines.base import EngineError
from search.models import PendingIndexing

log = logging.getLogger(__name__)
TOO_OLD = timedelta(minutes=15)
"""A worker that runs leaves no row waiting for so long."""
SILENCE = timedelta(minutes=5)
"""Worker and schedule give a sign of life every minute."""
FIRST_TICK = timedelta(hours=2)
MISSED_TICKS = 2.5
REFUSED_WITHIN = timedelta(days=1)
REFUSED_MANY = 5
PATIENCE = 2
"""Seconds that a check waits for a lock of the database."""
KEPT = 5.0
"""Seconds that an answer is given again: who asks a thousand times loads the site once."""
PROBE = 4096
STARTED = timezone.now()
Report = dict[str, str | int | bool]


class _Last:
    """The last report of this process. One thread makes it, the others take the one before."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.at = 0.0
        self.parts: dict[str, Report] = {}

    def report(self) -> dict[str, Report]:
        if self.parts and (time.monotonic() - self.at < KEPT or self.lock.locked()):
            return self.parts
        with self.lock:
            if not self.parts or time.monotonic() - self.at >= KEPT:
                self.parts = fresh_report()
                self.at = time.monotonic()
        return self.parts

    def forget(self) -> None:
        self.parts = {}


last = _Last()


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the site does its work, 503 when it does not: each check with `ok`. Those of `WATCHED` are told beside:
    what comes from outside takes no site out of service."""
    parts = last.report()
    well = all(parts[name]["ok"] for name in CHECKS)
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)


def troubles() -> list[str]:
    """The names of what is wrong, the same few seconds long."""
    return [name for name, part in last.report().items() if not part["ok"]]


def fresh_report() -> dict[str, Report]:
    """Bounded: where the database is locked or away, what asks it is not asked further."""
    parts: dict[str, Report] = {}
    for name, check in {**CHECKS, **WATCHED}.items():
        if name in NEED_DATABASE and not parts["database"]["ok"]:
            parts[name] = {"ok": name in WATCHED}
        else:
            parts[name] = _checked(name, check)
    return parts


def _checked(name: str, check: Callable[[], Report]) -> Report:
    """What went wrong is for the journal: the answer is public."""
    try:
        return check()
    except (DatabaseError, EngineError, OSError) as error:
        log.error("Health of %s: %s", name, error)
        return {"ok": False}


def _database() -> Report:
    """A real write."""
    with _impatient():
        beat(name="probe")
    return {"ok": True}


@contextmanager
def _impatient() -> Iterator[None]:
    """Whoever asks how the site is does not wait as long as a visitor who sends a form."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        try:
            yield
        finally:
            usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
            connection.connection.execute(f"PRAGMA busy_timeout = {usual * 1000}")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'; SET LOCAL statement_timeout = '{PATIENCE}s'")
        yield


def _disk() -> Report:
    """Room in the data folder, and a real write. How much is for staff."""
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write(b"0" * PROBE)
        file.flush()
    return {"ok": shutil.disk_usage(settings.DATA_DIR).free >= settings.DISK_FREE_MB * 1_000_000}


def _index() -> Report:
    return {"ok": True, "documents": get_engine().status().documents}


def _mails() -> Report:
    """Something waits for long, and nothing has left meanwhile: a single address that is tried again is no fault."""
    waiting = OutgoingMail.objects.filter(state__in=(MailState.WAITING, MailState.SENDING))
    oldest = waiting.aggregate(oldest=Min("waiting_since"))["oldest"]
    report = _age(oldest)
    if not report["ok"] and OutgoingMail.objects.filter(sent_at__gt=timezone.now() - TOO_OLD).exists():
        report["ok"] = not OutgoingMail.objects.due().filter(due_at__lt=timezone.now() - TOO_OLD).exists()
    return report


def _indexing() -> Report:
    return _age(PendingIndexing.objects.aggregate(oldest=Min("created_at"))["oldest"])


def _worker() -> Report:
    if ImportRun.objects.running().filter(seen_at__gt=timezone.now() - SILENCE).exists():
        return {"ok": True, "silent_seconds": 0}  # one import after the other: the only process has its hands full
    return _silence("worker")


def _schedule() -> Report:
    return _silence("schedule")


def _silence(name: str) -> Report:
    """Of the worker or the schedule, unless a cron runs `tick` in their place, as often as it last did."""
    beats = {row.name: row for row in Heartbeat.objects.filter(name__in=(name, "tick"))}
    now, allowed = timezone.now(), SILENCE
    at = beats[name].at if name in beats else None
    if tick := beats.get("tick"):
        allowed_for_ticks = max(SILENCE, (tick.every or FIRST_TICK / MISSED_TICKS) * MISSED_TICKS)
        if at is None or tick.at > at or now - tick.at <= allowed_for_ticks:
            at, allowed = max(tick.at, at or tick.at), allowed_for_ticks
    silence = now - (at or STARTED)
    return {"ok": silence <= allowed, "silent_seconds": max(0, int(silence.total_seconds()))}


def _refused_mails() -> Report:
    recent = OutgoingMail.objects.filter(created_at__gt=timezone.now() - REFUSED_WITHIN)
    states = recent.count_by_state()
    return {"ok": not states.get(MailState.UNCERTAIN) and states.get(MailState.FAILED, 0) < REFUSED_MANY}


def _imports() -> Report:
    return {"ok": not ImportSource.objects.filter(active=True, failures__gte=IMPORT_FAILURES_TOLD).exists()}


def _age(oldest: datetime | None) -> Report:
    age = timezone.now() - oldest if oldest else timedelta()
    return {"ok": age <= TOO_OLD, "oldest_seconds": max(0, int(age.total_seconds()))}


CHECKS: dict[str, Callable[[], Report]] = {
    "database": _database,
    "disk": _disk,
    "index": _index,
    "mails": _mails,
    "indexing": _indexing,
    "worker": _worker,
    "schedule": _schedule,
}
WATCHED: dict[str, Callable[[], Report]] = {"refused_mails": _refused_mails, "imports": _imports}
NEED_DATABASE = {"mails", "indexing", "worker", "schedule", *WATCHED}
