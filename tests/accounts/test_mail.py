import re
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.enums import (
    MAIL_ATTEMPTS,
    MAIL_BODY_KEPT,
    MAIL_CLAIM_TIMEOUT,
    MAIL_ROW_KEPT,
    MailState,
    MailUrgency,
)
from accounts.models import OutgoingMail
from accounts.services import purge_mails, queue_mail, queue_template_mail, retry_mail, send_due_mails
from tests.accounts.smtp_server import smtp_server

pytestmark = pytest.mark.django_db


def queue(to="alix@medinjob.example", subject="Bonjour", **fields):
    return queue_mail(to=to, subject=subject, body="À bientôt.", **fields)


@pytest.fixture
def smtp(settings):
    """Settings that aim at a `smtp_server`."""

    def aim(server):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 2
        return server

    return aim


def test_mail_is_a_row_until_the_worker_sends_it():
    mail = queue(headers={"List-Unsubscribe": "<https://medinjob.example/stop>"})
    assert django_mail.outbox == []
    assert send_due_mails() == {MailState.SENT: 1}
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MailState.SENT, 1, "")
    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["alix@medinjob.example"], "Bonjour", "À bientôt.\n")
    name = sent.extra_headers.pop("Message-ID")
    assert re.fullmatch(r"<[0-9a-f]{32}@medinjob\.example>", name)
    assert sent.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://medinjob.example/stop>",
    }


def test_mail_of_a_rolled_back_transaction_is_never_sent():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert send_due_mails() == {}
    assert django_mail.outbox == []


def test_mail_with_a_known_key_is_written_once():
    first = queue(key="offer-1-expires")
    assert first.subject == "Bonjour"
    assert queue(key="offer-1-expires") is None
    assert queue(key="offer-2-expires") is not None
    assert OutgoingMail.objects.count() == 2


def test_subject_stays_on_one_line():
    mail = queue_mail(to="a@medinjob.example", subject="Une\r\nBcc: b@medinjob.example " + "x" * 300, body="b")
    assert "\n" not in mail.subject
    assert len(mail.subject) == 250


def test_template_mail_speaks_the_reader_s_language_and_escapes_nothing(tmp_path, settings):
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "m.txt").write_text(
        "{% load i18n %}{% autoescape off %}Pour {{ name }}\n\n{{ site_url }}{% url 'home' %}\n{% endautoescape %}"
    )
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}]
    settings.SITE_URL = "https://medinjob.example"
    mail = queue_template_mail(to="a@medinjob.example", template="m.txt", context={"name": "A & B"}, language="en")
    assert (mail.subject, mail.body) == ("Pour A & B", "https://medinjob.example/en/\n")


def test_mail_reaches_a_real_server(smtp):
    with smtp_server() as server:
        smtp(server)
        queue()
        assert send_due_mails() == {MailState.SENT: 1}
    message = message_from_bytes(server.received[0])
    assert str(make_header(decode_header(message["Subject"]))) == "Bonjour"
    assert message.get_payload(decode=True).decode() == "À bientôt.\r\n"


def test_mail_refused_for_good_fails_at_once_and_the_next_one_leaves(smtp):
    with smtp_server(MAIL="250 ok", RCPT="550 no such user alix@medinjob.example") as server:
        smtp(server)
        refused = queue()
        assert send_due_mails() == {MailState.FAILED: 1}
        server.answers["RCPT"] = "250 ok"
        queue()
        assert send_due_mails() == {MailState.SENT: 1}
    refused.refresh_from_db()
    assert refused.state == MailState.FAILED
    assert "550" in refused.error


def test_mail_refused_for_now_waits_longer_each_time_then_fails(smtp, time_machine):
    delays = []
    with smtp_server(RCPT="451 try later") as server:
        smtp(server)
        mail = queue()
        for _ in range(MAIL_ATTEMPTS):
            send_due_mails()
            mail.refresh_from_db()
            delays.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
            time_machine.move_to(mail.due_at + timedelta(seconds=1))
    assert delays[:4] == [1, 2, 4, 8]
    assert max(delays) == 360
    assert (mail.state, mail.attempts) == (MailState.FAILED, MAIL_ATTEMPTS)


