"""Whatever happens to the files of the embedded index, it is built anew; meanwhile the database answers."""

import json
import logging
import random
import shutil
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command

from demo.factories import OfferFactory
from search import tasks
from search.engines import get_engine
from search.engines.base import EngineError, Plan, Values
from search.engines.circuit_breaker import breaker
from search.engines.embedded.damage import FOOTER_MAGIC, SEGMENT_FILES, VerifiedFiles, engine_errors, files_of
from search.indexing.outbox import enqueue
from search.indexing.rebuild import compare
from search.memory import clear_caches
from search.models import PendingIndexing
from tests.damage import DAMAGES, do_damage, files_below

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tantivy")]
WARNING = "La recherche complète est momentanément indisponible"


@pytest.fixture
def offers(index, settings, tmp_path):
    """Six offers in an index of two segments, one with a deletion; a copy of the whole folder beside it."""
    offers = [OfferFactory(published=True, title=f"Développeuse Python {n}") for n in range(5)]
    index()
    offers.append(OfferFactory(published=True, title="Administrateur Python"))
    enqueue(offer_ids=[offers[0].pk, offers[-1].pk])
    tasks.drain()
    assert compare().all == frozenset()
    shutil.copytree(settings.SEARCH_INDEX_DIR, tmp_path / "whole", symlinks=True)
    return offers


def restart() -> None:
    """As a process that has just begun."""
    get_engine.cache_clear()
    breaker.reset()
    clear_caches()


def is_true() -> bool:
    return not compare().all and get_engine().status().documents == 6 and get_engine().damage() == ""


def names(folder: Path) -> list[str]:
    """One file of each kind: a segment's files are named after its number, and do the same."""
    kinds = {path.suffix if path.parent != folder and path.suffix else path.name: path for path in files_below(folder)}
    return [path.relative_to(folder).as_posix() for path in kinds.values()]


def test_every_damage_of_every_file_heals_while_the_database_answers(offers, client, settings, tmp_path):
    folder, whole = settings.SEARCH_INDEX_DIR, tmp_path / "whole"
    chance = random.Random(11)
    seen = set()
    for name in names(whole):
        for damage in DAMAGES:
            shutil.rmtree(folder)
            shutil.copytree(whole, folder, symlinks=True)
            do_damage(folder / name, damage, chance)
            restart()
            page = client.get("/offres/?q=python")
            case = f"{name} {damage.__name__}"
            assert page.status_code == 200, case
            assert page.text.count("Développeuse") >= 5, case
            tasks.drain()
            restart()
            assert is_true(), case
            assert WARNING not in client.get("/offres/?q=python").text, case
            seen.add(Path(name).suffix)
    assert seen >= {".store", ".term", ".idx", ".pos", ".fast", ".fieldnorm", ".json"}


@pytest.mark.parametrize("name", ["index", "current", "meta.json", "all of a kind"])
def test_what_is_missing_is_made_again(offers, settings, name, client):
    folder = settings.SEARCH_INDEX_DIR
    if name == "index":
        shutil.rmtree(folder)
    for path in files_below(folder):
        if path.name == name or (name == "all of a kind" and path.suffix == ".pos"):
            path.unlink()
    restart()
    assert WARNING in client.get("/offres/?q=python").text
    tasks.drain()
    restart()
    assert is_true()


def test_prepare_and_the_hourly_repair_heal_what_no_reader_met(offers, settings):
    for heal in (lambda: call_command("search_index", "catch-up", verbosity=0), tasks.repair):
        store = min(Path(settings.SEARCH_INDEX_DIR / "current").glob("*.store"))
        do_damage(store, DAMAGES[-1], random.Random(1))
        assert get_engine().damage() != ""
        heal()
        restart()
        assert is_true()


def test_change_of_a_damaged_index_is_not_lost(offers, settings, caplog):
    for store in Path(settings.SEARCH_INDEX_DIR / "current").glob("*.store"):
        store.write_bytes(b"")
    restart()
    offers[1].title = "Chercheuse de fuites"
    offers[1].save()
    enqueue(offer_ids=[offers[1].pk])
    with caplog.at_level(logging.WARNING):
        tasks.drain()
    restart()
    assert is_true()
    assert not PendingIndexing.objects.exists()
    assert "Chercheuse" in get_engine().run(Plan(filters=(Values("id", (str(offers[1].pk),)),))).hits[0].card
    assert "is not what was written" in caplog.text


def test_damaged_index_leaves_no_folder_behind(offers, settings):
    next(Path(settings.SEARCH_INDEX_DIR / "current").glob("*.term")).write_bytes(b"x")
    tasks.repair()
    assert not list(settings.SEARCH_INDEX_DIR.glob("damaged-*"))


def test_panic_of_the_engine_is_an_engine_error():
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(EngineError, match="cannot be read"), engine_errors("The index cannot be read"):
        raise panic("index out of bounds")
    with pytest.raises(KeyboardInterrupt), engine_errors("The index cannot be read"):
        raise KeyboardInterrupt


def test_healthy_index_is_not_built_again(offers, settings):
    before = get_engine().status().name
    (settings.SEARCH_INDEX_DIR / "suspect").touch()
    tasks.drain()
    assert get_engine().status().name == before
    assert not (settings.SEARCH_INDEX_DIR / "suspect").exists()


def test_lock_that_cannot_be_taken_is_an_engine_error(offers, settings):
    (settings.SEARCH_INDEX_DIR / "turn").unlink()
    (settings.SEARCH_INDEX_DIR / "turn").mkdir()
    with pytest.raises(EngineError, match="cannot be locked"), get_engine().writing():
        pass
    assert get_engine().run(Plan()).total == 6


def write_commit(folder: Path, number: int) -> None:
    """As tantivy does: the files of a segment, then the list of segments in one rename, then the old files go."""
    old = files_of(folder) if number else []
    footer = json.dumps({"crc": zlib.crc32(b"x")}).encode()
    content = b"x" + footer + len(footer).to_bytes(4, "little") + FOOTER_MAGIC.to_bytes(4, "little")
    for part in SEGMENT_FILES:
        (folder / f"{number:04}.{part}").write_bytes(content)
    (folder / "new.json").write_text(json.dumps({"segments": [{"segment_id": f"{number:04}", "deletes": None}]}))
    (folder / "new.json").replace(folder / "meta.json")
    for path in old:
        path.unlink()


def test_commit_made_while_the_files_are_read_is_no_damage(tmp_path):
    write_commit(tmp_path, 0)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(lambda: [write_commit(tmp_path, number) for number in range(1, 600)])
        while not writing.done():
            VerifiedFiles().check(tmp_path)
        writing.result()
    files_of(tmp_path)[2].unlink()
    with pytest.raises(EngineError, match="No such file"):
        VerifiedFiles().check(tmp_path)
