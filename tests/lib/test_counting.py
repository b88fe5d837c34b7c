"""The cache that counts: by several processes and threads at once, without losing or refusing more than it should."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from time import monotonic

import pytest

from medinjob.lib.counting import WAIT, CountingCache


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "limits.sqlite3"


@pytest.fixture
def counts(path):
    return CountingCache(str(path), {})


@pytest.mark.usefixtures("still")
def test_values_are_kept_until_their_end(counts, time_machine):
    counts.set("list", [1.5, 2], 60)
    assert counts.add("one", 1, 60)
    assert not counts.add("one", 2, 60)
    assert (counts.get("list"), counts.get("one"), counts.get("none", 7)) == ([1.5, 2], 1, 7)
    assert [counts.incr("one"), counts.incr("one", 3)] == [2, 5]
    time_machine.shift(61)
    assert counts.get("list") is None
    assert counts.add("one", 9, 60)
    assert counts.get("one") == 9


def test_what_is_not_there_cannot_be_counted_on_touched_or_deleted(counts):
    with pytest.raises(ValueError, match="not found"):
        counts.incr("none")
    assert not counts.touch("none", 60)
    assert not counts.delete("none")


@pytest.mark.usefixtures("still")
def test_touch_delete_and_clear(counts, time_machine):
    counts.set("a", 1, 10)
    assert counts.touch("a", 100)
    counts.set("for ever", 1, None)
    time_machine.shift(50)
    assert counts.get("a") == 1
    assert counts.delete("a")
    assert counts.get("a") is None
    counts.clear()
    assert counts.get("for ever") is None


def test_a_thousand_of_others_drop_nothing_that_is_valid(counts):
    counts.set("lock of somebody", 5, 3600)
    for number in range(1000):
        counts.add(f"other {number}", 0, 3600)
    assert counts.get("lock of somebody") == 5


@pytest.mark.usefixtures("still")
def test_what_is_over_is_dropped(counts, path, time_machine):
    counts.set("kept", 1, 3600)
    for number in range(10):
        counts.add(f"over {number}", 0, 10)
    time_machine.shift(11)
    assert counts.purge() == 10
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM counts").fetchone() == (1,)


def test_sixty_threads_are_counted_one_by_one(path):
    barrier = Barrier(60, timeout=30)

    def hit(_number):
        mine = CountingCache(str(path), {})
        barrier.wait()
        mine.add("n", 0, 60)
        return mine.incr("n")

    with ThreadPoolExecutor(60) as pool:
        assert sorted(pool.map(hit, range(60))) == list(range(1, 61))


def test_processes_count_together(path):
    code = (
        "import sys; from medinjob.lib.counting import CountingCache; c = CountingCache(sys.argv[1], {});"
        "c.add('n', 0, 600); [c.incr('n') for _ in range(200)]"
    )
    people = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
    assert [person.wait(timeout=60) for person in people] == [0, 0, 0]
    assert CountingCache(str(path), {}).get("n") == 600


def test_file_held_by_another_stops_nobody_for_long(counts, path, caplog):
    counts.set("n", 1, 60)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = monotonic()
        assert [counts.incr("n") for _ in range(20)] == [1] * 20
        assert counts.add("m", 1, 60)
        assert monotonic() - began < 15 * WAIT  # twenty-one waits would be twenty-one times as much
    assert caplog.text.count("The limits are not counted: OperationalError") == 1


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one" * 100, b"", b"\0" * 8192])
def test_damaged_file_is_made_anew(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    CountingCache(str(path), {}).add("n", 0, 60)
    again = CountingCache(str(path), {})
    again.add("n", 0, 60)
    assert [again.incr("n"), again.incr("n")] == [1, 2]


def test_folder_that_cannot_be_written_refuses_nobody(tmp_path):
    (tmp_path / "cache").write_text("a file")
    counts = CountingCache(str(tmp_path / "cache" / "limits.sqlite3"), {})
    assert counts.add("n", 0, 60)
    assert (counts.incr("n"), counts.get("n", 3), counts.touch("n", 1), counts.purge()) == (1, 3, False, 0)