def test_mail_not_yet_due_waits():
    mail = queue()
    OutgoingMail.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    assert send_due_mails() == {}
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING


def test_server_out_of_reach_ends_the_run_and_costs_the_others_nothing(smtp):
    with smtp_server() as server:
        smtp(server)
    first, second = queue(), queue()
    assert send_due_mails() == {MailState.WAITING: 1}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    assert first.due_at > timezone.now() >= second.due_at


def test_line_cut_after_the_text_leaves_the_mail_uncertain_and_it_is_not_sent_again(smtp):
    with smtp_server(end="hang up") as server:
        smtp(server)
        mail = queue()
        assert send_due_mails() == {MailState.UNCERTAIN: 1}
        server.answers["."] = "250 queued"
        assert send_due_mails() == {}
    mail.refresh_from_db()
    assert mail.state == MailState.UNCERTAIN


def test_sending_interrupted_between_claim_and_answer_becomes_uncertain():
    killed = queue()
    fresh = queue()
    OutgoingMail.objects.filter(pk=killed.pk).update(
        state=MailState.SENDING, claimed_at=timezone.now() - MAIL_CLAIM_TIMEOUT - timedelta(seconds=1)
    )
    OutgoingMail.objects.filter(pk=fresh.pk).update(state=MailState.SENDING, claimed_at=timezone.now())
    assert send_due_mails() == {MailState.UNCERTAIN: 1}
    killed.refresh_from_db()
    fresh.refresh_from_db()
    assert (killed.state, fresh.state) == (MailState.UNCERTAIN, MailState.SENDING)
    assert django_mail.outbox == []


def test_mail_claimed_by_another_worker_is_left_to_it(monkeypatch):
    from accounts.services import delivery

    mail = queue()
    open_connection = delivery.get_connection

    def other_worker_is_quicker():
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENDING, claimed_at=timezone.now())
        return open_connection()

    monkeypatch.setattr(delivery, "get_connection", other_worker_is_quicker)
    assert send_due_mails() == {}
    assert django_mail.outbox == []


def test_rate_limit_counts_all_that_left_in_the_last_minute(settings, time_machine):
    settings.MAIL_RATE_PER_MINUTE = 2
    for _ in range(3):
        queue()
    assert send_due_mails() == {MailState.SENT: 2}
    assert send_due_mails() == {}
    time_machine.move_to(timezone.now() + timedelta(seconds=61))
    assert send_due_mails() == {MailState.SENT: 1}


def test_logs_hold_neither_address_nor_text(smtp, caplog):
    with smtp_server(RCPT="550 no such user alix@medinjob.example") as server:
        smtp(server)
        queue()
        send_due_mails()
    assert "SMTPRecipientsRefused" in caplog.text
    assert "alix" not in caplog.text
    assert "bientôt" not in caplog.text


@pytest.mark.parametrize(
    ("state", "again"),
    [("failed", True), ("uncertain", True), ("sent", False), ("waiting", False), ("sending", False)],
)
def test_staff_retry_only_what_failed_or_is_uncertain(state, again):
    mail = queue()
    OutgoingMail.objects.update(state=state, attempts=5, sent_at=timezone.now())
    assert retry_mail(mail=mail) is again
    assert send_due_mails() == ({MailState.SENT: 1} if again or state == "waiting" else {})


