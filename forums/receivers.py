"""What the forum makes of facts announced below."""

from collections.abc import Collection, Sequence
from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver

from accounts.signals import words_forgotten
from candidates.selectors.my_data import Held
from candidates.signals import contracts_changed, export_asked, forgetting, held_asked
from forums.selectors.my_data import forum_data, forum_held
from forums.services.attendees import adopt_registrations
from forums.services.contracts import record_contracts
from forums.services.retention import forget, words_of
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


@receiver(contracts_changed, dispatch_uid="forums.contracts_changed")
def on_contracts_changed(ids: Sequence[int], **_: Any) -> None:
    """One entry of the ledger, whoever declares it and where."""
    record_contracts(ids=ids)


@receiver(forgetting, dispatch_uid="forums.forgetting")
def on_forgetting(user: Any, **_: Any) -> set[str]:
    """What they did at editions stays without identity."""
    words = words_of(user)
    forget(user=user)
    return words


@receiver(words_forgotten, dispatch_uid="forums.words_forgotten")
def on_words_forgotten(emails: Collection[str], words: Collection[str], **_: Any) -> None:
    forget_words_at_forums(emails=emails, words=words)


@receiver(held_asked, dispatch_uid="forums.held_asked")
def on_held_asked(user: Any, **_: Any) -> list[Held]:
    return forum_held(user)


@receiver(export_asked, dispatch_uid="forums.export_asked")
def on_export_asked(user: Any, **_: Any) -> dict[str, Any]:
    return forum_data(user)
