"""A person's own forum."""

from typing import Any

from django.db.models import QuerySet

from forums.models import Attendee, Meeting


def meetings_with(attendee: Attendee) -> QuerySet[Any]:
    """The stands that read this person's badge, newest first, with their company."""
    met = Meeting.objects.filter(attendee=attendee).select_related("attendee__user", "exhibitor__company")
    return met.select_related("exhibitor__edition__event").order_by("-opened_at", "-pk")
