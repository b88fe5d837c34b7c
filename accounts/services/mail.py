"""Mail is written here, in the transaction of what it tells; `delivery` sends it afterwards.

Whoever lets people cause mails to others limits how many (`medinjob.lib.limits`):
tests/accounts/test_mail_causes.py asks for a line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.enums import MailUrgency
from accounts.models import MailAttachment, OutgoingMail
from medinjob.lib.text import visible

Attachment = tuple[str, str, bytes]
"""Name, type of content, content."""


def queue_mail(
    *,
    to: str,
    subject: str,
    body: str,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    urgency: MailUrgency = MailUrgency.NEWS,
) -> OutgoingMail | None:
    """A plain text mail to send as soon as the caller's transaction commits.

    `key` names the mail ("offer-42-expires-2026-12-01"): asked for twice, it is written once, and the second call
    returns None. The subject is cut to one line of 250 characters. Files are forgotten with the text.
    """
    fields = {
        "to": to,
        "subject": _one_line(subject)[:250],
        "body": body.strip() + "\n",
        "headers": dict(headers or {}),
        "urgency": urgency,
    }
    if key is None:
        mail, created = OutgoingMail.objects.create(**fields), True
    else:
        mail, created = OutgoingMail.objects.get_or_create(key=key, defaults=fields)
    if not created:
        return None
    if attachments:
        MailAttachment.objects.bulk_create(
            MailAttachment(mail=mail, name=name, content_type=content_type, content=content)
            for name, content_type, content in attachments
        )
    return mail


def _one_line(text: str) -> str:
    """What can be seen of it, on one line; no-break spaces stay: French has them."""
    return " ".join(word for word in visible(text).split(" ") if word)


def queue_template_mail(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "fr",
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    urgency: MailUrgency = MailUrgency.NEWS,
) -> OutgoingMail | None:
    """The same from a text template ("companies/mail/invitation.txt") in `language`; its first line is the subject.

    The template writes links as `{{ site_url }}{% url … %}` and turns escaping off: it is text, not HTML.
    """
    with translation.override(language):
        text = render_to_string(template, {**context, "site": settings.SITE, "site_url": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    return queue_mail(
        to=to, subject=subject, body=body, key=key, headers=headers, attachments=attachments, urgency=urgency
    )
