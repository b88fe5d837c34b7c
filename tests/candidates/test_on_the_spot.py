"""What an application made at a forum lacks is joined by a signed link, through an account."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from candidates.links import complete_url
from candidates.models import Application, CandidateProfile
from candidates.services.mails import tell_candidate
from candidates.services.moves import refuse
from candidates.services.on_the_spot import adopt_applications, apply_on_the_spot, complete
from candidates.views import complete as complete_views
from demo.cv_files import pdf_file
from demo.factories import ApplicationFactory, CVFactory, UserFactory
from medinjob.lib import documents
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db

CAREER = "Six ans de développement dans deux entreprises fictives."


@pytest.fixture
def incomplete(offer, candidate):
    return ApplicationFactory(offer=offer, candidate=candidate, channel="forum", incomplete=True)


@pytest.fixture
def orphan(offer):
    """Sent by somebody who has no account."""
    return apply_on_the_spot(
        offer=offer, name="Nora Test", email="nora@medinjob.example", user=None, message="", profile={}, cv=None,
        language="fr",
    )  # fmt: skip


def test_link_shows_the_form_and_changes_nothing(as_candidate, incomplete):
    page = as_candidate.get(complete_url(incomplete.pk))
    assert incomplete.offer.title in page.content.decode()
    assert Application.objects.get().incomplete is True


def test_file_completes_the_application_and_tells_the_company(as_candidate, incomplete, recruiter):
    file = SimpleUploadedFile("cv.pdf", pdf_file(["Python"]))
    answer = as_candidate.post(complete_url(incomplete.pk), {"cv": file, "career": ""})
    assert answer.url == incomplete.get_absolute_url()
    done = Application.objects.get()
    assert (done.incomplete, done.cv.filename) == (False, "cv.pdf")
    assert [event.action for event in done.events.all()] == ["send", "complete"]
    assert OutgoingMail.objects.get().to == recruiter.email


def test_words_do_as_well_as_a_file(as_candidate, incomplete):
    as_candidate.post(complete_url(incomplete.pk), {"career": CAREER})
    done = Application.objects.get()
    assert (done.incomplete, done.cv, done.profile["career"]) == (False, None, CAREER)


def test_too_many_files_are_not_read_and_the_words_stay(as_candidate, incomplete, monkeypatch):
    monkeypatch.setattr(complete_views, "SENT_AN_HOUR", 1)
    as_candidate.post(complete_url(incomplete.pk), {"career": "court"})
    file = SimpleUploadedFile("cv.pdf", b"%PDF- broken")
    page = as_candidate.post(complete_url(incomplete.pk), {"cv": file, "career": "Mes six ans"})
    assert page.status_code == 429
    assert "réessayez dans une heure" in page.content.decode()
    assert "Mes six ans" in page.content.decode()
    assert "abîmé" not in page.content.decode()


def test_no_turn_to_read_the_file_keeps_the_words(as_candidate, incomplete, monkeypatch, settings, tmp_path):
    settings.READERS_DIR = tmp_path
    monkeypatch.setattr(documents, "READERS", 0)
    monkeypatch.setattr(documents, "PATIENCE", 0.0)
    file = SimpleUploadedFile("cv.pdf", pdf_file(["Python"]))
    page = as_candidate.post(complete_url(incomplete.pk), {"cv": file, "career": "Mes six ans"}).content.decode()
    assert "joignez le vôtre de nouveau dans une minute" in page
    assert "Mes six ans" in page


def test_current_cv_goes_in_one_click(as_candidate, incomplete, candidate):
    cv = CVFactory(owner=candidate)
    as_candidate.post(complete_url(incomplete.pk), {"career": ""})
    assert Application.objects.get().cv == cv


def test_nothing_joined_is_said_beside_the_field(as_candidate, incomplete):
    page = as_candidate.post(complete_url(incomplete.pk), {"career": "court"})
    assert page.context["form"].errors.keys() == {"career"}
    assert Application.objects.get().incomplete is True


def test_somebody_else_completes_nothing(client, incomplete):
    client.force_login(UserFactory())
    assert client.get(complete_url(incomplete.pk)).status_code == 403
    assert client.post(complete_url(incomplete.pk), {"career": CAREER}).status_code == 403
    assert Application.objects.get().incomplete is True


@pytest.mark.parametrize("changes", [{"incomplete": False}, {"state": "withdrawn"}, {"state": "closed"}])
def test_link_is_over_once_nothing_is_missing(as_candidate, incomplete, changes):
    Application.objects.update(**changes)
    assert as_candidate.get(complete_url(incomplete.pk)).status_code == 410


@pytest.mark.parametrize("token", ["x", "MQ:1:1"])
def test_link_that_is_not_ours_is_not_found(client, token):
    assert client.get(reverse("application-complete", args=[token])).status_code == 404


def test_completed_twice_at_once_is_refused_the_second_time(incomplete, candidate):
    stale = Application.objects.get()
    complete(application=incomplete, user=candidate, cv=None, career=CAREER)
    with pytest.raises(MoveError):
        complete(application=stale, user=candidate, cv=None, career=CAREER)


def test_whoever_has_an_account_signs_in_first(client, incomplete):
    answer = client.get(complete_url(incomplete.pk))
    assert answer.url.startswith(reverse("account_login"))


def test_whoever_has_none_makes_one_with_the_address_that_the_link_proves(client, orphan):
    answer = client.get(complete_url(orphan.pk))
    assert answer.url.startswith(reverse("account_signup"))
    assert "nora%40medinjob.example" in answer.url


def test_orphan_is_its_accounts_once_there_is_one(orphan):
    user = UserFactory(email="nora@medinjob.example")
    adopt_applications(user=user)
    assert Application.objects.get().candidate == user
    assert CandidateProfile.objects.get().user == user


def test_orphan_of_another_address_stays_one(orphan):
    adopt_applications(user=UserFactory())
    assert Application.objects.get().candidate is None


def test_orphan_stays_one_when_its_account_has_applied_itself(orphan, offer):
    user = UserFactory(email="nora@medinjob.example")
    ApplicationFactory(offer=offer, candidate=user)
    adopt_applications(user=user)
    assert Application.objects.get(pk=orphan.pk).candidate is None


def test_mail_of_a_visitor_leads_to_an_account(orphan, recruiter):
    bodies = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert bodies.keys() == {"nora@medinjob.example", recruiter.email}
    assert complete_url(orphan.pk).split(":")[0] in bodies["nora@medinjob.example"]


def test_answer_reaches_whoever_has_no_account_yet(orphan, recruiter):
    OutgoingMail.objects.all().delete()
    refuse(applications=[orphan], by=recruiter, text="Merci, nous avons retenu quelqu'un d'autre.")
    assert OutgoingMail.objects.get().to == "nora@medinjob.example"


def test_forgotten_orphan_is_written_to_no_more(orphan, recruiter):
    Application.objects.update(forgotten_at=timezone.now(), email="", name="")
    OutgoingMail.objects.all().delete()
    orphan.refresh_from_db()
    tell_candidate(orphan, "answer", action="refuse", words=True)
    assert OutgoingMail.objects.count() == 0


def test_company_sees_that_it_is_incomplete(as_recruiter, incomplete):
    assert "Incomplète" in as_recruiter.get(reverse("inbox")).content.decode()
    page = as_recruiter.get(reverse("inbox-application", args=[incomplete.pk])).content.decode()
    assert "encore incomplète" in page


def test_candidate_finds_the_way_to_complete_it_on_their_own_page(as_candidate, incomplete):
    assert complete_url(incomplete.pk).split(":")[0] in as_candidate.get(incomplete.get_absolute_url()).content.decode()
    Application.objects.update(incomplete=False)
    assert "La compléter" not in as_candidate.get(incomplete.get_absolute_url()).content.decode()
