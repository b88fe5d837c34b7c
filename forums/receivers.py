"""What the forum makes of facts announced below."""

from collections.abc import Collection, Sequence
from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver

from accounts.signals import words_forgotten
from forums.services.attendees import adopt_registrations
from forums.services.shown_offers import hold_changed_offers
from forums.services.words import forget_words_at_forums
from jobs.signals import offers_changed


@receiver(offers_changed, dispatch_uid="forums.offers_changed")
def on_offers_changed(ids: Sequence[int], **_: Any) -> None:
    """A shown offer that was published or renewed lasts until the edition's end."""
    hold_changed_offers(offer_ids=ids)


@receiver(user_logged_in, dispatch_uid="forums.user_logged_in")
def on_user_logged_in(user: Any, **_: Any) -> None:
    adopt_registrations(user=user)


@receiver(words_forgotten, dispatch_uid="forums.words_forgotten")
def on_words_forgotten(emails: Collection[str], words: Collection[str], **_: Any) -> None:
    forget_words_at_forums(emails=emails, words=words)
