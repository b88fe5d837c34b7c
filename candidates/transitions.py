"""action → (states it starts from, state it ends in, whose move it is). Data only; `services.moves` moves."""

from candidates.enums import OPEN_STATES, Side
from candidates.enums import ApplicationAction as A
from candidates.enums import ApplicationState as S

OPEN = frozenset(OPEN_STATES)

TRANSITIONS: dict[str, tuple[frozenset[S], S, Side]] = {
    A.SEE: (frozenset({S.SENT}), S.SEEN, Side.COMPANY),
    A.SHORTLIST: (frozenset({S.SENT, S.SEEN}), S.SHORTLISTED, Side.COMPANY),
    A.INVITE: (frozenset({S.SENT, S.SEEN, S.SHORTLISTED}), S.INTERVIEW, Side.COMPANY),
    A.MAKE_OFFER: (frozenset({S.SENT, S.SEEN, S.SHORTLISTED, S.INTERVIEW}), S.OFFER_MADE, Side.COMPANY),
    A.HIRE: (OPEN, S.HIRED, Side.COMPANY),
    A.REFUSE: (OPEN, S.REFUSED, Side.COMPANY),
    A.REOPEN: (frozenset({S.REFUSED, S.CLOSED, S.HIRED}), S.SEEN, Side.COMPANY),
    A.WITHDRAW: (OPEN, S.WITHDRAWN, Side.CANDIDATE),
    A.CLOSE: (frozenset({S.SENT, S.SEEN}), S.CLOSED, Side.SYSTEM),
}

# A request for information about a training hires nobody: it is answered, or leads to a meeting.
REQUEST_ACTIONS = frozenset({A.SEE, A.INVITE, A.REFUSE, A.REOPEN, A.WITHDRAW, A.CLOSE})
