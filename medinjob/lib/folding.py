"""Names as lists look for them: one folding, stored beside the name, the same on every database.

Accents, case, strokes (ł, ø, đ), ligatures, apostrophes and hyphens do not matter, nor does the order of the words;
every alphabet is kept. A model has a `FoldedField` beside the name and a `FoldingQuerySet`, which keeps it right
whatever writes the name; `named()` looks there.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import Q

# Letters that no decomposition takes to their base, and that have no "WITH" in their Unicode name.
_LETTERS = str.maketrans({"ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ĸ": "k", "ŋ": "n", "ə": "e", "·": ""})
# Of all shapes, modifier letters and the accents of old keyboards among them.
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛`´ʼʹʻʽʾʿ′＇ꞌ", "'"))
_BASE = re.compile(r"LATIN (?:SMALL LETTER|LETTER SMALL CAPITAL) (?:DOTLESS |LONG )?([A-Z]) WITH ")
# What parts two words inside one: "Jean-Pierre", "N'Diaye", "Dupont/Durand".
_PARTS = re.compile(r"[\W_]+")
LONGEST = 500


def folded(name: str) -> str:
    """Every word after a space, so that its beginning can be looked for; of a word in parts ("N'Diaye") the parts and
    the whole ("n diaye ndiaye")."""
    found: dict[str, None] = {}
    for word in _bare(name).split():
        parts = [part for part in _PARTS.split(word) if part]
        found |= dict.fromkeys(parts)
        if len(parts) > 1:
            found["".join(parts)] = None
    return "".join(f" {part}" for part in found)[:LONGEST]


def looked_for(typed: str) -> list[str]:
    """The words of what was typed: an apostrophe joins, any other sign parts."""
    return list(dict.fromkeys(filter(None, _PARTS.split(_bare(typed).replace("'", "")))))


def name_key(name: str) -> str:
    """The same for two ways to write one name: accents, case and the order of the words do not matter."""
    return " ".join(sorted(looked_for(name))) or name


def named(typed: str, *columns: str, begin: bool = False) -> Q:
    """Rows with every word typed in one of these folded columns; with `begin`, where one of its words begins so."""
    words = looked_for(typed)
    if not words:
        return Q(pk__in=())
    starts = (f" {word}" if begin and _is_spaced(word) else word for word in words)
    return reduce(and_, (reduce(or_, (Q(**{f"{column}__contains": start}) for column in columns)) for start in starts))


def keys_named(rows: "models.QuerySet[Any]", typed: str, *names: str) -> list[Any]:
    """The same for a small table without a folded column: the keys of those rows, whose names are folded here."""
    words = looked_for(typed)
    found = ((key, "".join(folded(name or "") for name in held)) for key, *held in rows.values_list("pk", *names))
    return [key for key, held in found if words and all(word in held for word in words)]


def _is_spaced(word: str) -> bool:
    """Chinese, Japanese and Thai write no space between words."""
    return not any("\u0e00" <= sign <= "\u0eff" or sign >= "\u2e80" for sign in word)


def _bare(text: str) -> str:
    if text.isascii():
        return text.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return "".join(map(_letter, plain.casefold().translate(_LETTERS)))


@lru_cache(4096)
def _letter(char: str) -> str:
    """Its base letter; "" for a mark above or below one."""
    if char.isascii():
        return char
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return ""
    base = _BASE.match(unicodedata.name(char, ""))
    return base[1].lower() if base else char


class FoldedField(models.CharField):
    """What `folded` makes of the field `of`, written with it by whatever writes a row."""

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": LONGEST, "default": "", "editable": False, "db_index": True, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        found = folded(getattr(instance, self.of) or "")
        setattr(instance, self.attname, found)
        return found


def folded_fields(model: type[models.Model]) -> list[FoldedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]


class FoldingQuerySet(models.QuerySet[Any]):
    """Whoever writes a name writes its folded column too: `save` and inserts by the field itself, the rest here."""

    def update(self, **values: Any) -> int:
        fields = [field for field in folded_fields(self.model) if field.of in values and field.name not in values]
        names = {field.name: values[field.of] for field in fields}
        if wrong := [name for name, value in names.items() if not isinstance(value, str)]:
            raise TypeError(f"{wrong} can be made of texts only, not of expressions")
        return super().update(**values, **{name: folded(value) for name, value in names.items()})

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, fields = list(objs), list(fields)
        added = [field for field in folded_fields(self.model) if field.of in fields]
        for row in rows:
            for field in added:
                field.pre_save(row, add=False)
        return super().bulk_update(rows, [*fields, *(field.name for field in added)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        if written := options.get("update_fields"):
            added = [each.name for each in folded_fields(self.model) if each.of in written and each.name not in written]
            options["update_fields"] = [*written, *added]
        return super().bulk_create(objs, *args, **options)

    bulk_create.alters_data = True  # type: ignore[attr-defined]


def fold_rows(model: Any, batch: int = 1000) -> None:
    """Fill the folded columns of the rows that are there: for migrations."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]
    rows = []
    for row in model._base_manager.only("pk", *(field.of for field in fields)).iterator(chunk_size=batch):
        for field in fields:
            field.pre_save(row, add=False)
        rows.append(row)
        if len(rows) == batch:
            model._base_manager.bulk_update(rows, [field.name for field in fields])
            rows = []
    model._base_manager.bulk_update(rows, [field.name for field in fields])
