"""What is the embedded engine's own: one writer, readers in other processes, a death in mid-write."""

import json
import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from medinjob.lib.geo import distance_km
from search.documents.schema import OfferDocument
from search.engines.base import IndexBusyError, IndexMissingError, Order, Plan, Values
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.schema import schema_hash
from search.engines.embedded.spots import Spots
from search.query.nodes import Question, Word
from tests.search.made import made

fork = multiprocessing.get_context("fork")


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path)
    with engine.new_index() as index:
        index.add([[index.prepare(made(number)) for number in range(1, 4)]])
        index.publish()
    return engine


def count(engine: EmbeddedEngine, term: str = "python") -> int:
    return engine.count([Plan(question=Question((Word(term),), ((0,),)))])[0]


def test_document_is_replaced_and_deleted_by_id(engine):
    engine.write([made(1, "java", version=2)], gone={2: 1})
    assert (count(engine), count(engine, "java")) == (1, 1)
    assert engine.versions() == {1: 2, 3: 1}


def test_same_document_written_twice_is_there_once(engine):
    for _ in range(3):
        engine.write([made(1)], gone={})
    assert engine.status().documents == 3


def test_deleting_what_is_not_there_is_nothing(engine):
    engine.write([], gone={99: None})
    assert count(engine) == 3


def test_another_reader_sees_a_commit_at_its_next_search(engine, tmp_path):
    other = EmbeddedEngine(tmp_path)
    assert count(other) == 3
    engine.write([made(4)], gone={})
    assert count(other) == 4


def test_reader_follows_a_new_index(engine, tmp_path):
    other = EmbeddedEngine(tmp_path)
    generation = other.generation()
    with engine.new_index() as index:
        index.add([[index.prepare(made(1))]])
        index.publish()
    assert count(other) == 1
    assert other.generation() != generation


def test_unpublished_index_leaves_no_trace(engine, tmp_path):
    with engine.new_index() as index:
        index.add([[index.prepare(made(9))]])
    assert count(engine) == 3
    assert len(list(tmp_path.glob("offers-*"))) == 1


def test_write_that_fails_changes_nothing_and_frees_the_index(engine):
    def failing() -> Iterator[OfferDocument]:
        yield made(4)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        engine.write(failing(), gone={1: None})
    assert engine.versions() == {1: 1, 2: 1, 3: 1}
    engine.write([made(4)], gone={})
    assert count(engine) == 4


def test_no_index_is_said(tmp_path):
    with pytest.raises(IndexMissingError, match="no index yet"):
        EmbeddedEngine(tmp_path).run(Plan())


def hold(folder: Path, ready: Any, let_go: Any) -> None:
    with EmbeddedEngine(folder).writing():
        ready.set()
        let_go.wait(30)


def test_only_one_process_writes_at_a_time(engine, tmp_path):
    ready, let_go = fork.Event(), fork.Event()
    process = fork.Process(target=hold, args=(tmp_path, ready, let_go))
    process.start()
    assert ready.wait(30)
    with pytest.raises(IndexBusyError), engine.writing():
        pass
    let_go.set()
    process.join(30)
    with engine.writing():
        pass


def write_for_ever(folder: Path, ready: Any) -> None:
    def endless() -> Iterator[OfferDocument]:
        number = 100
        while True:
            number += 1
            if number == 2_000:
                ready.set()
            yield made(number)

    engine = EmbeddedEngine(folder)
    with engine.writing():
        engine.write(endless(), gone={})


def test_writer_killed_in_mid_write_leaves_the_index_whole_and_free(engine, tmp_path):
    ready = fork.Event()
    process = fork.Process(target=write_for_ever, args=(tmp_path, ready))
    process.start()
    assert ready.wait(30)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join(30)
    assert count(EmbeddedEngine(tmp_path)) == 3
    with engine.writing():
        engine.write([made(4)], gone={})
    assert count(engine) == 4


def test_facets_count_all_values_and_answers_say_the_total(engine):
    engine.write([made(number, values={"kind": ("job",), "contract": ("cdi", "cdd")}) for number in (1, 2)], gone={})
    answer = engine.run(Plan(filters=(Values("kind", ("job",)),), facets=("contract", "kind"), size=1))
    assert answer.total == 3
    assert len(answer.hits) == 1
    assert dict(answer.facets["contract"]) == {"cdi": 2, "cdd": 2}


def test_values_and_words_are_counted(engine):
    assert engine.values("kind") == {"job": 3}
    assert engine.vocabulary() == {"python": 3}


def test_order_by_distance_puts_offers_without_a_place_last(engine):
    engine.write([made(1, spots=((43.3, 5.4),)), made(2, spots=((43.4, 5.4), (48.8, 2.3)))], gone={})
    found = engine.run(Plan(order=Order("distance", (48.85, 2.35)))).hits
    assert ['"id":2' in item.card for item in found] == [True, False, False]


def test_pages_by_distance_go_farther_and_farther(engine):
    rng = random.Random(7)
    spots = {n: tuple((rng.uniform(42, 45), rng.uniform(4, 7)) for _ in range(rng.randint(1, 3))) for n in range(1, 61)}
    engine.write([made(number, spots=found) for number, found in spots.items()], gone=[])
    order = Order("distance", (43.5, 5.5))
    pages = [engine.run(Plan(order=order, offset=start, size=7)).hits for start in range(0, 60, 7)]
    numbers = [json.loads(item.card)["id"] for page in pages for item in page]
    distances = [min(distance_km(43.5, 5.5, *spot) for spot in spots[number]) for number in numbers]
    assert sorted(numbers) == sorted(spots)
    assert all(other - one > -0.2 for one, other in pairwise(distances))


@pytest.mark.parametrize(("km", "expected"), [(1, []), (40, ["marseille"]), (300, ["marseille", "nice"])])
def test_spots_within_a_circle(km, expected):
    towns = {"43.3000,5.4000": "marseille", "43.7000,7.2700": "nice", "48.8500,2.3500": "paris"}
    near = Spots(list(towns)).near(43.5283, 5.4497, km)
    assert sorted(towns[spot.key] for spot, _ in near) == expected


def test_only_the_last_two_indexes_are_kept(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    for _ in range(4):
        with engine.new_index() as index:
            index.publish()
    assert len(list(tmp_path.glob("offers-*"))) == 2


def test_what_a_dead_rebuild_left_goes_with_the_next_one(engine, tmp_path):
    (tmp_path / f"offers-{schema_hash()}-20200101").mkdir()
    with engine.new_index() as index:
        index.publish()
    assert len(list(tmp_path.glob("offers-*"))) == 2


def test_index_of_another_version_is_not_read(engine, tmp_path):
    (old,) = tmp_path.glob("offers-*")
    old.rename(tmp_path / "offers-0000000000-2020")
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("offers-0000000000-2020")
    with pytest.raises(IndexMissingError, match="another version"):
        EmbeddedEngine(tmp_path).status()
