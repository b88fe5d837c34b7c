from datetime import timedelta

import pytest
from allauth.account.signals import user_logged_in
from django.utils import timezone

from accounts.models import OutgoingMail, User
from candidates.enums import ANONYMISED_AFTER
from candidates.models import CV, ApplicationDraft, CandidateProfile
from candidates.services.drafts import adopt_drafts, drop_old_drafts, mail_draft, save_draft
from candidates.services.privacy import forget_silent_strangers
from demo.factories import ApplicationFactory, CVFactory, DraftFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return OfferFactory(published=True)


def save(offer, email="Camille@Medinjob.example", message="Bonjour", language="fr", token=""):
    draft = save_draft(offer=offer, email=email, name="Camille", message=message, token=token)
    mail_draft(draft=draft, language=language)
    return draft


def test_draft_is_kept_and_its_link_mailed(offer):
    draft = save(offer)
    mail = OutgoingMail.objects.get()
    assert mail.to == draft.email == "camille@medinjob.example"
    assert f"/candidature/reprendre/{draft.token}/" in mail.body
    assert "Bonjour" not in mail.body.replace("Bonjour,", "")


def test_draft_mail_speaks_the_language_of_the_page(offer):
    assert "/en/candidature/" in (save(offer, language="en") and OutgoingMail.objects.get().body)


def test_second_draft_replaces_the_words_and_keeps_the_link(offer):
    first = save(offer)
    second = save(offer, message="Autre chose", token=first.token)
    assert ApplicationDraft.objects.get().message == "Autre chose"
    assert second.token == first.token


def test_words_of_another_browser_are_another_draft(offer):
    """Anybody may type any address: they replaced what its owner had written."""
    first = save(offer)
    second = save(offer, message="Engagez mon voisin")
    first.refresh_from_db()
    assert (first.message, first.token == second.token) == ("Bonjour", False)


def test_old_drafts_go(offer):
    kept = DraftFactory(offer=offer)
    DraftFactory(expired=True)
    assert drop_old_drafts() == 1
    assert list(ApplicationDraft.objects.all()) == [kept]


def test_draft_lives_two_weeks(offer):
    lifetime = save(offer).expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < lifetime <= timedelta(days=14)


def test_person_who_signs_in_with_the_address_becomes_a_candidate(offer, rf):
    user = UserFactory(name="", email="camille@medinjob.example")
    DraftFactory(offer=offer, email=user.email, name="Camille Exemple")
    user_logged_in.send(sender=User, request=rf.get("/"), user=user)
    assert User.objects.get(pk=user.pk).name == ""  # anybody may have written it
    assert CandidateProfile.objects.filter(user=user).exists()


def test_person_without_a_draft_stays_what_they_are(django_assert_num_queries):
    user = UserFactory(name="")
    DraftFactory(expired=True, email=user.email)
    with django_assert_num_queries(3):
        adopt_drafts(user=user)
    assert not CandidateProfile.objects.exists()


def test_file_goes_with_the_draft_that_held_it(offer, django_capture_on_commit_callbacks):
    cv = CVFactory(owner=None)
    DraftFactory(offer=offer, cv=cv, expired=True)
    with django_capture_on_commit_callbacks(execute=True):
        drop_old_drafts()
    assert not CV.objects.exists()
    assert not cv.file.storage.exists(cv.file.name)


def test_file_that_was_sent_stays_until_the_application_is_forgotten(offer, time_machine):
    cv = CVFactory(owner=None)
    row = ApplicationFactory(offer=offer, candidate=None, name="Camille", email="camille@medinjob.example", cv=cv)
    drop_old_drafts()
    assert (CV.objects.count(), forget_silent_strangers()) == (1, 0)
    time_machine.move_to(timezone.now() + ANONYMISED_AFTER + timedelta(days=1))
    assert (forget_silent_strangers(), CV.objects.count()) == (1, 0)
    row.refresh_from_db()
    assert (row.email, row.state) == ("", "withdrawn")
