"""The queue of one machine under a flood and damage, and `make run` itself, while the machine is busy.

MEDINJOB_SOAK_MESSAGES (100 000), MEDINJOB_SOAK_SECONDS (1 800, of the site) and MEDINJOB_SOAK_SEED make them shorter,
or play one again."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import requests

from medinjob.lib import folder_queue
from tests.accounts.smtp_server import smtp_server
from tests.lib.queues import QUEUE, connect, damage, open_queue, put, start_writers, take, take_all
from tests.services.people import Crowd, post_offer
from tests.services.site import CHECKOUT, Site, listens, wait_for

MESSAGES = int(os.environ.get("MEDINJOB_SOAK_MESSAGES", "100000"))
SECONDS = int(os.environ.get("MEDINJOB_SOAK_SECONDS", "1800"))
SEED = int(os.environ.get("MEDINJOB_SOAK_SEED") or random.randrange(10**6))
WRITERS = 4

pytestmark = pytest.mark.timeout(SECONDS + 1800)


@contextmanager
def busy_machine() -> Iterator[None]:
    """A loop that never ends on each core."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 2)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def test_flood_arrives_once_each(tmp_path):
    began, found = time.monotonic(), Counter()
    with busy_machine(), connect(tmp_path) as connection:
        channel = open_queue(connection)
        writers = start_writers(tmp_path, WRITERS, MESSAGES // WRITERS)
        while any(writer.poll() is None for writer in writers):
            found.update(take_all(channel))
            time.sleep(0.05)
        found.update(take_all(channel))
    print(f"{found.total()} messages in {time.monotonic() - began:.0f} s")
    assert found == Counter(range(MESSAGES // WRITERS * WRITERS))


def test_backlog_is_read_in_a_time_that_grows_as_it_does(tmp_path):
    """Nothing was read while it was written. A second, empty queue is asked in turn, as the worker does."""
    times = []
    for each in (MESSAGES // 10, MESSAGES):
        folder = tmp_path / str(each)
        with connect(folder) as connection:
            channel = open_queue(connection)
            for number in range(each):
                put(channel, number)
            began = time.process_time()
            for number in range(each):
                assert take(channel) == number
                assert channel.basic_get("empty") is None
            times.append(time.process_time() - began)
    print(f"a tenth in {times[0]:.1f} s of processor, all in {times[1]:.1f} s")
    assert times[1] < 25 * times[0]


def test_thousand_damaged_files_cost_the_good_ones_nothing(tmp_path):
    print(f"seed {SEED}")
    chance, found = random.Random(SEED), []
    with busy_machine(), connect(tmp_path) as connection:
        for turn in range(100):
            folder_queue.Transport.global_state.clear()
            channel = open_queue(connection)
            for number in range(20):
                put(channel, turn * 20 + number)
            for number, path in enumerate(chance.sample(sorted((tmp_path / "messages").iterdir()), 10)):
                damage(path, number, chance)
            # One altered letter only sends copies to a queue that nobody reads: the table stays as kombu writes it.
            damage(tmp_path / "control" / f"{QUEUE}.exchange", turn % 4, chance)
            found.extend(take_all(channel))
    aside = [path for path in (tmp_path / "unreadable").iterdir() if path.name.endswith(".msg")]
    print(f"{len(found)} arrived, {len(aside)} set aside")
    # The table of bindings is set aside too: 1 000 files are kept in all.
    assert len(found) == len(set(found)) == 1000
    assert len(aside) >= 990
    assert list((tmp_path / "messages").iterdir()) == []


def of_site(site: Site) -> list[int]:
    """Every process that works on its folder."""
    mark, found = f"MEDINJOB_DATA_DIR={site.folder}\0".encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes() + b"\0":
                found.append(int(place.name))
        except OSError:
            continue
    return found


def worker_of(site: Site) -> int:
    """The head of the session is the worker; the schedule is its child."""
    for pid in of_site(site):
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"celery" in command and b"keep_running" not in command and os.getsid(pid) == pid:
            return pid
    return 0


def break_the_queue(site: Site, chance: random.Random) -> int:
    """As a full disk and a power cut leave it; then the worker is killed, and starts on it."""
    queue = site.folder / "queue"
    for number in range(1000):
        path = queue / f"{number:020}_x.{QUEUE}.msg"
        path.write_bytes(folder_queue.seal(f'{{"body": "{number:0500}"}}'))
        damage(path, number, chance)
        path.replace(queue / "messages" / path.name)  # the worker looks while they are written
    for table in (queue / "control").glob("*.exchange"):
        table.write_bytes(b"")
    old = worker_of(site)
    os.kill(old, 9)
    wait_for(lambda: worker_of(site) not in (0, old), seconds=120, what="another worker")
    return old


@pytest.fixture
def run_site(tmp_path):
    """Medinjob as `make run` starts it."""
    with smtp_server() as mail_server:
        site = Site(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{mail_server.server_address[1]}")
        site.env |= {"PORT": str(site.port), "DEMO": "0"}
        run = site.start("run", str(CHECKOUT / "deploy" / "run_local.sh"))
        try:
            wait_for(lambda: listens(site.port), seconds=300, what="the site")
            yield site, mail_server
            run.stop()
            wait_for(lambda: not of_site(site), seconds=60, what="all its processes to end")
        finally:
            site.close()


def test_site_serves_while_the_machine_is_busy(run_site):
    """A page a second, all 200; offers and mails go through; the worker goes on by itself, and after a kill."""
    print(f"seed {SEED}")
    site, mail_server = run_site
    world = site.ask("world", 1, 0, 1, 0)
    crowd = Crowd(site)
    answers: Counter[object] = Counter()
    slowest, queued, broken = 0.0, 0, None
    with busy_machine():
        crowd.work("posted", ((world["recruiters"][0], f"Essai {n}") for n in count()), post_offer, SECONDS / 15)
        began = time.monotonic()
        for second in range(SECONDS):
            time.sleep(max(0, began + second - time.monotonic()))
            asked = time.monotonic()
            try:
                answers[requests.get(f"{site.url}/offres/", timeout=60).status_code] += 1
            except requests.RequestException as error:
                answers[repr(error)] += 1
            slowest = max(slowest, time.monotonic() - asked)
            if second % 30 == 0:
                queued += site.ask("queue", 2, f"s{second}")
            if broken is None and second >= SECONDS / 2:
                broken = break_the_queue(site, random.Random(SEED))
        queued += site.ask("queue", 2, "fin")
        wait_for(lambda: site.ask("mails").get("sent", 0) >= queued, seconds=180, what="the mails")
        crowd.leave()
    told = site.processes["run"].log.read_text()
    restarts = [line for line in told.splitlines() if " ended (" in line]
    aside = len(list((site.folder / "queue" / "unreadable").glob("*.msg")))
    print(dict(answers), f"slowest {slowest:.1f} s", f"{queued} mails", f"{len(crowd.done['posted'])} offers", restarts)
    assert set(answers) == {200}
    assert crowd.broken == []
    assert crowd.done["posted"]
    assert len([line for line in restarts if "worker" in line]) == len(restarts) == 1, restarts
    assert aside >= 990
    subjects = Counter(
        line for text in mail_server.received for line in text.splitlines() if line.startswith(b"Subject: s")
    )
    assert set(subjects.values()) == {1}
