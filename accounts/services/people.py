"""Accounts made and ended by other ways than sign-up."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.errors import AccountError
from accounts.models import User
from accounts.services.forgetting import forget_words
from accounts.services.sessions import forget_in_sessions, forget_sessions
from accounts.signals import closing, closing_asked, erasing


@transaction.atomic
def create_staff(*, email: str, name: str = "", password: str | None = None) -> tuple[User, bool]:
    """Somebody of Medinsoft's team, with a verified address; an existing account is promoted. Second value: created?"""
    user = User.objects.filter(email__iexact=email).first()
    created = user is None
    if user is None:
        user = User.objects.create_user(email, password)
    user.is_staff = True
    user.name = name or user.name
    user.save(update_fields=["is_staff", "name"])
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user, created


def password_link(user: User) -> str:
    """The address where its owner chooses a password, once; to be handed over in person."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)


def obstacles_to_closing(user: Any) -> list[str]:
    """Why the account may not be deleted now, in words for its owner; empty if it may."""
    answers = closing_asked.send(sender=User, user=user)
    return [reason for _, reasons in answers for reason in reasons or ()]


@transaction.atomic
def close_account(*, user: Any) -> None:
    """Delete the account and all that only it held, the mails written to it included."""
    erasing.send(sender=User, user=user)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if reasons := obstacles_to_closing(user):
        raise AccountError(" ".join(reasons))
    answers = closing.send(sender=User, user=user)
    forget_sessions(user=user)
    emails = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    known = {word for _, words in answers for word in words or ()}
    forget_words(emails=emails | {word for word in known if "@" in word}, names={user.name, *known})
    forget_in_sessions(emails=emails)
    user.delete()
