"""Time stamps by a third party: asked by a row that waits, so that freezing never does, and asked again until given."""

from datetime import timedelta
from pathlib import Path

import urllib3
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from urllib3.exceptions import HTTPError

from accounts.services import queue_team_mail
from ledger.models import ChainLink
from medinjob.lib.time_stamps import Stamp, StampError, read_stamp, request_for
from reports.models import Snapshot, TimeStamp

BATCH = 20
MOST_ATTEMPTS = 40
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=12)
LARGEST = 256 * 1024
_TIMEOUT = urllib3.Timeout(connect=10, read=20)
# A clock that is wrong by more than this, the authority's or ours, makes the stamp worthless.
FURTHEST = timedelta(hours=1)


def queue_time_stamp(*, snapshot: Snapshot) -> None:
    """In the transaction that freezes; nothing on a site without an authority."""
    if settings.TIMESTAMP_URL:
        TimeStamp.objects.create(snapshot=snapshot)


def ask_due_stamps() -> int:
    """How many were given."""
    due = TimeStamp.objects.filter(stamped_at=None, given_up_at=None, next_at__lte=timezone.now())
    return sum(map(_ask, due.select_related("snapshot").order_by("next_at")[:BATCH]))


def _ask(row: TimeStamp) -> bool:
    """Two workers at once ask twice, and the first answer stays."""
    waiting = TimeStamp.objects.filter(pk=row.pk, stamped_at=None)
    attempts = row.attempts + 1
    try:
        stamp = _stamp(link_of(row.snapshot).link.text)
    except (StampError, HTTPError, OSError) as error:
        _put_off(row, attempts, f"{type(error).__name__}: {error}"[:300])
        return False
    given = {"stamped_at": stamp.at, "response": stamp.response, "authority": _roots().decode(), "error": ""}
    return bool(waiting.update(attempts=attempts, **given))


@transaction.atomic
def _put_off(row: TimeStamp, attempts: int, said: str) -> None:
    """Asked again later, ever more rarely; in the end the team hears that nobody will ask any more."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts, 12), LONGEST_PAUSE)
    over = timezone.now() if attempts >= MOST_ATTEMPTS else None
    waiting = TimeStamp.objects.filter(pk=row.pk, stamped_at=None)
    if waiting.update(attempts=attempts, error=said, next_at=timezone.now() + pause, given_up_at=over) and over:
        queue_team_mail(
            template="reports/mail/stamp_given_up.txt",
            context={"snapshot": row.snapshot, "attempts": attempts, "error": said},
            key=f"stamp-{row.pk}",
        )


def link_of(snapshot: Snapshot) -> ChainLink:
    """What the stamp is of: the first link of the snapshot, which holds its digest and that of the link before."""
    return ChainLink.objects.filter(kind=Snapshot.chained.kind, row=snapshot.pk).order_by("position")[0]


def _stamp(text: str) -> Stamp:
    request = request_for(text)
    stamp = read_stamp(_answer(request.as_bytes()), text, _roots(), request.nonce)
    if abs(stamp.at - timezone.now()) > FURTHEST:
        raise StampError(f"the authority says {stamp.at}")
    return stamp


def _roots() -> bytes:
    return Path(settings.TIMESTAMP_CA).read_bytes()


def _answer(body: bytes) -> bytes:
    """The address is of the environment, as is that of the search engine, so it may be private and without TLS: only
    a digest leaves, and what comes back is signed. No redirect is followed and only so much is read."""
    with urllib3.PoolManager() as pool:
        response = pool.request(
            "POST",
            settings.TIMESTAMP_URL,
            body=body,
            headers={"Content-Type": "application/timestamp-query", "User-Agent": "Medinjob"},
            redirect=False,
            retries=False,
            timeout=_TIMEOUT,
            preload_content=False,
        )
        try:
            if response.status != 200:
                raise StampError(f"HTTP {response.status}")
            answer: bytes = response.read(LARGEST + 1)
        finally:
            response.release_conn()
    if len(answer) > LARGEST:
        raise StampError("answer too long")
    return answer
