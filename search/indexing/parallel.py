"""The documents of all offers. Their analysis is most of a rebuild: many offers are shared out among processes."""

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
from search.documents.builder import document
from search.documents.eligibility import searchable_offers
from search.documents.schema import OfferDocument
from search.documents.sources import load

BATCH = 500
# With fewer batches than this the processes would take longer to start than to work.
MANY = 20

Span = tuple[int, int]
T = TypeVar("T")


def all_documents(prepared: Callable[[OfferDocument], T]) -> Iterator[list[T]]:
    """Of every offer that can be found, a batch at a time, in the order of ids. `prepared` is a plain function that
    other processes can import."""
    spans = list(_spans())
    workers = len(os.sched_getaffinity(0))
    # Another process would not see what a transaction has not committed.
    if len(spans) < MANY or workers < 2 or connection.in_atomic_block:
        return (_made(span, prepared) for span in spans)
    return _shared_out(spans, workers, prepared)


def _made(span: Span, prepared: Callable[[OfferDocument], T]) -> list[T]:
    """Of the offers whose ids are from the first to the second."""
    return [prepared(document(offer)) for offer in load(searchable_offers().filter(pk__range=span))]


def _spans() -> Iterator[Span]:
    ids = searchable_offers().order_by("pk").values_list("pk", flat=True).iterator()
    while batch := list(islice(ids, BATCH)):
        yield batch[0], batch[-1]


def _shared_out(spans: list[Span], workers: int, prepared: Callable[[OfferDocument], Any]) -> Iterator[list[Any]]:
    """A few batches are made in advance, not all: they would fill the memory."""
    fresh = multiprocessing.get_context("spawn")
    name = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(workers, fresh, initializer=django.setup) as pool:
        yield from map_ahead(pool, partial(_made_elsewhere, name, prepared), spans, ahead=2 * workers)


def _made_elsewhere(database: str, prepared: Callable[[OfferDocument], T], span: Span) -> list[T]:
    """In a process of its own, on the database of the one that asks."""
    connection.settings_dict["NAME"] = database
    return _made(span, prepared)
