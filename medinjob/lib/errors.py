"""What a service of any app refuses. The text of each error is for the screen."""


class RefusedError(Exception):
    """Not possible; the text says why and what to do instead. `field` names the form's field that is wrong, if one
    is."""

    def __init__(self, message: str = "", field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class MoveError(RefusedError):
    """The step is not possible from the state where the row is, or somebody was quicker."""


class EditConflictError(RefusedError):
    """Somebody saved the row since the form was shown; nothing was written."""
