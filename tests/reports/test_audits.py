"""The auditor's link: read-only, expiring, logged, pseudonymised; names for the drawn sample alone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from demo.factories import AttendeeFactory, AuditLinkFactory, OfferFactory, UserFactory
from reports.links import audit_url
from reports.models import AuditLink
from reports.selectors.columns import COLUMNS
from reports.services.snapshots import freeze_report
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db

NAME = "Camille Inoubliable"


@pytest.fixture
def link(edition):
    """From before audits were of a frozen report."""
    return AuditLinkFactory(edition=edition)


@pytest.fixture
def address(link):
    return audit_url(link.pk)


@pytest.mark.usefixtures("still")
def test_staff_make_a_link(as_staff, edition, staff):
    url = reverse("audit-links", args=[edition.event.slug])
    snapshot = freeze_report(edition=edition, by=None, addresses=())
    data = {"name": "Contrôle", "email": "", "days": 10, "snapshot": snapshot.pk}
    assertRedirects(as_staff.post(url, data), url)
    link = edition.audit_links.get()
    assert link.snapshot == snapshot
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


def test_link_from_before_says_what_it_is_and_shows_what_it_drew(client, edition):
    entry = contract(edition, exhibitor(edition).company, name="Personne Tirée")
    url = audit_url(AuditLinkFactory(edition=edition, sample=[entry.pk], seed="ab", drawn_at=timezone.now()).pk)
    assertContains(client.get(url), "Ce lien lit les chiffres du jour")
    assertContains(client.get(f"{url}echantillon/"), "Personne Tirée")
    assert client.post(f"{url}echantillon/", {"number": 1, "size": 1}).status_code == 404
