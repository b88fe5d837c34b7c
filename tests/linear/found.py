"""The compiled patterns of the apps, wherever a module keeps them, and how each is used."""

import ast
import functools
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from django.urls import URLResolver, get_resolver

APPS = (
    "medinjob",
    "accounts",
    "referentials",
    "companies",
    "jobs",
    "search",
    "candidates",
    "forums",
    "ledger",
    "reports",
)
ROOT = Path(__file__).resolve().parents[2]
# `sub`, `split` and `finditer` walk over the matches as `findall` does.
METHODS = {
    **dict.fromkeys(("sub", "subn", "split", "finditer", "findall"), "findall"),
    **{name: name for name in ("search", "match", "fullmatch")},
}
# They run something when they are imported.
NOT_IMPORTED = {"medinjob.lib.documents.__main__"}


@dataclass(frozen=True)
class Found:
    """`where` is a path of names; `uses` are methods of the pattern, all of them when no use was seen."""

    where: str
    pattern: "re.Pattern[Any]"
    uses: frozenset[str]

    @property
    def of_text(self) -> bool:
        """An address is short, and its pattern reads no text."""
        return not self.where.startswith("address ")


@functools.cache
def modules() -> tuple[ModuleType, ...]:
    names = [name for app in APPS for name in (app, *_names_under(app)) if name not in NOT_IMPORTED]
    return tuple(importlib.import_module(name) for name in names if ".migrations" not in name)


def _names_under(app: str) -> list[str]:
    path = importlib.import_module(app).__path__
    return [info.name for info in pkgutil.walk_packages(path, f"{app}.") if ".settings" not in info.name]


@functools.cache
def patterns() -> tuple[Found, ...]:
    """Each once, under the first name that leads to it."""
    found: dict[int, Found] = {}
    uses = _uses()
    for module in modules():
        for where, pattern in _inside(module.__dict__, module.__name__, set(), deep=0):
            name = where.split("[")[0].rpartition(".")[2]
            known = uses.get(name, frozenset()) if "[" not in where else frozenset()
            found.setdefault(id(pattern), Found(where, pattern, known or frozenset(METHODS.values())))
    for pattern in _of_addresses(get_resolver()):
        found.setdefault(id(pattern), Found(f"address {pattern.pattern}", pattern, frozenset({"search"})))
    return tuple(found.values())


def _inside(value: Any, where: str, seen: set[int], *, deep: int) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    if isinstance(value, re.Pattern):
        yield where, value
        return
    if deep > 6 or id(value) in seen:
        return
    seen.add(id(value))
    for name, part in _parts(value, deep):
        yield from _inside(part, f"{where}{name}", seen, deep=deep + 1)


def _parts(value: Any, deep: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((f".{key}" if deep == 0 else f"[{key!r}]", part) for key, part in list(value.items()))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from ((f"[{rank}]", part) for rank, part in enumerate(value) if rank < 500)
    elif isinstance(value, functools.partial):
        yield "[partial]", (value.args, value.keywords)
    elif isinstance(value, ModuleType):
        return
    elif isinstance(value, type):
        if value.__module__.split(".")[0] in APPS:
            yield from ((f".{name}", part) for name, part in list(vars(value).items()))
    elif callable(value) and hasattr(value, "__wrapped__"):
        yield "[wrapped]", value.__wrapped__
    elif callable(value) and hasattr(value, "__defaults__"):
        yield "[defaults]", (value.__defaults__, value.__kwdefaults__)
        yield "[closure]", [cell.cell_contents for cell in value.__closure__ or () if _is_filled(cell)]
    elif type(value).__module__.split(".")[0] in APPS or hasattr(value, "regex"):
        yield from ((f".{name}", part) for name, part in list(getattr(value, "__dict__", {}).items()))


def _is_filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _of_addresses(resolver: URLResolver) -> Iterator["re.Pattern[str]"]:
    for entry in resolver.url_patterns:
        if entry.lookup_str.split(".")[0] in APPS if not isinstance(entry, URLResolver) else True:
            pattern = getattr(entry.pattern, "regex", None)
            if isinstance(pattern, re.Pattern):
                yield pattern
        if isinstance(entry, URLResolver):
            yield from _of_addresses(entry)


def sources() -> Iterator[tuple[str, ast.Module]]:
    """The production code, parsed."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def _uses() -> Mapping[str, frozenset[str]]:
    """Name of a pattern → the methods called on it anywhere."""
    uses: dict[str, set[str]] = defaultdict(set)
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                uses[node.value.id].add(METHODS[node.attr])
    return {name: frozenset(found) for name, found in uses.items()}
