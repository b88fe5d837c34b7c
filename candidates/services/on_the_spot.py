"""Applications made face to face, at a forum, and confirmed by the person: the same ones as everywhere, without a CV
*incomplete* until the person joins it by the link of the mail. There may be no account behind one until then."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MailUrgency
from accounts.services import queue_template_mail
from candidates.enums import OPEN_STATES, ApplicationAction, Channel, Side
from candidates.errors import AlreadyAppliedError, NotOpenError
from candidates.links import complete_url
from candidates.models import CV, Application, ApplicationEvent
from candidates.selectors.own import held_application
from candidates.selectors.snapshots import frozen_profile
from candidates.services.mails import tell_company
from candidates.services.profiles import profile_of, touch
from jobs.enums import OfferKind
from jobs.models import Offer
from medinjob.lib.errors import MoveError


@transaction.atomic
def apply_on_the_spot(
    *,
    offer: Offer,
    name: str,
    email: str,
    user: Any,
    message: str,
    profile: dict[str, Any],
    cv: CV | None,
    language: str,
) -> Application:
    """`user` when the person has an account; `profile` and `cv` are what they chose to join. Both sides are told.
    Raises `NotOpenError`, and `AlreadyAppliedError` with the one there is."""
    current = Offer.objects.visible().select_for_update(of=("self",)).filter(pk=offer.pk, company__isnull=False).first()
    if current is None:
        raise NotOpenError(_("Cette offre ne reçoit plus de candidatures."))
    if user and user.memberships.filter(company=current.company_id).exists():
        raise NotOpenError(_("Vous êtes membre de cette entreprise : vous ne pouvez pas répondre à ses offres."))
    if first := _held(user, email, current):
        raise AlreadyAppliedError(_("Vous avez déjà une candidature en cours pour cette offre."), first)
    if user:
        profile_of(user=user)
    application = Application.objects.create(
        offer=current, company=current.company, candidate=user, name=name, email=email, message=message, cv=cv,
        profile=profile, channel=Channel.FORUM,
        incomplete=cv is None and current.kind == OfferKind.JOB,
    )  # fmt: skip
    _note(application, ApplicationAction.SEND, user)
    queue_template_mail(
        to=email,
        template="candidates/mail/on_the_spot.txt",
        context={"application": application, "offer": current, "complete_path": complete_url(application.pk)},
        language=language,
        urgency=MailUrgency.AWAITED,
    )
    tell_company(application, "received")
    return application


@transaction.atomic
def complete(*, application: Application, user: Any, cv: CV | None, career: str) -> None:
    """The CV, or a career in words, that was missing: the application is `user`'s from now. Raises `MoveError` when it
    was completed or withdrawn meanwhile."""
    profile = profile_of(user=user)
    if career and career != profile.career:
        profile.career = career
        profile.save(update_fields=["career"])
    rows = Application.objects.filter(pk=application.pk, incomplete=True, state__in=OPEN_STATES, forgotten_at=None)
    if not rows.update(incomplete=False, candidate=user, cv=cv, profile=frozen_profile(profile)):
        raise MoveError(_("Cette candidature n'attend plus rien."))
    application.refresh_from_db()
    _note(application, ApplicationAction.COMPLETE, user)
    touch(user=user)
    tell_company(application, "completed")


@transaction.atomic
def adopt_applications(*, user: Any) -> None:
    """What was sent under an address before it had an account is its account's."""
    orphans = Application.objects.filter(candidate=None, forgotten_at=None, email__iexact=user.email)
    for application in orphans.select_related("offer"):
        profile_of(user=user)
        try:
            with transaction.atomic():
                Application.objects.filter(pk=application.pk, candidate=None).update(candidate=user)
        except IntegrityError:  # one of their own is open for the same offer
            continue


def _held(user: Any, email: str, offer: Offer) -> Application | None:
    if user and (held := held_application(user, offer)):
        return held
    same = Application.objects.filter(offer=offer, email__iexact=email, state__in=OPEN_STATES, forgotten_at=None)
    return same.first()


def _note(application: Application, action: ApplicationAction, by: Any) -> None:
    ApplicationEvent.objects.create(
        application=application,
        action=action,
        after=application.state,
        side=Side.CANDIDATE,
        by=by,
        at=application.sent_at if action == ApplicationAction.SEND else timezone.now(),
    )
