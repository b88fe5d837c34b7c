"""The documents of all offers. Their analysis is most of a rebuild: many offers are shared out among processes."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

import django
from django.db import connection

from search.documents import OfferDocument, document
from search.eligibility import searchable_offers
from search.loading import load

BATCH = 500
# With fewer batches than this the processes would take longer to start than to work.
MANY = 20

Span = tuple[int, int]


def all_documents() -> Iterator[list[OfferDocument]]:
    """Of every offer that can be found, a batch at a time, in the order of ids."""
    spans = list(_spans())
    workers = len(os.sched_getaffinity(0))
    # Another process would not see what a transaction has not committed.
    if len(spans) < MANY or workers < 2 or connection.in_atomic_block:
        return (made(span) for span in spans)
    return _shared_out(spans, workers)


def made(span: Span) -> list[OfferDocument]:
    """The documents of the offers whose ids are from the first to the second."""
    return [document(offer) for offer in load(searchable_offers().filter(pk__range=span))]


def _spans() -> Iterator[Span]:
    ids = searchable_offers().order_by("pk").values_list("pk", flat=True).iterator()
    while batch := list(islice(ids, BATCH)):
        yield batch[0], batch[-1]


def _shared_out(spans: list[Span], workers: int) -> Iterator[list[OfferDocument]]:
    """A few batches are made in advance, not all: they would fill the memory."""
    fresh = multiprocessing.get_context("spawn")
    name = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(workers, fresh, initializer=django.setup) as pool:
        waiting: deque[Future[list[OfferDocument]]] = deque()
        for span in spans:
            waiting.append(pool.submit(_made_elsewhere, span, name))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _made_elsewhere(span: Span, database: str) -> list[OfferDocument]:
    """In a process of its own, on the database of the one that asks."""
    connection.settings_dict["NAME"] = database
    return made(span)
