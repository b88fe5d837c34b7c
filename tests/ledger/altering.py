"""One random alteration of the database behind the services: a column, a row added or taken away, links exchanged."""

from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from ledger.models import Attribution, ChainHead, ChainLink
from ledger.selectors.chain import breaks, chained_models


class UndoError(Exception):
    """Ends a savepoint."""


def plain(model):
    """Not through any service or manager of ours."""
    return models.QuerySet(model)


def columns(model):
    """Those that stand in the chain; all of the chain's own."""
    if model in (ChainLink, ChainHead):
        return [field for field in model._meta.fields if not field.primary_key]
    if model is Attribution:
        return [model._meta.get_field(name) for name in ("edition", "kind", "why")]
    chained = model.chained
    names = [name for name in (*chained.plain, *chained.personal, *chained.digested) if "__" not in name]
    return [model._meta.get_field(name.removesuffix("_id")) for name in names]


def another(field, value):
    if isinstance(field, models.ForeignKey):
        return None if value else 987_654
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + timedelta(microseconds=1)
    if isinstance(field, models.DateField):
        return (value or timezone.localdate()) + timedelta(days=1)
    if isinstance(field, models.JSONField):
        return {**value, "x": 1} if isinstance(value, dict) else [*value, 1]
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    return (value[:-1] + chr(ord(value[-1]) ^ 1)) if value else "x"


def change(row, field):
    plain(type(row)).filter(pk=row.pk).update(**{field.attname: another(field, getattr(row, field.attname))})


def remove(row):
    plain(type(row)).filter(pk=row.pk)._raw_delete("default")


def add(row):
    row.pk = plain(type(row)).order_by("-pk")[0].pk + 1
    row.save_base(force_insert=True, raw=True)


def exchange(row):
    """The row says what its neighbour said."""
    other = plain(type(row)).exclude(pk=row.pk).order_by("pk").first()
    if other is None:
        raise IntegrityError("no neighbour")
    names = [field.attname for field in type(row)._meta.fields if not field.primary_key]
    plain(type(row)).filter(pk=row.pk).update(**{name: getattr(other, name) for name in names})


def found_after(act, *arguments):
    """How many breaks once it is done; None where the database refuses it. It is undone."""
    found = None
    try:
        with transaction.atomic():
            act(*arguments)
            found = len(breaks())
            raise UndoError
    except (UndoError, IntegrityError):
        return found


def alterations_missed(draw, turns):
    """`turns` that the database took, by chance; those that nobody found, in words."""
    missed, taken = [], 0
    while taken < turns:
        models_ = [model for model in (*chained_models(), Attribution, ChainLink, ChainHead) if plain(model).exists()]
        model = draw.choice(models_)
        row = plain(model).get(pk=draw.choice(list(plain(model).values_list("pk", flat=True))))
        acts = [change, change, change, remove] + ([] if model in (ChainHead, Attribution) else [add, exchange])
        act = draw.choice(acts)
        arguments = [row, draw.choice(columns(model))] if act is change else [row]
        found = found_after(act, *arguments)
        taken += found is not None
        if found == 0:
            missed.append(f"{act.__name__} {model.__name__} {[str(one) for one in arguments]}")
    return missed
