"""Several workers on one outbox, on a real database."""

import pytest
from django.core import mail as django_mail

from accounts.models import OutgoingMail
from accounts.services import queue_mail, send_due_mails

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_workers_send_each_mail_once(race, look):
    for n in range(12):
        queue_mail(to=f"n{n}@medinjob.example", subject=str(n), body="x")

    def attempt(ready):
        ready()
        return send_due_mails()["sent"]

    assert sum(race(*[attempt] * 4)) == 12
    assert sorted(int(mail.subject) for mail in django_mail.outbox) == list(range(12))
    assert look(lambda: set(OutgoingMail.objects.values_list("state", "attempts"))) == {("sent", 1)}


def test_one_key_asked_for_by_four_at_once_is_one_mail(race, look):
    def attempt(ready):
        ready()
        return queue_mail(to="nora@medinjob.example", subject="x", body="x", key="once") is not None

    assert sorted(race(*[attempt] * 4)) == [False, False, False, True]
    assert look(OutgoingMail.objects.count) == 1
