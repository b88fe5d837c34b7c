"""What was typed before there was an account: kept, and found again by the link in the mail on any device."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.services import queue_template_mail
from candidates.enums import DRAFT_LIFETIME
from candidates.models import ApplicationDraft
from candidates.services.profiles import profile_of
from jobs.models import Offer


@transaction.atomic
def save_draft(*, offer: Offer, email: str, name: str, message: str, language: str) -> ApplicationDraft:
    """Keep what was typed without an account and write to `email` with the link that leads back to it. A second draft
    for one offer replaces the first, whose link stays good."""
    email = User.objects.normalize_email(email).lower()
    ApplicationDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    draft, _created = ApplicationDraft.objects.update_or_create(
        offer=offer,
        email=email,
        defaults={"name": name, "message": message, "expires_at": timezone.now() + DRAFT_LIFETIME},
        create_defaults={
            "name": name,
            "message": message,
            "expires_at": timezone.now() + DRAFT_LIFETIME,
            "token": secrets.token_urlsafe(32),
        },
    )
    queue_template_mail(
        to=email,
        template="candidates/mail/draft.txt",
        context={"draft": draft, "offer": offer},
        language=language,
        urgency=MailUrgency.AWAITED,
    )
    return draft


def drop_old_drafts() -> int:
    return ApplicationDraft.objects.filter(expires_at__lte=timezone.now()).delete()[0]


@transaction.atomic
def adopt_drafts(*, user: Any) -> None:
    """A verified person has drafts under their address: they are a candidate, by the name they gave."""
    draft = ApplicationDraft.objects.filter(email=user.email, expires_at__gt=timezone.now()).order_by("-pk").first()
    if draft is None:
        return
    profile_of(user=user)
    if draft.name and not user.name:
        user.name = draft.name
        user.save(update_fields=["name"])
