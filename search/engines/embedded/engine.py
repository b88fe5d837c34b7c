"""The embedded engine reads a tantivy index through a symbolic link, which one rename moves to a new index. Before each
search a reader looks whether the link or the index has changed, and opens it again if so."""

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy

from search.documents.schema import OfferDocument
from search.engines.base import (
    FACET_SIZE,
    EngineError,
    EngineHit,
    EngineResult,
    IndexMissingError,
    NewIndex,
    Plan,
    Status,
    Values,
)
from search.engines.embedded.damage import VerifiedFiles, damage_of, engine_errors
from search.engines.embedded.queries import Translator
from search.engines.embedded.schema import open_index, schema_hash, versions_in
from search.engines.embedded.spots import Spots
from search.engines.embedded.writing import (
    CURRENT,
    NewEmbeddedIndex,
    discard_index,
    link_target,
    previous_index,
    replace_documents,
    size_of,
)
from search.engines.locks import fair_lock, file_lock

ALL_TERMS = 10_000_000
SUSPECT = "suspect"
FIELD_OF_ORDER = {"date": "published", "pay": "pay"}


class Snapshot:
    """A snapshot of one index, as one commit left it. What needs a pass over all terms is read at first use."""

    def __init__(self, generation: str, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self.generation = generation
        self.searcher = searcher
        self.translator = Translator(searcher, schema, Spots([key for key, _ in self.terms("spot", searcher)]))
        self._vocabulary: dict[str, int] | None = None

    @staticmethod
    def terms(field: str, searcher: tantivy.Searcher) -> list[tuple[str, int]]:
        return searcher.terms_with_prefix(field, "", limit=ALL_TERMS)

    @property
    def vocabulary(self) -> dict[str, int]:
        if self._vocabulary is None:
            self._vocabulary = dict(self.terms("word", self.searcher))
        return self._vocabulary


class EmbeddedEngine:
    """See `search.engines.base.Engine`. `folder` holds every index, the link to the one in use and the lock."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._index: tantivy.Index | None = None
        self._path = ""
        self._state: Snapshot | None = None
        self._verified = VerifiedFiles()

    def generation(self) -> str:
        with self._reading() as state:
            return state.generation

    def revision(self) -> str:
        return self.generation()

    def run(self, plan: Plan) -> EngineResult:
        with self._reading() as state:
            searcher, translator = state.searcher, state.translator
            field = FIELD_OF_ORDER.get(plan.order.name)
            offset = int(plan.after or plan.offset)
            result = searcher.search(
                translator.matching(plan) if field else translator.scored(plan),
                max(plan.size, 1),
                offset=offset,
                order_by_field=field,
            )
            hits = [_hit(searcher, address) for _, address in result.hits] if plan.size else []
            end = offset + len(hits)
            after = str(end) if hits and end < _total(result) else ""
            return EngineResult(_total(result), hits, self._facets(state, plan), after)

    def count(self, plans: Sequence[Plan]) -> list[int]:
        with self._reading() as state:
            results = (state.searcher.search(state.translator.matching(plan), 1) for plan in plans)
            return [_total(result) for result in results]

    def vocabulary(self) -> Mapping[str, int]:
        with self._reading() as state:
            return state.vocabulary

    def values(self, name: str) -> Mapping[str, int]:
        with self._reading() as state:
            return dict(Snapshot.terms(name, state.searcher))

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> Mapping[int, str]:
        with engine_errors("The index cannot be written"):
            index, _ = self._open()
        replace_documents(index, documents, gone)
        return {}

    def versions(self) -> dict[int, int]:
        with self._reading() as state:
            return versions_in(state.searcher)

    def new_index(self) -> AbstractContextManager[NewIndex]:
        return NewEmbeddedIndex(self.folder)

    def previous_index(self) -> AbstractContextManager[NewIndex]:
        return NewEmbeddedIndex(self.folder, previous_index(self.folder))

    def writing(self, *, wait: float = 0.0) -> AbstractContextManager[None]:
        return fair_lock(self._lock, wait=wait)

    def _lock(self, name: str, *, wait: float = 0.0) -> AbstractContextManager[None]:
        return file_lock(self.folder / name, wait=wait)

    def status(self) -> Status:
        with self._reading() as state:
            return Status(Path(self._path).name, state.searcher.num_docs, size_of(Path(self._path)))

    def is_suspect(self) -> bool:
        return (self.folder / SUSPECT).exists() or not (self.folder / CURRENT / "meta.json").exists()

    def damage(self) -> str:
        if not (name := link_target(self.folder, CURRENT)):
            return ""
        if not (problem := damage_of(self.folder / name)):
            with suppress(OSError):
                (self.folder / SUSPECT).unlink(missing_ok=True)
        return problem

    def discard(self) -> None:
        discard_index(self.folder)
        self._index, self._path, self._state, self._verified = None, "", None, VerifiedFiles()
        with suppress(OSError):
            (self.folder / SUSPECT).unlink(missing_ok=True)

    def problems(self) -> list[str]:
        try:
            self._current()
        except IndexMissingError:  # the worker builds it
            return []
        except EngineError as error:
            return [str(error)]
        return []

    def _facets(self, state: Snapshot, plan: Plan) -> dict[str, list[tuple[str, int]]]:
        chosen = {item.name for item in plan.filters if isinstance(item, Values)}
        groups = {"": [name for name in plan.facets if name not in chosen]}
        groups |= {name: [name] for name in plan.facets if name in chosen}
        counts: dict[str, list[tuple[str, int]]] = {}
        for without, names in groups.items():
            if names:
                aggregations = {
                    name: {"terms": {"field": name, "size": FACET_SIZE, "segment_size": 10_000}} for name in names
                }
                result = state.searcher.aggregate(state.translator.matching(plan, without), aggregations)
                counts |= {name: [(b["key"], b["doc_count"]) for b in result[name]["buckets"]] for name in names}
        return counts

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """A reader that fails leaves a file as a mark: the worker, which alone may repair, then checks the index."""
        try:
            with engine_errors("The index cannot be read"):
                yield self._current()
        except IndexMissingError:
            raise
        except EngineError:
            with suppress(OSError):
                (self.folder / SUSPECT).touch()
            raise

    def _current(self) -> Snapshot:
        index, generation = self._open()
        state = self._state
        if state is None or state.generation != generation:
            with self._guard:
                self._verified.check(Path(self._path))
                index.reload()
                self._state = state = Snapshot(generation, index.searcher(), index.schema)
        return state

    def _open(self) -> tuple[tantivy.Index, str]:
        """The index in use, and its generation (name and time of the last commit)."""
        try:
            name = os.readlink(self.folder / CURRENT)
            changed = os.stat(self.folder / name / "meta.json").st_mtime_ns
        except OSError as error:
            raise IndexMissingError("There is no index yet.") from error
        if schema_hash() not in name:
            raise IndexMissingError(f"The index {name} was built by another version.")
        path = str(self.folder / name)
        if self._index is None or self._path != path:
            with self._guard:
                self._index, self._path, self._state = open_index(Path(path)), path, None
        return self._index, f"{name}:{changed}"


def _total(result: Any) -> int:
    """How many were found; the type stubs do not know it."""
    return int(result.count)


def _hit(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> EngineHit:
    values: dict[str, Any] = searcher.doc(address).to_dict()
    return EngineHit(bytes(values["card"][0]).decode(), bytes(values["body"][0]).decode())
