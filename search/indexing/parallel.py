"""Builds the documents of all offers. Their analysis takes most of the time of a rebuild, so that it is shared among
processes when offers are many."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import django
from django.db import connection

from medinjob.lib.pools import map_ahead
from search.documents.builder import build_document
from search.documents.eligibility import searchable_offers
from search.documents.schema import OfferDocument
from search.documents.sources import load_offers

BATCH = 500
# With fewer batches than this the processes would take longer to start than to work.
MIN_BATCHES = 20

Span = tuple[int, int]
T = TypeVar("T")


def all_documents(prepare: Callable[[OfferDocument], T]) -> Iterator[list[T]]:
    """The documents of all searchable offers, `prepare`d for an index, a batch at a time in the order of ids. `prepare`
    is a plain function that other processes can import."""
    spans = list(_id_ranges())
    workers = len(os.sched_getaffinity(0))
    # Another process would not see what a transaction has not committed.
    if len(spans) < MIN_BATCHES or workers < 2 or connection.in_atomic_block:
        return (_build_batch(span, prepare) for span in spans)
    return _in_worker_processes(spans, workers, prepare)


def _build_batch(span: Span, prepare: Callable[[OfferDocument], T]) -> list[T]:
    """The documents of the offers with ids in a range."""
    return [prepare(build_document(offer)) for offer in load_offers(searchable_offers().filter(pk__range=span))]


def _id_ranges() -> Iterator[Span]:
    ids = searchable_offers().order_by("pk").values_list("pk", flat=True).iterator()
    while batch := list(islice(ids, BATCH)):
        yield batch[0], batch[-1]


def _in_worker_processes(
    spans: list[Span], workers: int, prepare: Callable[[OfferDocument], Any]
) -> Iterator[list[Any]]:
    """Builds a few batches in advance; all of them would fill the memory."""
    fresh = multiprocessing.get_context("spawn")
    name = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(workers, fresh, initializer=django.setup) as pool:
        yield from map_ahead(pool, partial(_build_batch_in_worker, name, prepare), spans, ahead=2 * workers)


def _build_batch_in_worker(database: str, prepare: Callable[[OfferDocument], T], span: Span) -> list[T]:
    """Runs in a worker process, on the database of its parent."""
    connection.settings_dict["NAME"] = database
    return _build_batch(span, prepare)
