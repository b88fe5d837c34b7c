"""Documents of all offers, made here or shared out among processes."""

import pytest

from demo.factories import CommuneFactory, OfferFactory
from search.indexing import parallel

pytestmark = pytest.mark.django_db(transaction=True)


def whole(document):
    return document


@pytest.fixture
def offers(monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 2)
    OfferFactory(paused=True)
    return [offer.pk for offer in OfferFactory.create_batch(5, published=True, place=CommuneFactory(aix=True))]


def test_documents_come_by_batches_in_the_order_of_ids(offers):
    batches = [[document.id for document in batch] for batch in parallel.all_documents(whole)]
    assert batches == [offers[:2], offers[2:4], offers[4:]]


def test_documents_made_by_other_processes_are_the_same(offers, monkeypatch):
    here = list(parallel.all_documents(whole))
    monkeypatch.setattr(parallel, "MIN_BATCHES", 1)
    assert list(parallel.all_documents(whole)) == here


def test_no_offer_no_batch(db):
    assert list(parallel.all_documents(whole)) == []
