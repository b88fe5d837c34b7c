"""Many rows into a table, in one plain statement: for those whose keys nobody needs.

`bulk_create` does the same through an object for each row and an expression for each value, in three times the time.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from django.db import connection, models

from medinjob.lib.folding import folded_fields

# What SQLite takes in one statement, at least.
MOST_PARAMETERS = 999
_PLAIN = (str, int, float, type(None))


def insert(model: type[models.Model], instances: Sequence[models.Model]) -> None:
    """Write unsaved instances; they get no key. Of the fields that fill themselves only the folded ones are filled."""
    insert_values(model, _values(model, instances))


def insert_values(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of values, in the order of the model's fields without its automatic key; relations are keys."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_sql(model, 1), _stored_rows(model, rows))


def insert_with_keys(model: type[models.Model], instances: Sequence[models.Model]) -> None:
    """The same, and the instances get their keys."""
    rows = iter(_stored_rows(model, _values(model, instances)))
    size = MOST_PARAMETERS // len(_columns(model))
    keys: list[int] = []
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, size)):
            returning = f" RETURNING {connection.ops.quote_name(str(model._meta.pk.column))}"
            cursor.execute(_sql(model, len(chunk)) + returning, [value for row in chunk for value in row])
            keys += (key for (key,) in cursor.fetchall())
    for instance, key in zip(instances, keys, strict=True):
        instance.pk, instance._state.adding, instance._state.db = key, False, connection.alias


def _columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _sql(model: type[models.Model], rows: int) -> str:
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in _columns(model)]
    values = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES {values}"  # noqa: S608 - names of ours


def _values(model: type[models.Model], instances: Sequence[models.Model]) -> list[list[Any]]:
    columns = _columns(model)
    folding = folded_fields(model)
    for instance in instances if folding else ():
        for field in folding:
            field.pre_save(instance, add=True)
    names = [field.attname for field in columns]
    return [[getattr(instance, name) for name in names] for instance in instances]


def _stored_rows(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    by_field = zip(_columns(model), zip(*rows, strict=True), strict=True) if rows else ()
    return list(zip(*(_stored(field, values) for field, values in by_field), strict=True))


def _stored(field: "models.Field[Any, Any]", values: Iterable[Any]) -> Iterable[Any]:
    """As the database takes them: most are plain and go as they are, save in JSON; many moments are the same one."""
    if isinstance(field, models.JSONField):
        return [field.get_db_prep_save(value, connection) for value in values]
    stored = lru_cache(maxsize=None)(partial(field.get_db_prep_save, connection=connection))
    return [value if type(value) in _PLAIN else stored(value) for value in values]
