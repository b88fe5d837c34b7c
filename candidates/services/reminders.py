"""What silence brings: a company is reminded, warned, and at last its unanswered applications are closed."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_template_mail
from candidates.enums import AUTOMATIC_CLOSE_AFTER, CLOSE_WARNING_BEFORE, DIGESTS_AFTER
from candidates.models import Application
from candidates.services import moves
from medinjob.lib.errors import MoveError

REMINDERS = (*DIGESTS_AFTER, AUTOMATIC_CLOSE_AFTER - CLOSE_WARNING_BEFORE)
BATCH = 200


class Waiting(NamedTuple):
    """The applications to one offer that a digest speaks of, the last of them `closing` soon."""

    offer: Any
    total: int
    closing: int
    days: int


@transaction.atomic
def remind_companies() -> int:
    """One digest a member and day, of what has waited 7 or 14 days or closes in a week; how many were written.

    Counted in whole days, so that a second run on one day finds nothing new.
    """
    today = timezone.localdate()
    by_company: dict[int, list[Application]] = defaultdict(list)
    for application in _due(today):
        assert application.company_id
        by_company[application.company_id].append(application)
    written = _write_digests(by_company, today)
    told = [application for company in written.told for application in by_company[company]]
    for level in range(1, len(REMINDERS) + 1):
        reached = [application.pk for application in told if _level(application, today) == level]
        Application.objects.filter(pk__in=reached).update(reminders=level, reminded_at=timezone.now())
    return written.mails


def close_silent_applications() -> int:
    """What has waited 60 days, and whose company was warned a week ago; how many were closed."""
    now = timezone.now()
    due = Application.objects.waiting().filter(
        reminders=len(REMINDERS), reminded_at__lte=now - CLOSE_WARNING_BEFORE, sent_at__lte=now - AUTOMATIC_CLOSE_AFTER
    )
    closed = 0
    while batch := list(due.select_related("offer__company", "candidate").order_by("pk")[:BATCH]):
        try:
            moves.close(applications=batch)
        except MoveError:  # somebody answered one meanwhile: the next run takes the others
            break
        closed += len(batch)
    return closed


class _Written(NamedTuple):
    mails: int
    told: set[int]


def _due(today: date) -> list[Application]:
    levels = Q()
    for level, age in enumerate(REMINDERS):
        levels |= Q(reminders=level, sent_at__lt=_midnight(today - age + timedelta(days=1)))
    rows = Application.objects.waiting().filter(levels, company__isnull=False)
    return list(rows.select_related("offer").order_by("company", "offer", "sent_at"))


def _write_digests(by_company: dict[int, list[Application]], today: date) -> _Written:
    """A company is told once one of its members is, or has nobody left to tell."""
    told = set(by_company)
    mails = 0
    for member, companies in _members(by_company).items():
        waiting = [line for company in companies for line in _lines(by_company[company], today)]
        mail = queue_template_mail(
            to=member.email,
            template="candidates/mail/digest.txt",
            context={
                "waiting": waiting,
                "total": sum(line.total for line in waiting),
                "closing_on": today + CLOSE_WARNING_BEFORE,
            },
            language=member.language,
            key=f"applications-digest-{member.pk}-{today}",
            urgency=MailUrgency.BULK,
        )
        mails += mail is not None
        if mail is None:
            told -= set(companies)
    return _Written(mails, told)


def _members(by_company: dict[int, list[Application]]) -> dict[User, list[int]]:
    members: dict[User, list[int]] = defaultdict(list)
    users = User.objects.filter(memberships__company__in=by_company, is_active=True).distinct().order_by("pk")
    for user in users.prefetch_related("memberships"):
        members[user] = [m.company_id for m in user.memberships.all() if m.company_id in by_company]
    return members


def _lines(applications: list[Application], today: date) -> list[Waiting]:
    by_offer: dict[Any, list[Application]] = defaultdict(list)
    for application in applications:
        by_offer[application.offer].append(application)
    return [
        Waiting(
            offer,
            len(rows),
            sum(_level(row, today) == len(REMINDERS) for row in rows),
            max((today - timezone.localdate(row.sent_at)).days for row in rows),
        )
        for offer, rows in by_offer.items()
    ]


def _level(application: Application, today: date) -> int:
    """How many of the reminders its age calls for."""
    age = today - timezone.localdate(application.sent_at)
    return sum(age >= after for after in REMINDERS)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
