"""Many rows into a table, in one plain statement: for those whose keys nobody needs.

`bulk_create` does the same through an object for each row and an expression for each value, in three times the time.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

_PLAIN = (str, int, float, type(None))


def insert(model: type[models.Model], instances: Sequence[models.Model]) -> None:
    """Write unsaved instances of a model without fields that fill themselves when saved; they get no key."""
    names = [each.attname for each in _columns(model)]
    insert_values(model, [[getattr(instance, name) for name in names] for instance in instances])


def insert_values(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of values, in the order of the model's fields without its automatic key; relations are keys."""
    if not rows:
        return
    fields = _columns(model)
    by_field = zip(fields, zip(*rows, strict=True), strict=True)
    stored = zip(*(_stored(field, values) for field, values in by_field), strict=True)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({values})"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(stored))


def _columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _stored(field: "models.Field[Any, Any]", values: Iterable[Any]) -> Iterable[Any]:
    """As the database takes them: most are plain and go as they are, save in JSON."""
    if isinstance(field, models.JSONField):
        return [field.get_db_prep_save(value, connection) for value in values]
    return [value if type(value) in _PLAIN else field.get_db_prep_save(value, connection) for value in values]
