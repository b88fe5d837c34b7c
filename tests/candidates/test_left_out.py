"""A search leaves out the offers to which the person has applied, when it is asked to."""

import pytest

from demo.factories import ApplicationFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(index, candidate):
    offer = OfferFactory(published=True, title="Développeuse Python")
    OfferFactory(published=True, title="Développeuse Java")
    ApplicationFactory(offer=offer, candidate=candidate)
    index()


def test_offers_applied_to_are_left_out_for_the_person(as_candidate, applied):
    page = as_candidate.get("/offres/?q=développeuse&applied=without").content.decode()
    assert "Java" in page
    assert "Développeuse</mark> Python" not in page
    assert 'name="applied"' in page


def test_offers_applied_to_are_found_when_nothing_is_left_out(as_candidate, applied):
    assert "Développeuse</mark> Python" in as_candidate.get("/offres/?q=développeuse").content.decode()


def test_visitor_without_account_has_applied_to_nothing(client, applied):
    page = client.get("/offres/?q=développeuse&applied=without").content.decode()
    assert "Développeuse</mark> Python" in page
    assert '<select name="applied"' not in page


def test_engine_away_leaves_them_out_too(as_candidate, candidate, settings):
    offer = OfferFactory(published=True, title="Développeuse Python")
    ApplicationFactory(offer=offer, candidate=candidate)
    page = as_candidate.get("/offres/?q=développeuse&applied=without").content.decode()
    assert offer.get_absolute_url() not in page
