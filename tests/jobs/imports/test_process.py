"""What keeps an import in its bounds, and the mark by which a killed one is known."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from demo.factories import ImportSourceFactory
from jobs import tasks
from jobs.imports import process
from jobs.models import ImportRun
from jobs.services import import_runs
from medinjob.lib.processes import is_gone, own_mark


def test_mark_tells_a_living_process_from_a_dead_one():
    child = subprocess.Popen(
        [sys.executable, "-c", "from medinjob.lib.processes import own_mark; print(own_mark(), flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR,
    )  # fmt: skip
    mark = child.stdout.readline().strip()
    assert not is_gone(mark)
    child.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_gone(mark), "dead, though nobody has buried it"
    child.communicate()
    assert is_gone(mark)


@pytest.mark.parametrize("mark", ["", "elsewhere:1:2:3", "no mark"])
def test_mark_of_elsewhere_says_nothing(mark):
    assert not is_gone(mark)
    assert not is_gone(own_mark())


def test_number_taken_by_another_process_is_another():
    parts = own_mark().split(":")
    assert is_gone(":".join([*parts[:3], "1"]))


def test_process_that_asks_for_too_much_memory_is_refused_it():
    script = (
        "import django; django.setup(); from jobs.imports import process; process.limit(); import resource\n"
        "held = []\n"
        "try:\n    held += [bytearray(2**20) for _ in range(2_000)]\n"
        "except MemoryError:\n    held.clear(); print('refused', open('/proc/self/oom_score_adj').read().strip())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "medinjob.settings.test", "MEDINJOB_IMPORT_MEMORY_MB": "600"},
    )  # fmt: skip
    assert done.stdout.split()[:1] == ["refused"], done.stderr[-500:]


@pytest.mark.django_db
def test_worker_starts_a_process_only_when_something_waits(monkeypatch):
    """The task itself returns at once: the process is another's."""
    started = []
    monkeypatch.setattr(process, "start", lambda: started.append(1))
    tasks.run_due_imports()
    assert started == []
    source = ImportSourceFactory()
    tasks.run_due_imports()
    assert (started, ImportRun.objects.count()) == ([1], 0)
    import_runs.claim(source=source, offer_source="france-travail", refused_file="")
    ImportSourceFactory()
    tasks.run_due_imports()
    assert started == [1], "one at a time of an origin"
