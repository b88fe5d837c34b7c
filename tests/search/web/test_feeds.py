"""The Atom feed of a search."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.utils import timezone

from demo.factories import CommuneFactory, CompanyFactory, OfferFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, query=""):
    response = client.get(f"/offres/flux.atom{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(response.content)


def test_feed_has_the_offers_of_the_search_newest_first(client, index):
    for days in (3, 1, 2):
        OfferFactory(published=True, title=f"Python {days}", published_at=timezone.now() - timedelta(days=days))
    OfferFactory(published=True, title="Comptable", text="Rien")
    index()
    titles = [entry.findtext(f"{ATOM}title") for entry in feed(client, "?q=python").iter(f"{ATOM}entry")]
    assert titles == ["Python 1", "Python 2", "Python 3"]


def test_entry_leads_to_its_offer_and_says_who_and_where(client, index):
    offer = OfferFactory(published=True, company=CompanyFactory(name="Atelier"), place=CommuneFactory(aix=True))
    index()
    entry = feed(client).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{offer.get_absolute_url()}"
    assert entry.findtext(f"{ATOM}summary") == "Atelier · Aix-en-Provence · CDI · Télétravail partiel"


def test_feed_says_what_it_follows_and_where_its_page_is(client, index):
    index()
    found = feed(client, "?q=python&contract=cdi")
    assert found.findtext(f"{ATOM}title") == "Medinjob : python"
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/offres/?q=python&contract=cdi",
        "self": "http://testserver/offres/flux.atom?q=python&contract=cdi",
    }


def test_page_leads_to_the_feed_of_its_search(client, index):
    index()
    html = client.get("/offres/?q=python&sort=date&page=1").content.decode()
    assert 'type="application/atom+xml" href="/offres/flux.atom?q=python"' in html


def test_reader_that_has_it_already_is_not_sent_it_again(client, index):
    OfferFactory(published=True)
    index()
    first = client.get("/offres/flux.atom")
    again = client.get("/offres/flux.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
