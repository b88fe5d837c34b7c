"""Checks that the server is what Medinjob needs: when a site starts, and by `search_index check`."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from search.engines.base import EngineError
from search.engines.elastic.connection import engine_errors
from search.engines.elastic.mapping import build_mapping, signature
from search.engines.elastic.writing import IndexNames, indexes_behind

MAJOR, MINOR = 8, 15
PRIVILEGES = ("read", "write", "manage")


def problems(client: Elasticsearch, names: IndexNames) -> list[str]:
    """A sentence for each thing to put right; those that make the others meaningless come alone."""
    try:
        for check in (_version, _privileges, _index):
            if sentences := list(check(client, names)):
                return sentences
    except EngineError as error:
        return [str(error)]
    return []


def _version(client: Elasticsearch, names: IndexNames) -> Iterator[str]:
    with engine_errors():
        number = client.info()["version"]["number"]
    major, minor = (int(part) for part in number.split(".")[:2])
    if major != MAJOR or minor < MINOR:
        yield f"Elasticsearch {number} answers; Medinjob speaks to {MAJOR}.{MINOR} and later versions of {MAJOR}."


def _privileges(client: Elasticsearch, names: IndexNames) -> Iterator[str]:
    pattern = f"{names.current}*"
    wanted: list[dict[str, Any]] = [{"names": [pattern], "privileges": list(PRIVILEGES)}]
    with engine_errors():
        try:
            held = client.security.has_privileges(index=wanted)["index"][pattern]
        except BadRequestError:  # security is off
            return
    if lacking := [privilege for privilege in PRIVILEGES if not held[privilege]]:
        yield f"The key lacks {', '.join(lacking)} on {pattern}: see deploy/elasticsearch-key.json."


def _index(client: Elasticsearch, names: IndexNames) -> Iterator[str]:
    with engine_errors():
        indexes = indexes_behind(client, names.current)
        if not indexes:
            if client.indices.exists(index=names.current):
                yield f"{names.current} is an index of somebody else; Medinjob needs that name for its alias."
            return
        mapping = client.indices.get_mapping(index=names.current)
    for name in indexes:
        stored = mapping[name]["mappings"]
        if stored.get("_meta", {}).get("medinjob") != signature():
            yield f"The index {name} was built by another version: search_index rebuild."
        elif stored["properties"].keys() != build_mapping()["properties"].keys():
            yield f"The mapping of {name} is not ours: search_index rebuild."
