"""A second factor that was lost: lifted by another of the team at once, by the server's command after a day."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import FACTOR_RESET_DELAY
from accounts.errors import AccountError
from accounts.links import stop_factor_url
from accounts.models import FactorReset, User
from accounts.services.mail import queue_template_mail
from accounts.services.sessions import end_sessions


@transaction.atomic
def lift_factor(*, user: User, by: User) -> FactorReset:
    """At once: `by` knows the person. Both are written down, and the person is told."""
    if by.pk == user.pk:
        raise AccountError(_("Personne ne lève sa propre double authentification : demandez à un collègue."))
    if not Authenticator.objects.filter(user=user).exists():
        raise AccountError(_("Ce compte n’a pas de double authentification."))
    FactorReset.objects.waiting().filter(user=user).update(stopped_at=timezone.now())
    return _lift(FactorReset.objects.create(user=user, by=by))


@transaction.atomic
def ask_factor_reset(*, user: User) -> FactorReset:
    """By the server's command: it waits a day, and the person and the team are told at once how to stop it."""
    if not Authenticator.objects.filter(user=user).exists():
        raise AccountError(_("Ce compte n’a pas de double authentification."))
    waiting = FactorReset.objects.waiting().filter(user=user).first()
    if waiting:
        return waiting
    reset = FactorReset.objects.create(user=user, due_at=timezone.now() + FACTOR_RESET_DELAY)
    _tell(reset, "accounts/mail/factor_asked.txt", {"stop": stop_factor_url(reset.pk)})
    return reset


@transaction.atomic
def stop_factor_reset(*, reset: FactorReset) -> bool:
    """False if it was no longer waiting."""
    if not FactorReset.objects.waiting().filter(pk=reset.pk).update(stopped_at=timezone.now()):
        return False
    reset.refresh_from_db()
    _tell(reset, "accounts/mail/factor_stopped.txt", {})
    return True


def lift_due_factors() -> int:
    """Those asked for a day ago. A factor used since then is not lost: its reset is stopped."""
    lifted = 0
    for reset in FactorReset.objects.due().select_related("user"):
        used = Authenticator.objects.filter(user=reset.user, last_used_at__gt=reset.asked_at).exists()
        if used:
            stop_factor_reset(reset=reset)
        else:
            lifted += _lift_once(reset)
    return lifted


@transaction.atomic
def _lift_once(reset: FactorReset) -> bool:
    """Not when it was stopped in the meantime."""
    if not FactorReset.objects.waiting().filter(pk=reset.pk).update(done_at=timezone.now()):
        return False
    _lift(reset)
    return True


def _lift(reset: FactorReset) -> FactorReset:
    """In the caller's transaction."""
    reset.done_at = timezone.now()
    reset.save(update_fields=["done_at"])
    Authenticator.objects.filter(user=reset.user).delete()
    end_sessions(user=reset.user)
    _tell(reset, "accounts/mail/factor_lifted.txt", {})
    return reset


def _tell(reset: FactorReset, template: str, context: dict[str, Any]) -> None:
    """The person, and all of the team: one of them may know that it is no honest demand."""
    for reader in (User.objects.team() | User.objects.filter(pk=reset.user_id)).order_by("pk"):
        own = {"reset": reset, "reader": reader, "own": reader.pk == reset.user_id, **context}
        queue_template_mail(to=reader.email, template=template, context=own, language=reader.language)
