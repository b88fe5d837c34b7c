"""All results are read from one to the next, beyond what pages reach."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.utils import timezone

from demo.factories import CommuneFactory
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.service.search import search
from search.web import feeds
from tests.search.contract.conftest import Publish

COUNT = 7
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def offers(publish: Publish) -> list[int]:
    aix = CommuneFactory(aix=True)
    now = timezone.now()
    made = [
        publish(f"Développeur {day}", place=aix, published_at=now - timedelta(days=day)) for day in range(COUNT - 1)
    ]
    return [offer.pk for (offer,) in [*made, publish("Développeur sans lieu", published_at=now - timedelta(days=9))]]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "développeur"},
        {"q": "développeur", "sort": "date"},
        {"q": "développeur", "sort": "pay"},
        {"q": "développeur", "contract": "cdi"},
        {"place": "Aix-en-Provence", "sort": "distance", "radius": "300"},
    ],
)
def test_walk_meets_every_offer_once(offers, query):
    criteria = SearchCriteria.from_query(query)
    met, after = [], ""
    while len(met) <= COUNT:
        result = search(criteria, size=2, after=after)
        met += [hit.id for hit in result.hits]
        after = result.after
        if not after:
            break
    assert len(met) == search(criteria).total
    assert set(met) == {hit.id for hit in search(criteria).hits}


def test_pages_show_every_one_of_equal_offers_once(publish):
    made = [publish("Développeur")[0].pk for _ in range(COUNT)]
    pages = [SearchCriteria.from_query({"q": "développeur", "page": str(page)}) for page in (1, 2, 3)]
    assert sorted(hit.id for page in pages for hit in search(page, size=3).hits) == sorted(made)


def test_walk_of_the_api_follows_its_links(offers, client, monkeypatch):
    monkeypatch.setattr("search.service.results.MAX_DEPTH", 4)
    answer, ids = client.get("/api/v1/offers/?q=développeur&page_size=2").json(), []
    for _ in range(COUNT):
        ids += [row["id"] for row in answer["results"]]
        if answer["next"] is None:
            break
        answer = client.get(answer["next"]).json()
        assert answer["count"] == COUNT
    assert sorted(ids) == sorted(offers)


def test_cursor_of_one_search_is_no_good_for_another(offers, client):
    cursor = client.get("/api/v1/offers/?q=développeur&page_size=2").json()["cursor"]
    assert client.get(f"/api/v1/offers/?q=développeur&page_size=3&cursor={cursor}").status_code == 200
    for query in (f"q=python&cursor={cursor}", f"q=développeur&cursor={cursor}x", "cursor=1"):
        assert client.get(f"/api/v1/offers/?{query}").status_code == 404


def test_walk_waits_for_the_engine(offers, client, settings, tmp_path):
    url = client.get("/api/v1/offers/?page_size=2").json()["cursor"]
    settings.SEARCH_URL, settings.SEARCH_INDEX_DIR = "tantivy:", tmp_path / "nowhere"
    get_engine.cache_clear()
    assert client.get(f"/api/v1/offers/?cursor={url}").status_code == 503


def test_feed_leads_to_its_following_parts(offers, client, monkeypatch):
    monkeypatch.setattr(feeds, "FEED_SIZE", 3)
    address, titles = "/offres/flux.atom?q=développeur", []

    def read(address: str) -> Any:
        found = fromstring(client.get(address).content)
        titles.extend(entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry"))
        return next((link.get("href") for link in found.findall(f"{ATOM}link") if link.get("rel") == "next"), None)

    for _ in range(COUNT):
        if (address := read(address)) is None:
            break
    assert titles == [*(f"Développeur {day}" for day in range(COUNT - 1)), "Développeur sans lieu"]
