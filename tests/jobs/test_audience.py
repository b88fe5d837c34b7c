from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from demo.factories import CompanyFactory, OfferFactory
from jobs.models import OfferAudience
from jobs.services.audience import count_external_click, count_view
from medinjob.lib.visitors import is_person

pytestmark = pytest.mark.django_db
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def apply_url(offer):
    return reverse("offer-apply-external", args=[offer.pk])


def numbers():
    return list(OfferAudience.objects.order_by("day").values_list("views", "external_clicks"))


def test_views_and_clicks_are_counted_by_day():
    offer = OfferFactory(published=True)
    for _ in range(3):
        count_view(offer_id=offer.pk)
    count_external_click(offer_id=offer.pk)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        count_view(offer_id=offer.pk)
    assert numbers() == [(3, 1), (1, 0)]


def test_day_is_that_of_paris():
    offer = OfferFactory(published=True)
    with time_machine.travel("2026-07-01T22:30:00Z", tick=False):
        count_view(offer_id=offer.pk)
    assert OfferAudience.objects.get().day.isoformat() == "2026-07-02"


def test_applying_elsewhere_leads_there_and_is_counted(client):
    offer = OfferFactory(published=True, external=True)
    answer = client.get(apply_url(offer), headers=FIREFOX)
    assert (answer.status_code, answer.url) == (302, offer.apply_url)
    assert numbers() == [(0, 1)]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5"},
        {"User-Agent": ""},
        {**FIREFOX, "Sec-Purpose": "prefetch;prerender"},
        {**FIREFOX, "Purpose": "prefetch"},
    ],
)
def test_robots_and_prefetches_are_not_counted(headers, client):
    client.get(apply_url(OfferFactory(published=True, external=True)), headers=headers)
    assert numbers() == []


def test_asking_for_headers_only_is_not_counted(client):
    assert client.head(apply_url(OfferFactory(published=True, external=True)), headers=FIREFOX).status_code == 302
    assert numbers() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"expired": True, "external": True},
        {"overdue": True, "external": True},
        {"paused": True, "external": True},
        {"published": True},
    ],
)
def test_offer_that_is_over_or_applied_to_here_leads_to_its_page(fields, client):
    offer = OfferFactory(**fields)
    assert client.get(apply_url(offer), headers=FIREFOX).url == offer.get_absolute_url()
    assert numbers() == []


def test_refused_companys_address_is_not_linked_to(client):
    offer = OfferFactory(published=True, external=True, company=CompanyFactory(refused=True))
    assert client.get(apply_url(offer), headers=FIREFOX).status_code == 404


def test_posting_to_the_way_out_is_refused(client):
    assert client.post(apply_url(OfferFactory(published=True, external=True))).status_code == 405


def test_ordinary_browsers_are_people():
    assert is_person(FIREFOX)
