"""action → (states it starts from, state it ends in). Data only; `companies.services.review` moves."""

from companies.enums import CompanyAction as A
from companies.enums import CompanyState as S

TRANSITIONS: dict[A, tuple[frozenset[S], S]] = {
    A.VERIFIED: (frozenset({S.NEW, S.REFUSED}), S.TRUSTED),
    A.REFUSED: (frozenset({S.NEW, S.TRUSTED}), S.REFUSED),
    A.REVIEW_AGAIN: (frozenset({S.TRUSTED}), S.NEW),
}
