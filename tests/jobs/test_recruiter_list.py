from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import CommuneFactory, CompanyFactory, OfferFactory, TrainingFactory, UserFactory
from jobs.enums import OfferState, RecruiterAction
from jobs.models import Offer, OfferAudience
from jobs.services.actions import possible_actions

pytestmark = pytest.mark.django_db
LIST, ACTIONS = reverse("recruiter-offers"), reverse("offer-actions")
TODAY = timezone.localdate()


@pytest.fixture
def desk(client, recruiter):
    client.force_login(recruiter)
    return client


@pytest.fixture
def mine(recruiter):
    """Makes an offer of the recruiter's company."""
    return lambda **fields: OfferFactory(company=recruiter.company, **fields)


def titles(answer):
    return [offer.title for offer in answer.context["page"]]


def test_list_shows_the_companys_offers_of_whoever_posted_them(desk, mine):
    OfferFactory(published=True, title="D'une autre entreprise")
    mine(title="D'une collègue", author=UserFactory())
    assert titles(desk.get(LIST)) == ["D'une collègue"]


def test_list_sums_views_and_clicks_over_days(desk, mine):
    offer = mine(published=True, external=True)
    for days, views in ((0, 3), (1, 40)):
        OfferAudience.objects.create(offer=offer, day=TODAY - timedelta(days=days), views=views, external_clicks=2)
    OfferAudience.objects.create(offer=OfferFactory(), day=TODAY, views=1000, external_clicks=1000)
    (row,) = desk.get(LIST).context["page"]
    assert (row.views, row.clicks) == (43, 4)


def test_tabs_count_by_state_whatever_the_filter(desk, mine):
    mine()
    mine(published=True)
    mine(published=True, title="Autre chose")
    answer = desk.get(LIST, {"state": "published", "q": "autre"})
    assert [(tab.value, tab.count, tab.current) for tab in answer.context["tabs"]] == [
        ("draft", 1, False),
        ("published", 2, True),
    ]
    assert titles(answer) == ["Autre chose"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "training"}, ["Formation web"]),
        ({"q": "data"}, ["Data engineer"]),
        ({"q": "nice"}, ["Data engineer"]),
        ({"state": "paused"}, ["Data engineer"]),
        ({"sort": "title"}, ["Data engineer", "Formation web"]),
        ({"sort": "-title"}, ["Formation web", "Data engineer"]),
        (
            {"state": "volée", "kind": "?", "sort": "password", "page": "-3", "company": "x"},
            ["Formation web", "Data engineer"],
        ),
    ],
)
def test_list_is_filtered_and_ignores_nonsense(query, found, desk, recruiter, mine):
    mine(paused=True, title="Data engineer", place=CommuneFactory(nice=True))
    TrainingFactory(company=recruiter.company, title="Formation web", published=True)
    assert titles(desk.get(LIST, query)) == found


