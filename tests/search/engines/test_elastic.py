"""What is Elasticsearch's own, on a real server: versions, refusals, patience, privileges, its index's name."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from elasticsearch import AuthorizationException, Elasticsearch

from demo.factories import OfferFactory, TrainingFactory
from jobs.models import Offer
from search.checks import search_engine
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import EngineError, IndexMissingError, Order, Plan
from search.engines.elastic import ElasticEngine, connect, inspection
from search.engines.elastic import engine as engine_module
from search.engines.elastic.mapping import signature
from search.engines.elastic.writing import SEGMENTS
from search.engines.locks import site_lock
from search.indexing import rebuild
from search.indexing.outbox import drain, enqueue
from search.models import IndexRefusal, PendingIndexing
from search.query.nodes import Question, Word
from search.service.search import search
from tests.search.made import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(elasticsearch: None, index: Any) -> ElasticEngine:
    """Holds the documents 1 to 3, of version 5."""
    engine = get_engine()
    assert isinstance(engine, ElasticEngine)
    with engine.new_index() as index:
        index.add([[index.prepare(made(number, version=5)) for number in range(1, 4)]])
        index.publish()
    return engine


@pytest.fixture
def server(elasticsearch_key: tuple[str, str]) -> Iterator[Elasticsearch]:
    """The server itself, with all privileges."""
    with connect(elasticsearch_key[0]) as client:
        yield client


def count(engine: ElasticEngine, term: str = "python") -> int:
    return engine.count([Plan(question=Question((Word(term),), ((0,),)))])[0]


def another(settings: Any, **changes: Any) -> ElasticEngine:
    """The engine of another process, which may come otherwise to the same server."""
    known = {"api_key": settings.SEARCH_API_KEY, **changes}
    client = connect(known.pop("url", settings.SEARCH_URL), **known)
    lock = partial(site_lock, folder=settings.SEARCH_INDEX_DIR)
    return ElasticEngine(client, lock, settings.SEARCH_ALIAS, patience=settings.SEARCH_PATIENCE)


# Versions


def test_late_write_is_harmless(engine):
    engine.write([made(1, "java", version=4)], gone={2: 4})
    assert engine.versions() == {1: 5, 2: 5, 3: 5}
    assert (count(engine), count(engine, "java")) == (3, 0)


def test_newer_version_replaces_and_deletes(engine):
    engine.write([made(1, "java", version=6)], gone={2: 6, 3: None})
    assert engine.versions() == {1: 6}
    assert count(engine, "java") == 1


def test_document_does_not_come_back_after_its_deletion(engine):
    engine.write([], gone={1: 6})
    engine.write([made(1, version=5)], gone={})
    assert 1 not in engine.versions()


def test_same_write_twice_is_the_same(engine):
    for _ in range(2):
        engine.write([made(1, "java", version=6)], gone={2: 6, 99: None})
    assert engine.versions() == {1: 6, 3: 5}


def test_word_new_to_a_field_is_found_by_a_process_that_counted_before(engine, settings):
    """How often each field says a word is kept for a while; who is found does not hang on it."""
    other, plan = another(settings), Plan(question=Question((Word("python"),), ((0,),)), order=Order("relevance"))
    assert len(other.run(plan).hits) == 3
    said_elsewhere = {**made(4).terms, "title": ["dev"], "employer": ["python"]}
    engine.write([made(4, terms=said_elsewhere)], gone={})
    answer = other.run(plan)
    assert (answer.total, len(answer.hits)) == (4, 4)


# What the server refuses


@pytest.fixture
def immense(elasticsearch, index):
    """An offer that Elasticsearch cannot take, beside one that it can."""
    OfferFactory(published=True, title="Ordinaire")
    return TrainingFactory(published=True, title="Immense", training__funding=["x" * 40_000])


def test_refused_offer_is_kept_with_its_reason_and_stops_no_other(immense, index):
    index()
    assert [hit.title for hit in search(SearchCriteria()).hits] == ["Ordinaire"]
    (refusal,) = IndexRefusal.objects.all()
    assert refusal.offer_id == immense.pk
    assert "immense term" in refusal.reason


def test_refused_offer_is_tried_again_when_it_changes(immense, index):
    index()
    enqueue(offer_ids=Offer.objects.values_list("pk", flat=True))
    drain()
    assert IndexRefusal.objects.get().offer_id == immense.pk
    assert not PendingIndexing.objects.exists()
    immense.training.funding = ["cpf"]
    immense.training.save()
    enqueue(offer_ids=[immense.pk])
    drain()
    assert not IndexRefusal.objects.exists()
    assert not rebuild.compare().all


def blocked(server: Elasticsearch, engine: ElasticEngine, value: bool | None) -> None:
    """What Elasticsearch does by itself when a disk is nearly full: HTTP 429 for every write."""
    block = {"index.blocks.read_only_allow_delete": value}
    server.indices.put_settings(index=engine.status().name, settings=block)


def test_server_that_has_too_much_to_do_is_asked_again(engine, server):
    blocked(server, engine, True)
    relief = threading.Timer(1.0, blocked, [server, engine, None])
    relief.start()
    engine.write([made(4)], gone={})
    relief.join()
    assert count(engine) == 4


def test_server_that_stays_busy_loses_no_change(engine, server, monkeypatch):
    monkeypatch.setattr("search.engines.elastic.writing.RETRIES", 1)
    blocked(server, engine, True)
    offer = OfferFactory(published=True, title="Python")
    enqueue(offer_ids=[offer.pk])
    with pytest.raises(EngineError, match="HTTP 429"):
        drain()
    assert PendingIndexing.objects.count() == 1
    assert not IndexRefusal.objects.exists()
    blocked(server, engine, None)
    assert drain() == 1


# One alias, many indexes


def test_reader_in_another_process_follows_the_switch(engine, settings):
    other = another(settings)
    assert count(other) == 3
    with engine.new_index() as index:
        index.add([[index.prepare(made(1))]])
        index.publish()
    assert count(other) == 1
    assert len(other.run(Plan()).hits) == 1
    assert other.status().name == engine.status().name


def test_words_are_counted_again_beside_the_searches(engine, settings, monkeypatch):
    other = another(settings)
    assert other.vocabulary() == {"python": 3}
    generation = other.generation()
    engine.write([made(4, "java")], gone={})
    monkeypatch.setattr(engine_module, "CHECK_EVERY", 0.0)
    monkeypatch.setattr(engine_module, "RECOUNT_EVERY", 0.0)
    for _ in range(200):
        if other.generation() != generation:
            break
        threading.Event().wait(0.05)
    assert other.vocabulary() == {"python": 3, "java": 1}


def test_only_two_indexes_are_kept_and_nothing_of_a_dead_rebuild(engine, server, settings):
    dead = f"{settings.SEARCH_ALIAS}-{signature()}-{20200101:020}"
    server.indices.create(index=dead)
    foreign = f"{settings.SEARCH_ALIAS}-of-somebody-else"
    server.indices.create(index=foreign)
    for _ in range(3):
        with engine.new_index() as index:
            index.publish()
    names = set(server.indices.get(index=f"{settings.SEARCH_ALIAS}-*").body)
    assert len(names) == 3
    assert foreign in names
    assert dead not in names


def test_unpublished_index_leaves_no_trace(engine, server, settings):
    with engine.new_index() as index:
        index.add([[index.prepare(made(9))]])
    assert len(server.indices.get(index=f"{settings.SEARCH_ALIAS}-*")) == 1
    assert count(engine) == 3


def test_new_index_has_few_segments(engine, server):
    def batches(index):
        for number in range(1, 21):
            yield [index.prepare(made(number))]
            server.indices.refresh(index=index.name)

    with engine.new_index() as index:
        index.add(batches(index))
        index.publish()
    assert len(server.cat.segments(index=index.name, format="json").body) <= SEGMENTS
    assert len(engine.versions()) == 20


def test_write_without_an_index_makes_none(engine, server, settings):
    server.indices.delete(index=engine.status().name)
    with pytest.raises(IndexMissingError):
        engine.write([made(4)], gone={})
    assert not server.indices.exists(index=settings.SEARCH_ALIAS)


# What is said at start


def test_engine_in_order_has_no_problem(engine, settings):
    assert engine.problems() == search_engine() == []


def test_wrong_version_is_said(engine, monkeypatch):
    monkeypatch.setattr(inspection, "MAJOR", 9)
    (sentence,) = engine.problems()
    assert sentence.startswith("Elasticsearch 8.")
    assert "Medinjob speaks to 9.15" in sentence


def test_missing_privileges_are_said(engine, server, settings):
    role = {"cluster": ["cluster:monitor/main"], "indices": [{"names": ["medinjob-*"], "privileges": ["read"]}]}
    key = server.security.create_api_key(name="weak", role_descriptors={"weak": role}, expiration="1h")
    (sentence,) = another(settings, api_key=key["encoded"]).problems()
    assert sentence.startswith("The key lacks write, manage on medinjob-")


def test_key_opens_nothing_but_our_indexes(engine, server, settings):
    server.indices.create(index="somebody-else", settings={"number_of_replicas": 0})
    try:
        with pytest.raises(AuthorizationException):
            engine.client.search(index="somebody-else")
    finally:
        server.indices.delete(index="somebody-else")


def test_wrong_key_is_said(engine, settings):
    assert another(settings, api_key="bm86bm8=").problems()[0].startswith("Elasticsearch refuses (HTTP 401)")


def test_server_that_is_not_there_is_said(engine, settings):
    gone = another(settings, url="http://127.0.0.1:1", patience=0.2)
    assert gone.problems() == ["Elasticsearch does not answer: ConnectionError."]


def test_mapping_of_another_version_is_said(engine, server, settings):
    server.indices.put_mapping(index=engine.status().name, meta={"medinjob": "other"})
    assert "was built by another version" in engine.problems()[0]


def test_mapping_that_is_not_ours_is_said(engine, server, settings):
    server.indices.put_mapping(index=engine.status().name, properties={"salary": {"type": "long"}})
    assert "is not ours" in engine.problems()[0]


def test_index_in_place_of_the_alias_is_said(elasticsearch, index, server, settings):
    server.indices.create(index=settings.SEARCH_ALIAS)
    try:
        assert "is an index of somebody else" in get_engine().problems()[0]
    finally:
        server.indices.delete(index=settings.SEARCH_ALIAS)


def test_alias_on_an_index_of_another_version_is_not_read(engine, server, settings):
    old = f"{settings.SEARCH_ALIAS}-0000000000-2020"
    server.indices.create(index=old)
    actions = [
        {"remove": {"index": engine.status().name, "alias": settings.SEARCH_ALIAS}},
        {"add": {"index": old, "alias": settings.SEARCH_ALIAS}},
    ]
    server.indices.update_aliases(actions=actions)
    with pytest.raises(IndexMissingError, match="another version"):
        another(settings).status()


# The address


@pytest.mark.parametrize(
    ("url", "hosts", "has_password"),
    [
        ("https://user:p%40ss@h1:9201,h2", ["https://h1:9201", "https://h2:9200"], True),
        ("http://h1:9200/", ["http://h1:9200"], False),
        ("http://u:p@[::1]:9200", ["http://[::1]:9200"], True),
    ],
)
def test_address_names_several_hosts(url, hosts, has_password):
    with connect(url) as client:
        assert sorted(node.base_url for node in client.transport.node_pool.all()) == hosts
        assert ("authorization" in client._headers) == has_password


def test_key_stands_for_user_and_password():
    with connect("http://user:password@h1", api_key="a2V5") as client:
        assert client._headers["authorization"] == "ApiKey a2V5"