def test_purge_forgets_old_texts_then_old_rows(time_machine):
    queue()
    send_due_mails()
    waiting = queue()
    time_machine.move_to(timezone.now() + MAIL_BODY_KEPT + timedelta(days=1))
    recent = queue()
    assert purge_mails() == 1
    kept = OutgoingMail.objects.exclude(body="").order_by("id")
    assert list(kept) == [waiting, recent]
    time_machine.move_to(timezone.now() + MAIL_ROW_KEPT - timedelta(days=2))
    purge_mails()
    assert list(OutgoingMail.objects.all()) == [recent]


def test_purged_mail_cannot_be_sent_again():
    mail = queue()
    OutgoingMail.objects.update(state="failed", body="")
    assert retry_mail(mail=mail) is False


def test_drain_costs_the_same_queries_besides_the_mails(django_assert_num_queries):
    for _ in range(3):
        queue()
    with django_assert_num_queries(4 + 2 * 3):  # interrupted, allowance, due, files; then claim and answer for each
        send_due_mails()


def test_scheduled_task_sends():
    from accounts.tasks import send_mails

    queue()
    send_mails()
    assert len(django_mail.outbox) == 1


def test_every_mail_says_that_a_program_wrote_it_and_names_our_domain(smtp):
    """RFC 3834, by the command that tries the mail server as by all others."""
    with smtp_server() as server:
        smtp(server)
        queue()
        call_command("test_mail", "nora@medinjob.example", verbosity=0)
    messages = [message_from_bytes(data) for data in server.received]
    assert [message["Auto-Submitted"] for message in messages] == ["auto-generated"] * 2
    names = {message["Message-ID"] for message in messages}
    assert len(names) == 2
    assert all(name.endswith("@medinjob.example>") for name in names)


def test_mail_sent_again_has_the_name_it_had():
    mail = queue()
    send_due_mails()
    OutgoingMail.objects.update(state="failed")
    retry_mail(mail=mail)
    send_due_mails()
    assert len({sent.extra_headers["Message-ID"] for sent in django_mail.outbox}) == 1


def test_awaited_mails_leave_first_and_recipients_take_turns():
    for number in range(3):
        queue("bulk@medinjob.example", subject=f"bulk {number}", urgency=MailUrgency.BULK)
    for number in range(3):
        queue("much@medinjob.example", subject=f"much {number}")
    queue("Little@medinjob.example", subject="little")
    queue("reset@medinjob.example", subject="reset", urgency=MailUrgency.AWAITED)
    send_due_mails()
    subjects = [sent.subject for sent in django_mail.outbox]
    assert subjects == ["reset", "much 0", "little", "much 1", "much 2", "bulk 0", "bulk 1", "bulk 2"]


def test_bulk_leaves_the_last_quarter_of_each_minute(settings, time_machine):
    settings.MAIL_RATE_PER_MINUTE = 20
    for number in range(40):
        queue(f"n{number}@medinjob.example", urgency=MailUrgency.BULK)
    assert send_due_mails() == {MailState.SENT: 15}
    assert send_due_mails() == {}
    queue("reset@medinjob.example", urgency=MailUrgency.AWAITED)
    for number in range(9):
        queue(f"m{number}@medinjob.example")
    assert send_due_mails() == {MailState.SENT: 5}
    assert "reset@medinjob.example" in {mail.to[0] for mail in django_mail.outbox}
    time_machine.move_to(timezone.now() + timedelta(seconds=61))
    assert send_due_mails() == {MailState.SENT: 15}


def test_awaited_mail_written_during_a_long_run_does_not_wait_for_its_end(monkeypatch):
    """A slow server: what is asked for meanwhile is looked for every ten mails."""
    for number in range(30):
        queue(f"n{number}@medinjob.example", urgency=MailUrgency.BULK)
    sent_before = EmailMessage.send

    def send(message, *args, **kwargs):
        if len(django_mail.outbox) == 4:
            queue("reset@medinjob.example", urgency=MailUrgency.AWAITED)
        return sent_before(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)
    assert send_due_mails() == {MailState.SENT: 31}
    assert [mail.to[0] for mail in django_mail.outbox].index("reset@medinjob.example") == 10
