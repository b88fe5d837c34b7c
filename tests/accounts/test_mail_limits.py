"""What strangers can have written to any address."""

import pytest
from django.test import Client

from accounts.enums import MailUrgency
from accounts.models import OutgoingMail
from accounts.services import send_due_mails
from demo.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
RESET = "/compte/password/reset/"


def ask(email, address="203.0.113.7"):
    return Client().post(RESET, {"email": email}, REMOTE_ADDR=address)


def test_resets_to_unknown_addresses_delay_no_real_one(settings, mailoutbox):
    """140 of them held it up for 133 seconds."""
    settings.MAIL_RATE_PER_MINUTE = 20
    owner = UserFactory()
    for number in range(140):
        ask(f"n{number}@medinjob.example", f"2001:db8:0:{number % 7}::{number}")
    answer = ask(owner.email, "198.51.100.4")
    send_due_mails()
    assert mailoutbox[0].to == [owner.email]
    assert OutgoingMail.objects.exclude(to=owner.email).count() <= 7 * 10
    assert answer.url == ask("personne@medinjob.example", "198.51.100.5").url


def test_one_address_has_few_resets_and_the_page_says_no_more(caplog):
    owner = UserFactory()
    answers = [ask(owner.email, f"198.51.100.{number}") for number in range(5)]
    assert {answer.status_code for answer in answers} == {302}
    assert OutgoingMail.objects.filter(to=owner.email).count() == 5
    assert set(OutgoingMail.objects.values_list("urgency", flat=True)) == {MailUrgency.AWAITED}


def test_address_is_told_twice_a_day_that_it_has_no_account(caplog):
    answers = [ask("nora@medinjob.example", f"198.51.100.{number}") for number in range(4)]
    assert len({answer.url for answer in answers}) == 1
    assert OutgoingMail.objects.count() == 2
    assert "too many unknown_account" in caplog.text
    assert "nora" not in caplog.text


def test_mail_past_the_limit_of_a_day_is_not_written(time_machine):
    owner = UserFactory()
    for _hour in range(4):
        for number in range(5):
            ask(owner.email, f"198.51.100.{number}")
        time_machine.shift(3600)
    assert OutgoingMail.objects.filter(to=owner.email).count() <= 2 * 10
