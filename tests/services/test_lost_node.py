"""Three nodes and a replica: the node that holds the primary shard is killed while people search and offers change."""

import itertools
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from demo.factories import CommuneFactory, OfferFactory, StaffFactory
from jobs.models import Offer
from jobs.services import lifecycle
from search.criteria import SearchCriteria
from search.engines.base import EngineError
from search.engines.circuit_breaker import breaker
from search.engines.elastic.writing import indexes_behind
from search.indexing.outbox import drain
from search.indexing.rebuild import compare
from search.service.search import search
from tests.services.elasticsearch import Cluster, own_cluster
from tests.services.site import wait_for
from tests.services.test_outages import WARNING

READERS = 3
PATHS = ("/offres/", "/offres/?q=python", "/offres/?q=python&contract=cdi&sort=date", "/formations/")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with own_cluster(nodes=3) as cluster:
        yield cluster


class Crowd:
    """Threads at work until they are told to stop; `said` counts what they met."""

    def __init__(self) -> None:
        self.said: Counter[str] = Counter()
        self.published: list[int] = []
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def work(self, turn: Callable[[], str], pause: float) -> None:
        def run() -> None:
            try:
                while not self._stop.wait(pause):
                    try:
                        self.said[turn()] += 1
                    except Exception as error:
                        self.said[f"failed: {error!r}"] += 1
            finally:
                connections.close_all()

        self._threads.append(threading.Thread(target=run, daemon=True))
        self._threads[-1].start()

    def leave(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(120)
            assert not thread.is_alive(), "somebody never got an answer"


def in_full() -> bool:
    breaker.reset()
    client = Client()
    return all(WARNING not in client.get(path).text for path in PATHS)


def reader(paths: Iterator[str]) -> Callable[[], str]:
    client = Client()

    def turn() -> str:
        response = client.get(next(paths))
        if response.status_code != 200:
            return f"failed: HTTP {response.status_code}"
        return "degraded" if WARNING in response.text else "answered"

    return turn


def writer(crowd: Crowd, waiting: list[Offer], staff: Any) -> Callable[[], str]:
    """Publishes, and drains as the worker does after each change."""

    def turn() -> str:
        if waiting:
            (offer,) = lifecycle.publish(offers=[waiting.pop()], by=staff)
            crowd.published.append(offer.pk)
        try:
            drain()
        except EngineError:
            return "drain put off"
        return "drained"

    return turn


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
def test_lost_node_fails_no_page_and_loses_no_offer(cluster: Cluster, settings: Any, index: Callable[[], None]) -> None:
    settings.SEARCH_URL, settings.SEARCH_API_KEY = cluster.url, cluster.new_key()[1]
    settings.SEARCH_ALIAS = alias = f"medinjob-test-{uuid4().hex}"
    # Three servers and a crowd on two cores: what counts here is the answer, not its time.
    settings.SEARCH_PATIENCE = 5.0
    place = CommuneFactory(aix=True)
    OfferFactory.create_batch(20, published=True, title="Développeur Python", place=place)
    waiting = OfferFactory.create_batch(300, in_review=True, title="Nouveau poste Python", place=place)
    index()
    (name,) = indexes_behind(cluster.admin, alias)
    cluster.wait_until_green(name)
    for _ in range(2 * cluster.nodes):
        wait_for(in_full, seconds=60, what="every node to have searched before it is judged")

    crowd = Crowd()
    crowd.work(writer(crowd, waiting, StaffFactory()), pause=0.05)
    for number in range(READERS):
        crowd.work(reader(itertools.islice(itertools.cycle(PATHS), number, None)), pause=0.02)
    try:
        time.sleep(5)
        before = crowd.said.copy()
        lost = cluster.holder(name)
        cluster.signal(signal.SIGKILL, lost)
        wait_for(lambda: crowd.said["answered"] > before["answered"] + 50, seconds=180)
        cluster.start(lost)
        time.sleep(5)
    finally:
        crowd.leave()

    print(dict(crowd.said), "before the loss:", dict(before))
    assert [what for what in crowd.said if what.startswith("failed")] == []
    assert before["degraded"] == 0
    breaker.reset()
    drain()
    assert not compare().all
    assert len(crowd.published) > 10
    assert search(SearchCriteria(q="nouveau poste"), size=400).total == len(crowd.published)
