"""What happens at a stand besides talking."""

from django.db import transaction

from candidates.models import Application
from candidates.services.on_the_spot import apply_on_the_spot
from forums.actor import Actor
from forums.guard import Part, must_be_open
from forums.models import Meeting, StandApplication
from forums.selectors.sharing import shared_cv
from forums.signals import facts_changed
from jobs.models import Offer


@transaction.atomic
def apply_at_stand(*, meeting: Meeting, offer: Offer, message: str, email: str, actor: Actor) -> Application:
    """The person of `meeting` answers one of the stand's offers; `email` serves whoever gave none before. Raises what
    `candidates.services.on_the_spot.apply_on_the_spot` raises."""
    must_be_open(meeting.exhibitor.edition, Part.MEETINGS)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)  # two taps: the second finds the first
    attendee = meeting.attendee
    application = apply_on_the_spot(
        offer=offer,
        name=attendee.name,
        email=attendee.email or email,
        user=attendee.user,
        message=message,
        cv=shared_cv(meeting),
        by=actor.user,
        language=attendee.language,
    )
    exhibitor = meeting.exhibitor
    StandApplication.objects.create(application=application, exhibitor=exhibitor, attendee=attendee)
    facts_changed.send(sender=Meeting, edition=exhibitor.edition, attendees=(), companies=[exhibitor.company_id])
    return application
