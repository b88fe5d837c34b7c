"""From the previous release, with its data: migrated by today's code, every value of then is still there."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from tests.services.site import CHECKOUT, Site

PREVIOUS = "427bf48"
"""Release 0.1.0, by its commit: a clone of CI may lack the tag."""
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def previous(tmp_path_factory):
    """The sources of the previous release, with the packages that it asks for: today's may lack some."""
    known = subprocess.run(["git", "cat-file", "-e", f"{PREVIOUS}^{{commit}}"], cwd=CHECKOUT, capture_output=True)
    if known.returncode:
        # No service that CI could install: a clone without history cannot have it.
        pytest.skip(f"commit {PREVIOUS} is absent: this clone has no history (git fetch --unshallow)")
    folder = tmp_path_factory.mktemp("previous")
    archive = subprocess.run(["git", "archive", PREVIOUS], cwd=CHECKOUT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=folder, check=True)
    packages = ["-r", "requirements/base.txt", "-r", "requirements/demo.txt"]
    install = [".venv/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, *packages], cwd=folder, check=True, timeout=600)
    return folder


@pytest.fixture
def url(request, tmp_path):
    return (
        f"sqlite:///{tmp_path}/medinjob.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgres")
    )


def rows(url, question):
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            return database.execute(question).fetchall()
    with psycopg.connect(url) as database:
        return database.execute(question).fetchall()


def columns(url):
    if url.startswith("sqlite"):
        return rows(
            url, "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        )
    return rows(url, "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")


def digest(url, table, column):
    """How many values the column has, and a digest of them in whatever order."""
    values = sorted(repr(value) for (value,) in rows(url, f'SELECT "{column}" FROM "{table}"'))
    return len(values), hashlib.sha256("\n".join(values).encode()).hexdigest()


MOVED = {
    "forums_attribution": "ledger_attribution",
    "forums_auditlink": "reports_auditlink",
    "forums_auditvisit": "reports_auditvisit",
    "forums_contractevidence": "ledger_contractevidence",
    "forums_followup": "ledger_followup",
    "forums_followupanswer": "ledger_followupanswer",
    "forums_followupdate": "ledger_followupdate",
    "forums_ledgerentry": "ledger_ledgerentry",
    "forums_ledgerevent": "ledger_ledgerevent",
    "forums_reportedmeeting": "ledger_reportedmeeting",
    "forums_snapshot": "reports_snapshot",
}
"""Tables that have another name since the previous release."""


def content(url):
    """By the table's name of today and the column."""
    django = ("django_", "auth_", "sqlite_")
    return {
        (MOVED.get(table, table), column): digest(url, table, column)
        for table, column in columns(url)
        if not table.startswith(django)
    }


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_upgrade_keeps_every_value(previous, url, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    site = Site(data, DATABASE_URL=url)
    old = {**site.env, "PYTHONPATH": str(previous)}
    prepare = [".venv/bin/python", "manage.py", "prepare", "--demo"]
    subprocess.run(prepare, cwd=previous, env=old, check=True, timeout=600)
    before = content(url)
    assert before["jobs_offer", "title"][0] > 400
    assert before["candidates_application", "state"][0] >= 200

    site.manage("migrate", "--verbosity", "0")
    after = content(url)
    assert {place: value for place, value in after.items() if place in before} == before
    site.manage("search_index", "rebuild")
    assert site.ask("drift") == []
    assert set(site.ask("pages").values()) == {200}
    assert os.listdir(data / "private" / "cv")
