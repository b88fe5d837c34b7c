"""What the forum holds of a person, for their page "Mes données" and the file they take away."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from candidates.selectors.my_data import Held
from forums.links import attendee_url
from forums.models import Attendee, Entry, Meeting, StandProposal
from ledger.models import FollowUpAnswer, LedgerEntry


def forum_held(user: Any) -> list[Held]:
    """Registrations, meetings, signed contracts; a fixed number of queries."""
    team = _("Medinjob")
    lines = [
        Held(
            _("Inscription : %(edition)s") % {"edition": row.edition.event.name},
            team,
            row.registered_at,
            None,
            attendee_url(row.pk),
        )
        for row in _attendances(user)
    ]
    for meeting in _meetings(user):
        company = meeting.exhibitor.company.name
        what = _("Rencontre : %(company)s") % {"company": company}
        lines.append(Held(what, f"{team}, {company}", meeting.opened_at, None, reverse("edition-registrations")))
    for entry in _contracts(user):
        what = _("Contrat signé avec %(company)s") % {"company": entry.company.name}
        lines.append(Held(what, team, entry.recorded_at))
    return lines


def forum_data(user: Any) -> dict[str, Any]:
    """JSON but for its dates. A stand's note is in it; who wrote it is not."""
    entries = Entry.objects.filter(attendee__user=user).select_related("venue").order_by("pk")
    answers = FollowUpAnswer.objects.filter(attendee__user=user).select_related("exhibitor__company", "follow_up")
    return {
        "forum_registrations": [
            {"edition": row.edition.event.name, **_fields(row, "kind", "state", "name", "email", "registered_at")}
            for row in _attendances(user)
        ],
        "forum_entries": [
            {"venue": row.venue.name, **_fields(row, "day", "at", "source", "undone_at")} for row in entries
        ],
        "forum_meetings": [
            {
                "company": row.exhibitor.company.name,
                **_fields(
                    row, "state", "source", "opened_at", "agreed_at", "declined_at", "ended_at", "shared", "note"
                ),
            }
            for row in _meetings(user)
        ],
        "forum_answers": [
            {
                "company": row.exhibitor.company.name,
                "said_by": "company" if row.follow_up.exhibitor_id else "person",
                **_fields(row, "outcome", "contract", "job_title", "signed_on", "starts_on", "said_on"),
            }
            for row in answers
        ],
        "forum_proposals": [
            {
                "company": row.meeting.exhibitor.company.name,
                "offer": row.offer.title,
                **_fields(row, "message", "proposed_at", "answered_at"),
            }
            for row in StandProposal.objects.filter(meeting__attendee__user=user).select_related(
                "offer", "meeting__exhibitor__company"
            )
        ],
        "signed_contracts": [
            {
                "company": row.company.name,
                **_fields(row, "type", "job_title", "signed_on", "starts_on", "level", "cancelled_at", "keep_until"),
            }
            for row in _contracts(user)
        ],
    }


def _attendances(user: Any) -> QuerySet[Attendee]:
    return Attendee.objects.filter(user=user).select_related("edition__event")


def _meetings(user: Any) -> QuerySet[Meeting]:
    return Meeting.objects.filter(attendee__user=user).select_related("exhibitor__company").order_by("pk")


def _contracts(user: Any) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(user=user).select_related("company").order_by("pk")


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
