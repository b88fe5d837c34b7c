"""Persons that a company says it met though no badge was read: staff match them, they confirm, then it is a meeting."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.services import queue_template_mail
from forums.enums import MeetingAction, MeetingSource, MeetingState
from forums.guard import Part, must_be_open
from forums.models import Attendee, Exhibitor, Meeting, MeetingEvent
from forums.selectors.persons import identity_of
from forums.transitions import MEETING
from ledger.errors import FollowUpError
from ledger.links import reported_url
from ledger.models import ReportedMeeting
from ledger.services.attribution import attribute_pair
from medinjob.lib.state_machine import StateMachine


def report(*, exhibitor: Exhibitor, name: str, email: str = "") -> ReportedMeeting:
    """The company's word; nothing is counted yet."""
    try:
        with transaction.atomic():
            must_be_open(exhibitor.edition, Part.AFTERWARDS)
            return ReportedMeeting.objects.create(exhibitor=exhibitor, name=name, email=email)
    except IntegrityError as error:
        raise FollowUpError(_("Cette adresse est déjà signalée."), "email") from error


@transaction.atomic
def match(*, reported: ReportedMeeting, attendee: Attendee, by: Any) -> None:
    """Staff recognise somebody who was registered; that person is asked, once."""
    must_be_open(reported.exhibitor.edition, Part.AFTERWARDS)
    if attendee.edition_id != reported.exhibitor.edition_id or attendee.forgotten_at or not attendee.email:
        raise FollowUpError(_("Cette personne ne peut pas être interrogée."), "attendee")
    if Meeting.objects.held().filter(exhibitor=reported.exhibitor, attendee=attendee).exists():
        raise FollowUpError(_("Leur rencontre est déjà comptée."), "attendee")
    open_rows = ReportedMeeting.objects.filter(pk=reported.pk, confirmed_at=None, declined_at=None)
    fields = {"attendee": attendee, "matched_by": by, "matched_at": timezone.now()}
    if not open_rows.exclude(attendee=attendee).update(**fields):
        raise FollowUpError(_("Cette personne a déjà été interrogée, ou a répondu."), "attendee")
    reported.refresh_from_db()
    with translation.override(attendee.language):
        link = settings.SITE_URL + reported_url(reported.pk)
    queue_template_mail(
        to=attendee.email,
        template="ledger/mail/reported.txt",
        context={"exhibitor": reported.exhibitor, "edition": reported.exhibitor.edition, "link": link},
        language=attendee.language,
        key=f"reported-{reported.pk}-{attendee.pk}",
    )


@transaction.atomic
def confirm(*, reported: ReportedMeeting) -> Meeting:
    """The other side agrees: from now on it counts as a meeting of this edition, reported afterwards."""
    must_be_open(reported.exhibitor.edition, Part.AFTERWARDS)
    _settle(reported, confirmed_at=timezone.now())
    attendee = reported.attendee
    assert attendee is not None
    now = timezone.now()
    said = {"agreed_at": now, "shared": {"name": attendee.name}}
    meeting, created = Meeting.objects.get_or_create(
        exhibitor=reported.exhibitor,
        attendee=attendee,
        defaults={**said, "state": MeetingState.DONE, "source": MeetingSource.REPORTED, "opened_at": now},
    )
    event = {"by": attendee.user}
    if created:
        MeetingEvent.objects.create(meeting=meeting, action=MeetingAction.CONFIRM, after=meeting.state, **event)
    else:
        # From whatever state it is in: a report counts also for a meeting that the stand had marked as missed.
        StateMachine(MEETING).change(
            [meeting], MeetingAction.CONFIRM, after=MeetingState.DONE, event=event, changes=said
        )
    attribute_pair(identity=identity_of(attendee=attendee), company=reported.exhibitor.company)
    return meeting


def decline(*, reported: ReportedMeeting) -> None:
    """They did not meet: nothing is counted."""
    _settle(reported, declined_at=timezone.now())


def _settle(reported: ReportedMeeting, **stamp: Any) -> None:
    rows = ReportedMeeting.objects.filter(
        pk=reported.pk, attendee=reported.attendee_id, confirmed_at=None, declined_at=None
    )
    if reported.attendee_id is None or not rows.update(**stamp):
        raise FollowUpError(_("Vous avez déjà répondu."))
