"""Somebody who lost their second factor comes in again, and nobody else by the same way."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError
from django.test import Client
from django.utils import timezone

from accounts.models import FactorReset, OutgoingMail
from accounts.services import lift_due_factors
from accounts.tasks import lift_due_factors as by_the_clock
from demo.factories import PASSWORD, StaffFactory, UserFactory
from tests.accounts.test_staff import command

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost():
    """Somebody of the team who lost the phone."""
    return StaffFactory(name="Nora")


@pytest.fixture
def colleague(client):
    client.force_login(StaffFactory(name="Omar"))
    return client


def has_factor(user):
    return Authenticator.objects.filter(user=user).exists()


def a_day_later(time_machine):
    time_machine.shift(timedelta(hours=24, seconds=1))


def test_colleague_lifts_it_and_it_is_written_down_and_told(lost, colleague):
    open_elsewhere = Client()
    open_elsewhere.force_login(lost)
    assert "Lever" in colleague.get("/equipe/double-authentification/").content.decode()
    assert "Nora" in colleague.get(f"/equipe/double-authentification/{lost.pk}/").content.decode()
    page = colleague.post(f"/equipe/double-authentification/{lost.pk}/", follow=True)
    assert "C’est fait" in page.content.decode()
    reset = FactorReset.objects.get()
    assert (reset.user, reset.by.name, reset.done_at is not None) == (lost, "Omar", True)
    assert not has_factor(lost)
    assert open_elsewhere.get("/compte/").status_code == 302
    mails = dict(OutgoingMail.objects.values_list("to", "body"))
    assert "Omar a levé" in mails[lost.email]
    assert len(mails) == 2
    answer = Client()
    answer.post("/compte/login/", {"login": lost.email, "password": PASSWORD})
    assert answer.get("/equipe/courriels/").url == "/compte/2fa/totp/activate/"


def test_nobody_lifts_their_own(client):
    user = StaffFactory()
    client.force_login(user)
    assert "Personne ne lève" in client.get(f"/equipe/double-authentification/{user.pk}/").content.decode()
    client.post(f"/equipe/double-authentification/{user.pk}/")
    assert has_factor(user)


def test_lifting_asks_for_the_code_of_who_does_it(lost, colleague, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    answer = colleague.post(f"/equipe/double-authentification/{lost.pk}/")
    assert answer.url.startswith("/compte/2fa/reauthenticate/")
    assert has_factor(lost)


def test_other_account_is_found_by_its_whole_address_only(colleague):
    UserFactory(email="claire@medinjob.example")
    page = "/equipe/double-authentification/?email="
    found = [person.email for person in colleague.get(page + "Claire@medinjob.example").context["people"]]
    assert "claire@medinjob.example" in found
    assert all("claire" not in person.email for person in colleague.get(page + "claire").context["people"])


def test_account_without_a_factor_has_nothing_to_lift(colleague):
    plain = UserFactory()
    page = colleague.post(f"/equipe/double-authentification/{plain.pk}/", follow=True)
    assert "pas de double authentification" in page.content.decode()
    assert not FactorReset.objects.exists()


@pytest.mark.usefixtures("still")
def test_command_waits_a_day_and_tells_at_once(lost, time_machine):
    assert "goes on" in command("reset_factor", lost.email.upper())
    command("reset_factor", lost.email)
    assert FactorReset.objects.count() == 1
    assert "24 heures" in OutgoingMail.objects.get(to=lost.email).subject
    by_the_clock()
    assert has_factor(lost)
    a_day_later(time_machine)
    assert lift_due_factors() == 1
    assert not has_factor(lost)
    assert lift_due_factors() == 0


@pytest.mark.usefixtures("still")
def test_link_of_the_mail_stops_it(client, lost, time_machine):
    command("reset_factor", lost.email)
    link = re.search(r"/compte/2fa/garder/\S+", OutgoingMail.objects.get(to=lost.email).body)[0]
    assert client.get(link).status_code == 200
    assert FactorReset.objects.waiting().exists()
    client.post(link)
    assert client.get(link).status_code == 410
    a_day_later(time_machine)
    assert lift_due_factors() == 0
    assert has_factor(lost)


@pytest.mark.usefixtures("still")
def test_factor_used_in_the_meantime_is_not_lost(lost, time_machine):
    command("reset_factor", lost.email)
    time_machine.shift(timedelta(hours=3))
    Authenticator.objects.get(user=lost).record_usage()
    a_day_later(time_machine)
    assert lift_due_factors() == 0
    assert has_factor(lost)
    assert not FactorReset.objects.waiting().exists()


def test_server_can_stop_it_too(lost):
    command("reset_factor", lost.email)
    assert command("reset_factor", lost.email, stop=True) == "Stopped.\n"
    with pytest.raises(CommandError):
        command("reset_factor", lost.email, stop=True)


@pytest.mark.parametrize("email", ["nobody@medinjob.example", "plain@medinjob.example"])
def test_command_says_what_it_cannot_do(email):
    UserFactory(email="plain@medinjob.example")
    with pytest.raises(CommandError):
        command("reset_factor", email)


def test_forged_link_is_no_page(client):
    assert client.get("/compte/2fa/garder/forged/").status_code == 404


def test_late_link_says_so(client, lost, colleague):
    command("reset_factor", lost.email)
    link = re.search(r"/compte/2fa/garder/\S+", OutgoingMail.objects.get(to=lost.email).body)[0]
    FactorReset.objects.update(done_at=timezone.now())
    page = client.post(link, follow=True)
    assert "Trop tard" in page.content.decode()
