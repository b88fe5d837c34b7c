"""Applying: what goes out is frozen as it is on that day."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.enums import ApplicationAction, Channel, Side
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.models import CV, Application, ApplicationDraft, ApplicationEvent
from candidates.selectors.offers import applicable_offers
from candidates.selectors.own import held_application
from candidates.selectors.snapshots import frozen_profile
from candidates.services.mails import tell_candidate, tell_company
from candidates.services.profiles import profile_of, touch
from jobs.models import Offer


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
    with transaction.atomic():
        offer = _open_offer(offer, user)
        _refuse_second(user, offer)
        profile = profile_of(user=user)
        if career and career != profile.career:
            profile.career = career
            profile.save(update_fields=["career"])
        application = _create(
            offer=offer, company=offer.company, candidate=user, name=name, email=user.email, message=message,
            profile=frozen_profile(profile), cv=cv, channel=channel,
        )  # fmt: skip
        _finish(application, user)
    return application


def _open_offer(offer: Offer, user: Any) -> Offer:
    """The offer as it is in this transaction."""
    current = applicable_offers().select_for_update(of=("self",)).filter(pk=offer.pk).first()
    if current is None:
        raise NotOpenError(_("Cette offre ne reçoit plus de candidatures ici."))
    if user.memberships.filter(company=current.company_id).exists():
        raise NotOpenError(_("Vous êtes membre de cette entreprise : vous ne pouvez pas répondre à ses offres."))
    return current


def _refuse_second(user: Any, offer: Offer) -> None:
    if first := held_application(user, offer):
        raise AlreadyAppliedError(_("Vous avez déjà une candidature en cours pour cette offre."), first)


def _create(**fields: Any) -> Application:
    try:
        with transaction.atomic():
            return Application.objects.create(**fields)
    except IntegrityError:  # sent from another tab at the same moment
        _refuse_second(fields["candidate"], fields["offer"])
        raise


def _finish(application: Application, user: Any) -> None:
    ApplicationEvent.objects.create(
        application=application,
        action=ApplicationAction.SEND,
        after=application.state,
        side=Side.CANDIDATE,
        by=user,
        at=application.sent_at,
    )
    ApplicationDraft.objects.filter(offer=application.offer, email=user.email).delete()
    if not user.name:
        User.objects.filter(pk=user.pk).update(name=application.name)
    touch(user=user)
    tell_candidate(application, "sent")
    tell_company(application, "received")
