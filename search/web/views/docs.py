"""The read API explained on a page of the site, from the same OpenAPI schema that programs read."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator


class Parameter(NamedTuple):
    name: str
    kind: str
    values: list[str]
    description: str


class Operation(NamedTuple):
    """One address of the API: what it takes and the fields it answers with, those of an inner object indented."""

    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    fields: list[tuple[str, str]]
    statuses: list[str]


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "search/api_docs.html", {"operations": _operations(get_language() or "")})


@lru_cache
def _operations(_language: str) -> list[Operation]:
    schema = SchemaGenerator(api_version="1").get_schema(request=None, public=True)
    return [_operation(path, item["get"], schema) for path, item in schema["paths"].items()]


def _operation(path: str, item: dict[str, Any], schema: dict[str, Any]) -> Operation:
    content = item["responses"]["200"]["content"]["application/json"]["schema"]
    parameters = [parameter for parameter in item.get("parameters", []) if parameter["in"] == "query"]
    return Operation(
        path=path,
        summary=str(item.get("summary", "")),
        description=str(item.get("description", "")),
        parameters=[_parameter(parameter) for parameter in parameters],
        fields=list(_fields(content, schema)),
        statuses=list(item["responses"]),
    )


def _parameter(item: dict[str, Any]) -> Parameter:
    shape = item["schema"]
    inner = shape.get("items", shape)
    kind = inner.get("type", "string") + ("…" if shape.get("type") == "array" else "")
    return Parameter(
        item["name"], kind, [str(value) for value in inner.get("enum", [])], str(item.get("description", ""))
    )


def _fields(shape: dict[str, Any], schema: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(dotted name, type) of each field, down to the leaves."""
    for name, field in _resolved(shape, schema).get("properties", {}).items():
        kind = _kind(field)
        yield f"{prefix}{name}", kind
        inner = field.get("items") or field
        yield from _fields(inner, schema, f"{prefix}{name}{'[]' if kind == 'array' else ''}.")


def _resolved(shape: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The shape behind a reference, a nullable reference included."""
    for option in (shape, *shape.get("allOf", []), *shape.get("oneOf", [])):
        if "$ref" in option:
            component: dict[str, Any] = schema["components"]["schemas"][option["$ref"].rsplit("/", 1)[1]]
            return component
    return shape


def _kind(field: dict[str, Any]) -> str:
    return str(field.get("format") or field.get("type") or "object")
