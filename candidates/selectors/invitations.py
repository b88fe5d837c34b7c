"""Invitations to apply, seen by both sides."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from candidates.models import Application, ApplyInvitation, CandidateProfile
from candidates.selectors.offers import applicable_offers
from companies.models import Company
from jobs.enums import OfferKind
from jobs.models import Offer


def invitable_offers(user: Any) -> QuerySet[Any]:
    """The open jobs of `user`'s verified companies to which one applies here."""
    companies = Company.objects.visible().for_user(user)
    return applicable_offers().filter(kind=OfferKind.JOB, company__in=companies).order_by("title", "pk")


def sent_invitations(user: Any, profile: CandidateProfile) -> QuerySet[Any]:
    """What `user`'s companies sent to this person, newest first, each with its answer."""
    return _with_answer().filter(candidate=profile.user_id, offer__in=Offer.objects.for_user(user))


def received_invitations(user: Any) -> QuerySet[Any]:
    return _with_answer().filter(candidate=user)


def waiting_invitations(user: Any) -> QuerySet[Any]:
    """Those that `user` has not answered, newest first; `open`: one may still apply."""
    rows = received_invitations(user).filter(declined_at=None, application_id=None)
    return rows.annotate(open=Exists(applicable_offers().filter(pk=OuterRef("offer"))))


def _with_answer() -> QuerySet[Any]:
    """With `application_id`: the application that followed, if any."""
    answers = Application.objects.filter(candidate=OuterRef("candidate"), offer=OuterRef("offer"))
    rows = ApplyInvitation.objects.select_related("offer__company")
    return rows.annotate(application_id=answers.order_by("-pk").values("pk")[:1])
