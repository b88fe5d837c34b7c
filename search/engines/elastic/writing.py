"""Writes documents, each with its offer's version, into the index in use or into a new one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import partial
from itertools import chain
from types import TracebackType
from typing import Any, NamedTuple, Self

import orjson
from django.utils import timezone
from elasticsearch import Elasticsearch, helpers

from medinjob.lib.pools import map_ahead
from search.documents.schema import OfferDocument
from search.engines.base import EngineError, IndexMissingError
from search.engines.elastic.connection import LONG_PATIENCE, engine_errors
from search.engines.elastic.mapping import SETTINGS, build_mapping, signature, to_source

CHUNK = 500
# Threads that fill a new index: while the server handles one request, the next is prepared.
SENDERS = 2
# A server of two cores searches as many segments at once; seconds for the merge, which takes 30 of a million offers.
SEGMENTS = 4
MERGE_TIMEOUT = 600.0
# Nobody reads a new index, and if it is lost it is built again; one in use is on disk before a change is done, and on
# a second node if there is one.
BEING_BUILT = {"number_of_replicas": 0, "refresh_interval": "-1", "translog.durability": "async"}
IN_USE = {"auto_expand_replicas": "0-1", "refresh_interval": "1s", "translog.durability": "request"}
VERSIONS_PER_REQUEST = 10_000
# A server that has too much to do says 429, and is asked again after 0.5, 1, 2, 4… seconds.
RETRIES = 6
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
# All that is read of its answer, an item a document.
ANSWER = "errors,items.*._id,items.*.status,items.*.error"
# After the name of the site: the signature and the date of an index.
_SIGNATURE_AND_DATE = re.compile(r"[0-9a-f]{10}-\d{20}")
OK, BAD_REQUEST, GONE, NEWER = range(200, 300), 400, 404, 409


# A line of a bulk request, and the document that it is about, in JSON.
Action = tuple[dict[str, Any], bytes | None]


class IndexNames(NamedTuple):
    """Of the indexes of one site, each of which is named after the alias, its signature and its date."""

    current: str
    """The alias of the index in use: what is asked and written goes through it."""

    @property
    def previous(self) -> str:
        """The alias of the one before, for a rollback. An index behind neither is what a dead rebuild left."""
        return f"{self.current}-previous"

    def new(self) -> str:
        return f"{self.current}-{signature()}-{timezone.now():%Y%m%d%H%M%S%f}"

    def is_index(self, name: str) -> bool:
        start = f"{self.current}-"
        return name.startswith(start) and _SIGNATURE_AND_DATE.fullmatch(name[len(start) :]) is not None


def write(
    client: Elasticsearch,
    target: str,
    documents: Iterable[OfferDocument],
    gone: Mapping[int, int | None],
    *,
    is_alias: bool = False,
) -> dict[int, str]:
    """Adds or replaces documents and deletes those `gone` unless the index has a later version of them. What was
    refused, with the reason, by offer id; the others are written all the same."""
    return _send(client, target, chain(map(_deletion, gone.items()), map(prepare, documents)), is_alias=is_alias)


def prepare(document: OfferDocument) -> Action:
    """Most of the work of sending a document, which another process may do."""
    action = {"index": {"_id": str(document.id), "version": document.version, "version_type": "external_gte"}}
    return action, orjson.dumps(to_source(document))


def refresh(client: Elasticsearch, target: str) -> None:
    """What was written can be found from now on."""
    with engine_errors():
        client.options(request_timeout=LONG_PATIENCE).indices.refresh(index=target)


def versions_in(client: Elasticsearch, target: str) -> dict[int, int]:
    """The version of every document, by offer id."""
    client = client.options(request_timeout=LONG_PATIENCE)
    versions: dict[int, int] = {}
    with engine_errors():
        client.indices.refresh(index=target)
        point = client.open_point_in_time(index=target, keep_alive="2m")["id"]
        try:
            for hits in _pages(client, point):
                versions.update((hit["sort"][0], hit["_version"]) for hit in hits)
        finally:
            client.close_point_in_time(id=point)
    return versions


class NewElasticIndex:
    """An index that is not in use yet, new or the previous one; see `search.engines.base.NewIndex`."""

    def __init__(
        self,
        client: Elasticsearch,
        names: IndexNames,
        lock: AbstractContextManager[None],
        *,
        name: str = "",
        published: Callable[[], None],
    ) -> None:
        self.client = client.options(request_timeout=LONG_PATIENCE)
        self.names = names
        self.lock = lock
        self.is_new = not name
        self.name = name or names.new()
        self.is_published = False
        self.tell = published
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with self._stack:
            self._stack.enter_context(self.lock)
            if self.is_new:
                self._create()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if self.is_new and not self.is_published:
                self.client.options(ignore_status=GONE).indices.delete(index=self.name)

    @staticmethod
    def prepare(document: OfferDocument) -> Action:
        return prepare(document)

    def add(self, batches: Iterable[list[Action]]) -> dict[int, str]:
        refused: dict[int, str] = {}
        with ThreadPoolExecutor(SENDERS) as pool:
            for refused_here in map_ahead(pool, partial(_send, self.client, self.name), batches, ahead=SENDERS):
                refused |= refused_here
        self._merge()
        return refused

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> dict[int, str]:
        return write(self.client, self.name, documents, gone)

    def versions(self) -> dict[int, int]:
        return versions_in(self.client, self.name)

    def publish(self) -> None:
        """One call moves both aliases: no search falls between."""
        with engine_errors():
            if self.is_new:
                self.client.indices.put_settings(index=self.name, settings=IN_USE)
                self.client.indices.flush(index=self.name)
            self.client.indices.refresh(index=self.name)
            current, previous = self.names.current, self.names.previous
            before = indexes_behind(self.client, current)
            both = [self.name, *before, *indexes_behind(self.client, previous)]
            actions: list[dict[str, Any]] = [
                {"remove": {"indices": both, "aliases": [current, previous], "must_exist": False}},
                {"add": {"index": self.name, "alias": current}},
                *({"add": {"index": name, "alias": previous}} for name in before if name != self.name),
            ]
            self.client.indices.update_aliases(actions=actions)
            self.is_published = True
            self.tell()
            self._delete_unused()

    def _merge(self) -> None:
        """A search looks into every segment. One that could not be merged answers as well, more slowly."""
        with suppress(EngineError), engine_errors():
            client = self.client.options(request_timeout=MERGE_TIMEOUT, max_retries=0)
            client.indices.forcemerge(index=self.name, max_num_segments=SEGMENTS)

    def _create(self) -> None:
        with engine_errors():
            self._delete_unused()
            self.client.indices.create(
                index=self.name,
                mappings={**build_mapping(), "_meta": {"medinjob": signature()}},
                settings={**SETTINGS, **BEING_BUILT},
            )

    def _delete_unused(self) -> None:
        every = self.client.indices.get_alias(index=f"{self.names.current}-*")
        unused = [name for name, index in every.items() if self.names.is_index(name) and not index["aliases"]]
        for name in set(unused) - {self.name}:
            self.client.options(ignore_status=GONE).indices.delete(index=name)


def indexes_behind(client: Elasticsearch, alias: str) -> list[str]:
    """The names of the indexes behind an alias; none if there is no such alias."""
    with engine_errors():
        response = client.options(ignore_status=GONE).indices.get_alias(name=alias)
    return sorted(response.body) if response.meta.status in OK else []


def _deletion(gone: tuple[int, int | None]) -> Action:
    offer_id, version = gone
    known = {} if version is None else {"version": version, "version_type": "external_gte"}
    return {"delete": {"_id": str(offer_id), **known}}, None


def _send(client: Elasticsearch, target: str, actions: Iterable[Any], *, is_alias: bool = False) -> dict[int, str]:
    with engine_errors():
        results = helpers.streaming_bulk(
            client.options(request_timeout=LONG_PATIENCE),
            actions,
            expand_action_callback=_as_it_is,
            index=target,
            require_alias=is_alias,
            chunk_size=CHUNK,
            raise_on_error=False,
            max_retries=RETRIES,
            initial_backoff=FIRST_PAUSE,
            max_backoff=LONGEST_PAUSE,
            filter_path=ANSWER,
        )
        items = (next(iter(result.items())) for _, result in results)
        return {int(item["_id"]): reason for action, item in items if (reason := _refusal(action, item))}


def _as_it_is(action: Any) -> Any:
    return action


def _refusal(action: str, item: dict[str, Any]) -> str:
    """Why this document can never be written as it is, "" if it is or need not be; raises what is not its own fault."""
    status = item.get("status")
    if status in OK or status == NEWER or (action == "delete" and status == GONE):
        return ""
    error = item.get("error") or {}
    reason = f"{error.get('reason', error)} {(error.get('caused_by') or {}).get('reason', '')}".strip()
    if status == BAD_REQUEST:
        return reason
    if status == GONE:
        raise IndexMissingError("There is no index yet.")
    raise EngineError(f"Elasticsearch cannot write (HTTP {status}): {reason[:300]}")


def _pages(client: Elasticsearch, point: str) -> Iterator[list[dict[str, Any]]]:
    after: list[Any] | None = None
    while True:
        answer = client.search(
            pit={"id": point, "keep_alive": "2m"},
            # By number, which the server has in columns: ids would be read from each document.
            sort=[{"offer": "asc"}],
            search_after=after,
            size=VERSIONS_PER_REQUEST,
            stored_fields="_none_",
            version=True,
            track_total_hits=False,
            filter_path="hits.hits._version,hits.hits.sort",
        )
        hits = answer.body.get("hits", {}).get("hits", [])
        if not hits:
            return
        yield hits
        after = hits[-1]["sort"]
