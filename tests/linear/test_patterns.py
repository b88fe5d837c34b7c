"""No text freezes the site: every compiled pattern of the apps reads a long one in linear time."""

import ast
from collections.abc import Iterator

import pytest

from tests.linear.found import Found, patterns, sources
from tests.linear.measuring import slow_shape
from tests.linear.shapes import of_pattern, of_text

pytestmark = pytest.mark.django_db
# Functions that make patterns out of data; what they make is kept by a module, or made in `test_…` of its own.
MAKERS = {
    "accounts/services/forgetting.py:redact",
    "jobs/wording.py:_words",
    "jobs/grave_words.py:_rule",
    "jobs/imports/digital.py:_any_of",
    "medinjob/lib/refill.py:__init__",
    "medinjob/masking.py:_addresses",
    "search/analysis/highlight.py:_candidate_pattern",
}


def problems(found: Found) -> Iterator[str]:
    text = isinstance(found.pattern.pattern, str)
    of_itself = of_pattern(found.pattern, most=90 if found.of_text else 20) if text else []
    shapes = [*(of_text() if found.of_text else ()), *of_itself]
    for use in sorted(found.uses):
        method = getattr(found.pattern, use)
        act = method if text else (lambda value, method=method: method(value.encode("utf-8")))
        said = (slow_shape(act, shape) for shape in shapes)
        if first := next((words for words in said if words), ""):
            yield f"{found.where}.{use}: {first}"


# Half a minute of processor: more of a clock on a busy machine.
@pytest.mark.timeout(900)
def test_every_pattern_is_linear():
    assert len(patterns()) > 60
    assert [problem for found in patterns() for problem in problems(found)] == []


def calls_of_re(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(the function around it, name) for each call of a function of `re`."""
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            around = getattr(node, "name", "lambda")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "escape":
                yield around, node.func.attr
        waiting += ((child, around) for child in ast.iter_child_nodes(node))


def test_no_pattern_hides_in_a_function():
    hidden = {
        f"{path}:{around}"
        for path, tree in sources()
        for around, name in calls_of_re(tree)
        if name != "compile" or around
    }
    assert hidden - MAKERS == set()
    assert MAKERS - hidden == set()
