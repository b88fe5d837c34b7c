"""What is a candidate's own."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from candidates.enums import OPEN_STATES, ApplicationState
from candidates.models import CV, Application, ApplicationDraft


def current_cv(user: Any) -> CV | None:
    return CV.objects.filter(owner=user, removed_at=None).first()


def own_applications(user: Any) -> QuerySet[Any]:
    """One's applications with offer and company, newest first."""
    return Application.objects.of_candidate(user).select_related("offer", "company", "cv")


def held_application(user: Any, offer: Any) -> Application | None:
    """The one that keeps `user` from applying to `offer` again."""
    held = Application.objects.of_candidate(user).filter(offer=offer)
    return held.filter(state__in=[*OPEN_STATES, ApplicationState.HIRED]).first()


def held_by(user: Any, email: str, offer: Any) -> Application | None:
    """The same for the bearer of an address, who may have no account (`user` None) or have applied before having
    one."""
    if user and (held := held_application(user, offer)):
        return held
    same = Application.objects.filter(offer=offer, email__iexact=email, state__in=OPEN_STATES, forgotten_at=None)
    return same.first()


def live_drafts() -> QuerySet[Any]:
    return ApplicationDraft.objects.filter(expires_at__gt=timezone.now()).select_related("offer__company")


def own_drafts(user: Any) -> QuerySet[Any]:
    return live_drafts().filter(email=user.email.lower()).order_by("-pk")
