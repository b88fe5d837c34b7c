from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import AttendeeFactory, EditionFactory
from forums.enums import EditionState
from forums.services.reminders import remind_attendees

pytestmark = pytest.mark.django_db


@pytest.fixture
def attendee(edition):
    return AttendeeFactory(edition=edition)


@pytest.fixture
def days_before(edition):
    """`with days_before(7):` is noon of that day."""
    day = timezone.localtime().replace(hour=12) + (edition.event.starts_on - timezone.localdate())
    return lambda days: time_machine.travel(day - timedelta(days=days), tick=False)


@pytest.mark.parametrize(("days", "written"), [(8, 0), (7, 1), (6, 1), (2, 1), (1, 1), (0, 0), (-1, 0)])
def test_a_reminder_leaves_from_its_day_on(days, written, attendee, days_before):
    with days_before(days):
        assert remind_attendees() == written


def test_each_reminder_leaves_once_and_both_leave(attendee, days_before):
    for days, written in ((7, 1), (7, 0), (5, 0), (1, 1), (1, 0)):
        with days_before(days):
            assert remind_attendees() == written
    assert OutgoingMail.objects.filter(to=attendee.email).count() == 2


def test_a_missed_week_brings_one_mail_not_two(attendee, days_before):
    with days_before(1):
        assert remind_attendees() == 1


def test_the_mail_has_the_badge_and_the_way_to_cancel(attendee, days_before):
    with days_before(7):
        remind_attendees()
    mail = OutgoingMail.objects.get()
    assert mail.body.count("/forum/inscription/") == 2
    assert "annuler/" in mail.body
    assert "Hall fictif" in mail.body


def test_who_registers_after_the_day_of_a_reminder_does_not_get_it(edition, days_before):
    with days_before(3):
        AttendeeFactory(edition=edition)
        assert remind_attendees() == 0
    with days_before(1):
        assert remind_attendees() == 1


@pytest.mark.parametrize("trait", ["to_confirm", "waiting", "cancelled"])
def test_only_who_is_registered_is_reminded(trait, edition, days_before):
    AttendeeFactory(edition=edition, **{trait: True})
    with days_before(7):
        assert remind_attendees() == 0


@pytest.mark.parametrize("state", [EditionState.DRAFT, EditionState.CANCELLED])
def test_nobody_is_reminded_of_an_edition_that_is_not_announced(state, attendee, days_before):
    attendee.edition.state = state
    attendee.edition.save()
    with days_before(7):
        assert remind_attendees() == 0


def test_the_number_of_queries_does_not_grow_with_who_is_reminded_already(
    edition, days_before, django_assert_num_queries
):
    AttendeeFactory.create_batch(3, edition=edition)
    with days_before(7):
        remind_attendees()
        with django_assert_num_queries(3):
            assert remind_attendees() == 0


def test_a_tick_that_runs_twice_reminds_once(attendee, days_before, index):
    EditionFactory(announced=True)
    index()
    with days_before(7):
        call_command("tick")
        call_command("tick")
    assert OutgoingMail.objects.filter(to=attendee.email).count() == 1
