"""Whole functions of text, too: each public function of the apps that takes one reads a long one in linear time."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from referentials.selectors.skills import SkillIndex
from search.analysis.highlight import Highlighter
from search.criteria import SearchCriteria
from search.query.spelling import Vocabulary
from tests.linear.found import modules
from tests.linear.measuring import slow_shape
from tests.linear.shapes import of_text

pytestmark = pytest.mark.django_db
WRITING = (".services", ".management", ".views", ".tasks", ".backup", ".api")
# They take names of our own or read the disk; no stranger's text reaches them.
NOT_OF_TEXT = {
    "jobs.imports.addresses.inside",
    "search.engines.elastic.connection.connect",
    "search.service.facet_labels.labels_of",
    "medinjob.lib.qr.qr_svg",  # raises past 2 953 characters
}
OTHERS: dict[str, Callable[[str], object]] = {
    "Vocabulary.corrected": Vocabulary.of({"python": 90, "data": 80, "scientist": 70}).corrected,
    "Vocabulary.halves": Vocabulary.of({"python": 90, "data": 80, "scientist": 70}).halves,
    "SkillIndex.mentioned_in": SkillIndex([("c-sharp", "C#", [], True), ("net", ".NET", [], True)]).mentioned_in,
    "SearchCriteria.q": lambda text: SearchCriteria.from_query({"q": [text], "place": [text]}),
    "SearchCriteria.facets": lambda text: SearchCriteria.from_query({"sector": text.split(), "company": [text]}),
    "highlight": Highlighter([("python",), ("a", "data")]).passage,
}


def functions() -> Iterator[tuple[str, Callable[[str], object]]]:
    for module in modules():
        if any(f"{part}." in f"{module.__name__}." for part in WRITING):
            continue
        for name, function in vars(module).items():
            path = f"{module.__name__}.{name}"
            public = not name.startswith("_") and path not in NOT_OF_TEXT and _is_own(function, module.__name__)
            if public and (number := _texts_wanted(function)):
                yield path, _called(function, number)
    yield from OTHERS.items()


def _is_own(function: Any, module: str) -> bool:
    return callable(function) and not isinstance(function, type) and getattr(function, "__module__", "") == module


def _texts_wanted(function: Any) -> int:
    """How many texts the function takes and nothing else; 0 for another kind of function."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 0
    needed = [item for item in parameters if item.default is item.empty and item.kind is not item.VAR_KEYWORD]
    plain = all(item.annotation in {str, "str"} and item.kind is not item.KEYWORD_ONLY for item in needed)
    return len(needed) if plain else 0


def _called(function: Any, number: int) -> Callable[[str], object]:
    # A cache would answer the second time: what is behind it is measured.
    function = inspect.unwrap(function)

    def call(text: str) -> object:
        try:
            result = function(*[text] * number)
        except (NameError, AttributeError, ImportError):
            raise
        except Exception:  # a refusal, which must be quick too
            return None
        return list(result) if isinstance(result, Iterator) else result

    return call


@pytest.fixture(scope="module")
def named() -> dict[str, Callable[[str], object]]:
    return dict(functions())


def test_every_function_of_text_is_linear(named):
    assert {"medinjob.lib.text.to_html", "medinjob.lib.money.parse_pay", "jobs.wording.remarks"} <= named.keys()
    slow = [
        f"{name}: {said}"
        for name, act in named.items()
        for shape in of_text()
        if (said := slow_shape(act, shape, quick=0.02))
    ]
    assert slow == []
