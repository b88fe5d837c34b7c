"""Whatever stands in an address, or is sent to it, is no error of ours: a page, or a page that is not there."""

import re
from functools import cache
from pathlib import Path

import django_filters
import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse

from search.criteria import NAMES
from tests.permissions.table import TABLE
from tests.permissions.world import ROLES
from tests.test_permissions import close, users, world  # noqa: F401 - fixtures

HUGE, NEGATIVE, NUL, OTHER_DIGITS, SUPERSCRIPT = "9" * 25, "-1", "1\x00", "٣", "²"
APPS = ("accounts", "companies", "jobs", "search", "candidates", "forums", "ledger", "reports", "medinjob")
# The names of what views and forms read themselves, wherever it is written.
READ = re.compile(r"(?:GET|POST|asked|data|query_params)\.(?:get|getlist)\(\"(\w+)\"")


@cache
def names_read() -> set[str]:
    """By views, by filters, by the search: found in the source, so that a new one is tried too."""
    files = [path for app in APPS for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    read = {name for path in files for name in READ.findall(path.read_text(encoding="utf-8"))}
    filters = {name for kind in kinds_of(django_filters.FilterSet) for name in kind.base_filters}
    fields = {name for kind in kinds_of(forms.BaseForm) for name in getattr(kind, "base_fields", ())}
    return read | set(NAMES) | filters | fields


def kinds_of(kind: type) -> set[type]:
    return {found for child in kind.__subclasses__() for found in {child, *kinds_of(child)}}


def sent(last: str) -> dict[str, list[str]]:
    """Under every name that is read: the huge number alone, or the others, of which a view gets `last`."""
    values = [HUGE] if last == HUGE else [NEGATIVE, NUL, SUPERSCRIPT, last]
    return dict.fromkeys(names_read() - {"action"}, values)


def signed_in(users, name) -> Client:  # noqa: F811
    """Somebody whom the page answers."""
    role = next((role for role in reversed(ROLES) if TABLE[name].get[role] == "200"), "staff")
    client = Client(raise_request_exception=False)
    if users[role]:
        client.force_login(users[role])
    return client


def status(client: Client, method: str, url: str, data=None) -> int:
    answer = getattr(client, method)(url, data)
    close(answer)
    return answer.status_code


@pytest.fixture
def address(world, db):  # noqa: F811
    return lambda name: reverse(name, args=[world[1][arg] for arg in TABLE[name].args])


@pytest.mark.parametrize("name", TABLE)
def test_odd_values_are_no_error(name, users, address, settings):  # noqa: F811
    """In the query, in what is sent, and in each part of the path in turn: those before it name what is there."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    client, url = signed_in(users, name), address(name)
    failed = [last for last in (HUGE, OTHER_DIGITS) if status(client, "get", url, sent(last)) >= 500]
    if TABLE[name].post:
        failed += ["post"] if status(client, "post", url, sent(HUGE)) >= 500 else []
    failed += [odd for odd in odd_paths(url) if status(client, "get", odd) >= 500]
    # `health` says 503 or 200, by what this process has seen of the machine.
    assert failed == [] or name == "health"


def odd_paths(url: str) -> list[str]:
    parts = url.split("/")
    numbers = [place for place, part in enumerate(parts) if part.isdecimal()]
    return ["/".join([*parts[:place], HUGE, *parts[place + 1 :]]) for place in numbers]
