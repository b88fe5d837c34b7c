"""The archive that proves a frozen report, checked where Medinjob has never been."""

import base64
import json
import random
import subprocess
import sys

import pytest
from django.urls import reverse

from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    CompanyFactory,
    DeclaredFigureFactory,
    EditionFactory,
    OfferFactory,
)
from demo.factories.forums import at
from medinjob.lib.signatures import public_key, sign
from reports.services.signing import proof
from reports.services.snapshots import freeze_report
from reports.verifier import verifier
from tests.reports.conftest import contract, exhibitor
from tests.reports.test_signatures import KEYS

pytestmark = pytest.mark.django_db
ALTERATIONS = 1000


@pytest.fixture
def archive(edition, settings):
    settings.SIGNING_KEY = KEYS[0]
    company = exhibitor(edition, OfferFactory(published=True)).company
    AttendeeFactory.create_batch(3, edition=edition, present=True)
    contract(edition, company)
    return proof(snapshot=freeze_report(edition=edition, by=None, addresses=()))


def run(folder, *arguments):
    """As on a machine that has only Python."""
    command = [sys.executable, "-I", "verifier.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONUTF8": "1"}, check=False)


def given(folder, archive):
    (folder / "verifier.py").write_bytes(verifier.unpacked(archive)["verifier.py"])
    (folder / "preuve.zip").write_bytes(archive)
    return folder


def test_verifier_counts_the_headlines_again_in_an_empty_folder(archive, tmp_path):
    done = run(given(tmp_path, archive), "preuve.zip", "--cle", public_key(KEYS[0]))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Contrats de travail signés 1" in done.stdout
    assert "Participants 3" in done.stdout


def test_verifier_refuses_another_key_and_an_altered_archive(archive, tmp_path):
    given(tmp_path, archive)
    assert run(tmp_path, "preuve.zip", "--cle", public_key(KEYS[1])).returncode == 1
    (tmp_path / "preuve.zip").write_bytes(archive.replace(b'"value":3', b'"value":9', 1))
    assert run(tmp_path, "preuve.zip").returncode == 1


def test_every_byte_that_changes_is_found(archive):
    draw = random.Random(15)
    assert verifier.verify(archive)
    missed = []
    for _turn in range(ALTERATIONS):
        at, by = draw.randrange(len(archive)), draw.randrange(1, 256)
        altered = archive[:at] + bytes([archive[at] ^ by]) + archive[at + 1 :]
        try:
            verifier.verify(altered)
        except verifier.WrongError:
            continue
        missed.append((at, by))
    assert missed == []


def test_anybody_with_the_address_downloads_it(client, edition):
    snapshot = freeze_report(edition=edition, by=None, addresses=())
    answer = client.get(reverse("report-proof", args=[snapshot.token]))
    assert verifier.verify(answer.content)
    assert answer["Content-Disposition"].endswith('.zip"')


def test_figure_that_does_not_follow_from_the_rows_is_told(archive):
    files = verifier.unpacked(archive)
    files[verifier.REPORT] = files[verifier.REPORT].replace(b'"value":3', b'"value":9')
    with pytest.raises(verifier.WrongError, match="le bilan dit 9, les lignes donnent 3"):
        verifier.check_figures(files)


def test_application_that_two_shown_rows_answer_for_is_counted_twice_there_too(edition):
    offer = OfferFactory(published=True)
    stands = [exhibitor(edition, offer), exhibitor(edition, offer, company=CompanyFactory())]
    ApplicationFactory(offer=offer, sent_at=at(edition.event.starts_on, 10))
    snapshot = freeze_report(edition=edition, by=None, addresses=())
    assert (len(stands), json.loads(snapshot.body)["figures"]["applications"]["value"]) == (2, 2)
    assert verifier.verify(proof(snapshot=snapshot))


def test_edition_of_which_figures_are_only_declared_says_that_none_is_counted_again():
    edition = EditionFactory(declared=True)
    DeclaredFigureFactory(event=edition.event, indicator="participants", value=600)
    lines = verifier.verify(proof(snapshot=freeze_report(edition=edition, by=None, addresses=())))
    assert any("ils sont déclarés" in line for line in lines)


def test_pure_python_signatures_are_those_of_the_library():
    draw = random.Random(15)
    for _turn in range(5):
        private, data = base64.b64encode(draw.randbytes(32)).decode(), draw.randbytes(draw.randrange(200)).hex()
        key, signature = (base64.b64decode(text) for text in (public_key(private), sign(private, data)))
        assert verifier.is_signed(key, data.encode(), signature)
        assert not verifier.is_signed(key, data.encode() + b"x", signature)
