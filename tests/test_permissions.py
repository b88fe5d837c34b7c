"""Every URL of the site, for everybody: `tests/permissions/table.py` says who gets what, this file asks."""

import re
from collections.abc import Iterator
from difflib import unified_diff

import pytest
from allauth.mfa.models import Authenticator
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import User
from tests.permissions.table import TABLE
from tests.permissions.world import ROLES, people, things

# Signed links that a program posts to by itself (RFC 8058).
WITHOUT_CSRF = {"alert-stop", "alerts-stop"}
# The desk or the code, the list of what proves who one is, and the door, which sends staff to prove it.
ABOUT_THE_FACTOR = {"welcome", "door", "mfa_reauthenticate"}
POSTED_TO = {name: line.post for name, line in TABLE.items() if line.post}
STAFF_ONLY = [name for name, line in TABLE.items() if line.get["candidate"] == "403" != line.get["staff"]]


def names_in(patterns: list, prefix: str = "", space: str = "") -> Iterator[str]:
    """The name of every URL; one without a name is shown by its pattern, so that it fails."""
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield space + pattern.name if pattern.name else here
        else:
            yield from names_in(
                pattern.url_patterns, here, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once: whatever a line's question changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        users = people()
        yield users, things(users)
        transaction.set_rollback(True)


@pytest.fixture
def users(world, db, index):
    """The people of the table. The search index is absent: what another test of the process left in it is not read."""
    return world[0]


@pytest.fixture
def address(world, db):
    """The URL of a line of the table."""
    return lambda name: reverse(name, args=[world[1][arg] for arg in TABLE[name].args])


def ask(user, method: str, url: str, **options) -> str:
    """The status as a word of the table; whatever it changed is undone, so that each role finds the same world."""
    client = Client(**options)
    with transaction.atomic():
        if user is not None:
            client.force_login(user)
        answer = getattr(client, method)(url)
        close(answer)
        assert_kept_by_nobody(answer)
        transaction.set_rollback(True)
    is_sign_in = answer.status_code == 302 and answer.url.split("?")[0].endswith("/compte/login/")
    return "login" if is_sign_in else str(answer.status_code)


def assert_kept_by_nobody(answer) -> None:
    """What one person gets, or the bearer of a link. The public API asks nobody who they are; the logo and suggestions
    are the same for all, and say so."""
    personal = answer.wsgi_request.user.is_authenticated
    kept = answer.get("Cache-Control", "")
    match = answer.wsgi_request.resolver_match
    secret = match is not None and {"token", "key"} & match.kwargs.keys()
    if secret or (personal and "public" not in kept):
        assert "no-store" in kept
    if secret:
        assert answer["Referrer-Policy"] == "same-origin"


def close(answer) -> None:
    """A file it holds is let go. A request that ends closes the connection too, here in mid-transaction."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def test_every_url_has_a_line():
    known = set(names_in(get_resolver().url_patterns))
    assert known - set(TABLE) == set(), "add a line to tests/permissions/table.py"
    assert set(TABLE) - known == set(), "these URLs are gone"


@pytest.mark.parametrize("name", TABLE)
def test_get_answers_as_the_table_says(name, users, address):
    url = address(name)
    assert {role: ask(users[role], "get", url) for role in ROLES} == TABLE[name].get


@pytest.mark.parametrize("name", POSTED_TO)
def test_post_answers_as_the_table_says(name, users, address):
    url = address(name)
    assert {role: ask(users[role], "post", url) for role in ROLES} == POSTED_TO[name]


@pytest.mark.parametrize("name", [name for name in TABLE if name not in POSTED_TO])
def test_nobody_posts_to_a_page_without_a_post_line(name, users, address):
    url = address(name)
    assert {ask(users[role], "post", url) for role in ROLES} <= {"405", "login", "403", "404"}


@pytest.mark.parametrize("name", sorted(POSTED_TO.keys() - WITHOUT_CSRF))
def test_post_without_csrf_token_is_refused_to_everybody(name, users, address):
    url = address(name)
    assert {ask(users[role], "post", url, enforce_csrf_checks=True) for role in ROLES} <= {"403"}


def read_as_staff_without_proof(url: str, user) -> tuple[str, str]:
    """The answer to a session of staff who have a factor that this session has not proved, and its words."""
    client = Client()
    with transaction.atomic():
        client.force_login(user)
        session = client.session
        session.pop("account_authentication_methods", None)
        session.save()
        answer = client.get(url)
        body = b"" if answer.streaming or answer.status_code != 200 else answer.content
        close(answer)
        transaction.set_rollback(True)
    return str(answer.status_code), words_of(body.decode(errors="replace"))


def words_of(html: str) -> str:
    """Without what differs from one request to the next, and without the menu, which is the team's way in."""
    html = re.sub(r'<nav class="menu".*?</nav>', "", html, flags=re.DOTALL)
    html = re.sub(r" · équipe de Medinsoft|hx-headers='[^']*'", "", html)
    return re.sub(r'(nonce|value|content|href|src|data-[a-z-]+)="[^"]*"', "", html)


@pytest.mark.parametrize("name", [name for name in TABLE if name not in ABOUT_THE_FACTOR])
def test_session_that_has_not_proved_the_factor_sees_nothing_of_staff(name, users, address, still):
    """What it gets from any page is what the same person gets who is not of the team, asked at the same second; staff
    pages ask for the code."""
    url = address(name)
    status, words = read_as_staff_without_proof(url, users["staff"])
    if name in STAFF_ONLY:
        assert status == ("403" if name.startswith("api-") else "302")
        return
    plain = User.objects.get(pk=users["staff"].pk)
    User.objects.filter(pk=plain.pk).update(is_staff=False)
    as_anybody = read_as_staff_without_proof(url, plain)
    assert status == as_anybody[0]
    assert list(unified_diff(as_anybody[1].splitlines(), words.splitlines(), lineterm="", n=0)) == []


@pytest.mark.parametrize("name", STAFF_ONLY)
def test_staff_pages_want_a_second_factor(name, users, address):
    url = address(name)
    Authenticator.objects.all().delete()
    for method in ("get", "post"):
        assert ask(users["staff"], method, url) == ("403" if name.startswith("api-") else "302")


def test_no_page_is_an_empty_405():
    """The table has every address: one that only takes a form leads to its page (`PagesOfPosts`)."""
    assert [name for name, line in TABLE.items() if "405" in line.get.values() and "api" not in name] == []


@pytest.mark.parametrize("name", [name for name, line in TABLE.items() if "302" in line.get.values() and line.post])
def test_what_only_takes_a_form_leads_to_a_page(name, users, address):
    for role in [role for role in ROLES if TABLE[name].get[role] == "302"]:
        client = Client()
        if users[role]:
            client.force_login(users[role])
        assert client.get(address(name), follow=True).status_code in {200, 403, 404}, role
