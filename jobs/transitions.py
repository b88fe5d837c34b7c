"""action → (states it starts from, state it ends in). Data only; `jobs.services.lifecycle` moves."""

from jobs.enums import OfferState as S

# What its company may take back for a while: to the state it came from, which the event tells.
TAKEN_BACK = ("fill", "withdraw")
TRANSITIONS: dict[str, tuple[frozenset[S], S]] = {
    "submit": (frozenset({S.DRAFT, S.REJECTED}), S.IN_REVIEW),
    "unsubmit": (frozenset({S.IN_REVIEW}), S.DRAFT),
    "publish": (frozenset({S.DRAFT, S.IN_REVIEW, S.REJECTED}), S.PUBLISHED),
    "review_again": (frozenset({S.PUBLISHED, S.PAUSED, S.EXPIRED}), S.IN_REVIEW),
    "reject": (frozenset({S.IN_REVIEW, S.PUBLISHED, S.PAUSED}), S.REJECTED),
    "pause": (frozenset({S.PUBLISHED}), S.PAUSED),
    "resume": (frozenset({S.PAUSED}), S.PUBLISHED),
    "renew": (frozenset({S.PUBLISHED, S.PAUSED, S.EXPIRED}), S.PUBLISHED),
    "fill": (frozenset({S.PUBLISHED, S.PAUSED, S.EXPIRED}), S.FILLED),
    "expire": (frozenset({S.PUBLISHED, S.PAUSED}), S.EXPIRED),
    "withdraw": (frozenset({S.DRAFT, S.IN_REVIEW, S.PUBLISHED, S.PAUSED, S.EXPIRED}), S.WITHDRAWN),
    "restore": (frozenset({S.WITHDRAWN}), S.PUBLISHED),
    "return": (frozenset({S.WITHDRAWN}), S.IN_REVIEW),
    "reopen": (frozenset({S.WITHDRAWN}), S.DRAFT),
}
