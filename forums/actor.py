from dataclasses import dataclass
from typing import Any

from forums.models import Pass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something on the day: an account, or somebody who holds a pass."""

    user: Any = None
    held: Pass | None = None

    @property
    def name(self) -> str:
        """For rows that must say whose hand it was, even once account and pass are gone."""
        if self.held is not None:
            return self.held.name
        return str(self.user.name) if self.user else ""
