"""A Medinjob of real processes (web, worker, beat) in a folder of its own, to be killed at will."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
CSRF = "a" * 32
WORKER = ("celery", "--quiet", "-A", "medinjob", "worker", "--loglevel=info")


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def wait_for(true: Callable[[], Any], *, seconds: float = 120, what: str = "") -> Any:
    """What `true` answers, as soon as it is not false. Several tests share the machine: what takes long is late, not
    wrong."""
    end = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < end, f"not within {seconds} s: {what or true}"
        time.sleep(0.1)
    return answer


def listens(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


class Process:
    """One program and its children, in a process group of their own."""

    def __init__(self, name: str, *command: str, env: dict[str, str], folder: Path) -> None:
        self.command = command
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                [str(BIN / command[0]), *command[1:]], cwd=CHECKOUT, env=env, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def children(self) -> list[int]:
        path = Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children")
        return [int(pid) for pid in path.read_text().split()] if path.exists() else []

    def kill_child(self, number: int) -> bool:
        """SIGKILL to the n-th child, if there is one; its parent starts another."""
        if not (children := self.children()):
            return False
        os.kill(children[number % len(children)], signal.SIGKILL)
        return True

    def kill(self) -> None:
        """SIGKILL to all of it, children of children too: what a power cut leaves."""
        if self.popen.poll() is None:
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def stop(self) -> None:
        self.popen.terminate()
        try:
            self.popen.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


class Site:
    """`settings` are MEDINJOB_… variables without their prefix: `Site(folder, DATABASE_URL="postgres://…")`."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder, self.port = folder, free_port()
        own = {"DATA_DIR": folder, "SITE_URL": self.url, "STAFF_MFA": 0, "MAIL_RATE_PER_MINUTE": 100_000}
        foreign = ("MEDINJOB_", "DJANGO_", "PYTEST_")
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.env |= {f"MEDINJOB_{name}": str(value) for name, value in {**own, **settings}.items()}
        self.env |= {"DJANGO_SETTINGS_MODULE": "medinjob.settings.local", "PYTHONPATH": str(CHECKOUT)}
        self.processes: dict[str, Process] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def ask(self, question: str, *arguments: object) -> Any:
        """What a function of `tests/services/inside.py` answers there, through JSON."""
        answer = self._run("-m", "tests.services.inside", question, *map(str, arguments))
        return json.loads(answer.splitlines()[-1])

    def start(self, name: str, *command: str) -> Process:
        self.processes[name] = process = Process(name, *command, env=self.env, folder=self.folder)
        return process

    def start_web(self) -> Process:
        # Loaded before it forks, a web process that is killed is replaced in milliseconds.
        web = ("gunicorn", "medinjob.wsgi", "--preload", "--bind", f"127.0.0.1:{self.port}", "--workers", "2")
        process = self.start("web", *web, "--threads", "4", "--log-level", "warning")
        wait_for(lambda: listens(self.port), what="the web process")
        return process

    def start_worker(self, *options: str) -> Process:
        return self.start("worker", *WORKER, *options)

    def start_beat(self) -> Process:
        return self.start("beat", "celery", "--quiet", "-A", "medinjob", "beat", "--pidfile=")

    def revive(self) -> None:
        """Starts again what failed, as systemd and compose do. A worker that loses a child before it is ready ends."""
        for name, process in self.processes.items():
            if process.popen.poll():
                self.start(name, *process.command)

    def close(self) -> None:
        """Their last words are shown by a test that failed."""
        for name, process in self.processes.items():
            process.kill()
            print(f"--- {name}", *process.log.read_text(errors="replace").splitlines()[-40:], sep="\n")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=CHECKOUT, env=self.env, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout
