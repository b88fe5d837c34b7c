"""action → (states it starts from, state it ends in). Data only; `forums.services` move."""

from forums.enums import (
    AttendeeAction,
    AttendeeState,
    EditionAction,
    EditionState,
    ExhibitorAction,
    ExhibitorState,
    MeetingAction,
    MeetingState,
)
from medinjob.lib.state_machine import Table

_E, _X, _A, _M = EditionState, ExhibitorState, AttendeeState, MeetingState

EDITION: Table = {
    EditionAction.ANNOUNCE: (frozenset({_E.DRAFT}), _E.ANNOUNCED),
    EditionAction.CLOSE: (frozenset({_E.ANNOUNCED}), _E.CLOSED),
    EditionAction.REOPEN: (frozenset({_E.CLOSED}), _E.ANNOUNCED),
    EditionAction.CANCEL: (frozenset({_E.DRAFT, _E.ANNOUNCED}), _E.CANCELLED),
}

EXHIBITOR: Table = {
    ExhibitorAction.REQUEST: (frozenset({_X.CANCELLED}), _X.REQUESTED),
    ExhibitorAction.ACCEPT: (frozenset({_X.REQUESTED, _X.WAITING, _X.REFUSED, _X.CANCELLED}), _X.ACCEPTED),
    ExhibitorAction.REFUSE: (frozenset({_X.REQUESTED, _X.WAITING, _X.ACCEPTED}), _X.REFUSED),
    ExhibitorAction.PUT_ON_WAITING_LIST: (frozenset({_X.REQUESTED, _X.REFUSED}), _X.WAITING),
    ExhibitorAction.CANCEL: (frozenset({_X.REQUESTED, _X.WAITING, _X.ACCEPTED}), _X.CANCELLED),
}

ATTENDEE: Table = {
    AttendeeAction.REGISTER: (frozenset({_A.TO_CONFIRM, _A.CANCELLED}), _A.REGISTERED),
    AttendeeAction.CONFIRM: (frozenset({_A.TO_CONFIRM}), _A.REGISTERED),
    AttendeeAction.PUT_ON_WAITING_LIST: (frozenset({_A.TO_CONFIRM, _A.CANCELLED}), _A.WAITING),
    AttendeeAction.ADMIT: (frozenset({_A.WAITING}), _A.REGISTERED),
    AttendeeAction.WALK_IN: (frozenset({_A.TO_CONFIRM, _A.WAITING, _A.CANCELLED}), _A.REGISTERED),
    AttendeeAction.CANCEL: (frozenset({_A.TO_CONFIRM, _A.REGISTERED, _A.WAITING}), _A.CANCELLED),
}

MEETING: Table = {
    MeetingAction.START: (frozenset({_M.OPENED}), _M.STARTED),
    MeetingAction.FINISH: (frozenset({_M.OPENED, _M.STARTED}), _M.DONE),
    MeetingAction.MISS: (frozenset({_M.OPENED}), _M.NO_SHOW),
    MeetingAction.REOPEN: (frozenset({_M.DONE, _M.NO_SHOW}), _M.OPENED),
}
