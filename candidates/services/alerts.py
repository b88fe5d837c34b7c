"""New offers told to those who follow a search that finds them: once to each person, and once only whatever runs twice.

Three steps, each with rows of its own: an offer becomes visible (`NewOffer`), the index finds it for a person
(`AlertedOffer`), a mail tells it (`mailed_at`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation

from accounts.services import queue_template_mail
from candidates.enums import ALERT_HOUR, Frequency
from candidates.links import stop_url
from candidates.models import AlertedOffer, NewOffer, SavedSearch
from jobs.models import Offer
from search.criteria import SearchCriteria
from search.matching import matching
from search.models import PendingIndexing

BATCH = 1000
SHOWN = 20
"""How many offers a mail names; it leads to the others."""
BY_HASTE = tuple(Frequency)


def note_new_offers(*, offer_ids: Iterable[int]) -> None:
    """In the transaction of their change: those that can be found now and never could before."""
    visible = Offer.objects.visible().filter(pk__in=list(offer_ids)).exclude(pk__in=NewOffer.objects.values("pk"))
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
    """Write the mails that are due; how many. To be run often: what was found since the last eight o'clock (on Monday)
    waits for the next one, so that a second run finds nothing."""
    mails = 0
    for frequency in Frequency:
        told = AlertedOffer.objects.filter(mailed_at=None, offer__in=Offer.objects.visible())
        due = told.filter(search__active=True, search__frequency=frequency, found_at__lt=_last_hour(frequency))
        by_search: dict[SavedSearch, list[AlertedOffer]] = defaultdict(list)
        for row in due.select_related("search__user", "offer__company").order_by("-offer__published_at", "-offer_id"):
            by_search[row.search].append(row)
        for search, rows in by_search.items():
            mails += _mail(search, rows)
    return mails


def _found(new: dict[int, datetime]) -> list[AlertedOffer]:
    """An offer that several searches of a person find belongs to the one that tells it soonest."""
    searches = SavedSearch.objects.filter(active=True, user__is_active=True).order_by("pk")
    found: dict[tuple[int, int], AlertedOffer] = {}
    for search in sorted(searches, key=lambda search: BY_HASTE.index(Frequency(search.frequency))):
        later = [pk for pk, seen_at in new.items() if seen_at >= search.created_at]
        for pk in matching(SearchCriteria.from_query(QueryDict(search.query)), later):
            row = AlertedOffer(user_id=search.user_id, search=search, offer_id=pk)
            found.setdefault((search.user_id, pk), row)
    return list(found.values())


@transaction.atomic
def _mail(search: SavedSearch, rows: Sequence[AlertedOffer]) -> bool:
    """The rows are claimed first: another run at the same moment has none left."""
    ids = [row.pk for row in rows]
    now = timezone.now()
    if AlertedOffer.objects.filter(pk__in=ids, mailed_at=None).update(mailed_at=now) != len(ids):
        transaction.set_rollback(True)
        return False
    with translation.override(search.user.language):
        stop = settings.SITE_URL + stop_url(search.pk)
    queue_template_mail(
        to=search.user.email,
        template="candidates/mail/alert.txt",
        context={
            "search": search,
            "offers": [row.offer for row in rows[:SHOWN]],
            "total": len(rows),
            "others": max(0, len(rows) - SHOWN),
            "stop": stop,
        },
        language=search.user.language,
        key=f"alert-{search.pk}-{min(ids)}-{max(ids)}",
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    SavedSearch.objects.filter(pk=search.pk).update(last_sent_at=now)
    return True


def _last_hour(frequency: str) -> datetime:
    """The last moment at which mails of this frequency were to leave."""
    now = timezone.localtime()
    if frequency == Frequency.AT_ONCE:
        return now + timedelta(seconds=1)
    day = now.date() - timedelta(days=now.hour < ALERT_HOUR)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    return timezone.make_aware(datetime.combine(day, time(ALERT_HOUR)))
