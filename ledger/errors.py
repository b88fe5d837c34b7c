"""What can go wrong with a contract or an answer, said to a person."""

from forums.errors import ForumError


class LedgerError(ForumError):
    """The contract cannot be written so, or somebody was quicker."""


class FollowUpError(ForumError):
    """The answer cannot be taken so."""
