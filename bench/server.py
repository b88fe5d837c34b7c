"""A PostgreSQL of a measure's own; needs nothing of Django, which wants to know its database first."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SETTINGS = "-c shared_buffers=2GB -c work_mem=64MB -c jit=off"


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
    data, tuned = f"{folder}/data", f"-k {folder} -c listen_addresses= {SETTINGS}"

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
