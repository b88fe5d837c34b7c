"""The end of a candidate's data: nothing of the person stays, and the counts do."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.services import close_account
from candidates.models import (
    CV,
    Application,
    ApplicationDraft,
    ApplicationMessage,
    CandidateProfile,
    RetentionEvent,
)
from candidates.services.privacy import anonymise_silent_candidates, notice_silent_candidates
from demo.factories import UserFactory
from demo.factories.candidates import ApplicationFactory, ContractFactory, DraftFactory, ProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def samira():
    return UserFactory(email="samira@medinjob.example", name="Samira Fictive")


def everything() -> str:
    """All rows of all tables that a person's data may be in, as text."""
    models = (Application, ApplicationMessage, ApplicationDraft, CandidateProfile, CV, OutgoingMail, User)
    return "".join(serializers.serialize("json", model.objects.all()) for model in models)


def test_deleted_account_leaves_no_trace_of_the_person(samira, django_capture_on_commit_callbacks):
    ProfileFactory(user=samira)
    DraftFactory(email=samira.email)
    application = ApplicationFactory(candidate=samira, hired=True, cv=True, message="Je suis Samira Fictive.")
    ApplicationMessage.objects.create(application=application, side="candidate", by=samira, text="Samira Fictive")

    with django_capture_on_commit_callbacks(execute=True):
        close_account(user=samira)

    assert "samira" not in everything().lower()


def test_deleted_account_leaves_the_counts(samira):
    application = ApplicationFactory(candidate=samira, hired=True)
    contract = ContractFactory(application=application)

    close_account(user=samira)

    application.refresh_from_db()
    assert (application.state, application.company_id) == ("hired", application.offer.company_id)
    assert application.forgotten_at is not None
    assert list(application.contracts.in_force()) == [contract]
    assert RetentionEvent.objects.get().applications == 1


def test_deleted_account_withdraws_what_was_open(samira):
    application = ApplicationFactory(candidate=samira, seen=True)

    close_account(user=samira)

    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_deleted_account_removes_its_files(samira, django_capture_on_commit_callbacks):
    application = ApplicationFactory(candidate=samira, cv=True)
    storage, name = application.cv.file.storage, application.cv.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        close_account(user=samira)

    assert not storage.exists(name)


def test_account_that_was_no_candidate_leaves_no_retention_event():
    close_account(user=UserFactory())

    assert RetentionEvent.objects.count() == 0


def test_silent_candidate_is_noticed_once():
    ProfileFactory(last_contact_at=timezone.now() - timedelta(days=701))
    ProfileFactory(last_contact_at=timezone.now() - timedelta(days=690))

    assert (notice_silent_candidates(), notice_silent_candidates()) == (1, 0)
    assert OutgoingMail.objects.count() == 1


def test_silent_candidate_is_not_removed_before_a_month_of_notice():
    ProfileFactory(last_contact_at=timezone.now() - timedelta(days=800))

    notice_silent_candidates()

    assert anonymise_silent_candidates() == 0
    assert CandidateProfile.objects.count() == 1


def test_silent_candidate_goes_after_the_notice(samira):
    long_ago = timezone.now() - timedelta(days=731)
    ProfileFactory(user=samira, last_contact_at=long_ago, noticed_at=long_ago + timedelta(days=700))

    assert anonymise_silent_candidates() == 1
    assert not User.objects.filter(pk=samira.pk).exists()
    assert RetentionEvent.objects.get().action == "anonymised"


def test_silent_candidate_who_is_staff_keeps_the_account_only(samira):
    User.objects.filter(pk=samira.pk).update(is_staff=True)
    long_ago = timezone.now() - timedelta(days=731)
    ProfileFactory(user=samira, last_contact_at=long_ago, noticed_at=long_ago)

    anonymise_silent_candidates()

    assert User.objects.filter(pk=samira.pk).exists()
    assert not CandidateProfile.objects.exists()
