"""Rows that nobody ordered come in a random order, which the seed of pytest-randomly decides. A database gives them in
the order it likes; SQLite likes the order of writing, and what counts on it fails on PostgreSQL one day."""

from collections.abc import Iterable
from random import Random
from typing import Any

from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI

order = Random()
execute_sql = SQLCompiler.execute_sql


def is_unordered(compiler: SQLCompiler) -> bool:
    query = compiler.query
    if getattr(query, "extra_order_by", ()) or getattr(query, "order_by", ()):
        return False
    return not (query.default_ordering and not query.group_by and query.get_meta().ordering)


def shuffled(chunk: Iterable[Any]) -> list[Any]:
    rows = list(chunk)
    order.shuffle(rows)
    return rows


def execute_at_random(
    compiler: SQLCompiler, result_type: str = MULTI, chunked_fetch: bool = False, *args: Any, **kwargs: Any
) -> Any:
    """As `execute_sql`, which gives the rows in chunks: of a list one chunk is made, of a stream each is shuffled."""
    if result_type != MULTI or not is_unordered(compiler):
        return execute_sql(compiler, result_type, chunked_fetch, *args, **kwargs)
    query = compiler.query
    # A database sorts what is neither grouped, nor distinct, nor a union, by something else than its columns.
    if query.is_sliced and query.group_by is None and not (query.distinct or query.combinator):
        compiler.query = query.clone()
        compiler.query.add_ordering("?")
    chunks = execute_sql(compiler, result_type, chunked_fetch, *args, **kwargs)
    if isinstance(chunks, list):
        return [shuffled(row for chunk in chunks for row in chunk)]
    return chunks if chunks is None else map(shuffled, chunks)
