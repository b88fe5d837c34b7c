"""One of everything of the forum, for the permission table: the company of the world exhibits at an edition of today,
its candidate has come."""

from typing import Any

from django.utils import timezone

from candidates.links import complete_url
from companies.models import Company
from demo.factories import (
    ActionFactory,
    ApplicationFactory,
    AttendeeFactory,
    AuditLinkFactory,
    BadgeFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    LedgerEntryFactory,
    MeetingFactory,
    PassFactory,
)
from forums import links
from forums.models import Attendee, Edition, Exhibitor, StandProposal
from jobs.models import Offer
from ledger.enums import AttributionKind
from ledger.links import follow_up_url, reported_url
from ledger.models import Attribution, FollowUp, FollowUpDate, LedgerEntry, ReportedMeeting
from reports.links import audit_answer_url, audit_url
from reports.services.audits import draw_contracts, give_verdict
from reports.services.snapshots import freeze_report


def forum_things(users: dict[str, Any], company: Company, offer: Offer) -> dict[str, Any]:
    edition = EditionFactory(running=True, event__action=ActionFactory(), text="## Venir\n\nEn train.")
    exhibitor = ExhibitorFactory(edition=edition, company=company, accepted=True, shown=[offer])
    attendee = AttendeeFactory(edition=edition, user=users["candidate"])
    waiting = ApplicationFactory(candidate=users["candidate"], incomplete=True)
    return {
        "edition": edition.event.slug,
        "coming_edition": EditionFactory(announced=True).event.slug,
        "draft_edition": EditionFactory().event.slug,
        "event": edition.event.pk,
        "action": edition.event.action.pk,
        "exhibitor": exhibitor.pk,
        "attendee": attendee.pk,
        "attendee_token": links.attendee_token(attendee.pk),
        "badge": attendee.badges.get().token,
        "blank_badge": BadgeFactory(edition=edition, blank=True, number=1).token,
        "entry": EntryFactory(attendee=attendee).pk,
        "meeting": (meeting := MeetingFactory(exhibitor=exhibitor, attendee=attendee, held=True)).pk,
        "stand_proposal": links.proposal_url(StandProposal.objects.create(meeting=meeting, offer=offer).pk, 1).split(
            "/"
        )[-2],
        "door_pass": (door_pass := PassFactory(edition=edition)).pk,
        "pass_token": links.pass_url(door_pass.pk).split("/")[-2],
        "complete": complete_url(waiting.pk).split("/")[-2],
        "live": "present",
        "stand_pass": PassFactory(edition=edition, stand=exhibitor).pk,
        "ledger_entry": _direct(edition, attendee, company).pk,
        "indicator": "participants",
        "audit_link": AuditLinkFactory(edition=edition).pk,
        **_audited(edition, company, users),
        **_after(exhibitor, attendee),
    }


def _direct(edition: Edition, attendee: Attendee, company: Company) -> LedgerEntry:
    entry: LedgerEntry = LedgerEntryFactory(attendee=attendee, company=company)
    Attribution.objects.create(entry=entry, edition=edition, kind=AttributionKind.DIRECT)
    return entry


def _audited(edition: Edition, company: Company, users: dict[str, Any]) -> dict[str, Any]:
    """A frozen report, its auditor's link, and one draw whose only contract has a verdict."""
    snapshot = freeze_report(edition=edition, by=users["staff"], addresses=[])
    link = AuditLinkFactory(edition=edition, snapshot=snapshot)
    draw = draw_contracts(link=link, number=7, size=1)
    give_verdict(link=link, draw=draw, entry_number=draw.sample[0], verdict="real", reason="Contrat vu")
    member = company.memberships.order_by("pk")[0].user_id
    return {
        "snapshot": snapshot.token,
        "audit": audit_url(link.pk).split("/")[-2],
        "draw_number": draw.number,
        "conclusion_kind": "json",
        "audit_answer": audit_answer_url(snapshot.pk, company.pk, member).split("/")[-2],
    }


def _after(exhibitor: Exhibitor, attendee: Attendee) -> dict[str, Any]:
    date = FollowUpDate.objects.create(edition=exhibitor.edition, due_on=timezone.localdate())
    follow_up = FollowUp.objects.create(date=date, exhibitor=exhibitor)
    member = exhibitor.company.memberships.order_by("pk")[0]
    reported = ReportedMeeting.objects.create(exhibitor=exhibitor, name="Camille Exemple", attendee=attendee)
    return {
        "follow_up": follow_up_url(follow_up.pk, member.user_id).split("/")[-2],
        "follow_up_pk": follow_up.pk,
        "reported": reported_url(reported.pk).split("/")[-2],
        "reported_pk": reported.pk,
        "ledger_action": "correct",
    }
