"""Links that work without signing in, or on top of it: one line each says what it opens, to whom it is bound, until
when, and by which method it acts. A new address with a secret, or a new salt, without a line fails."""

import re
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from demo.factories import AttendeeFactory, EditionFactory, ExhibitorFactory, MeetingFactory, UserFactory
from ledger.links import follow_up_url, reported_url
from ledger.models import FollowUp, FollowUpDate, ReportedMeeting
from tests.permissions.table import TABLE

pytestmark = pytest.mark.django_db


class Link(NamedTuple):
    opens: str
    bound_to: str
    until: str
    acts: str  # "POST", or "" for a link that only shows


LINKS = {
    "account_confirm_email": Link("an address to confirm", "who reads its mail", "3 days, or confirmed", "POST"),
    "account_reset_password_from_key": Link("a new password", "who reads the mail", "a new password", "POST"),
    "factor-stop": Link("a reset of a second factor", "the team, by mail", "done or stopped", "POST"),
    "unsent-forget": Link("what one wrote too late", "the account that wrote it, signed in", "sent, 24 hours", "POST"),
    "invitation": Link("an invitation to a company", "the account of its address", "taken, cancelled, 14 days", "POST"),
    "offer-deadline": Link("an offer that expires", "a member while a member", "the offer's expiry, used once", "POST"),
    "draft": Link("what was typed without an account", "who reads the mail", "sent, discarded, 14 days", "POST"),
    "draft-cv": Link("the file joined to it", "who reads the mail", "sent, discarded, 14 days", ""),
    "application-follow": Link("an application sent without an account", "who reads the mail", "an account", "POST"),
    "application-complete": Link("an application to complete", "the account of its address", "complete", "POST"),
    "alerts-stop": Link("the stop of all one's alerts", "who reads the mail", "the account", "POST"),
    "alert-stop": Link("the stop of an alert", "who reads the mail", "the alert", "POST"),
    "cv": Link("a CV", "one account, signed in, that may read it", "15 minutes", ""),
    "cv-beside": Link("a CV", "one account, signed in, that may read it", "15 minutes", ""),
    "badge": Link("a badge", "door and stands; its owner, signed in", "revoked", ""),
    "edition-registration": Link("one's registration", "who reads the mail", "forgotten", ""),
    "edition-confirm": Link("one's registration", "who reads the mail", "forgotten, edition over", "POST"),
    "edition-unregister": Link("one's registration", "who reads the mail", "forgotten", "POST"),
    "badge-pdf": Link("one's badge", "who reads the mail", "forgotten, revoked", ""),
    "registration-meeting": Link("what one shares with a stand", "who reads the mail", "forgotten", "POST"),
    "stand-proposal": Link("what a stand typed for one", "who reads the mail", "14 days, forgotten", "POST"),
    "attendee-forget": Link("forgetting a registration", "who reads the mail", "forgotten", "POST"),
    "pass": Link("the door or a stand", "who holds the pass", "revoked, outside the days", "POST"),
    "follow-up": Link("the meetings of one side", "a member while a member, the person", "200 days", "POST"),
    "follow-up-report": Link("the meetings of a stand", "a member while a member", "200 days", "POST"),
    "follow-up-confirm": Link("a meeting that was told", "who reads the mail", "200 days, forgotten", "POST"),
    "audit": Link("a report", "the auditor named in its row, without names of persons", "its date", ""),
    "audit-rows": Link("rows of a report", "the auditor", "its date", ""),
    "audit-sample": Link("a sample of a report", "the auditor", "its date", "POST"),
    "audit-draw": Link("contracts drawn of a report, with names", "the auditor", "its date", "POST"),
    "audit-conclusion": Link("what a draw concludes", "the auditor", "its date", ""),
    "audit-answer": Link("a company's drawn contracts", "a member while a member", "200 days", "POST"),
    "report-verify": Link("a frozen report", "everybody who has the paper: public figures", "", ""),
    "report-verify-file": Link("a frozen report", "everybody who has the paper", "", ""),
    "report-proof": Link("a frozen report", "everybody who has the paper", "", ""),
}
SALTS = {
    "accounts.factor-reset": "factor-stop",
    "jobs.offer-deadline": "offer-deadline",
    "candidates.cv": "cv",
    "candidates.alert": "alert-stop",
    "candidates.alerts": "alerts-stop",
    "accounts.device": "",  # the cookie of a browser known to an account: it opens nothing
    "accounts.authors": "",  # the cookie that says whose a form was: it opens nothing
    "candidates.complete": "application-complete",
    "candidates.follow": "application-follow",
    "forums.attendee": "edition-registration",
    "forums.follow_up": "follow-up",
    "forums.reported": "follow-up-confirm",
    "forums.pass": "pass",
    "forums.proposal": "stand-proposal",
    "forums.audit": "audit",
    "reports.audit-answer": "audit-answer",
    "search.cursor": "",  # a place in a list of public offers
}
APPS = ("accounts", "companies", "jobs", "search", "candidates", "forums", "ledger", "reports", "medinjob")


