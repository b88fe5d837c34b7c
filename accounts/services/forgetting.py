"""The end of a person's words. What only they held is deleted by whoever holds it; this is for what stays because it is
somebody else's: mails to others, and the texts that each app keeps, which hear of it by `accounts.signals`."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.enums import MailState
from accounts.models import MailAttachment, OutgoingMail
from accounts.signals import rows_redacted, words_forgotten
from medinjob.lib.text import without_phones

GONE = "…"
_MAIL_WORDS = ("subject", "body", "headers", "error")


@transaction.atomic
def forget_words(*, emails: Collection[str], names: Collection[str]) -> None:
    """Nothing that stays names the person: mails written to one of `emails` go, other mails and the kept texts of all
    apps lose addresses and `names`. One word alone is no name: it would empty the texts of others."""
    addresses = {email.strip().lower() for email in emails if "@" in email}
    OutgoingMail.objects.filter(addressed("to", addresses)).delete()
    if words := _words([*addresses, *names]):
        forget_in_mails(words=words)
        words_forgotten.send(sender=OutgoingMail, emails=addresses, words=words)


def addressed(field: str, emails: Collection[str]) -> Q:
    """Rows whose `field` is one of the addresses, in whatever case."""
    found = Q(pk__in=())
    for email in sorted(emails):
        found |= Q(**{f"{field}__iexact": email})
    return found


def redact(text: str, words: Collection[str]) -> str:
    """`text` without the words, nor any telephone number: beside a name it is that person's."""
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(re.escape(word), GONE, text, flags=re.IGNORECASE)
    return without_phones(text, GONE)


def redact_texts(texts: Mapping[type[Model], Collection[str]], words: Collection[str]) -> None:
    """In all rows of these models, in these fields of each."""
    for model, fields in texts.items():
        redact_rows(model._default_manager.all(), fields, words)


def redact_rows(rows: QuerySet[Any], fields: Collection[str], words: Collection[str]) -> int:
    """In those of `rows` that hold one of the words in one of `fields`, texts or JSON; how many."""
    found = list(_holding(rows, fields, words).values("pk", *fields))
    for row in found:
        kept = {field: _redacted(row[field], words) for field in fields}
        rows.model._default_manager.filter(pk=row["pk"]).update(**kept)
    if found:
        rows_redacted.send(sender=rows.model, model=rows.model, ids=[row["pk"] for row in found])
    return len(found)


@transaction.atomic
def forget_in_mails(*, words: Collection[str]) -> None:
    """In those written to others. One that has left loses its text. One still to leave tells its reader something they
    must know, such as that an application was withdrawn: only the words go, and the files."""
    words = _words(words)
    named = _holding(OutgoingMail.objects.all(), _MAIL_WORDS, words)
    by_state = dict(named.values_list("pk", "state"))
    MailAttachment.objects.filter(mail__in=by_state).delete()
    waiting = [pk for pk, state in by_state.items() if state in (MailState.WAITING, MailState.SENDING)]
    redact_rows(OutgoingMail.objects.filter(pk__in=waiting), _MAIL_WORDS, words)
    left = by_state.keys() - set(waiting)
    OutgoingMail.objects.filter(pk__in=left).update(subject="", body="", headers={}, error="")


def _words(said: Collection[str]) -> set[str]:
    return {word.strip() for word in said if "@" in word or " " in word.strip()}


def _holding(rows: QuerySet[Any], fields: Collection[str], words: Collection[str]) -> QuerySet[Any]:
    found, casts = Q(pk__in=()), {}
    for field in fields:
        is_json = isinstance(rows.model._meta.get_field(field), JSONField)
        if is_json:
            casts[f"{field}_text"] = Cast(field, TextField())
        for word in words:
            for written in _written(word, is_json=is_json):
                found |= Q(**{f"{field}_text__icontains" if is_json else f"{field}__icontains": written})
    return rows.annotate(**casts).filter(found)


def _written(word: str, *, is_json: bool) -> Iterator[str]:
    yield word
    if is_json and not word.isascii():  # as SQLite holds it
        yield json.dumps(word)[1:-1]


def _redacted(value: Any, words: Collection[str]) -> Any:
    if isinstance(value, str):
        return redact(value, words)
    if isinstance(value, dict):
        return {key: _redacted(held, words) for key, held in value.items()}
    return [_redacted(held, words) for held in value] if isinstance(value, list) else value
