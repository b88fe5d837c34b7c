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
def save_draft(
    *, offer: Offer, email: str, name: str, message: str, language: str, token: str = ""
) -> ApplicationDraft:
    """Keep what was typed without an account and write to `email` with the link that leads back to it. `token` is that
    of the draft that this browser wrote before for the offer: its words are replaced, and its link stays good. Anybody
    can type any address: the words of another browser never replace these, they are another draft with its own link."""
    email = User.objects.normalize_email(email).lower()
    ApplicationDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    words = {"name": name, "message": message, "expires_at": timezone.now() + DRAFT_LIFETIME}
    draft = ApplicationDraft.objects.filter(offer=offer, email=email, token=token).first() if token else None
    if draft is None:
        fresh = secrets.token_urlsafe(32)
        draft = ApplicationDraft.objects.create(offer=offer, email=email, token=fresh, **words)
    else:
        ApplicationDraft.objects.filter(pk=draft.pk).update(**words)
        draft.refresh_from_db()
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
    """A verified person has drafts under their address: they are a candidate. Not by the name of the draft: anybody
    may have written it."""
    if ApplicationDraft.objects.filter(email=user.email, expires_at__gt=timezone.now()).exists():
        profile_of(user=user)
