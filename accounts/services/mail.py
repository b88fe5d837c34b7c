"""Mail is written here, in the transaction of what it tells; `delivery` sends it afterwards.

Whoever lets people cause mails to others limits how many (`medinjob.lib.limits`):
tests/accounts/test_mail_causes.py asks for a line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.enums import MailState, MailUrgency
from accounts.models import MailAttachment, OutgoingMail, User
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
    wait: timedelta = timedelta(),
) -> OutgoingMail | None:
    """A plain text mail to send once the caller's transaction commits, and no sooner than `wait` from now.

    `key` names the mail ("offer-42-expires-2026-12-01"): asked for twice, it is written once, and the second call
    returns None. The subject is cut to one line of 250 characters. Files are forgotten with the text.
    """
    due = timezone.now() + wait
    fields = {
        "to": to,
        "subject": _one_line(subject)[:250],
        "body": body.strip() + "\n",
        "headers": dict(headers or {}),
        "urgency": urgency,
        "due_at": due,
        "waiting_since": due,
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
    wait: timedelta = timedelta(),
) -> OutgoingMail | None:
    """The same from a text template ("companies/mail/invitation.txt") in `language`; its first line is the subject.

    The template writes links as `{{ site_url }}{% url … %}` and turns escaping off: it is text, not HTML.
    """
    with translation.override(language):
        text = render_to_string(template, {**context, "site": settings.SITE, "site_url": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    return queue_mail(
        to=to,
        subject=subject,
        body=body,
        key=key,
        headers=headers,
        attachments=attachments,
        urgency=urgency,
        wait=wait,
    )


def queue_team_mail(*, template: str, context: Mapping[str, Any], key: str | None = None) -> None:
    """The same to each of the team, in their language. `key` is completed with whose mail it is."""
    for member in User.objects.team():
        queue_template_mail(
            to=member.email,
            template=template,
            context=context,
            language=member.language,
            key=f"{key}-{member.pk}" if key else None,
        )


@transaction.atomic
def cancel_mails(*, keys: Collection[str]) -> set[str]:
    """Delete those of these mails that still wait; their keys. What was claimed for sending is left alone."""
    waiting = OutgoingMail.objects.select_for_update(no_key=True).filter(
        key__in=keys, state=MailState.WAITING, attempts=0
    )
    found = dict(waiting.values_list("pk", "key"))
    OutgoingMail.objects.filter(pk__in=found).delete()
    return {key for key in found.values() if key}
