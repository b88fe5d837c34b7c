"""The demo's candidates and applications could have been written by the site."""

from collections import Counter

import pytest
from django.http import QueryDict
from django.utils import timezone

from candidates.enums import ALERT_OF_SOURCE, ApplicationAction, ApplicationState, Channel, Side
from candidates.models import (
    Application,
    ApplyInvitation,
    CandidateProfile,
    Contract,
    DataAccess,
    NewOffer,
    SavedSearch,
)
from candidates.services.contracts import check_dates
from candidates.transitions import REQUEST_ACTIONS, TRANSITIONS
from demo.loading.people import CANDIDATE, RECRUITER
from jobs.models import Offer
from search.criteria import SearchCriteria

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_demo")]


def test_there_are_candidates_applications_and_searches():
    assert CandidateProfile.objects.count() == 60
    assert 0 < CandidateProfile.objects.filter(visible=True).count() < 60
    assert Application.objects.filter(channel=Channel.SITE).count() == 200
    assert SavedSearch.objects.count() > 10


def test_every_state_is_there():
    assert set(Application.objects.values_list("state", flat=True)) == set(ApplicationState.values)


def test_every_history_is_one_that_the_site_allows():
    for application in Application.objects.select_related("offer").prefetch_related("events"):
        state = ApplicationState.SENT.value
        first, *moves = application.events.all()
        assert (first.action, first.after, first.at) == (ApplicationAction.SEND, state, application.sent_at)
        for event in moves:
            allowed, after, side = TRANSITIONS[event.action]
            assert event.before == state
            assert state in allowed
            assert (event.after, event.side) == (after, side)
            assert not application.is_request or event.action in REQUEST_ACTIONS
            state = event.after
        assert application.state == state
        assert application.moved_at == application.events.all()[len(moves)].at


def test_contracts_have_dates_that_the_site_accepts_and_two_are_settled():
    contracts = list(Contract.objects.select_related("application"))
    for contract in contracts:
        check_dates(contract.application, contract.signed_on, contract.starts_on)
        assert contract.application.state == ApplicationState.HIRED
    assert 15 <= len(contracts) <= 30
    assert Contract.objects.filter(corrects__isnull=False).count() == 1
    assert Contract.objects.filter(cancellation__isnull=False).count() == 1


def test_named_candidate_follows_applications_in_several_states():
    states = Counter(Application.objects.filter(candidate__email=CANDIDATE).values_list("state", flat=True))
    assert len(states) >= 4


def test_named_recruiter_has_an_inbox_worth_seeing():
    received = Application.objects.filter(company__memberships__user__email=RECRUITER)
    assert received.count() >= 40
    assert received.values("state").distinct().count() >= 6


def test_invitations_are_those_that_the_site_allows():
    rows = ApplyInvitation.objects.select_related("offer__company", "candidate__candidate")
    assert {row.candidate.email for row in rows} >= {CANDIDATE}
    assert rows.filter(offer__company__memberships__user__email=RECRUITER).exists()
    assert rows.filter(declined_at__isnull=False).exists()
    answered = 0
    for row in rows:
        assert row.candidate.candidate.visible
        assert row.offer.published_at <= row.sent_at
        assert row.offer.company.state == "trusted"
        assert row.offer.company.memberships.filter(user=row.by).exists()
        assert DataAccess.objects.filter(profile__user=row.candidate, company=row.offer.company).exists()
        applied = Application.objects.filter(candidate=row.candidate, offer=row.offer).first()
        assert applied is None or applied.sent_at >= row.sent_at
        answered += applied is not None
    assert answered


def test_words_and_notes_are_there():
    assert Application.objects.filter(messages__side=Side.COMPANY).exists()
    assert Application.objects.filter(notes__isnull=False).exists()
    assert Application.objects.filter(cv__isnull=False).exists()


def test_saved_searches_are_canonical_and_nothing_of_the_demo_is_new():
    for search in SavedSearch.objects.all():
        criteria = SearchCriteria.from_query(QueryDict(search.query))
        assert (criteria.ignored, criteria.to_query_string()) == ((), search.query)
    announced = Offer.objects.visible().exclude(source_published_at__lt=timezone.now() - ALERT_OF_SOURCE)
    assert set(announced.values_list("pk", flat=True)) <= set(NewOffer.objects.values_list("pk", flat=True))
    assert not NewOffer.objects.filter(matched_at=None).exists()
