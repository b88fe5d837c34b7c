"""New offers told to those who follow a search that finds them: once to each person, and once only whatever runs twice.
A person has one mail at a time, whatever the number of their searches.

Three steps, each with rows of its own: an offer becomes visible (`NewOffer`), the index finds it for a person
(`AlertedOffer`), a mail tells it (`mailed_at`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.http import QueryDict
from django.utils import timezone, translation

from accounts.enums import MailUrgency
from accounts.services import queue_template_mail
from candidates.enums import (
    ALERT_GAP,
    ALERT_HOUR,
    ALERT_OF_SOURCE,
    ALERT_WAITS_FOR_IMPORT,
    ALERT_WAITS_FOR_INDEX,
    Frequency,
)
from candidates.links import stop_all_url, stop_url
from candidates.models import AlertedOffer, Application, NewOffer, SavedSearch
from jobs.models import ImportRun, Offer
from search.criteria import SearchCriteria
from search.models import PendingIndexing
from search.service.alerts import matching_offers

BATCH = 1000
SHOWN, SHOWN_LEAST = 20, 3
"""How many offers a mail names, and each search in it at the least; it leads to the others."""
BY_HASTE = tuple(Frequency)


class Section(NamedTuple):
    """What a mail says of one search."""

    search: SavedSearch
    offers: list[Offer]
    total: int
    others: int
    stop: str


def note_new_offers(*, offer_ids: Iterable[int]) -> None:
    """In the transaction of their change: those that can be found now and never could before. What its source published
    long ago is new to nobody, even if it is imported today."""
    visible = Offer.objects.visible().filter(pk__in=list(offer_ids)).exclude(pk__in=NewOffer.objects.values("pk"))
    visible = visible.exclude(source_published_at__lt=timezone.now() - ALERT_OF_SOURCE)
    rows = (NewOffer(offer_id=pk) for pk in visible.values_list("pk", flat=True))
    NewOffer.objects.bulk_create(rows, ignore_conflicts=True)


def match_new_offers() -> int:
    """Ask every saved search about the new offers that the index has; how many offers were found for somebody. Raises
    `EngineError`, with every row still there."""
    waiting = NewOffer.objects.filter(matched_at=None).exclude(pk__in=PendingIndexing.objects.values("offer_id"))
    new = dict(waiting.order_by("pk").values_list("pk", "seen_at")[:BATCH])
    if not new:
        return 0
    found = _found(new)
    with transaction.atomic():
        before = AlertedOffer.objects.count()
        AlertedOffer.objects.bulk_create(found, ignore_conflicts=True)
        NewOffer.objects.filter(pk__in=new).update(matched_at=timezone.now())
        return AlertedOffer.objects.count() - before


def send_alerts() -> int:
    """Write the mails that are due, one to a person whatever their searches; how many. To be run often: what was found
    since the last eight o'clock (on Monday) waits for the next one, so that a second run finds nothing."""
    due = AlertedOffer.objects.none()
    for frequency in Frequency:
        told = AlertedOffer.objects.filter(mailed_at=None, offer__in=Offer.objects.visible())
        due |= told.filter(search__active=True, search__frequency=frequency, found_at__lt=_last_hour(frequency))
    by_person: dict[int, list[AlertedOffer]] = defaultdict(list)
    for row in due.select_related("search__user", "offer__company").order_by("-offer__published_at", "-offer_id"):
        by_person[row.user_id].append(row)
    return sum(_mail(rows) for rows in _without_those_who_wait(by_person))


def _without_those_who_wait(by_person: dict[int, list[AlertedOffer]]) -> list[list[AlertedOffer]]:
    """Only what is told at once waits: for the end of an import, of which nobody hears twice, and for the gap."""
    now = timezone.now()
    recent = AlertedOffer.objects.filter(user__in=by_person, mailed_at__gt=now - ALERT_GAP)
    just_told = set(recent.values_list("user_id", flat=True))
    imports_since = ImportRun.objects.running().aggregate(since=Min("started_at"))["since"]
    behind = NewOffer.objects.filter(matched_at=None).exists()
    leaving = []
    for user_id, rows in by_person.items():
        at_once = [row for row in rows if row.search.frequency == Frequency.AT_ONCE]
        oldest = min((row.found_at for row in at_once), default=now)
        newest = max((row.found_at for row in at_once), default=now)
        importing = imports_since and newest >= imports_since and oldest > now - ALERT_WAITS_FOR_IMPORT
        indexing = behind and oldest > now - ALERT_WAITS_FOR_INDEX
        if user_id in just_told or importing or indexing:
            rows = [row for row in rows if row not in at_once]
        if rows:
            leaving.append(rows)
    return leaving


def _found(new: dict[int, datetime]) -> list[AlertedOffer]:
    """An offer that several searches of a person find belongs to the one that tells it soonest. One to which the person
    applied is told no more."""
    searches = SavedSearch.objects.filter(active=True, user__is_active=True).order_by("pk")
    found: dict[tuple[int, int], AlertedOffer] = {}
    applied = set(Application.objects.filter(offer__in=new).values_list("candidate_id", "offer_id"))
    for search in sorted(searches, key=lambda search: BY_HASTE.index(Frequency(search.frequency))):
        later = [pk for pk, seen_at in new.items() if seen_at >= search.created_at]
        for pk in matching_offers(SearchCriteria.from_query(QueryDict(search.query)), later):
            if (search.user_id, pk) not in applied:
                row = AlertedOffer(user_id=search.user_id, search=search, offer_id=pk)
                found.setdefault((search.user_id, pk), row)
    return list(found.values())


@transaction.atomic
def _mail(rows: Sequence[AlertedOffer]) -> bool:
    """The rows of one person. They are claimed first: another run at the same moment has none left."""
    ids = [row.pk for row in rows]
    now = timezone.now()
    if AlertedOffer.objects.filter(pk__in=ids, mailed_at=None).update(mailed_at=now) != len(ids):
        transaction.set_rollback(True)
        return False
    user = rows[0].search.user
    with translation.override(user.language):
        sections = _sections(rows)
        stop = settings.SITE_URL + (sections[0].stop if len(sections) == 1 else stop_all_url(user.pk))
    queue_template_mail(
        to=user.email,
        template="candidates/mail/alert.txt",
        context={"sections": sections, "one": sections[0] if len(sections) == 1 else None, "total": len(rows)},
        language=user.language,
        key=f"alert-{user.pk}-{min(ids)}-{max(ids)}",
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        urgency=MailUrgency.BULK,
    )
    SavedSearch.objects.filter(pk__in=[section.search.pk for section in sections]).update(last_sent_at=now)
    return True


def _sections(rows: Sequence[AlertedOffer]) -> list[Section]:
    by_search: dict[SavedSearch, list[AlertedOffer]] = defaultdict(list)
    for row in rows:
        by_search[row.search].append(row)
    shown = max(SHOWN // len(by_search), SHOWN_LEAST)
    return [
        Section(
            search, [row.offer for row in found[:shown]], len(found), max(0, len(found) - shown), stop_url(search.pk)
        )
        for search, found in by_search.items()
    ]


def _last_hour(frequency: str) -> datetime:
    """The last moment at which mails of this frequency were to leave."""
    now = timezone.localtime()
    if frequency == Frequency.AT_ONCE:
        return now + timedelta(seconds=1)
    day = now.date() - timedelta(days=now.hour < ALERT_HOUR)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    return timezone.make_aware(datetime.combine(day, time(ALERT_HOUR)))
