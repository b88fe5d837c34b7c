import os
import random
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

import kombu
import pytest
from kombu.exceptions import OperationalError
from kombu.transport import filesystem

from medinjob.lib import folder_queue
from tests.lib.queues import QUEUE, connect, damage, open_queue, put, start_writers, take, take_all

OURS = folder_queue.Transport
KOMBU = pytest.param(
    filesystem.Transport, id="kombu", marks=pytest.mark.xfail(reason="kombu 5.7: if these pass, ours may go (ADR 0006)")
)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """What a process remembers of its queue, and its hourly turn, begin anew. An empty queue is looked at each time."""
    monkeypatch.setattr(folder_queue, "PAUSE", 0)
    for transport in (OURS, filesystem.Transport):
        transport.global_state.clear()
    monkeypatch.setattr(folder_queue.Channel, "_sweep_at", 0.0)
    monkeypatch.setattr(folder_queue.Channel, "_said", {})


@pytest.fixture
def channel(tmp_path):
    with connect(tmp_path) as connection:
        yield open_queue(connection)


def messages(folder: Path) -> list[Path]:
    return sorted((folder / "messages").iterdir())


def unreadable(folder: Path) -> int:
    return len(list((folder / "unreadable").iterdir()))


@pytest.mark.parametrize("transport", [pytest.param(OURS, id="ours"), KOMBU])
def test_reader_that_looks_between_any_two_lines_of_the_writer_finds_all_or_nothing(tmp_path, transport):
    found = []
    with connect(tmp_path, transport) as writer, connect(tmp_path, transport) as reader:
        writing, reading = open_queue(writer), open_queue(reader)
        sources = {filesystem.__file__, folder_queue.__file__}

        def look(frame, event, argument):
            if event == "line":
                found.extend(take_all(reading))
            return look

        before = sys.gettrace()
        sys.settrace(lambda frame, event, argument: look if frame.f_code.co_filename in sources else None)
        try:
            for number in range(3):
                put(writing, number)
        finally:
            sys.settrace(before)
        found.extend(take_all(reading))
    assert found == [0, 1, 2]


@pytest.mark.parametrize("transport", [pytest.param(OURS, id="ours"), KOMBU])
def test_damaged_messages_are_set_aside_and_the_good_ones_arrive(tmp_path, transport, caplog):
    chance = random.Random(20261201)
    with connect(tmp_path, transport) as connection:
        channel = open_queue(connection)
        for number in range(200):
            put(channel, number)
        bad = set(chance.sample(range(200), 100))
        for number, path in enumerate(messages(tmp_path)):
            if number in bad:
                damage(path, number, chance)
        assert sorted(take_all(channel)) == sorted(set(range(200)) - bad)
    assert unreadable(tmp_path) == len(bad)
    assert sum("set aside" in line for line in caplog.messages) == len(bad)
    assert messages(tmp_path) == []


@pytest.mark.parametrize("transport", [pytest.param(OURS, id="ours"), KOMBU])
@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"\0" * 40,
        b'[["celery"',
        b'{"a": 1}',
        b'[["a", "b"]]',
        b"[" * 50_000,
        b'0123abcd [["celery", "", "autre"]]',
        None,
    ],
)
def test_damaged_table_of_bindings_costs_nothing(tmp_path, transport, left):
    """None: the file is gone. A process that has bound it goes on; so does one that starts."""
    with connect(tmp_path, transport) as connection:
        channel = open_queue(connection)
        table = tmp_path / "control" / f"{QUEUE}.exchange"
        whole = table.read_bytes()
        for number in range(2):
            table.unlink() if left is None else table.write_bytes(left)
            put(channel, number)
            transport.global_state.clear()
            channel = open_queue(connection)
        assert take_all(channel) == [0, 1]
        assert table.read_bytes() == whole


def test_many_messages_arrive_once_each_in_their_order(channel, tmp_path):
    """Two readers in turn, which have listed the same names."""
    for number in range(2000):
        put(channel, number)
    with connect(tmp_path) as other:
        readers = [channel, open_queue(other)]
        found = [take(readers[number % 2]) for number in range(2000)]
        assert [take(reader) for reader in readers] == [None, None]
    assert found == list(range(2000))


def test_numbers_of_four_writers_arrive_once_each(channel, tmp_path):
    """`tests/soak/test_queue.py` does it with a hundred thousand."""
    writers = start_writers(tmp_path, 4, 500)
    found: Counter[int] = Counter()
    while any(writer.poll() is None for writer in writers):
        found.update(take_all(channel))
    found.update(take_all(channel))
    assert [writer.returncode for writer in writers] == [0] * 4
    assert found == Counter(range(2000))


def test_folder_is_listed_once_for_all_it_holds(channel, monkeypatch):
    listed = []
    real = os.listdir
    for number in range(300):
        put(channel, number)
    monkeypatch.setattr(folder_queue.os, "listdir", lambda folder: listed.append(folder) or real(folder))
    assert len(take_all(channel)) == 300
    # Once to find them, once to find no more; an empty queue beside a full one is not listed for each message.
    assert len(listed) == 2


