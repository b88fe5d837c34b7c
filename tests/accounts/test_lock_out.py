"""Whoever guesses a password shuts out themselves, and not its owner."""

import pytest
from django.core import signing
from django.test import Client

from accounts import adapter, devices
from accounts.models import OutgoingMail
from demo.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
LOGIN = "/compte/login/"


@pytest.fixture
def owner():
    return UserFactory()


def sign_in(client, user, password=PASSWORD, address="203.0.113.7"):
    """Did it?"""
    return client.post(LOGIN, {"login": user.email, "password": password}, REMOTE_ADDR=address).status_code == 302


def guess(user, address, times=8):
    stranger = Client()
    for _ in range(times):
        assert not sign_in(stranger, user, "faux", address)


def test_stranger_shuts_out_their_own_network_only(owner):
    guess(owner, "198.51.100.1")
    assert not sign_in(Client(), owner, address="198.51.100.1")
    assert sign_in(Client(), owner)


def test_home_has_one_count_for_all_its_ipv6_addresses(owner):
    for number in range(6):
        guess(owner, f"2001:db8:1:2::{number}", times=1)
    assert not sign_in(Client(), owner, address="2001:db8:1:2::77")
    assert sign_in(Client(), owner, address="2001:db8:1:3::77")


def test_two_hundred_calls_from_one_home_lift_no_lock(owner, client):
    """They made the former cache drop counts at random."""
    guess(owner, "198.51.100.1")
    for number in range(200):
        client.post(LOGIN, {"login": f"n{number}@medinjob.example", "password": "x"}, REMOTE_ADDR=f"2001:db8::{number}")
    assert not sign_in(Client(), owner, address="198.51.100.1")


def test_known_browser_is_let_in_beside_the_stranger(owner):
    mine = Client()
    assert sign_in(mine, owner)
    mine.post("/compte/logout/")
    guess(owner, "203.0.113.7", times=12)
    assert not sign_in(Client(), owner)
    assert sign_in(mine, owner)


def test_attack_from_everywhere_leaves_the_known_browser_and_the_link_of_a_mail(owner, monkeypatch):
    monkeypatch.setattr(adapter, "ATTEMPTS_AN_HOUR", 12)
    known, unknown = Client(), Client()
    sign_in(known, owner)
    known.post("/compte/logout/")
    for number in range(6):
        guess(owner, f"198.51.100.{number}", times=3)
    assert not sign_in(unknown, owner)
    assert sign_in(known, owner)
    unknown.post("/compte/password/reset/", {"email": owner.email}, REMOTE_ADDR="203.0.113.7")
    body = OutgoingMail.objects.get(to=owner.email).body
    link = next(word for word in body.split() if "/password/reset/key/" in word)
    page = unknown.get(link, follow=True)
    new = "calanque-43-bleue"
    unknown.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    guess(owner, "198.51.100.99", times=3)
    assert sign_in(unknown, owner, new)
    assert devices.COOKIE in unknown.cookies


def test_known_browser_that_guesses_is_stopped_too(owner):
    mine = Client()
    sign_in(mine, owner)
    mine.post("/compte/logout/")
    for _ in range(5):
        sign_in(mine, owner, "faux")
    assert not sign_in(mine, owner)


@pytest.mark.parametrize(
    "forged",
    ["", "x", signing.dumps("x", salt=devices.SALT), signing.dumps(["a", "b"])],
    ids=["empty", "nonsense", "another-shape", "another-salt"],
)
def test_forged_cookie_is_no_known_browser(rf, owner, forged):
    request = rf.get("/")
    request.COOKIES[devices.COOKIE], request.session = forged, {}
    assert devices.known_device(request, owner.email) == ""


def test_cookie_serves_its_own_account_only(owner):
    mine, other = Client(), UserFactory()
    sign_in(mine, owner)
    cookie = mine.cookies[devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    mine.post("/compte/logout/")
    guess(other, "203.0.113.7")
    assert not sign_in(mine, other)


def test_known_browser_keeps_its_name(owner):
    mine = Client()
    sign_in(mine, owner)
    first = mine.cookies[devices.COOKIE].value
    mine.post("/compte/logout/")
    sign_in(mine, owner)
    assert mine.cookies[devices.COOKIE].value == first
