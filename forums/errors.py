"""What can go wrong, said to a person: the text of each error is for the screen."""

from medinjob.lib.errors import MoveError, RefusedError


class ForumError(RefusedError):
    """Not possible at this edition."""


class ClosedError(ForumError, MoveError):
    """The edition is closed, over or cancelled, and this may not be written any more; the text says what to do
    instead."""


class DoorError(ForumError):
    """This person, or this badge, cannot be let in as things are."""


class MeetingError(ForumError):
    """What a stand asked for is not possible now."""
