"""What can go wrong, said to a person: the text of each error is for the screen."""

from typing import Any

from medinjob.lib.errors import RefusedError


class NotOpenError(RefusedError):
    """The offer cannot be applied to here (any more)."""


class AlreadyAppliedError(RefusedError):
    """There is one already: `application`."""

    def __init__(self, message: str, application: Any) -> None:
        super().__init__(message)
        self.application = application


class ContractError(RefusedError):
    """What was said of a contract cannot be."""


class InvitationError(RefusedError):
    """The person cannot be invited to apply."""


class SavedSearchError(RefusedError):
    """The search cannot be saved."""
