"""The signature of a frozen report, and the keys by which anybody checks it."""

import base64
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains

from demo.factories import CompanyFactory
from ledger.selectors.chain import breaks
from medinjob.lib.signatures import is_signed, key_id, public_key
from reports.models import Snapshot
from reports.services.audits import create_audit_link, draw_contracts, revoke_audit_link
from reports.services.signing import public_keys
from reports.services.snapshots import freeze_report
from tests.reports.conftest import contract

pytestmark = pytest.mark.django_db
KEYS = [base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2)]


@pytest.fixture
def signing(settings):
    settings.SIGNING_KEY = KEYS[0]
    return public_key(KEYS[0])


def frozen(edition):
    return freeze_report(edition=edition, by=None, addresses=())


def test_freezing_signs_the_canonical_json(edition, signing):
    snapshot = frozen(edition)
    assert snapshot.key == signing
    assert is_signed(signing, snapshot.body, snapshot.signature)
    assert not is_signed(signing, snapshot.body + " ", snapshot.signature)


def test_site_without_a_key_says_so(client, edition):
    snapshot = frozen(edition)
    assert (snapshot.key, snapshot.signature) == ("", "")
    assertContains(client.get(snapshot.get_absolute_url()), "n’est pas signé")


def test_pages_say_whether_the_signature_is_right(client, edition, signing):
    snapshot = frozen(edition)
    assertContains(client.get(snapshot.get_absolute_url()), key_id(signing))
    Snapshot.objects.update(signature=base64.b64encode(bytes(64)).decode())
    assertContains(client.get(snapshot.get_absolute_url()), "La signature ne correspond pas")


def test_pdf_prints_the_key(client, edition, signing):
    pdf = client.get(reverse("report-verify-file", args=[frozen(edition).token, "pdf"])).content
    assert key_id(signing) in PdfReader(BytesIO(pdf)).pages[-1].extract_text()


def test_keys_that_signed_before_stay_known_after_a_rotation(client, edition, signing, settings):
    settings.SIGNING_OLD_KEYS, settings.SIGNING_KEY = [signing], KEYS[1]
    keys = client.get("/.well-known/medinjob-keys.json").json()["keys"]
    assert [key["public"] for key in keys] == [public_key(KEYS[1]), signing]


def test_snapshots_and_audits_stand_in_the_chain(edition, signing):
    contract(edition, CompanyFactory())
    told = {"edition": edition, "name": "Région", "email": "", "days": 3, "by": None}
    link = create_audit_link(**told, snapshot=frozen(edition))
    draw_contracts(link=link, number=4, size=1)
    revoke_audit_link(link=link)
    assert breaks() == []
    Snapshot.objects.update(detail="{}")
    assert [one.kind for one in breaks()] == ["snapshot"]


def test_key_that_is_none_stops_no_freezing(edition, settings, caplog):
    """The check refuses it before the site starts; one that came past the check is said in the journal."""
    settings.SIGNING_KEY = "pas une clé"
    snapshot = freeze_report(edition=edition, by=None, addresses=())
    assert (snapshot.key, snapshot.signature) == ("", "")
    assert "no key" in caplog.text
    assert public_keys() == []