def test_offer_is_found_by_its_number(desk, mine):
    offer, _other = mine(title="Celle-ci"), mine(title="Une autre")
    assert titles(desk.get(LIST, {"q": str(offer.pk)})) == ["Celle-ci"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_offers(count, desk, recruiter, mine, django_assert_num_queries):
    for _ in range(count):
        TrainingFactory(company=recruiter.company, published=True, session=True, place=CommuneFactory(aix=True))
    with django_assert_num_queries(8):  # session, user, counts, companies, page count, offers, sessions, places
        desk.get(LIST)


def test_empty_list_says_what_to_do_next(desk):
    assert reverse("offer-create") in desk.get(LIST).text.split("<main")[1]


def test_somebody_without_company_is_shown_how_to_begin(client):
    client.force_login(UserFactory())
    assert reverse("company-create") in client.get(LIST).text


def test_rows_button_acts_on_its_offer_and_comes_back_to_the_same_filter(desk, mine):
    first, second = mine(published=True), mine(published=True)
    answer = desk.post(ACTIONS, {"one": f"pause-{first.pk}", "ids": [second.pk], "query": "state=published&q=x"})
    assert answer.url == f"{LIST}?state=published&q=x"
    assert [Offer.objects.get(pk=o.pk).state for o in (first, second)] == ["paused", "published"]


def test_ticked_offers_are_closed_together_and_the_others_said(desk, mine):
    offers = [mine(published=True), mine(paused=True), mine()]
    answer = desk.post(ACTIONS, {"action": "fill", "ids": [o.pk for o in offers]}, follow=True)
    assert [Offer.objects.get(pk=o.pk).state for o in offers] == ["filled", "filled", "draft"]
    assert "2 offres pourvues" in answer.text
    assert "1 offre n&#x27;est pas concernée" in answer.text


def test_paused_offer_that_ran_out_is_told_to_be_renewed(desk, mine):
    offer = mine(paused=True, expires_at=timezone.now() - timedelta(days=1))
    answer = desk.post(ACTIONS, {"one": f"resume-{offer.pk}"}, follow=True)
    assert "se renouvelle" in answer.text
    assert Offer.objects.get().state == OfferState.PAUSED


def test_offers_of_another_company_are_left_alone(desk):
    stranger = OfferFactory(published=True)
    desk.post(ACTIONS, {"action": "withdraw", "ids": [stranger.pk]})
    assert Offer.objects.get().state == OfferState.PUBLISHED


@pytest.mark.parametrize(
    "post",
    [{}, {"action": "pause"}, {"action": "delete", "ids": [1]}, {"one": "pause"}, {"one": "pause-abc"}, {"one": "-1"},
     {"one": "publish-1"}, {"action": "pause", "ids": ["9" * 30]}],
)  # fmt: skip
def test_nonsense_is_said_and_does_nothing(post, desk, mine):
    mine(published=True)
    answer = desk.post(ACTIONS, post, follow=True)
    assert answer.status_code == 200
    assert 'class="alert error' in answer.text
    assert Offer.objects.get().state == OfferState.PUBLISHED


def test_query_of_the_list_leads_nowhere_else(desk, mine):
    offer = mine(published=True)
    answer = desk.post(ACTIONS, {"one": f"pause-{offer.pk}", "query": "//evil.example/\r\nSet-Cookie: a=b"})
    assert answer.url.startswith(f"{LIST}?")
    assert "\n" not in answer.url


@pytest.mark.parametrize(
    ("fields", "actions"),
    [
        ({}, ["withdraw"]),
        ({"in_review": True}, ["unsubmit", "withdraw"]),
        ({"published": True}, ["pause", "fill", "withdraw"]),
        ({"published": True, "expires_at": timezone.now() + timedelta(days=5)}, ["renew", "pause", "fill", "withdraw"]),
        ({"paused": True}, ["resume", "fill", "withdraw"]),
        ({"paused": True, "expires_at": timezone.now() - timedelta(days=5)}, ["renew", "fill", "withdraw"]),
        ({"expired": True}, ["renew", "fill", "withdraw"]),
        ({"filled": True}, []),
        ({"rejected": True}, []),
        ({"withdrawn": True}, []),
    ],
)
def test_actions_shown_are_those_that_make_sense(fields, actions):
    assert possible_actions(OfferFactory(**fields)) == [RecruiterAction(action) for action in actions]


def test_training_with_sessions_is_not_prolonged_by_a_button():
    ends = timezone.now() + timedelta(days=3)
    assert RecruiterAction.RENEW in possible_actions(TrainingFactory(published=True, expires_at=ends))
    assert RecruiterAction.RENEW not in possible_actions(TrainingFactory(published=True, expires_at=ends, session=True))


def test_company_filter_offers_only_ones_own(client):
    user = UserFactory()
    companies = [CompanyFactory(name=name, recruiter=user) for name in ("Alpha", "Beta")]
    CompanyFactory(name="Gamma")
    OfferFactory(company=companies[0], title="A")
    OfferFactory(company=companies[1], title="B")
    client.force_login(user)
    answer = client.get(LIST, {"company": companies[1].pk})
    assert titles(answer) == ["B"]
    assert "Gamma" not in answer.text
