"""What happens at a stand besides talking: a recruiter types an application for the person in front of them, who
confirms it by the link of their mail. Until then it is no application."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MailUrgency
from accounts.services import queue_template_mail
from candidates.models import Application
from candidates.services.on_the_spot import apply_on_the_spot
from forums.actor import Actor
from forums.enums import PROPOSAL_LIFETIME
from forums.errors import MeetingError
from forums.guard import Part, must_be_open
from forums.links import proposal_url
from forums.models import Meeting, StandApplication, StandProposal
from forums.selectors.sharing import shared_cv
from forums.signals import facts_changed
from jobs.models import Offer


@transaction.atomic
def propose_at_stand(*, meeting: Meeting, offer: Offer, message: str, email: str, actor: Actor) -> StandProposal:
    """`email` serves whoever gave none before. One proposal for a meeting and an offer: typed again, it is the same
    with the new words, and a new mail goes only to a new address. Raises `MeetingError` once the person has answered,
    and tells no more than that: what they sent otherwise is theirs."""
    must_be_open(meeting.exhibitor.edition, Part.MEETINGS)
    Meeting.objects.select_for_update(of=("self",), no_key=True).get(
        pk=meeting.pk
    )  # two taps: the second finds the first
    typed = "" if meeting.attendee.email else email.lower()
    held = StandProposal.objects.filter(meeting=meeting, offer=offer).first()
    if held is None:
        by = {"by": actor.user, "by_pass": actor.held}
        held = StandProposal.objects.create(meeting=meeting, offer=offer, message=message, email=typed, **by)
        _ask(held)
        return held
    if held.answered_at:
        raise MeetingError(_("La personne a déjà répondu à cette proposition."))
    corrected = held.email != typed
    StandProposal.objects.filter(pk=held.pk).update(message=message, email=typed, mails=F("mails") + int(corrected))
    held.refresh_from_db()
    if corrected:
        _ask(held)
    return held


@transaction.atomic
def confirm_proposal(*, proposal: StandProposal, name: str, message: str) -> Application:
    """The person's own word, with the profile and the CV only if they share these with the stand. Raises what
    `candidates.services.on_the_spot.apply_on_the_spot` raises, and `MeetingError` when it is answered."""
    must_be_open(proposal.meeting.exhibitor.edition, Part.AFTERWARDS)
    held = _unanswered(proposal)
    meeting, attendee = held.meeting, held.meeting.attendee
    application = apply_on_the_spot(
        offer=held.offer,
        name=name,
        email=held.to,
        user=None if held.email else attendee.user,
        message=message,
        profile=meeting.shared.get("profile", {}),
        cv=None if held.email else shared_cv(meeting),
        language=attendee.language,
    )
    exhibitor = meeting.exhibitor
    StandApplication.objects.create(application=application, exhibitor=exhibitor, attendee=attendee)
    facts_changed.send(sender=Meeting, edition=exhibitor.edition, attendees=(), companies=[exhibitor.company_id])
    _answer(held, application)
    return application


@transaction.atomic
def decline_proposal(*, proposal: StandProposal) -> None:
    _answer(_unanswered(proposal), None)


def forget_old_proposals() -> int:
    """Answered or not: the link in the mail has ended too."""
    return StandProposal.objects.filter(proposed_at__lt=timezone.now() - PROPOSAL_LIFETIME).delete()[0]


def _unanswered(proposal: StandProposal) -> StandProposal:
    rows = StandProposal.objects.select_for_update(of=("self",), no_key=True).filter(pk=proposal.pk, answered_at=None)
    held = rows.select_related("offer", "meeting__exhibitor", "meeting__attendee__user").first()
    if held is None or held.meeting.attendee.forgotten_at:
        raise MeetingError(_("Vous avez déjà répondu."))
    return held


def _answer(proposal: StandProposal, application: Any) -> None:
    """The words are in the application now, or unwanted."""
    StandProposal.objects.filter(pk=proposal.pk).update(
        application=application, answered_at=timezone.now(), message="", email=""
    )


def _ask(proposal: StandProposal) -> None:
    queue_template_mail(
        to=proposal.to,
        template="forums/day/mail/proposal.txt",
        context={
            "offer": proposal.offer,
            "edition": proposal.meeting.exhibitor.edition,
            "path": proposal_url(proposal.pk, proposal.mails),
        },
        language=proposal.meeting.attendee.language,
        key=f"proposal:{proposal.pk}:{proposal.mails}",
        urgency=MailUrgency.AWAITED,
    )
