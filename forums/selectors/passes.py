"""Passes: which let somebody in, today."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from forums.enums import EditionState, PassKind, PassValidity
from forums.models import Edition, Exhibitor, Pass


def passes_of(edition: Edition, exhibitor: Exhibitor | None = None) -> QuerySet[Any]:
    """Those of an edition, or of one of its stands, newest first."""
    rows = Pass.objects.filter(edition=edition).select_related("exhibitor__company")
    return (rows.filter(exhibitor=exhibitor) if exhibitor else rows).order_by("-pk")


def find_pass(pk: Any) -> Pass | None:
    """A pass with its edition and stand, whether it is still valid or not."""
    return Pass.objects.select_related("edition__event", "exhibitor__company").filter(pk=pk).first()


def validity(held: Pass) -> PassValidity:
    """Valid on the edition's days, until it is revoked or the edition closed. One query at most."""
    if held.revoked_at is not None:
        return PassValidity.REVOKED
    edition = held.edition
    today = timezone.localdate()
    if edition.state != EditionState.ANNOUNCED or today > edition.event.ends_on:
        return PassValidity.OVER
    return PassValidity.VALID if is_on(edition) else PassValidity.EARLY


def is_on(edition: Edition) -> bool:
    """Today is one of its days, here. One query, or none when its days are prefetched."""
    return edition.state == EditionState.ANNOUNCED and any(
        day.date == timezone.localdate() for day in edition.days.all()
    )


def door_pass(pk: Any, edition: Edition) -> Pass | None:
    """The pass `pk` if it opens the door of `edition` now."""
    held = find_pass(pk) if pk else None
    if held is None or held.kind != PassKind.DOOR or held.edition_id != edition.pk:
        return None
    held.edition = edition  # the same, with what was prefetched
    return held if validity(held) == PassValidity.VALID else None


def stand_pass(pk: Any, exhibitor: Exhibitor) -> Pass | None:
    """The pass `pk` if it opens the stand of `exhibitor` now."""
    held = find_pass(pk) if pk else None
    if held is None or held.exhibitor_id != exhibitor.pk:
        return None
    return held if validity(held) == PassValidity.VALID else None
