"""Servers and processes for the time of a measure; needs nothing of Django, which wants to know its database first."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / ".ci" / "elasticsearch"
OPTIONS = ("--port", "19480", "--heap", "1g")
ALIAS = "medinjob-bench"
POSTGRES = "-c shared_buffers=2GB -c work_mem=64MB -c jit=off"


@contextmanager
def postgres_server() -> Iterator[psycopg.Connection | None]:
    """A PostgreSQL of our own on a Unix socket for the time of the measure; None where it is not installed."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    data, tuned = f"{folder}/data", f"-k {folder} -c listen_addresses= {POSTGRES}"

    def run(tool: str, *arguments: str) -> None:
        command = [*as_user, str(binaries[-1] / tool), "-D", data, *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)

    run("initdb", "-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "-o", tuned, "-l", f"{folder}/log", "-w", "start")
    try:
        with psycopg.connect(host=str(folder), user="bench", dbname="postgres", autocommit=True) as connection:
            yield connection
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def elasticsearch_server() -> Iterator[str | None]:
    """The address of `MEDINJOB_BENCH_ELASTICSEARCH_URL`, or of a server of our own with its data on disk and a heap of
    1 GB; None where it cannot be had."""
    if url := os.environ.get("MEDINJOB_BENCH_ELASTICSEARCH_URL"):
        yield url
        return
    started = subprocess.run([SCRIPT, "start", *OPTIONS], stdout=subprocess.PIPE, text=True)
    if started.returncode:
        yield None
        return
    try:
        yield started.stdout.strip().partition("=")[2]
    finally:
        subprocess.run([SCRIPT, "remove", *OPTIONS], check=True)


@contextmanager
def redis_server() -> Iterator[None]:
    """A broker for the processes of a measure; without Redis they use their folder."""
    if not shutil.which("redis-server"):
        yield
        return
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    os.environ["MEDINJOB_BROKER_URL"] = f"redis://127.0.0.1:{port}/0"
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--loglevel", "warning"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def worker(url: str) -> Iterator[None]:
    """Medinjob's worker, one process, on the same database and index."""
    env = {**os.environ, "MEDINJOB_SEARCH_URL": url, "MEDINJOB_SEARCH_ALIAS": ALIAS}
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "medinjob",
        "worker",
        "--concurrency=1",
        "--loglevel=error",
    ]
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        time.sleep(10)
        yield
    finally:
        process.terminate()
        process.wait()
