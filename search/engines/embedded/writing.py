"""Writes documents into the index in use or into a new one. One process writes at a time."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy
from django.utils import timezone

from search.documents.schema import OfferDocument
from search.engines.base import EngineError, IndexMissingError
from search.engines.embedded.damage import engine_errors
from search.engines.embedded.schema import open_index, schema_hash, to_tantivy, versions_in
from search.engines.locks import file_lock

CURRENT = "current"
PREVIOUS = "previous_index"
DAMAGED = "damaged-"
HEAP = 64_000_000


@contextmanager
def committing(index: tantivy.Index, heap: int) -> Iterator[tantivy.IndexWriter]:
    """A writer whose work is committed when the block ends, and undone when it fails; none of its threads remains.
    (tantivy's own context manager commits in both cases.)"""
    with engine_errors("The index cannot be written"):
        writer = index.writer(heap, 1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()


def replace_documents(index: tantivy.Index, documents: Iterable[OfferDocument], gone: Iterable[int]) -> None:
    """Replaces and deletes documents in one commit, so that readers see all of it or nothing."""
    with committing(index, HEAP) as writer:
        for offer_id in gone:
            writer.delete_documents_by_term("id", str(offer_id))
        for document in documents:
            writer.delete_documents_by_term("id", str(document.id))
            writer.add_document(to_tantivy(document))


class NewEmbeddedIndex:
    """A new index in its own folder; see `search.engines.base.NewIndex`."""

    def __init__(self, folder: Path, previous_index: Path | None = None) -> None:
        self.folder = folder
        self.is_new = previous_index is None
        self.path = previous_index or folder / f"offers-{schema_hash()}-{timezone.now():%Y%m%d%H%M%S%f}"
        self._lock = file_lock(folder / "building")

    def __enter__(self) -> Self:
        self._lock.__enter__()
        try:
            with engine_errors("The index cannot be written"):
                self.path.mkdir(parents=True, exist_ok=True)
                self._index = open_index(self.path)
        except EngineError as error:
            self.__exit__(EngineError, error, error.__traceback__)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_new and link_target(self.folder, CURRENT) != self.path.name:
            shutil.rmtree(self.path, ignore_errors=True)
        self._lock.__exit__(kind, error, trace)

    @staticmethod
    def prepare(document: OfferDocument) -> OfferDocument:
        return document

    def add(self, batches: Iterable[list[OfferDocument]]) -> Mapping[int, str]:
        with committing(self._index, 4 * HEAP) as writer:
            for document in chain.from_iterable(batches):
                writer.add_document(to_tantivy(document))
        return {}

    def write(self, documents: Iterable[OfferDocument], gone: Mapping[int, int | None]) -> Mapping[int, str]:
        replace_documents(self._index, documents, gone)
        return {}

    def versions(self) -> dict[int, int]:
        with engine_errors("The new index cannot be read"):
            self._index.reload()
            return versions_in(self._index.searcher())

    def publish(self) -> None:
        with engine_errors("The new index cannot be put in place"):
            before = link_target(self.folder, CURRENT)
            if before and before != self.path.name:
                self._link(PREVIOUS, before)
            self._link(CURRENT, self.path.name)
            self._delete_unused()

    def _link(self, name: str, target: str) -> None:
        """Moves the link by a rename, which readers see as one step."""
        link = self.folder / f"{name}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        link.replace(self.folder / name)

    def _delete_unused(self) -> None:
        """The previous one stays for a rollback, and for readers that are still on it."""
        in_use = {link_target(self.folder, CURRENT), link_target(self.folder, PREVIOUS)}
        for path in [*self.folder.glob("offers-*"), *self.folder.glob(f"{DAMAGED}*")]:
            if path.name not in in_use:
                shutil.rmtree(path, ignore_errors=True)


def discard_index(folder: Path) -> None:
    """Removes the index in use. From here on readers find no index, and the database answers."""
    with engine_errors("The damaged index cannot be set aside"):
        name, link = link_target(folder, CURRENT), folder / CURRENT
        if link.is_dir() and not link.is_symlink():
            link.rename(folder / f"{DAMAGED}{timezone.now():%Y%m%d%H%M%S%f}")
        link.unlink(missing_ok=True)
        if name and (folder / name).exists():
            aside = (folder / name).rename(folder / f"{DAMAGED}{Path(name).name}")
            shutil.rmtree(aside, ignore_errors=True)


def link_target(folder: Path, name: str) -> str:
    """The name of the index behind a link, "" if there is none."""
    link = folder / name
    return os.readlink(link) if link.is_symlink() else ""


def previous_index(folder: Path) -> Path:
    """The index that was in use before the present one."""
    name = link_target(folder, PREVIOUS)
    if schema_hash() not in name:
        raise IndexMissingError("There is no previous index that this version can read.")
    return folder / name


def size_of(path: Path) -> int:
    """Bytes on disk. Who writes meanwhile removes files, which then count for nothing."""
    total = 0
    for file in path.iterdir():
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total
