"""What can go wrong, said to a person: the text of each error is for the screen."""

from typing import Any


class CandidatesError(Exception):
    pass


class MoveError(CandidatesError):
    """The step is not possible from where the application is, or somebody was quicker."""


class NotOpenError(CandidatesError):
    """The offer cannot be applied to here (any more)."""


class AlreadyAppliedError(CandidatesError):
    """There is one already: `application`."""

    def __init__(self, message: str, application: Any) -> None:
        super().__init__(message)
        self.application = application


class EditConflictError(CandidatesError):
    """Saved elsewhere since the form was shown."""


class ContractError(CandidatesError):
    """`field` names the form's field that is wrong, if it is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class InvitationError(CandidatesError):
    """The person cannot be invited to apply."""


class SavedSearchError(CandidatesError):
    """The search cannot be saved."""
