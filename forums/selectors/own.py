"""A person's own forum."""

from typing import Any

from django.db.models import QuerySet

from forums.links import ProposalLink, proposal_url
from forums.models import Attendee, Meeting, StandProposal


def meetings_with(attendee: Attendee) -> QuerySet[Any]:
    """The stands that read this person's badge, newest first, with their company."""
    met = Meeting.objects.filter(attendee=attendee).select_related("attendee__user", "exhibitor__company")
    return met.select_related("exhibitor__edition__event").order_by("-opened_at", "-pk")


def waiting_proposals(meeting: Meeting) -> list[tuple[StandProposal, str]]:
    """What the stand typed for this person and they have not answered, each with its address."""
    rows = StandProposal.objects.filter(meeting=meeting, answered_at=None).select_related("offer")
    return [(row, proposal_url(row.pk, row.mails)) for row in rows]


def proposal_of(link: ProposalLink) -> StandProposal | None:
    """The proposal of a link: none for one sent to an address that was corrected since, or of a forgotten person."""
    rows = StandProposal.objects.filter(meeting__attendee__forgotten_at=None)
    related = ("offer__company", "meeting__attendee__user", "meeting__exhibitor__edition__event", "application__offer")
    return rows.select_related(*related).filter(pk=link.proposal_id, mails=link.mails).first()
