"""Visible profiles that companies opened, and the invitations to apply that followed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from candidates.enums import Access
from candidates.models import Application, ApplyInvitation, CandidateProfile, DataAccess
from candidates.selectors.invitations import invitable_offers
from candidates.selectors.offers import applicable_offers
from companies.enums import CompanyState
from demo.loading.people import RECRUITER, People
from jobs.enums import OfferKind
from jobs.models import Offer

ANSWERED = 3
_WORDS = (
    "Votre parcours ressemble à celui des personnes de l'équipe : parlons-en.",
    "",
    "Nous cherchons exactement ces compétences, et le télétravail est possible.",
)


def create_invitations(profiles: list[CandidateProfile], people: People, now: datetime) -> None:
    """Most visible people have one or two, a few of them declined; the named recruiter's companies had answers too."""
    rows = [*_answered(profiles, people), *_open(profiles, people, now)]
    ApplyInvitation.objects.bulk_create(rows)
    by_user = {profile.user_id: profile for profile in profiles}
    openings = [
        DataAccess(
            profile=by_user[row.candidate_id], company=row.offer.company, day=timezone.localdate(row.sent_at),
            by=row.by, what=Access.PROFILE, at=row.sent_at - timedelta(minutes=5),
        )
        for row in rows
    ]  # fmt: skip
    DataAccess.objects.bulk_create(openings, ignore_conflicts=True)


def _open(profiles: list[CandidateProfile], people: People, now: datetime) -> Iterator[ApplyInvitation]:
    verified = applicable_offers().filter(kind=OfferKind.JOB, company__state=CompanyState.TRUSTED)
    offers, own = list(verified.order_by("pk")), list(invitable_offers(_recruiter(people)))
    used = set(Application.objects.values_list("candidate", "offer"))
    visible = [profile for profile in profiles if profile.visible]
    for number, profile in enumerate(visible):
        chosen = [offers[number * 7 % len(offers)], *([own[number % len(own)]] if number % 3 == 0 else [])]
        for offer in dict.fromkeys(chosen):
            if (profile.user_id, offer.pk) not in used and number % 4 != 1:
                at = max(offer.published_at, now - timedelta(days=1 + number % 9, hours=3))
                declined = at + (now - at) / 2 if number % 6 == 2 else None
                yield _row(profile, offer, people, at, number, declined)


def _answered(profiles: list[CandidateProfile], people: People) -> Iterator[ApplyInvitation]:
    """The person applied the day after."""
    visible = {profile.user_id: profile for profile in profiles if profile.visible}
    companies = _recruiter(people).memberships.values("company")
    sent = Application.objects.filter(candidate__in=visible, company__in=companies, offer__kind=OfferKind.JOB)
    for number, row in enumerate(sent.select_related("offer__company").order_by("pk")[:ANSWERED]):
        assert row.offer.published_at
        at = max(row.offer.published_at, row.sent_at - timedelta(days=1))
        yield _row(visible[row.candidate_id or 0], row.offer, people, at, number, None)


def _row(
    profile: CandidateProfile, offer: Offer, people: People, at: datetime, number: int, declined: datetime | None
) -> ApplyInvitation:
    by = people.recruiters[offer.company_id or 0][0]
    words = _WORDS[number % len(_WORDS)]
    return ApplyInvitation(candidate=profile.user, offer=offer, by=by, message=words, sent_at=at, declined_at=declined)


def _recruiter(people: People) -> User:
    everybody = (user for users in people.recruiters.values() for user in users)
    return next(user for user in everybody if user.email == RECRUITER)
