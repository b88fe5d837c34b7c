"""Where somebody is signed in, and the end of it."""

from collections.abc import Collection
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.enums import SESSION_LONGEST
from accounts.models import OpenSession, User
from medinjob.lib.devices import browser_of, network_of, system_of


def note_session(*, user: Any, key: str, agent: str, address: str) -> None:
    """This browser is signed in, now."""
    seen = {"browser": browser_of(agent), "system": system_of(agent), "network": network_of(address)}
    OpenSession.objects.update_or_create(session_key=key, defaults={"user": user, "seen_at": timezone.now(), **seen})


@transaction.atomic
def end_session(*, session: OpenSession) -> None:
    _store().delete(session.session_key)
    session.delete()


@transaction.atomic
def end_sessions(*, user: Any, keep: str | None = None) -> User:
    """All but the one of the key `keep`; those that were never noted too, since the hash of every session changes. The
    caller gives the hash of the user that comes back to the session that stays."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    forget_sessions(user=user, keep=keep)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def forget_sessions(*, user: Any, keep: str | None = None) -> None:
    """Delete the rows of sessions that a new password or a new round has ended."""
    for session in OpenSession.objects.filter(user=user).exclude(session_key=keep or ""):
        end_session(session=session)


@transaction.atomic
def forget_in_sessions(*, emails: Collection[str]) -> int:
    """End the sessions, of whatever browser, that hold one of the addresses, as one does that has proved it and waits
    for a password; how many."""
    wanted = {email.lower() for email in emails}
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    gone = [row.pk for row in rows.iterator() if wanted & {str(value).lower() for value in row.get_decoded().values()}]
    return Session.objects.filter(pk__in=gone).delete()[0]


def rename_session(*, old: str | None, new: str | None) -> None:
    """A session that goes on under another key is the same browser."""
    OpenSession.objects.filter(session_key=old or "").update(session_key=new or "")


def clear_sessions() -> int:
    """Sessions over their age, and the rows of those that are gone; how many rows."""
    too_long = OpenSession.objects.filter(created_at__lt=timezone.now() - SESSION_LONGEST)
    for session in too_long:
        _store().delete(session.session_key)
    _store().clear_expired()
    gone = [row.pk for row in OpenSession.objects.iterator() if not _store().exists(row.session_key)]
    return OpenSession.objects.filter(pk__in=gone).delete()[0]


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()
