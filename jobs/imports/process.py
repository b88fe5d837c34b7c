"""Imports in a process of their own, started by the worker: an import that is long, hangs or is killed for its memory
holds up no mail and no index, and takes nobody with it."""

import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import DatabaseError, connection

from jobs.models import ImportRun
from medinjob.lib.processes import own_mark

LOOK_EVERY = 1.0
# A stopped run ends itself with its batch; one that does not is ended.
STOP_PATIENCE = 20.0
_NICE = 5
_KILLED_FIRST = "500"
_started: list["subprocess.Popen[bytes]"] = []


def start() -> None:
    """Return at once. One process at a time for this worker: it goes on until nothing is due."""
    _started[:] = [process for process in _started if process.poll() is None]
    if not _started:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_imports", "--parent", str(os.getpid())]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)  # noqa: S603 - our own
        _started.append(process)


def limit() -> None:
    """Bound the memory of this process, and let others go first. Where memory is short the system ends it first."""
    most = settings.IMPORT_MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    os.nice(_NICE)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_KILLED_FIRST, encoding="ascii")


def watch(parent: int | None) -> None:
    """From a thread: end this process when its worker has ended, or when it does not stop though it is told to. What
    its batches have written is whole; its run is settled by whoever looks next."""
    Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int | None) -> None:
    mark, told = own_mark(), 0.0
    while True:
        time.sleep(LOOK_EVERY)
        if parent is not None and os.getppid() != parent:
            os._exit(1)
        try:
            stopped = ImportRun.objects.stopped().filter(holder=mark).exists()
        except DatabaseError:
            connection.close()
            continue
        told = (told or time.monotonic()) if stopped else 0.0
        if told and time.monotonic() - told > STOP_PATIENCE:
            os._exit(1)
