"""Rebuild beside, compare, repair; and the two ways of running them: command and task."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from demo.factories import OfferFactory
from jobs.models import Offer
from search import tasks
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import IndexBusyError, IndexMissingError
from search.indexing import rebuild
from search.indexing.outbox import enqueue
from search.models import PendingIndexing
from search.service.search import search

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return sorted(hit.title for hit in search(SearchCriteria()).hits)


def test_rebuild_indexes_only_what_the_public_may_see(index):
    for state in ("published", "paused", "filled", "withdrawn", "expired", "rejected", "in_review", "overdue"):
        OfferFactory(title=state, **{state: True})
    index()
    assert found() == ["published"]


def test_rebuild_tells_how_far_it_is(index):
    OfferFactory.create_batch(3, published=True)
    index()
    steps: list[tuple[int, int]] = []
    assert rebuild.rebuild(progress=lambda done, total: steps.append((done, total))) == 3
    assert steps[-1] == (3, 3)


def test_rebuild_catches_up_with_changes_made_meanwhile(index):
    index()
    kept, gone = OfferFactory(published=True, title="Avant"), OfferFactory(published=True, title="Retirée")

    def change(done: int, total: int) -> None:
        """Once the offers are read: one is edited, one leaves, one comes."""
        if not Offer.objects.filter(title="Nouvelle").exists():
            Offer.objects.filter(pk=kept.pk).update(title="Après")
            Offer.objects.filter(pk=gone.pk).update(state="withdrawn")
            new = OfferFactory(published=True, title="Nouvelle")
            enqueue(offer_ids=[kept.pk, gone.pk, new.pk])

    rebuild.rebuild(progress=change)
    assert found() == ["Après", "Nouvelle"]
    assert not rebuild.compare().all


def test_old_index_serves_until_the_new_one_is_ready(index):
    OfferFactory(published=True, title="Ancienne")
    index()
    name = get_engine().status().name
    seen = []
    OfferFactory(published=True, title="Nouvelle")
    rebuild.rebuild(progress=lambda *_: seen.append(found()))
    assert seen[0] == ["Ancienne"]
    assert found() == ["Ancienne", "Nouvelle"]
    assert get_engine().status().name != name


def test_failed_rebuild_leaves_the_old_index(index):
    OfferFactory(published=True, title="Ancienne")
    index()
    name = get_engine().status().name

    def fail(*_: int) -> None:
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        rebuild.rebuild(progress=fail)
    assert (found(), get_engine().status().name) == (["Ancienne"], name)
    assert rebuild.rebuild() == 1


def test_rollback_brings_the_previous_index_up_to_date_and_back(index):
    OfferFactory(published=True, title="Ancienne")
    index()
    first = get_engine().status().name
    index()
    second = get_engine().status().name
    OfferFactory(published=True, title="Nouvelle")
    assert rebuild.rollback() == first
    assert found() == ["Ancienne", "Nouvelle"]
    assert rebuild.rollback() == second


def test_no_rollback_without_a_previous_index(index):
    index()
    with pytest.raises(IndexMissingError, match="no previous index"):
        rebuild.rollback()


def test_two_rebuilds_at_once_are_one_too_many(index):
    OfferFactory(published=True)
    index()

    def again(*_: int) -> None:
        with pytest.raises(IndexBusyError):
            rebuild.rebuild()

    assert rebuild.rebuild(progress=again) == 1


def test_drift_is_told_and_repaired(index):
    stale, ghost = OfferFactory(published=True, title="Périmée"), OfferFactory(published=True, title="Fantôme")
    index()
    missing = OfferFactory(published=True, title="Manquante")
    Offer.objects.filter(pk=stale.pk).update(title="À jour", index_version=7)
    Offer.objects.filter(pk=ghost.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert rebuild.compare() == (frozenset({missing.pk}), frozenset({stale.pk}), frozenset({ghost.pk}))
    rebuild.repair()
    tasks.drain()
    assert found() == ["Manquante", "À jour"]
    assert not rebuild.compare().all


def test_catch_up_builds_what_is_missing_then_only_drains(index):
    offer = OfferFactory(published=True, title="Une")
    rebuild.catch_up()
    name = get_engine().status().name
    Offer.objects.filter(pk=offer.pk).update(title="Autre")
    enqueue(offer_ids=[offer.pk])
    rebuild.catch_up()
    assert (found(), get_engine().status().name) == (["Autre"], name)


def test_worker_builds_the_index_that_is_not_there(index):
    OfferFactory(published=True, title="Une")
    enqueue(offer_ids=Offer.objects.values_list("pk", flat=True))
    tasks.drain()
    assert found() == ["Une"]


def test_worker_waits_for_another_writer(index):
    index()
    enqueue(offer_ids=[OfferFactory(published=True).pk])
    with get_engine().writing():
        assert tasks.drain() == 0
    assert PendingIndexing.objects.count() == 1


def test_worker_repairs_and_drains(index, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    index()
    OfferFactory(published=True, title="Une")
    tasks.repair.apply()
    tasks.drain()
    assert found() == ["Une"]


def run(action: str) -> str:
    out = StringIO()
    call_command("search_index", action, stdout=out)
    return out.getvalue()


def test_command_rebuilds_compares_and_says_its_state(index):
    OfferFactory.create_batch(2, published=True)
    assert "2 offers" in run("rebuild")
    assert run("compare").strip() == "missing 0, stale 0, ghosts 0"
    assert "2 offers" in run("status")
    assert "0 changes waiting" in run("status")
    assert "2 offers" in run("catch-up")
    run("rebuild")
    assert "is in use again" in run("rollback")


def test_command_fails_on_drift_and_without_an_index(index):
    with pytest.raises(CommandError, match="no index yet"):
        run("status")
    run("rebuild")
    OfferFactory(published=True)
    with pytest.raises(CommandError, match="differs"):
        run("compare")
