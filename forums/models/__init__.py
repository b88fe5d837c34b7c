from forums.models.actions import Action, BudgetLine, DeclaredFigure, Event, Grant
from forums.models.attendees import Attendee, AttendeeEvent, Badge, Entry
from forums.models.editions import Edition, EditionDay, EditionEvent, ProgrammeItem, Venue
from forums.models.exhibitors import Exhibitor, ExhibitorEvent, Representative, ShownOffer
from forums.models.late import LateFact
from forums.models.meetings import Meeting, MeetingEvent, StandApplication, StandProposal
from forums.models.passes import Pass

__all__ = [
    "Action",
    "Attendee",
    "AttendeeEvent",
    "Badge",
    "BudgetLine",
    "DeclaredFigure",
    "Edition",
    "EditionDay",
    "EditionEvent",
    "Entry",
    "Event",
    "Exhibitor",
    "ExhibitorEvent",
    "Grant",
    "LateFact",
    "Meeting",
    "MeetingEvent",
    "Pass",
    "ProgrammeItem",
    "Representative",
    "ShownOffer",
    "StandApplication",
    "StandProposal",
    "Venue",
]
