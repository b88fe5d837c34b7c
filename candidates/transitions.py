"""action → (states it starts from, state it ends in, whose move it is). Data only; `services.following` moves."""

from candidates.enums import OPEN_STATES, Side
from candidates.enums import ApplicationState as S

OPEN = frozenset(OPEN_STATES)

TRANSITIONS: dict[str, tuple[frozenset[S], S, Side]] = {
    "see": (frozenset({S.SENT}), S.SEEN, Side.COMPANY),
    "shortlist": (frozenset({S.SENT, S.SEEN}), S.SHORTLISTED, Side.COMPANY),
    "invite": (frozenset({S.SENT, S.SEEN, S.SHORTLISTED}), S.INTERVIEW, Side.COMPANY),
    "make_offer": (frozenset({S.SEEN, S.SHORTLISTED, S.INTERVIEW}), S.OFFER_MADE, Side.COMPANY),
    "hire": (OPEN, S.HIRED, Side.COMPANY),
    "refuse": (OPEN, S.REFUSED, Side.COMPANY),
    "reopen": (frozenset({S.REFUSED, S.CLOSED}), S.SEEN, Side.COMPANY),
    "withdraw": (OPEN, S.WITHDRAWN, Side.CANDIDATE),
    "close": (OPEN, S.CLOSED, Side.SYSTEM),
}
