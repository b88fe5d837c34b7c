"""Writing: by one process at a time, into the index in use or into a new one beside it."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy
from django.utils import timezone

from search.documents import OfferDocument
from search.engines.base import EngineError, IndexBusyError
from search.engines.embedded.schema import open_index, schema_hash, to_tantivy

CURRENT = "current"
HEAP = 64_000_000
# The one in use and the one before, for readers that are still on it.
KEPT_INDEXES = 2


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Held while an index is written or switched. The system lets go of it if the process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError("Another process is writing to the index.") from error
        yield


@contextmanager
def committing(index: tantivy.Index, heap: int) -> Iterator[tantivy.IndexWriter]:
    """A writer whose work is committed when the block ends, and undone when it fails; none of its threads remains.
    (tantivy's own context manager commits in both cases.)"""
    try:
        writer = index.writer(heap, 1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
    except (OSError, ValueError) as error:
        raise EngineError(f"The index cannot be written: {error}") from error


def change(index: tantivy.Index, documents: Iterable[OfferDocument], gone: Iterable[int]) -> None:
    """One commit: what is replaced and what is deleted are seen together."""
    with committing(index, HEAP) as writer:
        for offer_id in gone:
            writer.delete_documents_by_term("id", str(offer_id))
        for document in documents:
            writer.delete_documents_by_term("id", str(document.id))
            writer.add_document(to_tantivy(document))


class Building:
    """A new index in its own folder; see `search.engines.base.NewIndex`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"offers-{schema_hash()}-{timezone.now():%Y%m%d%H%M%S%f}"

    def __enter__(self) -> Self:
        self.path.mkdir(parents=True)
        self._index = open_index(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_current():
            shutil.rmtree(self.path, ignore_errors=True)

    def add(self, documents: Iterable[OfferDocument]) -> None:
        """For documents that are not there yet: faster than `write`."""
        with committing(self._index, 4 * HEAP) as writer:
            for document in documents:
                writer.add_document(to_tantivy(document))

    def write(self, documents: Iterable[OfferDocument], gone: Iterable[int]) -> None:
        change(self._index, documents, gone)

    def versions(self) -> dict[int, int]:
        from search.engines.embedded.engine import versions_in

        self._index.reload()
        return versions_in(self._index.searcher())

    def publish(self) -> None:
        link = self.folder / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(self.path.name)
        link.replace(self.folder / CURRENT)
        for old in sorted(self.folder.glob("offers-*"), key=lambda path: path.stat().st_mtime)[:-KEPT_INDEXES]:
            if old != self.path:
                shutil.rmtree(old, ignore_errors=True)

    def _is_current(self) -> bool:
        link = self.folder / CURRENT
        return link.is_symlink() and os.readlink(link) == self.path.name


def size_of(path: Path) -> int:
    """Bytes on disk."""
    return sum(file.stat().st_size for file in path.iterdir())
