import pytest
from pytest_django.asserts import assertContains, assertNotContains

from candidates.selectors.figures import answer_figures
from candidates.services.figures import refresh_answer_figures
from companies.models import Company
from demo.factories import ApplicationFactory, CompanyFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return OfferFactory(published=True, company=CompanyFactory())


def figure(offer):
    refresh_answer_figures()
    company = Company.objects.get(pk=offer.company_id)
    return company.answer_rate, company.answer_days


def received(offer, n, **traits):
    ApplicationFactory.create_batch(n, offer=offer, **{"days": 20, "events": False, **traits})


def test_company_with_few_applications_has_no_figure(offer):
    received(offer, 4, shortlisted=True)
    assert figure(offer) == (None, None)


def test_rate_and_median_are_of_those_old_enough(offer):
    received(offer, 3, refused=True)
    received(offer, 2)
    received(offer, 5, days=13)
    assert figure(offer) == (60, 2)


def test_company_that_never_answers_has_a_rate_of_zero(offer):
    received(offer, 5, seen=True)
    assert figure(offer) == (0, None)


def test_withdrawn_before_an_answer_says_nothing(offer):
    received(offer, 5, shortlisted=True)
    received(offer, 3, withdrawn=True)
    assert figure(offer) == (100, 2)


def test_year_old_applications_count_no_more(offer):
    received(offer, 5, days=400)
    assert figure(offer) == (None, None)


def test_figure_goes_with_what_it_was_counted_from(offer):
    received(offer, 5, shortlisted=True)
    assert figure(offer) == (100, 2)
    offer.applications.all().delete()
    assert figure(offer) == (None, None)


def test_figure_is_on_the_page_of_the_company_once_there_is_one(client, offer):
    assertNotContains(client.get(offer.company.get_absolute_url()), "Réponses aux candidatures")
    received(offer, 4, refused=True)
    received(offer, 1)
    refresh_answer_figures()
    assertContains(client.get(offer.company.get_absolute_url()), "80 % sur un an, la moitié en moins de 2 jours")


def test_unchanged_figures_are_not_written(offer):
    received(offer, 5, shortlisted=True)
    assert [refresh_answer_figures(), refresh_answer_figures()] == [1, 0]


def test_figures_of_several_companies_are_apart(offer, django_assert_num_queries):
    received(offer, 5, shortlisted=True)
    received(OfferFactory(published=True, company=CompanyFactory()), 5)
    with django_assert_num_queries(1):
        assert {figure.rate: figure.days for _, figure in answer_figures()} == {100: 2, 0: None}
