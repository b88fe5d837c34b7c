"""Facts of a job that contradict each other or the law: said beside their field, before anybody reads the offer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import CommuneFactory
from jobs.contradictions import contradictions
from jobs.models import Offer
from medinjob.lib.minimum_wage import VALUES, minimum_wage

NEW = reverse("offer-create")
TODAY = date(2026, 12, 1)


def fields(**facts):
    """Of which field something is said; "?" after it when it is only asked."""
    facts = {"contract": "cdi", "open_positions": 1, **facts}
    facts |= {name: Decimal(str(facts[name])) for name in ("pay_min", "pay_max") if name in facts}
    return [found.field + "?" * found.asked for found in contradictions(facts, TODAY)]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"pay_min": 11.5, "pay_unit": "hour"}, ["pay_min"]),
        ({"pay_min": 12.31, "pay_unit": "hour"}, []),
        ({"pay_min": 12.02, "pay_max": 14, "pay_unit": "hour"}, ["pay_min"]),
        ({"pay_min": 11.5, "pay_unit": "hour", "working_time": "Temps partiel"}, ["pay_min"]),
        ({"pay_min": 4.35, "pay_unit": "hour", "contract": "stage"}, []),
        ({"pay_min": 900, "pay_unit": "month"}, ["pay_min"]),
        ({"pay_min": 900, "pay_unit": "month", "working_time": "Temps partiel"}, []),
        ({"pay_min": 1400, "pay_unit": "month", "working_time": "28 h sur quatre jours"}, []),
        ({"pay_min": 1400, "pay_unit": "month", "working_time": "35 h"}, ["pay_min"]),
        ({"pay_min": 900, "pay_unit": "month", "contract": "apprentissage"}, []),
        ({"pay_min": 20000, "pay_unit": "year"}, ["pay_min"]),
        ({"pay_min": 22405, "pay_unit": "year"}, []),
        ({"pay_min": 1, "pay_max": 2, "pay_unit": "year"}, ["pay_min", "pay_max"]),
        ({"pay_min": 1, "pay_unit": "year", "contract": "freelance"}, ["pay_min"]),
        ({"pay_max": 999999, "pay_unit": "hour"}, ["pay_max"]),
        ({"pay_max": 45000, "pay_unit": "month"}, ["pay_max"]),
        ({"pay_max": 320000, "pay_unit": "year"}, ["pay_max?"]),
        ({"pay_max": 2500, "pay_unit": "day", "contract": "freelance"}, ["pay_max?"]),
        ({"contract_months": 12}, ["contract_months"]),
        ({"contract": "cdi-interimaire", "contract_months": 6}, ["contract_months"]),
        ({"contract": "cdd"}, ["contract_months"]),
        ({"contract": "cdd", "contract_months": 6}, []),
        ({"contract": "saisonnier"}, []),
        ({"starts_on": TODAY - timedelta(days=400)}, ["starts_on"]),
        ({"starts_on": TODAY - timedelta(days=10)}, []),
        ({"starts_on": TODAY + timedelta(days=2000)}, ["starts_on?"]),
        ({"open_positions": 500}, ["open_positions?"]),
        ({"open_positions": 50}, []),
        ({"no_pay_reason": "x"}, ["no_pay_reason"]),
        ({"no_pay_reason": "-----------"}, ["no_pay_reason"]),
        ({"no_pay_reason": "Grille en cours"}, []),
    ],
)
def test_contradiction_is_said_of_its_field(facts, said):
    assert fields(**facts) == said


def test_minimum_wage_has_its_dates():
    assert [minimum_wage("hour", day) for day, _ in VALUES] == [value for _, value in VALUES]
    assert minimum_wage("hour", date(2026, 5, 31)) == Decimal("12.02")
    assert minimum_wage("month", date(2026, 6, 1)) == Decimal("1867.02")
    assert minimum_wage("day", TODAY) is None
    assert minimum_wage("hour", date(2020, 1, 1)) is None


@pytest.fixture
def desk(client, recruiter):
    client.force_login(recruiter)
    return client


def test_refused_fact_keeps_the_draft_and_says_why(desk, job_post):
    post = {**job_post, "contract_months": "12", "action": "publish"}
    answer = desk.post(NEW, post)

    assert answer.status_code == 422
    assert "Un CDI n" in answer.context["form"].errors["contract_months"][0]
    assert (Offer.objects.get().state, Offer.objects.get().job.contract_months) == ("draft", 12)


def test_asked_fact_goes_through_once_confirmed(desk, job_post):
    post = {**job_post, "open_positions": "120", "action": "publish"}
    answer = desk.post(NEW, post)
    assert "sure" in answer.context["form"].fields
    assert 'name="sure"' in answer.text
    assert not Offer.objects.visible().exists()

    desk.post(answer.request["PATH_INFO"], {**post, "sure": "on"})
    assert Offer.objects.visible().get().job.open_positions == 120


def test_ordinary_job_is_asked_nothing(desk, job_post):
    assert 'name="sure"' not in desk.get(NEW).text
    assert desk.post(NEW, {**job_post, "action": "publish"}).status_code == 302


@pytest.mark.parametrize(("remote", "published"), [("none", False), ("partial", False), ("", False), ("full", True)])
def test_france_is_a_place_for_who_works_from_home(desk, job_post, remote, published):
    desk.post(NEW, {**job_post, "places": "France", "remote": remote, "action": "publish"})
    assert Offer.objects.visible().exists() == published


def test_same_offer_is_not_published_twice_unchanged(desk, recruiter, job_post):
    CommuneFactory(code="13055", name="Marseille")
    desk.post(NEW, {**job_post, "action": "publish"})
    again = desk.post(NEW, {**job_post, "action": "publish"})
    assert again.status_code == 409
    assert "déjà en ligne" in again.text
    assert Offer.objects.visible().count() == 1

    desk.post(NEW, {**job_post, "text": "## Missions\n\nUn autre poste.", "action": "publish"})
    assert Offer.objects.visible().count() == 2
    assert timezone.now() > Offer.objects.first().created_at
