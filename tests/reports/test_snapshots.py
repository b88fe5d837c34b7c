"""A frozen report: what it holds, where it goes, how it is verified and compared."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import MailAttachment, OutgoingMail
from accounts.services import send_due_mails
from demo.factories import AttendeeFactory, DeclaredFigureFactory, EditionFactory, OfferFactory
from demo.factories.forums import at
from ledger.enums import LedgerAction
from ledger.models import LedgerEvent
from medinjob.lib.canonical import canonical_json, sha256
from reports.models import Snapshot
from reports.selectors.differences import differences
from reports.services.snapshots import freeze_report
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db


def frozen(edition, *addresses, days=20):
    with time_machine.travel(at(edition.event.ends_on + timedelta(days=days), 12), tick=False):
        return freeze_report(edition=edition, by=None, addresses=addresses)


def test_a_snapshot_is_canonical_json_and_its_digest(edition):
    exhibitor(edition, OfferFactory(published=True))
    snapshot = frozen(edition)
    body = json.loads(snapshot.body)
    assert canonical_json(body) == snapshot.body
    assert sha256(snapshot.body) == snapshot.sha256
    assert body["figures"]["positions"]["value"] == 1


def test_the_same_rows_at_the_same_instant_give_the_same_digest(edition):
    exhibitor(edition, OfferFactory(published=True))
    assert frozen(edition).sha256 == frozen(edition).sha256


def test_a_decimal_is_a_text_in_it(edition):
    AttendeeFactory(edition=edition)
    assert json.loads(frozen(edition).body)["figures"]["attendance-rate"]["value"] == "0.0"


def test_freezing_sends_the_pdf_and_the_digest_to_each_address(edition):
    snapshot = frozen(edition, "a@medinjob.example", "b@medinjob.example")
    send_due_mails()
    assert {message.to[0] for message in mail.outbox} == {"a@medinjob.example", "b@medinjob.example"}
    message = mail.outbox[0]
    name, content, kind = message.attachments[0]
    assert snapshot.sha256 in message.body
    assert (name, kind) == (f"bilan-{edition.event.slug}.pdf", "application/pdf")
    assert snapshot.sha256 in PdfReader(BytesIO(content)).pages[-1].extract_text()


def test_nobody_named_is_nobody_written_to(edition):
    frozen(edition)
    assert not OutgoingMail.objects.exists()
    assert not MailAttachment.objects.exists()


def test_a_later_purge_changes_nothing_in_it(edition):
    AttendeeFactory(edition=edition, present=True)
    before = frozen(edition).body
    edition.attendees.update(name="", email="", user=None)
    assert json.loads(before)["figures"] == json.loads(frozen(edition).body)["figures"]


def test_staff_freeze_by_a_form(as_staff, edition):
    url = reverse("report-snapshots", args=[edition.event.slug])
    assertRedirects(as_staff.post(url, {"addresses": "a@medinjob.example\n a@medinjob.example"}), url)
    assert Snapshot.objects.get().sent_to == ["a@medinjob.example"]


def test_a_wrong_address_freezes_nothing_and_is_said(as_staff, edition):
    url = reverse("report-snapshots", args=[edition.event.slug])
    answer = as_staff.post(url, {"addresses": "a@medinjob.example\npas une adresse"})
    assertContains(answer, "pas", status_code=422)
    assertContains(answer, "n’est pas une adresse e-mail", status_code=422)
    assert not Snapshot.objects.exists()


def test_anybody_verifies_with_the_address(client, edition):
    snapshot = frozen(edition)
    assertContains(client.get(snapshot.get_absolute_url()), snapshot.sha256)
    answer = client.get(reverse("report-verify-file", args=[snapshot.token, "json"]))
    assert sha256(answer.content.decode()) == snapshot.sha256


def test_a_body_that_was_touched_is_denounced(client, edition):
    snapshot = frozen(edition)
    Snapshot.objects.update(body=snapshot.body.replace('"value":0', '"value":9', 1))
    assertContains(client.get(snapshot.get_absolute_url()), "ne sont plus celles qui ont été figées")


def test_pdf_of_a_snapshot_is_tagged_french_and_has_its_digest(client, edition):
    snapshot = frozen(edition)
    reader = PdfReader(BytesIO(client.get(reverse("report-verify-file", args=[snapshot.token, "pdf"])).content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "Bilan" in reader.pages[0].extract_text()


def test_pdf_of_a_declared_edition_says_so(client):
    edition = EditionFactory(declared=True)
    DeclaredFigureFactory(event=edition.event, indicator="participants", value=600)
    snapshot = freeze_report(edition=edition, by=None, addresses=[])
    pdf = client.get(reverse("report-verify-file", args=[snapshot.token, "pdf"])).content
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert ("600" in text, "non vérifiables" in text) == (True, True)


def test_an_unknown_kind_of_file_is_not_there(client, edition):
    assert client.get(reverse("report-verify-file", args=[frozen(edition).token, "exe"])).status_code == 404


def test_two_snapshots_differ_by_what_happened_between(edition):
    company = exhibitor(edition).company
    before = frozen(edition)
    contract(edition, company)
    found = differences(json.loads(before.body), json.loads(frozen(edition, days=30).body))
    assert [(row.label, row.before, row.after) for row in found if not row.where][:1] == [
        ("Contrats de travail signés", "0", "1")
    ]
    assert ("0", "1") in {(row.before, row.after) for row in found if row.where == "Type de contrat\u00a0: CDI"}


def test_equal_snapshots_do_not_differ(as_staff, edition):
    frozen(edition), frozen(edition, days=30)
    assertContains(as_staff.get(reverse("report-compare", args=[edition.event.slug])), "Aucune différence")


def test_a_difference_opens_the_events_that_made_it(as_staff, edition):
    company = exhibitor(edition).company
    entry = contract(edition, company)
    pair = frozen(edition), frozen(edition, days=30)
    for days, reason in ((25, "Corrigé au téléphone"), (35, "Trop tard")):
        at_ = at(edition.event.ends_on + timedelta(days=days), 12)
        LedgerEvent.objects.create(entry=entry, action=LedgerAction.CORRECT, reason=reason, at=at_)
    query = {"before": pair[0].pk, "after": pair[1].pk}
    answer = as_staff.get(reverse("report-changes", args=[edition.event.slug, "contracts"]), query)
    assertContains(answer, "Corrigé au téléphone")
    assertNotContains(answer, "Trop tard")


@pytest.mark.parametrize("asked", [{}, {"before": "x", "after": "1"}, {"before": "9" * 30, "after": "-1"}])
def test_comparing_without_two_snapshots_says_so(as_staff, edition, asked):
    frozen(edition)
    assertContains(
        as_staff.get(reverse("report-compare", args=[edition.event.slug]), asked), "Il faut deux instantanés"
    )
