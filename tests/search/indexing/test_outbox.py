"""What changes an offer's public face leaves a row, and the drain makes the index say the same."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from companies.services import accept_identity, update_company
from demo.factories import CompanyFactory, OfferFactory, StaffFactory, UserFactory
from jobs.models import JobDetails, Offer
from jobs.services import lifecycle
from jobs.services.bulk import OfferEntry, create_offers
from jobs.services.editing import Content, update
from jobs.signals import offers_changed
from search.criteria import SearchCriteria
from search.engines.base import EngineError, IndexBusyError, IndexMissingError
from search.indexing.outbox import BATCH, drain, enqueue
from search.indexing.rebuild import compare
from search.models import PendingIndexing
from search.service.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_index(index):
    index()


def found() -> list[str]:
    return sorted(hit.title for hit in search(SearchCriteria()).hits)


def pending() -> list[int]:
    return list(PendingIndexing.objects.order_by("id").values_list("offer_id", flat=True))


@pytest.fixture
def published():
    offer = OfferFactory(published=True, title="Développeur")
    offers_changed.send(sender=Offer, ids=[offer.pk])
    drain()
    return offer


def test_published_offer_is_found_after_the_drain():
    offer = OfferFactory(in_review=True, title="Développeur")
    lifecycle.publish(offers=[offer], by=StaffFactory())
    assert found() == []
    assert drain() == 1
    assert found() == ["Développeur"]
    assert pending() == []


@pytest.mark.parametrize(
    "step",
    [
        lambda offer: lifecycle.pause(offers=[offer], by=UserFactory()),
        lambda offer: lifecycle.fill(offers=[offer], by=UserFactory()),
        lambda offer: lifecycle.withdraw(offers=[offer], by=UserFactory()),
        lambda offer: lifecycle.reject(offers=[offer], by=StaffFactory(), reason="Hors sujet."),
    ],
    ids=["pause", "fill", "withdraw", "reject"],
)
def test_closed_offer_is_no_longer_found(published, step):
    step(published)
    drain()
    assert found() == []


def test_resumed_offer_is_found_again(published):
    (paused,) = lifecycle.pause(offers=[published], by=UserFactory())
    drain()
    lifecycle.resume(offers=[paused], by=UserFactory())
    drain()
    assert found() == ["Développeur"]


def test_expired_offer_is_no_longer_found(published):
    Offer.objects.filter(pk=published.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    lifecycle.expire(offers=[Offer.objects.get()])
    drain()
    assert found() == []


def test_edited_offer_says_its_new_words(published):
    content = Content(fields={"title": "Architecte"})
    update(offer=published, content=content, version=published.version, changed=["title"], by=UserFactory())
    drain()
    assert found() == ["Architecte"]
    assert search(SearchCriteria(q="développeur")).total == 0


def test_renamed_company_is_shown_by_its_new_name():
    company = CompanyFactory(name="Avant")
    for state in ("published", "paused"):
        OfferFactory(company=company, **{state: True})
    OfferFactory(published=True)
    enqueue(offer_ids=Offer.objects.values_list("pk", flat=True))
    drain()
    update_company(company=company, by=UserFactory(), version=company.version, facts={"name": "Après"})
    drain()
    accept_identity(company=company, by=UserFactory(), proposal_pk=company.proposed_identity.pk)
    assert len(pending()) == 2
    drain()
    (hit,) = search(SearchCriteria(company=(company.slug,))).hits
    assert hit.company.name == hit.employer_name == "Après"
    assert search(SearchCriteria(q="avant")).total == 0


def test_refused_company_takes_its_offers_away(published):
    company = published.company
    company.state, company.refusal_reason = "refused", "Fermée."
    company.save()
    enqueue(offer_ids=[published.pk])
    drain()
    assert found() == []


def test_deleted_offer_is_deleted_by_its_id(published):
    pk = published.pk
    published.delete()
    enqueue(offer_ids=[pk])
    drain()
    assert found() == []


def test_bulk_of_offers_is_found(django_assert_max_num_queries):
    now = timezone.now()
    create_offers(
        entries=[
            OfferEntry(
                offer=Offer(kind="job", title=f"Poste {n:04}", state="published", published_at=now),
                details=JobDetails(contract="cdi"),
            )
            for n in range(BATCH + 20)
        ]
    )
    assert len(pending()) == BATCH + 20
    with django_assert_max_num_queries(30):
        assert drain() == BATCH + 20
    assert search(SearchCriteria()).total == BATCH + 20
    assert not compare().all


def test_rolled_back_change_leaves_nothing(published):
    with transaction.atomic():
        lifecycle.pause(offers=[published], by=UserFactory())
        assert pending() == [published.pk]
        transaction.set_rollback(True)
    assert (pending(), drain(), found()) == ([], 0, ["Développeur"])


def test_change_raises_the_version_of_the_entry(published):
    before = Offer.objects.get().index_version
    enqueue(offer_ids=[published.pk, published.pk])
    assert Offer.objects.get().index_version == before + 1
    assert pending() == [published.pk]


def test_several_changes_of_one_offer_are_written_once(published):
    for _ in range(3):
        enqueue(offer_ids=[published.pk])
    assert drain() == 3
    assert found() == ["Développeur"]


@contextmanager
def just_before(statement: str, change):
    """Runs `change` once, between two statements of whoever comes to this one."""
    waiting = [change]

    def wrapper(execute, sql, params, many, context):
        if waiting and sql.startswith(statement):
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


def test_change_made_while_the_index_is_written_is_not_lost(published):
    """The drain has read the offer, and deletes only the rows it has read."""

    def rename():
        Offer.objects.update(title="Renommé entre-temps")
        enqueue(offer_ids=[published.pk])

    enqueue(offer_ids=[published.pk])
    with just_before('DELETE FROM "search_pendingindexing"', rename):
        drain()
    assert found() == ["Renommé entre-temps"]
    assert pending() == []


def test_two_changes_at_once_both_reach_the_index():
    one, other = OfferFactory(in_review=True, title="Un"), OfferFactory(in_review=True, title="Deux")
    with transaction.atomic():
        lifecycle.publish(offers=[one], by=StaffFactory())
        lifecycle.publish(offers=[other], by=StaffFactory())
    drain()
    assert found() == ["Deux", "Un"]


def test_rows_stay_when_the_index_cannot_be_written(published, settings, tmp_path):
    enqueue(offer_ids=[published.pk])
    (tmp_path / "index" / "current").unlink()
    with pytest.raises(IndexMissingError):
        drain()
    assert pending() == [published.pk]


def test_rows_stay_while_another_process_writes(published):
    from search.engines import get_engine

    enqueue(offer_ids=[published.pk])
    with get_engine().writing(), pytest.raises(IndexBusyError):
        drain()
    assert pending() == [published.pk]
    assert drain() == 1


def test_drain_stops_at_its_limit(published):
    for _ in range(3):
        enqueue(offer_ids=[published.pk])
    assert drain(limit=1) == 3  # a batch is never cut
    assert issubclass(IndexBusyError, EngineError)


def test_nothing_pending_opens_nothing(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    assert drain() == 0
    assert not (tmp_path / "nowhere").exists()
