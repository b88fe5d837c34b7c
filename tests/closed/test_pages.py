"""Every form of the forum's pages, opened while the edition takes place and sent once it is closed: nothing that the
figures are counted from changes, and whoever sent it is told."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from forums.models import Edition
from tests.closed.world import frozen_rows
from tests.permissions.table_forum_day import DAY
from tests.permissions.table_forum_edition import EDITION
from tests.permissions.table_ledger import AFTER
from tests.permissions.table_reports import REPORT
from tests.permissions.world import people, things

TABLE = {**EDITION, **DAY, **AFTER, **REPORT}
READERS = ("anonymous", "recruiter", "staff")
# Another edition is made; the edition itself is moved; what an answer may add is counted live.
FREE = {"edition-create", "edition-copy", "edition-declare", "edition-move", "follow-up-confirm", "stand-proposal"}
# In this world their pages show no form: the registration is confirmed, its person has an account, the one reported is
# unknown, and late facts want a closed edition. `test_late.py` and the tests of each page send them.
WITHOUT_A_FORM = {"application-complete", "edition-confirm", "attendee-forget", "follow-up-match", "late-facts"}


class Forms(HTMLParser):
    """The forms of a page that are posted: action, and what they send as it stands, blanks filled in."""

    def __init__(self, fill):
        super().__init__()
        self.fill, self.found, self.data, self.select = fill, [], None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name") or ""
        if tag == "form":
            self.data = {} if given.get("method", "").lower() == "post" else None
            if self.data is not None:
                self.found.append((given.get("action") or "", self.data))
        elif tag == "option":
            self._option(given)
        elif self.data is None or not name or "disabled" in given:
            pass
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.data[name] = self.fill(name, "textarea")
        elif tag in ("input", "button"):
            self._input(name, given)

    def _option(self, given):
        empty = self.select and self.data is not None and not self.data.get(self.select)
        if given.get("value") and (empty or (self.select and "selected" in given)):
            self.data[self.select] = given["value"]

    def _input(self, name, given):
        kind = given.get("type", "text")
        if kind == "radio" and self.data.get(name):
            return
        if kind == "file" or name.endswith("-DELETE"):
            return
        self.data[name] = given.get("value") or ("on" if kind == "checkbox" else self.fill(name, kind))

    def handle_endtag(self, tag):
        if tag == "form":
            self.data = None
        elif tag == "select":
            self.select = None


def fill(name, kind):
    by_kind = {"date": timezone.localdate().isoformat(), "time": "00:01", "number": "1", "url": "https://a.example/"}
    by_kind |= {"email": "nora@medinjob.example", "datetime-local": f"{timezone.now():%Y-%m-%dT%H:%M}"}
    return by_kind.get(kind, "Nora Exemple")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        users = people()
        yield users, things(users)
        transaction.set_rollback(True)


def client_of(user):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def opened(world, db):
    """(role, URL, data) of every form on every page that one of the readers may open; read once for the module."""
    users, args = world
    if "forms" not in args:
        args["forms"] = [found for role in READERS for found in forms_of(role, client_of(users[role]), args)]
    return args["forms"]


def forms_of(role, client, args):
    for name, line in TABLE.items():
        if line.get[role] != "200":
            continue
        url = reverse(name, args=[args[arg] for arg in line.args])
        answer = client.get(url)
        if "html" in answer["Content-Type"]:
            parser = Forms(fill)
            parser.feed(answer.text)
            yield from ((role, action.split("?")[0] or url, data) for action, data in parser.found)


def is_ours(url):
    return resolve(url).url_name in TABLE


def test_every_page_that_is_posted_to_has_a_form_that_is_tried(opened):
    posted = {name for name, line in TABLE.items() if line.post}
    tried = {resolve(url).url_name for _role, url, _data in opened}
    assert posted - tried - WITHOUT_A_FORM == set()


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_what_was_opened_before_changes_nothing_once_it_is_closed(world, opened, state):
    users, _args = world
    wrong = []
    for role, url, data in opened:
        if not is_ours(url):
            continue
        with transaction.atomic():
            Edition.objects.update(state=state, closed_at=timezone.now() - timedelta(hours=1))
            before = frozen_rows()
            status = client_of(users[role]).post(url, data).status_code
            name = resolve(url).url_name
            if status >= 500 or (name not in FREE and frozen_rows() != before):
                wrong.append((name, role, status, data))
            transaction.set_rollback(True)
    assert wrong == []
