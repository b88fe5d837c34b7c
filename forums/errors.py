"""What can go wrong, said to a person: the text of each error is for the screen."""


class ForumError(Exception):
    """`field` names the form's field that is wrong, if it is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class MoveError(ForumError):
    """The step is not possible from where one is, or somebody was quicker."""


class ClosedError(MoveError):
    """The edition is closed, over or cancelled, and this may not be written any more; the text says what to do
    instead."""


class EditConflictError(ForumError):
    """Saved elsewhere since the form was shown."""


class DoorError(ForumError):
    """This person, or this badge, cannot be let in as things are."""


class MeetingError(ForumError):
    """What a stand asked for is not possible now."""
