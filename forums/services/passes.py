"""Passes: one for each person, so that one can be taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.enums import MailUrgency
from accounts.services import queue_template_mail
from forums.enums import PassKind
from forums.guard import Part, must_be_open
from forums.links import pass_url
from forums.models import Edition, Exhibitor, Pass


@transaction.atomic
def issue_pass(*, edition: Edition, name: str, by: Any, email: str = "", exhibitor: Exhibitor | None = None) -> Pass:
    """For the stand of `exhibitor`, or else for the door. With an `email` the link leaves by mail too."""
    must_be_open(edition, Part.TOOLS)
    kind = PassKind.STAND if exhibitor else PassKind.DOOR
    held = Pass.objects.create(edition=edition, kind=kind, exhibitor=exhibitor, name=name, email=email, created_by=by)
    if email:
        queue_template_mail(
            to=email,
            template="forums/day/mail/pass.txt",
            context={"held": held, "edition": edition, "exhibitor": exhibitor, "pass_path": pass_url(held.pk)},
            urgency=MailUrgency.AWAITED,
        )
    return held


def revoke_pass(*, held: Pass) -> None:
    """Ends it at once, wherever its link was opened; the first time counts."""
    Pass.objects.filter(pk=held.pk, revoked_at=None).update(revoked_at=timezone.now())


def note_use(*, held: Pass) -> None:
    """Its link was opened for the first time."""
    Pass.objects.filter(pk=held.pk, used_at=None).update(used_at=timezone.now())
