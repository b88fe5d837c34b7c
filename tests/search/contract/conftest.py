"""The behaviour that every engine owes. A new engine is one line here."""

from collections.abc import Callable
from typing import Any

import pytest

from demo.factories import OfferFactory
from jobs.models import Offer
from search.criteria import SearchCriteria
from search.service.results import ResultPage
from search.service.search import search

ENGINES = ("tantivy", "elasticsearch")

Publish = Callable[..., list[Offer]]


@pytest.fixture(params=ENGINES, autouse=True)
def _engine(request: Any, db: None) -> None:
    request.getfixturevalue(request.param)


@pytest.fixture
def publish(index: Callable[[], None]) -> Publish:
    """`publish("Title", "Other", text=…, place=…)` makes offers that say nothing else, and indexes them."""

    def make(*titles: str, **fields: Any) -> list[Offer]:
        fields = {"text": "", "published": True, "company": None, **fields}
        offers = [OfferFactory(title=title, **fields) for title in titles]
        index()
        return offers

    return make


def asked(**query: Any) -> ResultPage:
    """A search by query string: `asked(q="python", contract=["cdi"])`."""
    return search(SearchCriteria.from_query(query))


def titles(**query: Any) -> list[str]:
    return [hit.title for hit in asked(**query).hits]
