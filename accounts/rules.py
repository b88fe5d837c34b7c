"""Who is of Medinsoft's team: the one place that says so."""

from typing import Any


def is_staff(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff)
