"""What `make run` keeps alive. The programs here are shells; `tests/soak/test_queue.py` plays the site."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.keep_running import Program
from tests.services.site import CHECKOUT, free_port, wait_for

KEEPER = CHECKOUT / "deploy" / "keep_running.py"


def alive(pid: int) -> bool:
    """A zombie that nobody has reaped yet is over."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def keep(tmp_path):
    """`keep(name=shell command, …)` starts the keeper; each program writes its journal beside."""
    keepers = []

    def start(**programs: str) -> subprocess.Popen[str]:
        lines = [f"{name} '{tmp_path / name}.log' sh -c '{command}'" for name, command in programs.items()]
        keepers.append(
            subprocess.Popen([sys.executable, str(KEEPER), *lines], stderr=subprocess.PIPE, text=True, bufsize=1)
        )
        return keepers[-1]

    yield start
    for keeper in keepers:
        keeper.kill()
        keeper.communicate()


def pids(place: Path, number: int) -> list[int]:
    """The numbers a program has written there, once there are as many."""
    return [int(line) for line in wait_for(lambda: _lines(place, number), what=f"{number} lines in {place}")]


def _lines(place: Path, number: int) -> list[str]:
    lines = place.read_text().split() if place.exists() else []
    return lines if len(lines) >= number else []


def test_killed_program_starts_again_without_what_it_left_and_the_other_goes_on(keep, tmp_path):
    """Its child, as the schedule of the worker, would work beside the next one's."""
    keeper = keep(worker="echo $$; sleep 600 & echo $!; wait", web="echo $$; exec sleep 600")
    (worker, schedule), (web,) = pids(tmp_path / "worker.log", 2), pids(tmp_path / "web.log", 1)
    os.kill(worker, signal.SIGKILL)
    assert "worker ended (signal 9" in (told := keeper.stderr.readline())
    assert "again in 1 s" in told
    again = pids(tmp_path / "worker.log", 4)[2:]
    assert not alive(worker)
    assert not alive(schedule)
    assert all(map(alive, [*again, web]))


def test_program_that_ends_at_once_is_started_again_ever_later_and_its_journal_named(keep, tmp_path):
    keeper = keep(worker="exit 3")
    told = [keeper.stderr.readline() for _ in range(3)]
    assert [line.rstrip().rpartition(" again in ")[2] for line in told] == ["1 s.", "2 s.", "4 s."]
    assert "status 3" in told[0]


@pytest.mark.parametrize(
    ("journal", "told"), [("w.log", "Its journal, w.log, says why."), ("-", "The lines above say why.")]
)
def test_program_that_ended_five_times_says_where_to_read_why(journal, told, capsys):
    program = Program(f"web {journal} false")
    program.began = time.monotonic()
    for _ in range(4):
        program._plan("status 1")
    assert "in a row" not in capsys.readouterr().err
    program._plan("status 1")
    assert f"web ended 5 times in a row. {told}" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_end_of_the_keeper_ends_all(keep, tmp_path, ending):
    """Also when it is killed: the kernel tells its programs."""
    keeper = keep(worker="echo $$; exec sleep 600", web="echo $$; exec sleep 600")
    programs = pids(tmp_path / "worker.log", 1) + pids(tmp_path / "web.log", 1)
    keeper.send_signal(ending)
    wait_for(lambda: not any(map(alive, programs)), what="its programs to end")
    assert keeper.wait(30) == (-ending if ending == signal.SIGKILL else 0)


def test_program_that_is_absent_is_said_and_tried_again(tmp_path):
    keeper = subprocess.Popen(
        [sys.executable, str(KEEPER), "worker - /nowhere/celery"], stderr=subprocess.PIPE, text=True
    )
    assert "/nowhere/celery" in keeper.stderr.readline()
    assert keeper.poll() is None
    keeper.terminate()
    keeper.communicate()


def test_second_make_run_on_the_same_folder_is_refused_in_a_sentence(tmp_path):
    with (tmp_path / "run.lock").open("a") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        env = {**os.environ, "PORT": str(free_port()), "DEMO": "0", "MEDINJOB_DATA_DIR": str(tmp_path)}
        script = str(CHECKOUT / "deploy" / "run_local.sh")
        done = subprocess.run([script], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Medinjob already runs on the folder {tmp_path}")
