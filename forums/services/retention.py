"""The end of a person's data at the forum: asked for, or two years after the last edition they came to.

What they did stays without identity, for the counts; their signed contracts keep the name that proves them until the
audit date of the grants, then a pseudonym.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import OutgoingMail
from candidates.models import Application
from candidates.services.privacy import forget_applications
from forums.enums import ATTENDEES_FORGOTTEN_AFTER, AttendeeAction, LedgerAction
from forums.models import (
    Attendee,
    Badge,
    Entry,
    LedgerEntry,
    LedgerEvent,
    Meeting,
    Pass,
    ReportedMeeting,
    Representative,
    StandProposal,
)
from forums.models.ledger import new_pseudonym
from forums.rules import is_over
from forums.selectors.persons import Identity, identity_of
from forums.services.attendees import cancel
from forums.services.moving import may_move
from forums.transitions import ATTENDEE

BATCH = 200


@transaction.atomic
def forget(*, user: Any = None, attendee: Attendee | None = None) -> int:
    """Take a person out of every edition; how many rows of `Attendee` had been theirs. What is to come is cancelled."""
    identity = identity_of(user=user, attendee=attendee)
    rows = Attendee.objects.filter(pk__in=identity.attendees, forgotten_at=None)
    for row in rows.select_related("edition__event", "user"):
        if not is_over(row.edition) and may_move(row, AttendeeAction.CANCEL, ATTENDEE):
            cancel(attendee=row, by=user)
    known = LedgerEntry.objects.filter(identity.entries).order_by("pk").values_list("person", flat=True).first()
    person = known or min(identity.persons, default="") or new_pseudonym()
    _take_out(identity)
    forgotten = rows.update(user=None, name="", email="", person=person, forgotten_at=timezone.now())
    LedgerEntry.objects.filter(identity.entries).update(user=None)
    erase_names()
    return forgotten


def forget_old() -> int:
    """Those without an account who came to no edition for two years, and who held a stand or the door then."""
    long_ago = timezone.localdate() - ATTENDEES_FORGOTTEN_AFTER
    later = Attendee.objects.filter(email__iexact=OuterRef("email"), edition__event__ends_on__gte=long_ago)
    old = Attendee.objects.filter(user=None, forgotten_at=None, edition__event__ends_on__lt=long_ago)
    rows = list(old.exclude(Exists(later) & ~Q(email="")).order_by("pk")[:BATCH])
    for row in rows:
        forget(attendee=row)
    over = {"edition__event__ends_on__lt": long_ago}
    Pass.objects.filter(**over).exclude(name="").update(name="", email="")
    Entry.objects.filter(**over).exclude(author="").update(author="")
    at_stand = {"exhibitor__edition__event__ends_on__lt": long_ago}
    Representative.objects.filter(**at_stand).exclude(name="", email="").update(name="", email="")
    ReportedMeeting.objects.filter(**at_stand).exclude(name="", email="").update(name="", email="")
    return len(rows)


@transaction.atomic
def erase_names() -> int:
    """Of contracts whose person is gone, once no grant wants the name any more."""
    gone = LedgerEntry.objects.filter(
        Q(attendee=None) | Q(attendee__forgotten_at__isnull=False), user=None, erased_at=None
    )
    due = gone.filter(Q(keep_until=None) | Q(keep_until__lt=timezone.localdate()))
    ids = list(due.order_by("pk").values_list("pk", flat=True))
    LedgerEntry.objects.filter(pk__in=ids).update(name="", erased_at=timezone.now())
    LedgerEvent.objects.bulk_create(LedgerEvent(entry_id=pk, action=LedgerAction.ERASE) for pk in ids)
    return len(ids)


def _take_out(identity: Identity) -> None:
    """What others hold of the person: consents, notes, badges, mails, what they sent at a stand without an account."""
    theirs: Collection[int] = identity.attendees
    now = timezone.now()
    Badge.objects.filter(attendee__in=theirs, revoked_at=None).update(revoked_at=now)
    Meeting.objects.filter(attendee__in=theirs).update(shared={}, note="")
    StandProposal.objects.filter(meeting__attendee__in=theirs).delete()
    forget_applications(
        applications=Application.objects.filter(at_stand__attendee__in=theirs, candidate=None, forgotten_at=None)
    )
    ReportedMeeting.objects.filter(attendee__in=theirs).update(name="", email="")
    ReportedMeeting.objects.filter(_addressed("email", identity.emails)).update(name="", email="")
    OutgoingMail.objects.filter(_addressed("to", identity.emails)).delete()
    addressed = _addressed("email", identity.emails)
    Pass.objects.filter(addressed, revoked_at=None).update(revoked_at=now)
    Pass.objects.filter(addressed).update(name="", email="")
    Representative.objects.filter(addressed).update(name="", email="")


def _addressed(field: str, emails: Collection[str]) -> Q:
    found = Q(pk__in=())
    for email in sorted(emails):
        found |= Q(**{f"{field}__iexact": email})
    return found
