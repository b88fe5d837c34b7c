from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from candidates.models import Contract, ContractCancellation
from demo.factories import ApplicationFactory, ContractFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hired(offer, candidate):
    return ApplicationFactory(offer=offer, candidate=candidate, hired=True, days=20)


def facts(**changes):
    return {"type": "cdi", "job_title": "Développeuse", "signed_on": timezone.localdate().isoformat()} | changes


def declare(client, application, **changes):
    return client.post(reverse("contract-declare", args=[application.pk]), facts(**changes))


def test_form_is_filled_from_the_offer(as_recruiter, hired, offer):
    form = as_recruiter.get(reverse("contract-declare", args=[hired.pk])).context["form"]
    assert (form["type"].value(), form["job_title"].value()) == (offer.job.contract, offer.title)


@pytest.mark.parametrize(("who", "back"), [("recruiter", "inbox-application"), ("candidate", "application")])
def test_either_side_declares_and_comes_back_to_their_page(client, hired, request, who, back):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert declare(client, hired)["Location"] == reverse(back, args=[hired.pk])
    assert Contract.objects.get().declared_by == user


def test_second_declaration_is_told(client, hired, candidate, recruiter):
    client.force_login(recruiter)
    declare(client, hired)
    client.force_login(candidate)
    assertContains(declare(client, hired), "déjà déclaré")
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "x"),
        ("job_title", ""),
        ("signed_on", ""),
        ("signed_on", (timezone.localdate() + timedelta(days=2)).isoformat()),
        ("starts_on", "2020-01-01"),
        ("starts_on", "bientôt"),
    ],
)
def test_wrong_field_is_said_beside_it(as_recruiter, hired, field, value):
    response = declare(as_recruiter, hired, **{field: value})
    assert list(response.context["form"].errors) == [field]
    assert Contract.objects.count() == 0


def test_contract_of_an_application_not_hired_is_refused_with_a_reason(as_recruiter, application):
    assertContains(declare(as_recruiter, application), "après l&#x27;embauche")


def test_correction_is_a_new_row(as_candidate, hired):
    contract = ContractFactory(application=hired)
    url = reverse("contract-correct", args=[contract.pk])
    assert list(as_candidate.post(url, facts(type="cdd")).context["form"].errors) == ["reason"]
    as_candidate.post(url, facts(type="cdd", reason="C'est un CDD"))
    assert Contract.objects.get(corrects=contract).type == "cdd"


def test_cancellation_before_the_start(as_recruiter, hired):
    contract = ContractFactory(application=hired)
    url = reverse("contract-cancel", args=[contract.pk])
    assertContains(as_recruiter.get(url), "ne comptera plus")
    as_recruiter.post(url, {"reason": "Désistement"})
    assert ContractCancellation.objects.get().contract == contract
    response = as_recruiter.get(reverse("inbox-application", args=[hired.pk]))
    assertContains(response, "annulé avant son début")
    assertContains(response, reverse("contract-declare", args=[hired.pk]))
    declare(as_recruiter, hired)
    assert Contract.objects.in_force().get().rank == 2


def test_contract_that_began_is_not_cancelled(as_recruiter, hired):
    contract = ContractFactory(application=hired, starts_on=timezone.localdate())
    response = as_recruiter.post(reverse("contract-cancel", args=[contract.pk]), {"reason": "Trop tard"})
    assertContains(response, "commencé")


@pytest.mark.parametrize("make", [UserFactory, StaffFactory])
def test_pages_are_unknown_to_everybody_else(client, hired, make):
    contract = ContractFactory(application=hired)
    client.force_login(make())
    for name, pk in (("declare", hired.pk), ("correct", contract.pk), ("cancel", contract.pk)):
        url = reverse(f"contract-{name}", args=[pk])
        assert (client.get(url).status_code, client.post(url, facts(reason="x")).status_code) == (404, 404)
    assert Contract.objects.count() == 1


def test_former_member_declares_nothing(as_recruiter, hired, recruiter):
    recruiter.memberships.all().delete()
    assert declare(as_recruiter, hired).status_code == 404
