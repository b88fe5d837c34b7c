"""Where one is signed in: the list, the way out, and what ends sessions."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import OpenSession
from accounts.tasks import clear_sessions
from demo.factories import PASSWORD, StaffFactory, UserFactory
from medinjob.lib.devices import browser_of, network_of, system_of
from tests.accounts.test_staff import code_now

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(user, agent="", address="203.0.113.7"):
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client):
    return client.get("/compte/").status_code == 200


def test_list_says_device_network_and_which_one_this_is():
    user = UserFactory()
    signed_in(UserFactory(), DESK)
    desk = signed_in(user, DESK)
    signed_in(user, PHONE, "2001:db8:0:42::1")
    page = desk.get("/compte/sessions/")
    rows = page.context["sessions"]
    assert {(row.browser, row.system, row.network) for row in rows} == {
        ("Firefox", "Windows", "203.0.…"),
        ("Safari", "iPhone", "2001:db8:0:…"),
    }
    html = page.content.decode()
    assert "Safari sous iPhone" in html
    assert html.count("Cet appareil-ci") == 1
    assert "203.0.113.7" not in html


def test_one_is_signed_out():
    user = UserFactory()
    desk, phone = signed_in(user, DESK), signed_in(user, PHONE)
    row = OpenSession.objects.get(system="iPhone")
    desk.post(f"/compte/sessions/{row.pk}/fermer/")
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_nobody_signs_out_somebody_else():
    phone = signed_in(UserFactory(), PHONE)
    row = OpenSession.objects.get()
    assert signed_in(UserFactory(), DESK).post(f"/compte/sessions/{row.pk}/fermer/").status_code == 404
    assert is_in(phone)


def test_everywhere_else_ends_also_what_was_never_noted():
    user = UserFactory()
    desk, phone = signed_in(user, DESK), signed_in(user, PHONE)
    OpenSession.objects.filter(system="iPhone").delete()
    desk.post("/compte/sessions/fermer/")
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert OpenSession.objects.get(user=user).session_key == desk.session.session_key


def test_new_password_ends_the_others():
    user = UserFactory()
    desk, phone = signed_in(user, DESK), signed_in(user, PHONE)
    new = "calanque-43-bleue"
    desk.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert OpenSession.objects.count() == 1


def test_enrolment_ends_the_others_and_proves_the_factor_to_this_one():
    user = StaffFactory(factor=None)
    thief, owner = signed_in(user, PHONE), signed_in(user, DESK)
    owner.post("/compte/reauthenticate/", {"password": PASSWORD})
    page = owner.get("/compte/2fa/totp/activate/")
    owner.post("/compte/2fa/totp/activate/", {"code": code_now(page.context["form"].secret)})
    assert owner.get("/equipe/courriels/").status_code == 200
    assert (is_in(owner), is_in(thief)) == (True, False)


def test_factor_is_asked_for_itself_before_it_is_taken_off():
    """A session left open and the password were enough."""
    user = StaffFactory(factor=None)
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    client = Client()
    answer = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    client.post(answer.url, {"code": code_now(secret, ago=1)})
    other = Client()
    other.force_login(user)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    for page in ("totp/deactivate/", "recovery-codes/generate/"):
        asked = client.post(f"/compte/2fa/{page}")
        assert asked.url.startswith("/compte/2fa/reauthenticate/")
    assert client.get("/compte/email/").url.startswith("/compte/2fa/reauthenticate/")
    client.post("/compte/2fa/reauthenticate/", {"code": code_now(secret)})
    client.post("/compte/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()
    assert (is_in(client), is_in(other)) == (True, False)


def test_session_of_a_factor_that_was_replaced_proves_nothing(client):
    user = StaffFactory()
    client.force_login(user)
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert client.get("/equipe/courriels/").url.startswith("/compte/2fa/reauthenticate/")


def test_upgrade_signs_nobody_out():
    user = UserFactory()
    before = super(type(user), user)._get_session_auth_hash()
    assert user.get_session_auth_hash() == before
    assert services.end_sessions(user=user).get_session_auth_hash() != before


def test_page_writes_the_session_down_once_an_hour(time_machine):
    time_machine.move_to("2026-12-01 09:00:00+01:00", tick=False)
    client = signed_in(UserFactory(), DESK)
    first = OpenSession.objects.get().seen_at
    time_machine.shift(timedelta(minutes=59))
    client.get("/compte/")
    assert OpenSession.objects.get().seen_at == first
    time_machine.shift(timedelta(minutes=2))
    client.get("/compte/")
    assert OpenSession.objects.get().seen_at == first + timedelta(minutes=61)


def test_old_sessions_go_by_the_clock(time_machine):
    time_machine.move_to("2026-12-01 09:00:00+01:00", tick=False)
    signed_in(UserFactory(), DESK)
    time_machine.shift(timedelta(days=8))
    kept = signed_in(UserFactory(), PHONE)
    time_machine.shift(timedelta(days=7))
    clear_sessions()
    assert [row.system for row in OpenSession.objects.all()] == ["iPhone"]
    assert Session.objects.count() == 1
    OpenSession.objects.update(created_at=timezone.now() - timedelta(days=91))
    clear_sessions()
    assert not is_in(kept)


def test_closed_account_leaves_no_session():
    user = UserFactory()
    client = signed_in(user)
    client.post("/compte/supprimer/", {"email": user.email})
    assert not OpenSession.objects.exists()
    assert not any("_auth_user_id" in row.get_decoded() for row in Session.objects.all())


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, ("Safari", "iPhone")),
        (DESK, ("Firefox", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", ("Edge", "Linux")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_device_in_words(agent, words):
    assert (browser_of(agent), system_of(agent)) == words


@pytest.mark.parametrize(
    ("address", "network"), [("::ffff:198.51.100.4", "198.51.…"), ("::1", "0:0:0:…"), ("unix:", ""), ("", "")]
)
def test_network_is_a_part_of_the_address(address, network):
    assert network_of(address) == network
