"""Applications made face to face, at a forum, and confirmed by the person: the same ones as everywhere, without a CV
*incomplete* until the person joins it by the link of the mail. There may be no account behind one until then."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MailUrgency
from accounts.services import queue_template_mail
from candidates.enums import OPEN_STATES, ApplicationAction, Channel
from candidates.links import complete_url, follow_token
from candidates.models import CV, Application
from candidates.selectors.own import held_by
from candidates.selectors.snapshots import frozen_profile
from candidates.services.applying import note, send
from candidates.services.cvs import adopt_cv
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
    if user:
        profile_of(user=user)
    application = send(
        offer=offer, offers=Offer.objects.visible().filter(company__isnull=False),
        closed=_("Cette offre ne reçoit plus de candidatures."), held=lambda current: held_by(user, email, current),
        candidate=user, name=name, email=email, message=message, cv=cv, profile=profile, channel=Channel.FORUM,
        language=language, incomplete=cv is None and offer.kind == OfferKind.JOB,
    )  # fmt: skip
    queue_template_mail(
        to=email,
        template="candidates/mail/on_the_spot.txt",
        context={
            "application": application,
            "offer": application.offer,
            "complete_path": complete_url(application.pk),
            "follow_token": "" if user else follow_token(application.pk),
        },
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
    note(application, ApplicationAction.COMPLETE, by=user, at=timezone.now())
    touch(user=user)
    tell_company(application, "completed")


@transaction.atomic
def adopt_applications(*, user: Any) -> None:
    """What was sent under an address before it had an account is its account's."""
    orphans = Application.objects.filter(candidate=None, forgotten_at=None, email__iexact=user.email)
    for application in orphans.select_related("offer", "cv"):
        profile_of(user=user)
        try:
            with transaction.atomic():
                Application.objects.filter(pk=application.pk, candidate=None).update(candidate=user)
        except IntegrityError:  # one of their own is open for the same offer
            continue
        if application.cv:
            adopt_cv(cv=application.cv, owner=user)
