"""The team's view of the index."""

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import OfferFactory, StaffFactory
from search.indexing.outbox import enqueue
from search.models import IndexRefusal
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, index):
    client.force_login(StaffFactory())
    return lambda: text(client.get(reverse("staff-index")))


def test_state_of_the_index_is_told(page, index):
    OfferFactory.create_batch(2, published=True)
    index()
    enqueue(offer_ids=[OfferFactory(published=True).pk])
    said = page()
    assert "2 offres dans l’index" in said
    assert "1 modification en attente" in said
    assert "Le moteur n’a rien refusé" in said


def test_refused_offers_are_listed_with_their_reason(page, index, client, django_assert_num_queries):
    index()
    offer = OfferFactory(published=True, title="Développeur illisible")
    IndexRefusal.objects.create(offer_id=offer.pk, reason="immense term", refused_at=timezone.now())
    IndexRefusal.objects.create(offer_id=999_999, reason="other reason", refused_at=timezone.now())
    said = page()
    assert "Développeur illisible immense term" in said
    assert "999999 other reason" in said
    assert reverse("moderation-offer", args=[offer.pk]) in client.get(reverse("staff-index")).text


def test_engine_that_does_not_answer_is_said(page):
    said = page()
    assert "Le moteur de recherche ne répond pas" in said
    assert "There is no index yet." in said
