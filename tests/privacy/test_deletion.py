"""Deletion deletes: a person who is everywhere is nowhere any more, by each way out."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services import close_account, purge_mails
from candidates.models import CandidateProfile
from candidates.services.privacy import anonymise_silent_candidates
from companies.models import Company
from demo.factories import CompanyFactory, UserFactory
from forums.links import attendee_url
from forums.models import Attendee
from ledger.services.retention import erase_names
from tests.privacy.fields import REASONS, fields, to_fill
from tests.privacy.searching import in_files, in_tables
from tests.privacy.world import EMAIL, NAME, build, fill

pytestmark = pytest.mark.django_db
LEDGER = {"ledger_ledgerentry.name"}


def test_every_reason_is_of_a_field_that_is_there():
    names = {name for name, _model, _field in fields()}
    assert {name for name in REASONS if name not in names | {one.rpartition(".")[0] for one in names}} == set()


def columns():
    return {f"{model._meta.db_table}.{field.column}" for model, field in to_fill().values()}


@pytest.fixture
def out(client, django_capture_on_commit_callbacks):
    """The ways out, by name."""

    def take(way, user):
        with django_capture_on_commit_callbacks(execute=True):
            if way == "account":
                close_account(user=user)
            elif way == "silence":
                user.memberships.all().delete()
                long_ago = timezone.now() - timedelta(days=800)
                CandidateProfile.objects.update(last_contact_at=long_ago, noticed_at=long_ago)
                assert anonymise_silent_candidates() == 1
            else:
                client.post(attendee_url(Attendee.objects.get().pk, "attendee-forget"))

    return take


@pytest.mark.parametrize("way", ["account", "silence"])
def test_person_with_an_account_is_nowhere_but_in_the_ledger_until_the_audit(way, out):
    before = in_files()
    user = build(account=True)["user"]
    assert fill() == [], "make a row of it in tests/privacy/world.py, or say in fields.py why it holds no person"
    assert columns() - in_tables() == set()
    assert in_files() - before != set()
    out(way, user)
    assert in_tables() == LEDGER
    assert in_files() - before == set()
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        erase_names()
    assert in_tables() == set()


def test_visitor_by_their_link_is_nowhere_but_in_the_ledger_until_the_audit(out):
    build(account=False)
    fill()
    out("page", None)
    assert in_tables() == LEDGER
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        erase_names()
    assert in_tables() == set()


def test_visitor_by_the_clock_is_nowhere():
    build(account=False)
    fill()
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        call_command("tick", verbosity=0)
    assert in_tables() == set()


def test_mail_still_to_leave_is_sent_without_the_name_and_those_to_the_person_are_not():
    user = build(account=True)["user"]
    fill()
    close_account(user=user)
    assert not OutgoingMail.objects.filter(to__iexact=EMAIL).exists()
    waiting = OutgoingMail.objects.filter(state="waiting", to="autre@medinjob.example")
    assert waiting.filter(body="…, …, …").count() == 1
    assert not waiting.filter(body="").exists()


def test_company_that_one_alone_held_goes_whole(django_capture_on_commit_callbacks):
    before = in_files()
    user = UserFactory(email=EMAIL, name=NAME)
    company = CompanyFactory(admin=user, name=NAME, description=NAME)
    company.logo.save("marqueurel.webp", ContentFile(b"RIFF"))
    company.events.create(action="edited", reason=NAME)
    with django_capture_on_commit_callbacks(execute=True):
        close_account(user=user)
    assert not Company.objects.exists()
    assert not default_storage.exists(company.logo.name)
    assert (in_tables(), in_files() - before) == (set(), set())


def test_homonym_keeps_what_is_theirs():
    """Another person of the same name has an account, applications and mails of their own."""
    user = build(account=True)["user"]
    other = UserFactory(name=NAME)
    OutgoingMail.objects.create(to=other.email, subject="Votre compte", body="Bonjour")
    close_account(user=user)
    other.refresh_from_db()
    assert other.name == NAME
    assert OutgoingMail.objects.filter(to=other.email, body="Bonjour").exists()


def test_clock_takes_no_mail_from_the_account_of_the_same_address():
    """A visitor of two years ago has made an account since."""
    build(account=False)
    UserFactory(email=EMAIL, name=NAME)
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        OutgoingMail.objects.create(to=EMAIL, subject="Votre mot de passe", body="Le lien")
        call_command("tick", verbosity=0)
        purge_mails()
        assert OutgoingMail.objects.filter(to=EMAIL, subject="Votre mot de passe").exists()
