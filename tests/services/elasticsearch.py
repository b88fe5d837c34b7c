"""An Elasticsearch of a test's own, of one node or several, to be killed, frozen and filled at will."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.elastic import connect
from tests.conftest import absent
from tests.services.site import CHECKOUT, listens, wait_for

KEY = json.loads((CHECKOUT / "deploy" / "elasticsearch-key.json").read_text(encoding="utf-8"))


class Cluster:
    """Listens on free ports, keeps its data in memory, and leaves nothing behind when it is removed."""

    def __init__(self, nodes: int = 1) -> None:
        self.nodes = nodes
        self._options = ["--port", str(_free_ports(nodes)), "--nodes", str(nodes), "--memory"]
        self.url = self.start().partition("MEDINJOB_SEARCH_URL=")[2].strip()
        self.admin: Elasticsearch = connect(self.url).options(request_timeout=20, max_retries=5)
        self.pids = self._pids()

    def start(self, node: str = "") -> str:
        """All nodes, or the one that was killed; returns when they make a cluster again."""
        which = ["--node", node.removeprefix("n")] if node else []
        done = self._run("start", *which)
        if hasattr(self, "pids"):
            self.pids = wait_for(self._all_pids, seconds=120)
        return done

    def remove(self) -> None:
        for node in self.pids:
            self.signal(signal.SIGKILL, node)
        self.admin.close()
        self._run("remove")

    def signal(self, number: signal.Signals, node: str = "n1") -> None:
        try:
            os.kill(self.pids[node], number)
        except ProcessLookupError:
            return
        if number == signal.SIGKILL:
            wait_for(lambda: _is_over(self.pids[node]), seconds=60)

    def new_key(self) -> tuple[str, str]:
        """The number and the text of a key with the privileges that `docs/operate.md` asks for."""
        key = self.admin.security.create_api_key(**KEY, expiration="1h")
        return key["id"], key["encoded"]

    def set(self, **settings: Any) -> None:
        """Settings of the cluster, with "__" for "."; None is the default."""
        self.admin.cluster.put_settings(persistent={name.replace("__", "."): value for name, value in settings.items()})

    def holder(self, index: str) -> str:
        """The node that has the primary shard."""
        return next(row["node"] for row in self.admin.cat.shards(index=index, format="json") if row["prirep"] == "p")

    def wait_until_green(self, index: str) -> None:
        self.admin.options(request_timeout=60).cluster.health(index=index, wait_for_status="green", timeout="50s")

    def _run(self, action: str, *more: str) -> str:
        command = [str(CHECKOUT / ".ci" / "elasticsearch"), action, *self._options, *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def _pids(self) -> dict[str, int]:
        found = self.admin.nodes.info(metric="process")["nodes"].values()
        return {node["name"]: node["process"]["id"] for node in found}

    def _all_pids(self) -> dict[str, int]:
        try:
            pids = self._pids()
        except (ApiError, TransportError):
            return {}
        return pids if len(pids) == self.nodes else {}


@contextmanager
def own_cluster(nodes: int = 1) -> Iterator[Cluster]:
    """Where tests have an Elasticsearch at all."""
    if not os.environ.get("MEDINJOB_TEST_ELASTICSEARCH_URL"):
        absent("MEDINJOB_TEST_ELASTICSEARCH_URL names no Elasticsearch (.ci/elasticsearch start)")
    cluster = Cluster(nodes)
    try:
        yield cluster
    finally:
        cluster.remove()


def _is_over(pid: int) -> bool:
    """A process that nobody has reaped yet is over too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def _free_ports(nodes: int) -> int:
    """The first of `nodes` free ports in a row, which are free 100 above as well."""
    for first in range(19200 + os.getpid() % 1000 * 10, 31000, 10):
        if not any(listens(first + above + n) for n in range(nodes) for above in (0, 100)):
            return first
    raise AssertionError("no free port")
