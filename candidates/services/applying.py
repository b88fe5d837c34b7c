"""Applying: what goes out is frozen as it is on that day."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from candidates.enums import ApplicationAction, Channel, Side
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.models import CV, Application, ApplicationDraft, ApplicationEvent
from candidates.selectors.offers import applicable_offers
from candidates.selectors.own import held_application
from candidates.selectors.snapshots import frozen_profile
from candidates.services.cvs import drop_drafts
from candidates.services.mails import tell_candidate, tell_company
from candidates.services.profiles import profile_of, touch
from jobs.models import Offer

CLOSED = gettext_lazy("Cette offre ne reçoit plus de candidatures ici.")
Held = Callable[[Offer], Application | None]
"""The application that keeps a person from applying to an offer again."""


@transaction.atomic
def apply(
    *,
    user: Any,
    offer: Offer,
    name: str,
    message: str = "",
    career: str = "",
    cv: CV | None = None,
    channel: Channel = Channel.SITE,
) -> Application:
    """Send an application with the profile and CV as they are now; both sides are told.

    `career` stands for the profile's text and is kept there. Raises `NotOpenError`, and `AlreadyAppliedError` with the
    one there is: one at a time, even from two tabs at once.
    """
    profile = profile_of(user=user)
    if career and career != profile.career:
        profile.career = career
        profile.save(update_fields=["career"])
    application = send(
        offer=offer, offers=applicable_offers(), closed=CLOSED,
        held=lambda current: held_application(user, current),
        candidate=user, name=name, email=user.email, message=message,
        profile=frozen_profile(profile), cv=cv, channel=channel,
    )  # fmt: skip
    _finish(application, user)
    return application


@transaction.atomic
def send(
    *, offer: Offer, offers: QuerySet[Offer], closed: str | Promise, held: Held, candidate: Any, **fields: Any
) -> Application:
    """Write an application and its event, wherever it was made; `candidate` when the person has an account. Raises
    `NotOpenError`, with the text `closed`, when `offer` is not one of `offers` any more, and `AlreadyAppliedError` with
    the application that `held` finds. To be called in the transaction of the mails that tell of it."""
    current = _open_offer(offers.filter(pk=offer.pk), candidate, closed)
    _refuse_second(held(current))
    try:
        with transaction.atomic():
            application = Application.objects.create(
                offer=current, company=current.company, candidate=candidate, **fields
            )
    except IntegrityError:  # sent from another tab at the same moment
        _refuse_second(held(current))
        raise
    note(application, ApplicationAction.SEND, by=candidate, at=application.sent_at)
    return application


def note(application: Application, action: ApplicationAction, *, by: Any, at: datetime) -> None:
    """One line of its history, of what the person did."""
    ApplicationEvent.objects.create(
        application=application, action=action, after=application.state, side=Side.CANDIDATE, by=by, at=at
    )


def _open_offer(offers: QuerySet[Offer], user: Any, closed: str | Promise) -> Offer:
    """The one of `offers`, as it is in this transaction."""
    current = offers.select_for_update(of=("self",), no_key=True).first()
    if current is None:
        raise NotOpenError(str(closed))
    if user and user.memberships.filter(company=current.company_id).exists():
        raise NotOpenError(_("Vous êtes membre de cette entreprise : vous ne pouvez pas répondre à ses offres."))
    return current


def _refuse_second(first: Application | None) -> None:
    if first:
        raise AlreadyAppliedError(_("Vous avez déjà une candidature en cours pour cette offre."), first)


def _finish(application: Application, user: Any) -> None:
    drop_drafts(ApplicationDraft.objects.filter(offer=application.offer, email=user.email))
    if not user.name:
        User.objects.filter(pk=user.pk).update(name=application.name)
    touch(user=user)
    tell_candidate(application, "sent", profile_sent=True)
    tell_company(application, "received")
