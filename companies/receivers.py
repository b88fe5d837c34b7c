"""What companies make of the facts that accounts announces."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounts.services import addressed, redact_texts
from accounts.signals import closing, closing_asked, words_forgotten
from companies.models import Company, CompanyEvent, Invitation


@receiver(closing_asked)
def keep_administrators(user: Any, **kwargs: Any) -> list[str]:
    """A company with other members must not lose its last administrator."""
    companies = Company.objects.with_only_admin(user).filter(member_count__gt=1)
    return [
        _(
            "Vous êtes seul à administrer %(company)s, qui a d’autres membres : nommez d’abord quelqu’un d’autre à "
            "l’administration."
        )
        % {"company": company}
        for company in companies
    ]


@receiver(closing)
def delete_empty_companies(user: Any, **kwargs: Any) -> None:
    """A company that only this person held goes with them. One with offers was refused before, by `jobs`."""
    Company.objects.filter(pk__in=list(Company.objects.with_only_admin(user).values_list("pk", flat=True))).delete()


@receiver(words_forgotten)
def forget_in_companies(emails: Collection[str], words: Collection[str], **kwargs: Any) -> None:
    """Invitations written to the person go, by whatever company, accepted or not; histories name them no more."""
    Invitation.objects.filter(addressed("email", emails)).delete()
    redact_texts({CompanyEvent: ("before", "after", "reason"), Company: ("refusal_reason",)}, words)


@receiver(post_delete, sender=Company)
def delete_logo(instance: Company, **kwargs: Any) -> None:
    """The file goes once the row is gone, however it was deleted: the address of a logo serves what is there."""
    storage, name = instance.logo.storage, instance.logo.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
