from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from candidates.links import cv_url
from candidates.models import DataAccess
from demo.cv_files import docx_file
from demo.factories import ApplicationFactory, CVFactory, StaffFactory, UserFactory
from medinjob.lib.documents import DOCX

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(offer, candidate):
    return ApplicationFactory(offer=offer, candidate=candidate, cv=True)


def link(application, user, beside=False):
    url = cv_url(application.cv_id, user_id=user.pk, application_id=application.pk)
    return url + "lire/" if beside else url


def content(response):
    return b"".join(response.streaming_content)


def test_recruiter_downloads_and_it_is_written_down(as_recruiter, application, recruiter):
    response = as_recruiter.get(link(application, recruiter))
    assert content(response).startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    access = DataAccess.objects.get()
    assert (access.by, access.cv, access.application, access.what) == (recruiter, application.cv, application, "cv")


def test_owner_downloads_unlogged(as_candidate, application, candidate):
    assert content(as_candidate.get(link(application, candidate))).startswith(b"%PDF")
    assert content(as_candidate.get(cv_url(application.cv_id, user_id=candidate.pk))).startswith(b"%PDF")
    assert DataAccess.objects.count() == 0


def test_file_beside_may_be_framed_by_us_alone(as_recruiter, application, recruiter):
    response = as_recruiter.get(link(application, recruiter, beside=True))
    assert response["Content-Disposition"] == 'inline; filename="cv.pdf"'
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "script-src 'none'" in response["Content-Security-Policy"]
    assert content(response).startswith(b"%PDF")
    assert DataAccess.objects.count() == 1


def test_word_file_beside_shows_its_words(as_recruiter, offer, recruiter):
    cv = CVFactory(data=docx_file(["x"]), text="Développeuse <b>Python</b>", content_type=DOCX, filename="cv.docx")
    application = ApplicationFactory(offer=offer, candidate=cv.owner, cv=cv)
    response = as_recruiter.get(link(application, recruiter, beside=True))
    assertContains(response, "Développeuse &lt;b&gt;Python")
    assert DataAccess.objects.count() == 1


def test_link_is_over_after_a_quarter_of_an_hour(as_recruiter, application, recruiter):
    url = link(application, recruiter)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        as_recruiter.force_login(recruiter)
        assertContains(as_recruiter.get(url), "expiré", status_code=410)
    assert DataAccess.objects.count() == 0


def test_link_of_another_person_opens_nothing(as_recruiter, application, candidate):
    assert as_recruiter.get(link(application, candidate)).status_code == 404


def test_link_asks_to_sign_in(client, application, recruiter):
    response = client.get(link(application, recruiter))
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("token", ["x", "e30:1abc:def", "..%2F..%2Fetc"])
def test_forged_link_opens_nothing(as_recruiter, token):
    assert as_recruiter.get(f"/cv/{token}/").status_code == 404


def test_signature_of_something_else_opens_nothing(as_recruiter, recruiter):
    from django.core import signing

    assert as_recruiter.get(reverse("cv", args=[signing.dumps([1, 2], salt="candidates.cv")])).status_code == 404


def test_former_member_opens_nothing_with_a_live_link(as_recruiter, application, recruiter):
    url = link(application, recruiter)
    recruiter.memberships.all().delete()
    assert as_recruiter.get(url).status_code == 404


@pytest.mark.parametrize("make", [UserFactory, StaffFactory])
def test_nobody_else_opens_it_even_with_a_link_of_their_own(client, application, make):
    other = make()
    client.force_login(other)
    assert client.get(link(application, other)).status_code == 404


def test_company_reads_the_file_it_was_sent_and_no_other(as_recruiter, application, candidate, recruiter):
    newer = CVFactory(owner=candidate, former=True)
    url = cv_url(newer.pk, user_id=recruiter.pk, application_id=application.pk)
    assert as_recruiter.get(url).status_code == 404


def test_forgotten_application_opens_nothing(as_recruiter, application, recruiter):
    type(application).objects.update(forgotten_at=timezone.now())
    assert as_recruiter.get(link(application, recruiter)).status_code == 404


def test_lost_file_is_said(as_recruiter, application, recruiter):
    application.cv.file.storage.delete(application.cv.file.name)
    assert as_recruiter.get(link(application, recruiter)).status_code == 410
