from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with our mail outbox."""

    def populate_username(self, request: Any, user: Any) -> None:
        """Our users have none."""
