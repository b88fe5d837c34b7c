"""The end of a person's data at the forum: asked for, or two years after the last edition they came to.

What they did stays without identity, for the counts; their signed contracts keep the name that proves them until the
audit date of the grants, then a pseudonym.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.services import forget_in_sessions, forget_words, redact_rows
from candidates.models import Application
from candidates.services.privacy import forget_address, forget_applications
from forums.enums import ATTENDEES_FORGOTTEN_AFTER, AttendeeAction
from forums.guard import Part, is_open
from forums.models import Attendee, Badge, Edition, Entry, Meeting, Pass, Representative, StandProposal
from forums.models.attendees import new_pseudonym
from forums.selectors.persons import Identity, identity_of
from forums.services.attendees import cancel
from forums.services.freezing import freeze_holders
from forums.transitions import ATTENDEE
from ledger.enums import ChainAction, LedgerAction
from ledger.models import ContractEvidence, LedgerEntry, LedgerEvent, ReportedMeeting
from ledger.services.chain import hold_chain, notice, seal, seal_erased, write_all
from ledger.services.words import TEXTS
from medinjob.lib.state_machine import may_move

BATCH = 200


@transaction.atomic
def forget(*, user: Any = None, attendee: Attendee | None = None) -> int:
    """Take a person out of every edition; how many rows of `Attendee` had been theirs. What is to come is cancelled.
    Where the address is an account's, only that goes: the rest goes with the account (`words_of`)."""
    identity = lock_for_forgetting(user=user, attendee=attendee)
    names = _names_of(identity)
    rows = Attendee.objects.filter(pk__in=identity.attendees, forgotten_at=None)
    for row in rows.select_related("edition__event", "user"):
        if is_open(row.edition, Part.REGISTRATIONS) and may_move(row, AttendeeAction.CANCEL, ATTENDEE):
            cancel(attendee=row, by=user)
    known = LedgerEntry.objects.filter(identity.entries).order_by("pk").values_list("person", flat=True).first()
    freeze_holders(attendees=rows)
    person = known or min(identity.persons, default="") or new_pseudonym()
    _take_out(identity)
    forgotten = rows.update(user=None, name="", email="", person=person, forgotten_at=timezone.now())
    _forget_user(identity)
    if not identity.users:
        forget_address(emails=identity.emails)
        forget_words(emails=identity.emails, names=names)
    erase_names()
    return forgotten


@transaction.atomic
def lock_for_forgetting(*, user: Any = None, attendee: Attendee | None = None) -> Identity:
    """The editions of a person, then the chain: the order of all who write there. The person."""
    identity = identity_of(user=user, attendee=attendee)
    editions = Edition.objects.filter(pk__in=Attendee.objects.filter(pk__in=identity.attendees).values("edition"))
    list(editions.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    hold_chain()
    return identity


@transaction.atomic
def forget_asked(*, attendee: Attendee) -> None:
    """By the person's own link, in whatever browser their address is still held."""
    emails = {attendee.email}
    forget(attendee=attendee)
    forget_in_sessions(emails=emails)


def words_of(user: Any) -> set[str]:
    """Addresses and names by which the forum knows the person of an account, for what stays elsewhere."""
    identity = identity_of(user=user)
    return identity.emails | _names_of(identity)


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
    notice(LedgerEntry, ids)
    for entry in due.exclude(name=""):
        _forget_in_evidence(entry)
    LedgerEntry.objects.filter(pk__in=ids).update(name="", erased_at=timezone.now())
    seal(LedgerEntry, ids, ChainAction.ERASE)
    write_all([LedgerEvent(entry_id=pk, action=LedgerAction.ERASE) for pk in ids])
    return len(ids)


def _forget_user(identity: Identity) -> None:
    ids = list(LedgerEntry.objects.filter(identity.entries, user__isnull=False).values_list("pk", flat=True))
    LedgerEntry.objects.filter(pk__in=ids).update(user=None)
    seal_erased(LedgerEntry, ids)


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


def _names_of(identity: Identity) -> set[str]:
    """Under which they registered, were told of, and signed."""
    rows = (
        Attendee.objects.filter(pk__in=identity.attendees),
        ReportedMeeting.objects.filter(attendee__in=identity.attendees),
        LedgerEntry.objects.filter(identity.entries),
        Application.objects.filter(at_stand__attendee__in=identity.attendees),
    )
    return {name for found in rows for name in found.order_by().values_list("name", flat=True)}


def _forget_in_evidence(entry: LedgerEntry) -> None:
    """What staff wrote since the person was forgotten names them too."""
    words = {entry.name}
    redact_rows(entry.evidence.all(), TEXTS[ContractEvidence], words)
    redact_rows(entry.events.all(), TEXTS[LedgerEvent], words)
