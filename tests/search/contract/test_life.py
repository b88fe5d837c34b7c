"""An index is rebuilt while offers are published, edited and withdrawn, and while people search."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from typing import Any

import pytest
from django.db import connections, transaction

from demo.factories import OfferFactory, StaffFactory
from jobs.models import Offer
from jobs.services.lifecycle import withdraw
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import IndexBusyError
from search.indexing import rebuild
from search.indexing.outbox import drain, enqueue
from search.service.search import search

pytestmark = pytest.mark.django_db(transaction=True)

LASTING = 150
REBUILDS = 2


class Town:
    """What people do. `there` and `gone` are offers that a finished drain has brought to the index or taken from it;
    `leaving` those that may go at any moment."""

    def __init__(self) -> None:
        self.staff = StaffFactory()
        self.made: list[int] = []
        self.left: list[int] = []
        self.leaving: set[int] = set()
        self.there: set[int] = set()
        self.gone: set[int] = set()
        self.searches = 0
        self.over = threading.Event()

    def publish(self) -> None:
        with transaction.atomic():
            offer = OfferFactory(published=True, title="Passage", text="", company=None)
            enqueue(offer_ids=[offer.pk])
        self.made.append(offer.pk)

    def edit(self) -> None:
        for pk in self.made[-1:]:
            with transaction.atomic():
                Offer.objects.filter(pk=pk).update(title="Passage retouché")
                enqueue(offer_ids=[pk])

    def withdraw(self) -> None:
        for pk in [pk for pk in self.made if pk not in self.leaving][:1]:
            self.leaving.add(pk)
            withdraw(offers=[Offer.objects.get(pk=pk)], by=self.staff)
            self.left.append(pk)

    def write(self) -> None:
        for act in cycle((self.publish, self.edit, self.publish, self.withdraw)):
            if self.over.is_set():
                return
            act()

    def drain(self) -> None:
        """Until a round that began when all was over: nobody rebuilds any more."""
        is_last = False
        while not is_last:
            is_last = self.over.is_set()
            made, left = set(self.made), set(self.left)
            try:
                drain()
            except IndexBusyError:
                continue
            self.there |= made
            self.gone |= left

    def read(self) -> None:
        while not self.over.is_set():
            gone, there = set(self.gone), set(self.there)
            lasting, passing = search(SearchCriteria(q="durable")), search(SearchCriteria(q="passage"), size=5_000)
            found = {hit.id for hit in passing.hits}
            assert not lasting.degraded
            assert not passing.degraded
            assert lasting.total == LASTING
            assert found & gone == set()
            assert there - found - self.leaving == set()
            self.searches += 1

    @contextmanager
    def alive(self) -> Iterator[None]:
        """The first failure of anyone comes out."""
        with ThreadPoolExecutor() as pool:
            people = [pool.submit(self._ended, act) for act in (self.write, self.drain, self.read, self.read)]
            try:
                yield
            finally:
                self.over.set()
        for person in people:
            person.result()

    def _ended(self, act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            self.over.set()
            connections.close_all()


def test_rebuild_among_writers_and_readers_loses_nothing_and_shows_no_ghost(index: Any) -> None:
    OfferFactory.create_batch(LASTING, published=True, title="Durable", text="", company=None)
    index()
    names = {get_engine().status().name}
    town = Town()
    with town.alive():
        for _ in range(REBUILDS):
            rebuild.rebuild()
            names.add(get_engine().status().name)
        rebuild.rollback()
    assert len(names) == REBUILDS + 1
    assert town.searches > REBUILDS
    assert len(town.gone) > 0
    drain()
    assert not rebuild.compare().all
    assert search(SearchCriteria(q="passage")).total == len(town.made) - len(town.left)
