"""Run the programs of one machine, and start again what ends: `keep_running.py 'NAME JOURNAL COMMAND' …`.

JOURNAL is a file, or - for the terminal. SIGTERM, SIGINT or the end of the parent ends all. A program that ends at once
is started again ever more slowly. Each is the head of a session of its own, so that its children go when it goes: the
schedule of a worker that was killed would go on beside that of the next one.
"""

import contextlib
import ctypes
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

LONGEST_PAUSE = 60
# A program that ran so long has started: when it ends, it is started again soon.
STARTED = 60
OFTEN = 5
# Seconds to end well.
PATIENCE = 25
PR_SET_PDEATHSIG = 1


def say(text: str) -> None:
    with contextlib.suppress(OSError):
        print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def end_with_parent() -> None:
    """In the child: it is told when this supervisor is killed. Linux only; elsewhere it would stay."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Program:
    def __init__(self, line: str) -> None:
        self.name, self.journal, *self.command = shlex.split(line)
        self.process: subprocess.Popen[bytes] | None = None
        self.failures, self.start_at, self.began = 0, 0.0, 0.0

    def look(self) -> None:
        """Start it when it is time; see whether it has ended."""
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self._start()
        elif (status := self.process.poll()) is not None:
            self._signal_all(signal.SIGKILL)
            self.process = None
            self._plan(f"signal {-status}" if status < 0 else f"status {status}")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0, until - time.monotonic()))
            self._signal_all(signal.SIGKILL)
            self.process.wait()

    def _start(self) -> None:
        self.began = time.monotonic()
        try:
            with contextlib.ExitStack() as stack:
                out = None if self.journal == "-" else stack.enter_context(Path(self.journal).open("ab"))
                self.process = subprocess.Popen(  # noqa: S603 - what run_local.sh wrote
                    self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                    start_new_session=True, preexec_fn=end_with_parent,
                )  # fmt: skip
        except OSError as error:
            self._plan(str(error))

    def _plan(self, why: str) -> None:
        lasted = time.monotonic() - self.began
        self.failures = 1 if lasted >= STARTED else self.failures + 1
        pause = min(2 ** (self.failures - 1), LONGEST_PAUSE)
        self.start_at = time.monotonic() + pause
        say(f"{self.name} ended ({why}, after {lasted:.0f} s). It starts again in {pause} s.")
        if self.failures >= OFTEN:
            where = "The lines above say why" if self.journal == "-" else f"Its journal, {self.journal}, says why"
            say(f"{self.name} ended {self.failures} times in a row. {where}.")

    def _signal_all(self, number: signal.Signals) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Stop:
    """True once a signal asked for it, or the parent has ended. A second signal waits no longer."""

    def __init__(self) -> None:
        self.asked, self.parent = 0, os.getppid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def __bool__(self) -> bool:
        return self.asked > 0 or os.getppid() != self.parent

    def _ask(self, *_: object) -> None:
        self.asked += 1


def keep_running(programs: list[Program]) -> None:
    stop = Stop()
    while not stop:
        for program in programs:
            program.look()
        time.sleep(0.2)
    for program in programs:
        program.stop()
    end, asked = time.monotonic() + PATIENCE, stop.asked
    while any(program.process and program.process.poll() is None for program in programs):
        if time.monotonic() >= end or stop.asked > max(asked, 1):
            break
        time.sleep(0.05)
    for program in programs:
        program.wait(time.monotonic())


if __name__ == "__main__":
    keep_running([Program(line) for line in sys.argv[1:]])
