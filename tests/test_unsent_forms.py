"""Every form of the site, sent after the end of its session: its words come back on its page after the sign-in.

The forms are found on the pages of `tests/permissions/table.py`, read as those who may."""

from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import UnsentForm
from accounts.unsent import ENTRANCES, MARK, SECRETS
from medinjob.lib.refill import NEVER_FILLED, Form, Page, Tag
from tests.permissions.table import TABLE
from tests.permissions.world import people, things
from tests.test_permissions import WITHOUT_CSRF, close

READERS = ("candidate", "admin", "staff")
ON_NO_PAGE = {
    "set_language": "the language is changed by a link; no page has this form",
    "unsent-forget": "a button of the notice itself: test_unsent.py",
    "offer-autosave": "a script sends the form of offer-edit: test_autosave.py",
    "offer-autosave-new": "a script sends the form of offer-create: test_autosave.py",
    "offer-preview": "a script sends the form of offer-create for its preview",
    "account_confirm_email": "a button; the link of this world is not of a mail",
    "account_set_password": "a password; everybody of this world has one",
    "my-suggestion": "a button on a profile that has suggestions",
    "import-run-answer": "a button on a run that asks",
    "import-run-stop": "a button on a run that moves",
    "late-facts": "forms once the edition is closed: tests/closed/test_pages.py",
    "staff-company-verify": "a button on a company that waits",
    "mail-retry": "a button on a mail that failed",
    "offer-copy": "a button of the form of offer-actions (`formaction`)",
    "invitation": "a button on an invitation to this account",
    "draft": "two buttons, for who has no account; in an account, for that of its address only",
    "edition-confirm": "a button on a registration to confirm",
    "attendee-forget": "a button on a registration that is over",
    "moderation-queue": "has rows when offers wait: test_unsent.py",
    "inbox-bulk": "asked for with the applications ticked: test_unsent.py",
    "follow-up-match": "a choice among meetings that are alike; here are none",
}
"""Posts whose form the pages of this world do not show, and why."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        users = people()
        yield users, things(users)
        transaction.set_rollback(True)


def pages() -> Iterator[tuple[str, str]]:
    """Each page for every kind of reader; one that everybody reads has the same forms for all."""
    for name, line in TABLE.items():
        if name in ENTRANCES or name.startswith("api-"):
            continue
        readers = [role for role in READERS if line.get[role] == "200"]
        yield from ((name, role) for role in (readers[:1] if line.get["anonymous"] == "200" else readers))


def posts_of(answer: Any) -> list[Form]:
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return []
    forms = Page(answer.content.decode()).forms
    return [form for form in forms if form.tag.get("method").lower() == "post"]


def fields(form: Form) -> list[Tag]:
    able = [control for control in form.controls if control.get("name") and "disabled" not in control.attributes]
    kept = [control for control in able if control.kind not in NEVER_FILLED]
    return [control for control in kept if not SECRETS.search(control.get("name")) and control.get("name") != MARK]


def content(html: str, control: Tag) -> list[tuple[str, str]]:
    """What a browser would send of it."""
    name, marks = control.get("name"), control.attributes
    if control.kind in {"checkbox", "radio"}:
        return [(name, marks.get("value") or "on")] if "checked" in marks else []
    if control.name == "select":
        chosen = [option.get("value") for option in control.options if "selected" in option.attributes]
        first = [control.options[0].get("value")] if control.options and "multiple" not in marks else []
        return [(name, value) for value in chosen or first]
    if control.name == "textarea":
        return [(name, unescape(html[control.end : control.content_end]).strip())]
    return [(name, control.get("value"))]


def written(html: str, control: Tag) -> list[tuple[str, str]]:
    """Something else than what stands there."""
    name = control.get("name")
    if control.kind == "hidden":
        return content(html, control)
    if control.kind == "checkbox":
        return [] if "checked" in control.attributes else [(name, control.attributes.get("value") or "on")]
    if control.kind == "radio":
        return []
    if control.name == "select":
        return [(name, control.options[-1].get("value"))]
    typed = {"number": "17", "date": "2026-12-24", "time": "10:45", "datetime-local": "2026-12-24T10:45"}
    return [(name, typed.get(control.kind, f"Écrit par <{name}> & Léa"))]


def radios(form: Form) -> list[tuple[str, str]]:
    """The last of each group."""
    return list({c.get("name"): c.get("value") for c in fields(form) if c.kind == "radio"}.items())


def send_late(client: Client, user: Any, page: str, action: str, data: list[tuple[str, str]], *, stale: bool) -> Any:
    """The session has ended; if `stale`, the token of the form is not that of the browser any more."""
    client.cookies.pop("sessionid")
    if stale:
        client.cookies["csrftoken"] = "x" * 32
    body: dict[str, list[str]] = {}
    for name, value in data:
        body.setdefault(name, []).append(value)
    answer = client.post(action, body, headers={"Referer": f"http://testserver{page}"})
    assert answer.status_code == 302, action
    assert urlsplit(answer["Location"]).path == reverse("account_login"), action
    client.force_login(user)
    return client.get(parse_qs(urlsplit(answer["Location"]).query)["next"][0], follow=True)


@pytest.fixture
def tried(world, db) -> Iterator[Any]:
    """`tried(page, role)`: sends each form of the page late, once; the names of the URLs the forms go to."""
    users, made = world
    seen: set[tuple[str, frozenset[str]]] = set()

    def try_page(name: str, role: str) -> set[str]:
        url = reverse(name, args=[made[arg] for arg in TABLE[name].args])
        client = Client(enforce_csrf_checks=True)
        client.force_login(users[role])
        answer = client.get(url)
        found = set()
        for form in posts_of(answer):
            action = urljoin(url, form.tag.get("action") or url)
            target = resolve(urlsplit(action).path).url_name
            found.add(target)
            key = (target, frozenset(form.names()))
            if key not in seen and target not in ENTRANCES | WITHOUT_CSRF:
                seen.add(key)
                check(client, users[role], url, action, form, answer.content.decode())
        close(answer)
        return found

    return try_page


def check(client: Client, user: Any, url: str, action: str, form: Form, html: str) -> None:
    data = [pair for control in fields(form) for pair in written(html, control)] + radios(form)
    token = next(c.get("value") for c in form.controls if c.get("name") == "csrfmiddlewaretoken")
    line = TABLE[resolve(urlsplit(action).path).url_name]
    session = client.cookies["sessionid"]
    stale = not line.post or line.post["anonymous"] != "login"
    back = send_late(client, user, url, action, [*data, ("csrfmiddlewaretoken", token)], stale=stale)
    client.cookies["sessionid"] = session
    client.cookies["csrftoken"] = back.wsgi_request.META["CSRF_COOKIE"]
    page = back.content.decode()
    assert "Rien n’a été envoyé" in page, action
    again = [f for f in posts_of(back) if any(c.get("name") == MARK for c in f.controls)]
    assert len(again) == 1, action
    assert sorted(pair for c in fields(again[0]) for pair in content(page, c)) == sorted(data), action
    UnsentForm.objects.filter(action=action).delete()


def test_every_form_gives_its_words_back(tried):
    found: set[str] = set()
    for name, role in pages():
        with transaction.atomic():
            found |= tried(name, role)
            transaction.set_rollback(True)
    posts = {name for name, line in TABLE.items() if line.post} - ENTRANCES - WITHOUT_CSRF
    assert posts - found == set(ON_NO_PAGE)