def names_with_secrets():
    known = get_resolver().reverse_dict
    return [name for name in TABLE if any({"token", "key"} & set(row[0][0][1]) for row in known.getlist(name))]


def test_every_address_with_a_secret_has_a_line():
    assert set(names_with_secrets()) == set(LINKS)


def test_every_salt_has_a_line():
    files = [path for app in APPS for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    salts = {salt for text in texts for salt in re.findall(r"SALT = \"([^\"]+)\"", text)}
    assert salts == set(SALTS)
    assert {name for name in SALTS.values() if name} <= set(LINKS)


@pytest.mark.parametrize("name", [name for name, link in LINKS.items() if not link.acts])
def test_link_that_only_shows_takes_no_post(name):
    assert TABLE[name].post is None


def follow_up(exhibitor, **side):
    date = FollowUpDate.objects.create(edition=exhibitor.edition, due_on=timezone.localdate())
    return FollowUp.objects.create(date=date, **(side or {"exhibitor": exhibitor}))


@pytest.fixture
def exhibitor():
    return ExhibitorFactory(edition=EditionFactory(over=True), accepted=True)


def status(url, method="get"):
    return getattr(Client(), method)(url).status_code


def test_follow_up_of_a_member_who_left_opens_nothing(exhibitor):
    """It showed the names of seven persons, and took a contract that nobody had signed."""
    member = UserFactory()
    exhibitor.company.memberships.create(user=member)
    url = follow_up_url(follow_up(exhibitor).pk, member.pk)
    assert status(url) == 200
    exhibitor.company.memberships.filter(user=member).delete()
    assert (status(url), status(url, "post"), status(f"{url}rencontre/", "post")) == (404, 404, 404)


def test_follow_up_without_a_reader_is_for_companies_without_members(exhibitor):
    exhibitor.company.memberships.all().delete()
    url = follow_up_url(follow_up(exhibitor).pk)
    assert status(url) == 200
    exhibitor.company.memberships.create(user=UserFactory())
    assert status(url) == 404


def test_follow_up_goes_with_the_account_and_the_stand(exhibitor):
    member = UserFactory()
    exhibitor.company.memberships.create(user=member)
    url = follow_up_url(follow_up(exhibitor).pk, member.pk)
    type(member).objects.filter(pk=member.pk).update(is_active=False)
    assert status(url) == 404
    type(member).objects.filter(pk=member.pk).update(is_active=True)
    type(exhibitor).objects.filter(pk=exhibitor.pk).update(state="cancelled")
    assert status(url) == 404


def test_links_of_a_forgotten_person_open_nothing(exhibitor):
    attendee = AttendeeFactory(edition=exhibitor.edition)
    MeetingFactory(exhibitor=exhibitor, attendee=attendee, held=True)
    told = ReportedMeeting.objects.create(exhibitor=exhibitor, name="Camille", attendee=attendee)
    urls = [follow_up_url(follow_up(exhibitor, attendee=attendee).pk), reported_url(told.pk)]
    assert [status(url) for url in urls] == [200, 200]
    type(attendee).objects.filter(pk=attendee.pk).update(forgotten_at=timezone.now())
    assert [status(url) for url in urls] == [404, 404]


def test_follow_up_ends(exhibitor, time_machine):
    attendee = AttendeeFactory(edition=exhibitor.edition)
    url = follow_up_url(follow_up(exhibitor, attendee=attendee).pk)
    time_machine.move_to(timezone.now() + timedelta(days=201))
    assert status(url) == 404
