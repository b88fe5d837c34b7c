from forums.models.actions import Action, BudgetLine, DeclaredFigure, Event, Grant
from forums.models.attendees import Attendee, AttendeeEvent, Badge, Entry
from forums.models.editions import Edition, EditionDay, EditionEvent, FollowUpDate, ProgrammeItem, Venue
from forums.models.exhibitors import Exhibitor, ExhibitorEvent, Representative, ShownOffer
from forums.models.follow_up import FollowUp, FollowUpAnswer, ReportedMeeting
from forums.models.ledger import Attribution, ContractEvidence, LedgerEntry, LedgerEvent
from forums.models.meetings import Meeting, MeetingEvent, StandApplication, StandProposal
from forums.models.passes import Pass
from forums.models.reports import AuditLink, AuditVisit, Snapshot

__all__ = [
    "Action",
    "Attendee",
    "AttendeeEvent",
    "Attribution",
    "AuditLink",
    "AuditVisit",
    "Badge",
    "BudgetLine",
    "ContractEvidence",
    "DeclaredFigure",
    "Edition",
    "EditionDay",
    "EditionEvent",
    "Entry",
    "Event",
    "Exhibitor",
    "ExhibitorEvent",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpDate",
    "Grant",
    "LedgerEntry",
    "LedgerEvent",
    "Meeting",
    "MeetingEvent",
    "Pass",
    "ProgrammeItem",
    "ReportedMeeting",
    "Representative",
    "ShownOffer",
    "Snapshot",
    "StandApplication",
    "StandProposal",
    "Venue",
]
