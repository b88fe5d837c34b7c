"""Every page of the site, for those who see it: the pages are those of the permission table, so that a new URL is
looked at without a line here. `OTHERS` adds what a URL alone does not show: errors, results, nothing found."""

from typing import NamedTuple

import pytest
from django.urls import reverse

from demo.factories import CommuneFactory, OfferFactory, SessionFactory, StaffFactory, TrainingFactory
from tests.browser.accessible import assert_accessible
from tests.permissions.table import TABLE
from tests.permissions.world import people, things

pytestmark = pytest.mark.django_db(transaction=True)

# Answers for machines, and files.
NO_PAGES = {
    *("api-offers", "api-offer", "api-companies", "api-schema", "search-feed", "suggest", "occupation-names"),
    *(
        "robots",
        "stylesheet",
        "signing-keys",
        "sitemap",
        "sitemap-section",
        "inbox-export",
        "cv",
        "cv-beside",
        "draft-cv",
        "my-data-export",
    ),
    *("edition-calendar", "badge-pdf", "edition-badges-pdf", "ledger-export"),
    *(
        "report-file",
        "report-rows-file",
        "report-grants-file",
        "report-verify-file",
        "report-proof",
        "audit-conclusion",
        "api-edition-report",
    ),
    "import-run-refused",
}


class Other(NamedTuple):
    name: str
    address: str
    status: int = 200
    lang: str = "fr"


OTHERS = [
    Other("not found", "/nulle-part/", 404),
    Other("english home", "/en/", lang="en"),
    Other("english search", "/en/offres/?q=python&remote=partial", lang="en"),
    Other("results", "/offres/?q=python&contract=cdi&place=Aix-en-Provence&radius=50"),
    Other("nothing found", "/offres/?q=python&contract=stage"),
    Other("wrong parameters", "/offres/?contract=nonsense&page=minus-one&place=Nowhere-at-all"),
    Other("trainings", "/formations/"),
    Other("password link dead", "/compte/password/reset/key/1-dead-link/"),
    Other("address link dead", "/compte/confirm-email/dead/"),
]


def viewers() -> list[tuple[str, str]]:
    """(URL name, role): visitors where they may; else a candidate and a company's administrator, whose pages differ in
    what they hold; else who may."""
    seen = []
    for name, line in TABLE.items():
        allowed = [role for role, answer in line.get.items() if answer == "200"]
        if name in NO_PAGES or not allowed:
            continue
        both = [role for role in ("candidate", "admin") if role in allowed]
        seen += [(name, role) for role in (["anonymous"] if "anonymous" in allowed else both or allowed[:1])]
    return seen


@pytest.fixture
def results(index):
    """Enough offers for two pages, one training with a session, all in the index."""
    aix = CommuneFactory(aix=True)
    OfferFactory.create_batch(22, published=True, place=aix)
    SessionFactory(offer=TrainingFactory(published=True, place=aix))
    index()


@pytest.mark.parametrize(("name", "role"), viewers())
def test_page_is_accessible_on_every_screen(name, role, page_at):
    users = people()
    values = things(users)
    page = page_at(reverse(name, args=[values[arg] for arg in TABLE[name].args]), user=users[role])
    assert page.answer.status == 200
    assert_accessible(page)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name.replace(" ", "-"))
def test_other_sight_is_accessible_on_every_screen(other, results, page_at):
    page = page_at(other.address)
    assert page.answer.status == other.status
    assert_accessible(page, lang=other.lang)


def test_home_with_offers_is_accessible_on_every_screen(results, page_at):
    assert_accessible(page_at("/"))


def test_offer_with_similar_ones_is_accessible_on_every_screen(results, page_at):
    page = page_at("/offres/?q=python")
    page.locator(".offer h2 a").first.click()
    page.wait_for_url("**/offres/*-*/")
    assert_accessible(page)


def test_expired_offer_is_accessible_on_every_screen(results, page_at):
    page = page_at(OfferFactory(expired=True).get_absolute_url())
    assert page.answer.status == 410
    assert_accessible(page)


def test_header_of_staff_is_accessible_on_every_screen(page_at):
    assert_accessible(page_at("/mentions-legales/", user=StaffFactory()))
