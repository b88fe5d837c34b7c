"""A queue in a folder, as Celery uses one: an exchange, its table of bindings, messages."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import kombu
from kombu.transport import filesystem

from medinjob.lib import folder_queue

QUEUE = "celery"
CHECKOUT = Path(__file__).resolve().parents[2]


def connect(folder: Path, transport: type[filesystem.Transport] = folder_queue.Transport) -> kombu.Connection:
    (folder / "messages").mkdir(parents=True, exist_ok=True)
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
    }
    return kombu.Connection("filesystem://", transport=transport, transport_options=options)


def open_queue(connection: kombu.Connection) -> Any:
    """A channel on which the queue is declared."""
    channel = connection.channel()
    kombu.Queue(QUEUE, kombu.Exchange(QUEUE, type="direct"), routing_key=QUEUE)(channel).declare()
    return channel


def put(channel: Any, content: Any) -> None:
    message = channel.prepare_message(
        kombu.utils.json.dumps(content), content_type="application/json", content_encoding="utf-8"
    )
    channel.basic_publish(message, QUEUE, QUEUE)


def take(channel: Any) -> Any:
    """What the next message says, or None."""
    message = channel.basic_get(QUEUE, no_ack=True)
    return message and message.decode()


def take_all(channel: Any) -> list[Any]:
    found = []
    while (content := take(channel)) is not None:
        found.append(content)
    return found


def damage(path: Path, number: int, chance: random.Random) -> None:
    """By turns: emptied, cut, zeroed, replaced by noise, one letter altered."""
    whole = path.read_bytes()
    place = chance.randrange(len(whole))
    damaged = [
        b"",
        whole[:place],
        bytes(len(whole)),
        chance.randbytes(len(whole)),
        whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
    ]
    path.write_bytes(damaged[number % len(damaged)])


def start_writers(folder: Path, count: int, each: int) -> list[subprocess.Popen[bytes]]:
    """Processes that write `each` numbers, all of them different."""
    command = [sys.executable, "-m", "tests.lib.queues", str(folder)]
    return [subprocess.Popen([*command, str(n * each), str((n + 1) * each)], cwd=CHECKOUT) for n in range(count)]


if __name__ == "__main__":
    with connect(Path(sys.argv[1])) as own:
        writing = open_queue(own)
        for number in range(*map(int, sys.argv[2:])):
            put(writing, number)