def test_message_of_kombu_itself_is_read(channel, tmp_path):
    """What waited when Medinjob was upgraded, and what a web process not yet restarted writes."""
    with connect(tmp_path, filesystem.Transport) as old:
        put(open_queue(old), "ancien")
    put(channel, "nouveau")
    assert Counter(take_all(channel)) == Counter(["ancien", "nouveau"])


def test_what_no_worker_came_for_in_a_day_is_deleted(channel, tmp_path, monkeypatch, caplog):
    for number in range(5):
        put(channel, number)
    day = folder_queue.MESSAGE_KEPT.total_seconds()
    for number, path in enumerate(messages(tmp_path)):
        written = time.time() - (day + 60 if number < 3 else day - 60)
        os.utime(path, (written, written))
    (tmp_path / "control" / "celery.exchange.x.part").touch()
    os.utime(tmp_path / "control" / "celery.exchange.x.part", (1, 1))
    os.utime(tmp_path / "control" / f"{QUEUE}.exchange", (1, 1))
    put(channel, 5)
    assert len(messages(tmp_path)) == 6, "not each message pays for it"
    monkeypatch.setattr(folder_queue.Channel, "_sweep_at", 0.0)
    put(channel, 6)
    assert "3 messages that no worker came for" in caplog.text
    assert take_all(channel) == [3, 4, 5, 6]
    assert sorted(path.name for path in (tmp_path / "control").iterdir()) == [".lock", f"{QUEUE}.exchange"]


def test_unreadable_files_are_kept_up_to_a_number(channel, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_queue, "UNREADABLE_MOST", 10)
    for number in range(15):
        (tmp_path / "messages" / f"{number:020}_x.{QUEUE}.msg").write_bytes(b"")
    for number in (0, 15):
        (tmp_path / "messages" / f"{number:020}_folder.{QUEUE}.msg").mkdir()
    assert take_all(channel) == []
    assert unreadable(tmp_path) == 10
    assert messages(tmp_path) == []


@pytest.fixture
def full_disk(channel, tmp_path, monkeypatch):
    """The file system refuses each new file, as a full one does; what is there can be read and deleted."""
    real = Path.write_bytes

    def refuse(path, data):
        real(path, data[: len(data) // 2])
        raise OSError(28, "No space left on device", str(path))

    def fill(full: bool) -> None:
        monkeypatch.setattr(Path, "write_bytes", refuse if full else real)

    return fill


def test_full_disk_refuses_a_message_and_leaves_nothing_of_it(channel, full_disk, tmp_path):
    put(channel, "avant")
    full_disk(True)
    with pytest.raises(kombu.exceptions.ChannelError, match="takes no message"):
        put(channel, "pendant")
    assert len(messages(tmp_path)) == 1
    assert take(channel) == "avant"
    full_disk(False)
    put(channel, "après")
    assert take(channel) == "après"


def test_process_that_starts_on_a_full_disk_delivers_once_there_is_room(tmp_path, full_disk, caplog):
    full_disk(True)
    OURS.global_state.clear()
    with connect(tmp_path / "autre") as connection:
        channel = open_queue(connection)
        assert "cannot be written" in caplog.text
        full_disk(False)
        put(channel, "après")
        assert take(channel) == "après"


def test_place_that_cannot_be_read_is_said_once_and_tried_again(channel, tmp_path, caplog, monkeypatch):
    put(channel, "attend")
    real = Path.unlink

    def refuse(path, missing_ok=False):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert [take(channel), take(channel)] == [None, None]
    monkeypatch.setattr(Path, "unlink", real)
    assert take(channel) == "attend"
    assert sum("cannot be taken" in line for line in caplog.messages) == 1


def test_folder_that_was_deleted_is_made_again(channel, tmp_path):
    shutil.rmtree(tmp_path / "messages")
    assert (take(channel), channel.queue_purge(QUEUE)) == (None, 0)
    OURS.global_state.clear()
    channel = open_queue(channel.connection.client)
    put(channel, 1)
    put(channel, 2)
    assert (channel._size(QUEUE), take(channel), channel.queue_purge(QUEUE), take(channel)) == (2, 1, 1, None)


def test_celery_speaks_through_it_by_the_usual_address(tmp_path):
    from medinjob.celery import app

    with app.connection_for_write("filesystem://") as connection:
        assert isinstance(connection.transport, OURS)


def test_publisher_says_what_is_wrong_in_one_kind_of_error(channel, full_disk):
    full_disk(True)
    with pytest.raises(OperationalError), channel.connection.client.Producer() as producer:
        producer.publish("x", exchange=QUEUE, routing_key=QUEUE, retry=True, retry_policy={"max_retries": 0})
