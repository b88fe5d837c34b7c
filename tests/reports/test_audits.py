"""The auditor's link: read-only, expiring, logged, pseudonymised; names for the drawn sample alone."""

import random
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from demo.factories import AttendeeFactory, AuditLinkFactory, OfferFactory, UserFactory
from forums.errors import ForumError
from reports.links import audit_url
from reports.models import AuditLink
from reports.selectors.columns import COLUMNS
from reports.services.audits import draw_sample
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db

NAME = "Camille Inoubliable"


@pytest.fixture
def link(edition):
    return AuditLinkFactory(edition=edition)


@pytest.fixture
def address(link):
    return audit_url(link.pk)


@pytest.mark.usefixtures("still")
def test_staff_make_a_link(as_staff, edition, staff):
    url = reverse("audit-links", args=[edition.event.slug])
    assertRedirects(as_staff.post(url, {"name": "Contrôle", "email": "", "days": 10}), url)
    link = edition.audit_links.get()
    assert (link.created_by, link.expires_at) == (staff, timezone.now() + timedelta(days=10))
    assertContains(as_staff.get(url), audit_url(link.pk))


@pytest.mark.parametrize("data", [{}, {"name": "Contrôle", "days": 0}, {"name": "Contrôle", "days": 10_000}])
def test_a_wrong_link_is_said_beside_its_field(as_staff, edition, data):
    answer = as_staff.post(reverse("audit-links", args=[edition.event.slug]), data)
    assert (answer.status_code, edition.audit_links.count()) == (422, 0)


def test_auditor_reads_the_figures_without_an_account(client, address, edition):
    AttendeeFactory(edition=edition, present=True)
    assertContains(client.get(address), "Participants")


def test_rows_have_no_name(client, address, edition):
    person = AttendeeFactory(
        edition=edition, present=True, user=UserFactory(name=NAME, email="oubliez@medinjob.example")
    )
    offer = OfferFactory(published=True)
    contract(edition, exhibitor(edition, offer).company, name=NAME, attendee=person)
    for indicator in ("participants", "contracts", "entries"):
        answer = client.get(f"{address}{indicator}/")
        assertContains(answer, "1 ligne")
        assertNotContains(answer, NAME)
        assertNotContains(answer, "oubliez@")


def test_every_column_that_says_who_is_personal():
    """A name or an address among the columns of an auditor would be seen here."""
    shown = {str(column.label) for columns in COLUMNS.values() for column in columns if not column.personal}
    assert shown.isdisjoint({"Nom", "Adresse e-mail"})


def test_the_same_person_has_the_same_pseudonym_on_each_page(client, address, edition):
    AttendeeFactory(edition=edition, present=True)
    pages = [client.get(f"{address}{slug}/").content.decode() for slug in ("participants", "entries")]
    first, second = (re.search(r"<td>([0-9a-f]{10})</td>", page) for page in pages)
    assert first[1] == second[1]


def test_each_page_opened_is_written_down_without_the_token(client, address, link):
    client.get(address)
    client.get(f"{address}participants/?kind=candidate")
    pages = list(link.visits.order_by("id").values_list("page", flat=True))
    assert pages == ["/forum/controle/…/", "/forum/controle/…/participants/?kind=candidate"]


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(1)}])
def test_an_ended_link_opens_nothing(client, address, link, change):
    AuditLink.objects.update(**change)
    for page in ("", "participants/", "echantillon/"):
        assert client.get(f"{address}{page}").status_code == 410
    assert not link.visits.exists()


@pytest.mark.parametrize("token", ["x", "MQ:1abc:forged", "0"])
def test_a_forged_link_is_not_there(client, link, token):
    assert client.get(reverse("audit", args=[token])).status_code == 404


def test_staff_revoke_at_once(as_staff, address, link, edition):
    as_staff.post(reverse("audit-revoke", args=[edition.event.slug, link.pk]))
    assert as_staff.get(address).status_code == 410


def test_a_link_of_another_edition_is_not_revoked_here(as_staff, edition):
    other = AuditLinkFactory()
    assert as_staff.post(reverse("audit-revoke", args=[edition.event.slug, other.pk])).status_code == 404


def test_sample_shows_names_and_evidence_of_the_drawn_only(client, address, edition):
    company = exhibitor(edition).company
    entries = [contract(edition, company, name=f"Personne Tirable {n}") for n in range(5)]
    assertNotContains(client.get(f"{address}echantillon/"), "Tirable")
    assertRedirects(client.post(f"{address}echantillon/", {"size": 2}), f"{address}echantillon/")
    text = client.get(f"{address}echantillon/").content.decode()
    assert sum(entry.name in text for entry in entries) == 2
    assert "Déclaré par l&#x27;entreprise" in text


def test_sample_can_be_drawn_again_from_its_seed(link, edition):
    company = exhibitor(edition).company
    ids = [contract(edition, company).pk for _ in range(9)]
    draw_sample(link=link, size=3)
    assert link.sample == sorted(random.Random(link.seed).sample(ids, 3))


def test_sample_is_drawn_once(link, edition):
    company = exhibitor(edition).company
    for _ in range(9):
        contract(edition, company)
    draw_sample(link=link, size=3)
    first = link.sample
    with pytest.raises(ForumError):
        draw_sample(link=link, size=9)
    link.refresh_from_db()
    assert link.sample == first


@pytest.mark.parametrize("size", ["", "0", "51", "beaucoup"])
def test_a_wrong_size_draws_nothing(client, address, link, size):
    assert client.post(f"{address}echantillon/", {"size": size}).status_code == 422
    link.refresh_from_db()
    assert link.drawn_at is None
