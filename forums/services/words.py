"""Where somebody forgotten may still be named at the forum: hands of the door and the stand, and free texts."""

from collections.abc import Collection

from django.db.models import Model
from django.utils import timezone

from accounts.services import addressed, redact_texts
from forums.models import (
    EditionEvent,
    Entry,
    Exhibitor,
    ExhibitorEvent,
    LateFact,
    Meeting,
    Pass,
    Representative,
    StandProposal,
)

TEXTS: dict[type[Model], tuple[str, ...]] = {
    Exhibitor: ("needs", "reason"),
    ExhibitorEvent: ("reason",),
    EditionEvent: ("reason",),
    LateFact: ("source", "detail"),
    Meeting: ("note",),
    StandProposal: ("message",),
}


def forget_words_at_forums(*, emails: Collection[str], words: Collection[str]) -> None:
    """Passes end; they and places at a stand lose name and address."""
    mine = addressed("email", emails) | addressed("name", words)
    Pass.objects.filter(addressed("email", emails), revoked_at=None).update(revoked_at=timezone.now())
    Pass.objects.filter(mine).update(name="", email="")
    Representative.objects.filter(mine).update(name="", email="")
    Entry.objects.filter(addressed("author", words)).update(author="")
    redact_texts(TEXTS, words)
