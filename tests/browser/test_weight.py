"""What a browser loads at a first visit: little, and nothing of other pages."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from demo.factories import CommuneFactory, OccupationFactory, OfferFactory
from medinjob.lib.stylesheet import PARTS, stylesheet

pytestmark = pytest.mark.django_db(transaction=True)
MOST_BYTES, MOST_REQUESTS = 60_000, 8


@pytest.fixture
def offer(index):
    offer, *_ = OfferFactory.create_batch(
        25,
        published=True,
        place=CommuneFactory(aix=True),
        occupations=[OccupationFactory(web=True)],
        text="Vous concevez des services. " * 150,
    )
    index()
    return offer


def loaded(page_at, address: str) -> dict[str, int]:
    """The compressed bytes of all that the page loads, by path."""
    page: Page = page_at("/robots.txt")
    bodies: dict[str, int] = {}
    page.on("response", lambda one: bodies.update({one.url.split("?")[0]: len(gzip.compress(one.body()))}))
    page.goto(page.url.replace("/robots.txt", address), wait_until="networkidle")
    return bodies


@pytest.mark.parametrize("name", ["home", "search", "offer"])
def test_first_visit_is_light(page_at, offer, name):
    addresses = {"home": "/", "search": "/offres/", "offer": offer.get_absolute_url()}
    bodies = loaded(page_at, addresses[name])
    assert len(bodies) <= MOST_REQUESTS, sorted(bodies)
    assert sum(bodies.values()) <= MOST_BYTES, bodies


def test_page_brings_only_its_own_scripts(page_at, offer):
    scripts = {Path(path).name for path in loaded(page_at, offer.get_absolute_url()) if path.endswith(".js")}
    assert scripts == {"htmx-2.min.js", "medinjob.js", "copy-link.js"}


def test_every_part_of_the_look_is_in_the_stylesheet():
    assert {path.stem for path in Path(settings.BASE_DIR, "static", "css").glob("*.css")} == set(PARTS)


def test_look_is_kept_by_browsers_under_an_address_of_its_own(client):
    assert "immutable" in client.get(reverse("stylesheet", args=[stylesheet().digest]))["Cache-Control"]
    assert "no-cache" in client.get(reverse("stylesheet", args=["of-another-release"]))["Cache-Control"]
