"""What candidates makes of facts announced below: offers that close, people who sign in."""

from collections.abc import Collection, Sequence
from typing import Any

from allauth.account.signals import user_logged_in
from django.db.models import Model
from django.dispatch import receiver

from accounts.services import redact_texts
from accounts.signals import closing, words_forgotten
from candidates.models import (
    AnswerTemplate,
    Application,
    ApplicationMessage,
    ApplicationNote,
    ApplyInvitation,
    Contract,
    ContractCancellation,
    DataAccess,
)
from candidates.services.alerts import note_new_offers
from candidates.services.closures import take_back_news, tell_of_closed_offers
from candidates.services.drafts import adopt_drafts
from candidates.services.on_the_spot import adopt_applications
from candidates.services.privacy import forget
from candidates.services.profiles import touch
from jobs.signals import offers_changed
from search.signals import applied_asked


@receiver(offers_changed, dispatch_uid="candidates.offers_changed")
def on_offers_changed(ids: Sequence[int], **_: Any) -> None:
    tell_of_closed_offers(offer_ids=ids)
    take_back_news(offer_ids=ids)
    note_new_offers(offer_ids=ids)


@receiver(user_logged_in, dispatch_uid="candidates.user_logged_in")
def on_user_logged_in(user: Any, **_: Any) -> None:
    """An address that is signed in is a verified one: what was typed under it is this person's. And it is a contact."""
    adopt_drafts(user=user)
    adopt_applications(user=user)
    touch(user=user)


@receiver(closing, dispatch_uid="candidates.account_closing")
def on_account_closing(user: Any, **_: Any) -> set[str]:
    """What a candidate sent stays without identity."""
    return forget(user=user, action="deleted")


# What people wrote to each other, and of each other.
TEXTS: dict[type[Model], tuple[str, ...]] = {
    Application: ("message", "refusal"),
    ApplicationMessage: ("text",),
    ApplicationNote: ("text",),
    ApplyInvitation: ("message",),
    AnswerTemplate: ("label", "text"),
    DataAccess: ("reason",),
    Contract: ("job_title", "reason"),
    ContractCancellation: ("reason",),
}


@receiver(words_forgotten, dispatch_uid="candidates.words_forgotten")
def on_words_forgotten(words: Collection[str], **_: Any) -> None:
    redact_texts(TEXTS, words)


@receiver(applied_asked, dispatch_uid="candidates.applied_asked")
def on_applied_asked(user: Any, **_: Any) -> list[int]:
    return list(Application.objects.filter(candidate=user).order_by("-pk").values_list("offer_id", flat=True))
