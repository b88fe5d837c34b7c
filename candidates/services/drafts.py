"""Applying without an account: what was typed is kept, found again by the link in the mail on any device, and sent or
discarded there. The link proves the address; nothing is sent before it is used."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MailUrgency
from accounts.models import User
from accounts.selectors import account_of
from accounts.services import queue_template_mail
from candidates.enums import DRAFT_LIFETIME
from candidates.errors import NotOpenError
from candidates.models import CV, Application, ApplicationDraft
from candidates.selectors.offers import applicable_offers
from candidates.selectors.own import held_by, live_drafts
from candidates.services.applying import CLOSED, send
from candidates.services.cvs import add_cv, adopt_cv, drop_drafts, drop_unheld_cvs
from candidates.services.mails import tell_candidate, tell_company
from candidates.services.profiles import profile_of, touch
from jobs.models import Offer


@transaction.atomic
def save_draft(
    *,
    offer: Offer,
    token: str = "",
    email: str = "",
    cv: CV | None = None,
    file: Mapping[str, Any] | None = None,
    **words: str,
) -> ApplicationDraft:
    """Keep what was typed without an account: `words` are its name, message and career, `cv` the file it keeps, `file`
    a new one, by the arguments of `add_cv`. `token` is that of the draft that this browser wrote before for the offer:
    its words are replaced. Anybody can type any address: the words of another browser never replace these, they are
    another draft with its own link. With another address the link changes, since the former has it."""
    email = User.objects.normalize_email(email).lower()
    drop_old_drafts()
    draft = ApplicationDraft.objects.filter(offer=offer, token=token).first() if token else None
    if draft is None or draft.email != email:
        draft = draft or ApplicationDraft(offer=offer)
        draft.token = secrets.token_urlsafe(32)
    draft.cv = add_cv(owner=None, **file) if file else cv
    draft.email, draft.expires_at = email, timezone.now() + DRAFT_LIFETIME
    for field, text in words.items():
        setattr(draft, field, text)
    draft.save()
    drop_unheld_cvs()
    return draft


def mail_draft(*, draft: ApplicationDraft, language: str) -> None:
    """Write to the address of a draft with the link that shows it."""
    queue_template_mail(
        to=draft.email,
        template="candidates/mail/draft.txt",
        context={"draft": draft, "offer": draft.offer},
        language=language,
        urgency=MailUrgency.AWAITED,
    )


@transaction.atomic
def send_draft(*, draft: ApplicationDraft, language: str) -> Application:
    """Send exactly what a draft holds, once; it and the other drafts of its address for the offer go. The application
    is that of the account of the address, if there is one, without its profile. Raises `NotOpenError`, and
    `AlreadyAppliedError` with the application there is."""
    row = live_drafts().select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).first()
    if row is None:
        raise NotOpenError(_("Cette candidature est déjà partie, ou a été effacée."))
    user = account_of(row.email)
    if user and not user.is_active:
        raise NotOpenError(
            _("Cette adresse ne peut pas postuler ici. Écrivez-nous si vous pensez que c'est une erreur.")
        )
    application = send(
        offer=row.offer, offers=applicable_offers(), closed=CLOSED, held=lambda offer: held_by(user, row.email, offer),
        candidate=user, name=row.name, email=row.email, message=row.message,
        profile={"career": row.career}, cv=row.cv, language=language,
    )  # fmt: skip
    _belongs_to(user, application)
    drop_drafts(ApplicationDraft.objects.filter(offer=row.offer, email=row.email))
    tell_candidate(application, "sent")
    tell_company(application, "received")
    return application


@transaction.atomic
def discard_draft(*, draft: ApplicationDraft) -> None:
    drop_drafts(ApplicationDraft.objects.filter(pk=draft.pk))


def drop_old_drafts() -> int:
    return drop_drafts(ApplicationDraft.objects.filter(expires_at__lte=timezone.now()))


@transaction.atomic
def adopt_drafts(*, user: Any) -> None:
    """A verified person has drafts under their address: they are a candidate. Not by the name of the draft: anybody
    may have written it."""
    if ApplicationDraft.objects.filter(email=user.email, expires_at__gt=timezone.now()).exists():
        profile_of(user=user)


def _belongs_to(user: Any, application: Application) -> None:
    """The account has a candidate's space from now, and the file in it."""
    if user is None:
        return
    profile_of(user=user)
    touch(user=user)
    if application.cv:
        adopt_cv(cv=application.cv, owner=user)
