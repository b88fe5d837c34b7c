"""Time stamps of frozen reports: by an authority on this machine, an expired one, one nobody vouches for, and none."""

import shutil
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.asserts import assertContains

from accounts.models import OutgoingMail
from demo.factories import StaffFactory
from medinjob.lib.time_stamps import request_for
from reports.models import TimeStamp
from reports.services.signing import proof
from reports.services.snapshots import freeze_report
from reports.services.time_stamps import MOST_ATTEMPTS, ask_due_stamps
from reports.verifier import verifier
from tests.reports.authority import Authority, openssl, serving

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl")]


@pytest.fixture
def authority(tmp_path, settings):
    made = Authority(tmp_path / "tsa")
    with serving(made) as url:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = url, made.roots
        yield made


def frozen(edition):
    return freeze_report(edition=edition, by=None, addresses=())


def test_freezing_asks_nobody_and_the_task_obtains_the_stamp(edition, authority, client):
    snapshot = frozen(edition)
    assert authority.asked == 0
    assertContains(client.get(snapshot.get_absolute_url()), "pas encore obtenu")
    assert (ask_due_stamps(), ask_due_stamps(), authority.asked) == (1, 0, 1)
    stamp = TimeStamp.objects.get()
    assert abs(stamp.stamped_at - timezone.now()) < timedelta(minutes=10)
    assertContains(client.get(snapshot.get_absolute_url()), "Un tiers l’a horodaté")
    pdf = client.get(reverse("report-verify-file", args=[snapshot.token, "pdf"])).content
    assert "RFC 3161" in PdfReader(BytesIO(pdf)).pages[-1].extract_text().replace("\xa0", " ")


def test_the_lines_that_the_verifier_prints_are_right(edition, authority, tmp_path):
    snapshot = frozen(edition)
    ask_due_stamps()
    archive = proof(snapshot=snapshot)
    (said,) = [line for line in verifier.verify(archive) if "openssl" in line]
    for name, data in verifier.unpacked(archive).items():
        (tmp_path / name).write_bytes(data)
    command = next(line.split() for line in said.splitlines() if "-verify" in line)
    assert b"Verification: OK" in openssl(tmp_path, *command[1:]).stdout
    (tmp_path / verifier.LINK).write_bytes(b"{}")
    with pytest.raises(Exception, match="non-zero"):
        openssl(tmp_path, *command[1:])


def test_stamp_of_another_report_is_refused_by_the_verifier(edition, authority):
    snapshot, other = frozen(edition), frozen(edition)
    ask_due_stamps()
    TimeStamp.objects.filter(snapshot=snapshot).update(response=TimeStamp.objects.get(snapshot=other).response)
    with pytest.raises(verifier.WrongError, match="n'est pas celui de ce bilan"):
        verifier.verify(proof(snapshot=snapshot))


def refused(edition):
    """Why, in the words of the row; asked again a while later, and not before."""
    frozen(edition)
    assert ask_due_stamps() == 0
    row = TimeStamp.objects.get()
    assert (row.stamped_at, row.attempts) == (None, 1)
    assert ask_due_stamps() == 0
    row.refresh_from_db()
    assert (row.attempts, row.next_at > timezone.now()) == (1, True)
    return row.error


@pytest.mark.parametrize("answer", [500, b"", b"nonsense", b"x" * 300_000])
def test_answer_that_is_no_stamp_is_asked_for_again(edition, authority, answer):
    authority.answer = answer
    assert refused(edition)
    authority.answer = None
    TimeStamp.objects.update(next_at=timezone.now())
    assert ask_due_stamps() == 1


def test_stamp_of_another_text_is_none(edition, authority):
    authority.answer = authority.stamp(request_for("autre chose").as_bytes())
    assert "StampError" in refused(edition)


def test_authority_whose_certificate_has_expired_is_none(edition, tmp_path, settings):
    expired = Authority(tmp_path / "expired", expired=True)
    with serving(expired) as url:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = url, expired.roots
        assert "StampError" in refused(edition)


def test_authority_that_nobody_vouches_for_is_none(edition, authority, tmp_path, settings):
    settings.TIMESTAMP_CA = Authority(tmp_path / "other").roots
    assert "StampError" in refused(edition)


def test_authority_whose_clock_is_wrong_is_none(edition, authority):
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "the authority says" in refused(edition)


def test_authority_that_is_away_or_misconfigured_never_holds_up_a_report(edition, settings, tmp_path):
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = "http://127.0.0.1:9/tsr", str(tmp_path / "nowhere.pem")
    assert refused(edition)


def test_one_that_never_answers_is_given_up_in_the_end(edition, authority):
    authority.answer = 500
    frozen(edition)
    TimeStamp.objects.update(attempts=MOST_ATTEMPTS - 1)
    StaffFactory()
    ask_due_stamps()
    assert TimeStamp.objects.get().given_up_at
    ask_due_stamps()
    assert "sans horodatage" in OutgoingMail.objects.get().subject


def test_without_an_authority_nothing_waits_and_the_report_says_so(edition, client):
    snapshot = frozen(edition)
    assert not TimeStamp.objects.exists()
    assertContains(client.get(snapshot.get_absolute_url()), "Aucun tiers ne l’a horodaté")
    assert any("pas d'horodatage" in line for line in verifier.verify(proof(snapshot=snapshot)))
