"""The outbox handed to the mail server: a mail is claimed first, so that no accident sends it twice."""

import logging
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.enums import (
    MAIL_ATTEMPTS,
    MAIL_BODY_KEPT,
    MAIL_CLAIM_TIMEOUT,
    MAIL_RETRY_AFTER,
    MAIL_RETRY_LONGEST,
    MAIL_ROW_KEPT,
    MailState,
    MailUrgency,
)
from accounts.models import MailAttachment, OutgoingMail

logger = logging.getLogger(__name__)

AT_A_TIME = 10
BULK_LEAVES = 4
"""Of the minute's mails, one in so many is never for bulk."""


def send_due_mails() -> Counter[str]:
    """Send what is due within `MAIL_RATE_PER_MINUTE`, the awaited first, each recipient in turn; how many mails ended
    in which state. What becomes due meanwhile is looked for every few mails.

    Safe to run twice at once. A server that cannot be reached ends the run: the other mails wait for the next one.
    """
    done: Counter[str] = Counter()
    if interrupted := _mark_interrupted():
        done[MailState.UNCERTAIN] = interrupted
    due, more = _next_due()
    if not due:
        return done
    with _Line() as line:
        done.update(_send_all(due, line))
        while more and not line.is_down:
            due, more = _next_due()
            done.update(_send_all(due, line))
    return done


def retry_mail(*, mail: OutgoingMail) -> bool:
    """Staff decide to send a failed or uncertain mail again. False if it is in another state or its text is gone."""
    now = timezone.now()
    again = OutgoingMail.objects.filter(pk=mail.pk, state__in=(MailState.FAILED, MailState.UNCERTAIN)).exclude(body="")
    return bool(again.update(state=MailState.WAITING, attempts=0, error="", due_at=now, waiting_since=now))


def purge_mails() -> int:
    """Forget the text of old mails (it holds links and names), then the rows themselves; the number of texts."""
    now = timezone.now()
    OutgoingMail.objects.filter(created_at__lt=now - MAIL_ROW_KEPT).delete()
    settled = OutgoingMail.objects.exclude(state__in=(MailState.WAITING, MailState.SENDING)).exclude(body="")
    old = settled.filter(created_at__lt=now - MAIL_BODY_KEPT)
    MailAttachment.objects.filter(mail__in=old).delete()
    return old.update(body="", headers={})


class _Line:
    """The way to the mail server, opened for the first mail and closed after the last."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.is_down = False

    def __enter__(self) -> "_Line":
        return self

    def __exit__(self, *error: object) -> None:
        _close(self.connection)


def _next_due() -> tuple[list[OutgoingMail], bool]:
    """And whether there may be more. Bulk mails leave the last share of each minute to the others."""
    left = _allowance()
    due = OutgoingMail.objects.due().in_turn().prefetch_related("attachments")
    for_all = left - settings.MAIL_RATE_PER_MINUTE // BULK_LEAVES
    if for_all <= 0:
        due = due.exclude(urgency=MailUrgency.BULK)
    wanted = min(for_all if for_all > 0 else left, AT_A_TIME)
    found = list(due[:wanted])
    return found, 0 < wanted == len(found)


def _send_all(due: list[OutgoingMail], line: _Line) -> Iterator[MailState]:
    for mail in due:
        if not _claim(mail):
            continue
        try:
            line.connection.open()
        except OSError as error:
            line.is_down = True
            yield _settle_error(mail, error, MailState.WAITING)
            return
        yield _send(mail, line.connection)


def _mark_interrupted() -> int:
    """Claimed long ago and never answered: sent or not, nobody knows. Staff decide."""
    long_ago = timezone.now() - MAIL_CLAIM_TIMEOUT
    interrupted = OutgoingMail.objects.filter(state=MailState.SENDING, claimed_at__lt=long_ago).update(
        state=MailState.UNCERTAIN, error=""
    )
    if interrupted:
        logger.warning("%d mails were interrupted while being sent; staff decide on the mail page", interrupted)
    return interrupted


def _allowance() -> int:
    """How many more may leave this minute, whoever sends them."""
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    return max(settings.MAIL_RATE_PER_MINUTE - OutgoingMail.objects.filter(claimed_at__gt=a_minute_ago).count(), 0)


def _claim(mail: OutgoingMail) -> bool:
    claimed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
        state=MailState.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    mail.attempts += claimed
    return bool(claimed)


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> MailState:
    try:
        headers = _headers(mail)
        message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers, connection=connection)
        for file in mail.attachments.all():
            message.attach(file.name, bytes(file.content), file.content_type)
        message.send()
    except Exception as error:  # whatever a backend raises must end as a state, and never stop the others
        _close(connection)
        return _settle_error(mail, error, _state_after(error))
    return _settle(mail, MailState.SENT, sent_at=timezone.now(), error="")


def _headers(mail: OutgoingMail) -> dict[str, str]:
    """Every mail of ours is written by a program (RFC 3834): no out-of-office answers it. Its identifier names our
    domain, not this machine, and is the same when staff send it again: a server that has it may drop the second."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    name = salted_hmac("accounts.mail", f"{mail.pk} {mail.created_at.isoformat()}").hexdigest()[:32]
    return {"Auto-Submitted": "auto-generated", "Message-ID": f"<{name}@{domain}>", **mail.headers}


def _state_after(error: Exception) -> MailState:
    """Refused for good, refused for now, or unknown: a connection lost in mid-talk may have delivered the mail."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return MailState.FAILED if all(code >= 500 for code in codes) else MailState.WAITING
    if isinstance(error, SMTPResponseException):
        return MailState.FAILED if error.smtp_code >= 500 else MailState.WAITING
    if isinstance(error, (ConnectionRefusedError, socket.gaierror)):
        return MailState.WAITING
    return MailState.FAILED if isinstance(error, ValueError) else MailState.UNCERTAIN


def _settle_error(mail: OutgoingMail, error: Exception, state: MailState) -> MailState:
    """The error's text goes to the row only: servers like to repeat addresses, and logs must not hold them."""
    if state == MailState.WAITING and mail.attempts >= MAIL_ATTEMPTS:
        state = MailState.FAILED
    delay = min(MAIL_RETRY_AFTER * 2 ** (mail.attempts - 1), MAIL_RETRY_LONGEST)
    logger.warning("Mail %s: %s, now %s", mail.pk, type(error).__name__, state)
    return _settle(mail, state, error=f"{type(error).__name__}: {error}"[:500], due_at=timezone.now() + delay)


def _settle(mail: OutgoingMail, state: MailState, **fields: object) -> MailState:
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(state=state, **fields)
    return state


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()
