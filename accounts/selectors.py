from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import FactorReset, User


def has_account(email: str) -> bool:
    """Is the address somebody's, as sign-in or as a verified second one? Not to be told to strangers."""
    return User.objects.filter(email__iexact=email).exists() or account_of(email) is not None


def account_of(email: str) -> User | None:
    """The account that has proved the address, as sign-in or second one. Not to be told to strangers."""
    verified = EmailAddress.objects.filter(email__iexact=email, verified=True).order_by("pk")
    row = verified.select_related("user").first()
    return row.user if row else None


def accounts_with_factor(email: str) -> QuerySet[Any]:
    """The team, and whose whole address is `email`; `factor`: do they have one, `waits`: is its reset asked for?"""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    reset = FactorReset.objects.waiting().filter(user=OuterRef("pk"))
    rows = User.objects.team() | User.objects.filter(email__iexact=email)
    return rows.annotate(factor=Exists(factor), waits=Exists(reset)).order_by("-is_staff", "name", "email")
