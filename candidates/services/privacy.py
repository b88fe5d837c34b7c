"""The end of a candidate's data: asked for, or two years after the last contact (CNIL, guide du recrutement, 2023).

What stays of an application has no identity: its offer, company, channel, states and dates, for the counts.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from accounts.enums import MailUrgency
from accounts.services import GONE, addressed, close_account, forget_in_mails, obstacles_to_closing, queue_template_mail
from candidates.enums import ANONYMISED_AFTER, NOTICE_AFTER
from candidates.models import (
    CV,
    Application,
    ApplicationDraft,
    ApplicationMessage,
    ApplicationNote,
    ApplyInvitation,
    CandidateProfile,
    Contract,
    ContractCancellation,
    DataAccess,
    RetentionEvent,
    SavedSearch,
)
from candidates.services.cvs import drop_drafts, drop_unheld_cvs
from candidates.services.moves import withdraw
from candidates.signals import forgetting

BATCH = 200


@transaction.atomic
def forget(*, user: Any, action: str) -> set[str]:
    """Take a person out of what they sent; their open applications are withdrawn, and the companies told. Files go once
    this is committed. `action` is what the retention event says: "deleted" or "anonymised"; there is none for an
    account that was no candidate's. The names and addresses by which anybody knew them."""
    answers: Any = forgetting.send(sender=Application, user=user)
    words = {user.email, *_names_given(user), *(word for _receiver, known in answers for word in known)}
    ids = forget_applications(applications=Application.objects.filter(candidate=user))
    forget_address(emails={user.email})
    files = [(cv.file.storage, str(cv.file.name)) for cv in CV.objects.filter(owner=user)]
    CV.objects.filter(owner=user).delete()
    transaction.on_commit(lambda: _delete_files(files))
    SavedSearch.objects.filter(user=user).delete()
    ApplyInvitation.objects.filter(candidate=user).delete()
    profiles, _ = CandidateProfile.objects.filter(user=user).delete()
    forget_in_mails(words=words)
    if ids or files or profiles:
        RetentionEvent.objects.create(action=action, applications=len(ids), files=len(files))
    return words


def _names_given(user: Any) -> set[str]:
    """The account's, and those of applications, which one types anew."""
    sent = Application.objects.filter(candidate=user).order_by().values_list("name", flat=True)
    return {user.name, *sent.distinct()}


@transaction.atomic
def forget_address(*, emails: Collection[str]) -> None:
    """What was typed and joined under an address without an account."""
    drop_drafts(ApplicationDraft.objects.filter(addressed("email", emails)))
    forget_applications(applications=Application.objects.filter(addressed("email", emails), candidate=None))


@transaction.atomic
def forget_applications(*, applications: Any) -> list[int]:
    """The same for a queryset of applications, such as those of a person who has no account; their ids."""
    for application in applications.open().select_related("offer__company", "candidate"):
        withdraw(application=application, by=None)
    ids = list(applications.values_list("pk", flat=True))
    for model in (ApplicationMessage, ApplicationNote, DataAccess):
        model.objects.filter(application__in=ids).delete()
    Contract.objects.filter(application__in=ids).exclude(reason="").update(reason=GONE)
    ContractCancellation.objects.filter(contract__application__in=ids).update(reason=GONE)
    Application.objects.filter(pk__in=ids).update(
        candidate=None, name="", email="", profile={}, message="", refusal="", cv=None, forgotten_at=timezone.now()
    )
    drop_unheld_cvs()
    return ids


def notice_silent_candidates() -> int:
    """Tell those who were silent for 23 months that their data will go, once; any contact stops the clock."""
    silent = CandidateProfile.objects.filter(last_contact_at__lte=timezone.now() - NOTICE_AFTER, noticed_at=None)
    noticed = 0
    for profile in silent.select_related("user")[:BATCH]:
        noticed += _notice(profile)
    return noticed


def anonymise_silent_candidates() -> int:
    """Close the accounts of those who were silent for 24 months and were noticed a month ago. An account with another
    role (a company's last administrator, staff) stays; only what made it a candidate goes."""
    now = timezone.now()
    gone = CandidateProfile.objects.filter(
        last_contact_at__lte=now - ANONYMISED_AFTER, noticed_at__lte=now - (ANONYMISED_AFTER - NOTICE_AFTER)
    )
    users = get_user_model().objects.filter(candidate__in=gone.values("pk"))[:BATCH]
    for user in users:
        _anonymise(user)
    return len(users)


def forget_silent_strangers() -> int:
    """The same for applications sent without an account, 24 months after the last move; how many."""
    old = Application.objects.filter(candidate=None, forgotten_at=None, moved_at__lte=timezone.now() - ANONYMISED_AFTER)
    ids = list(old.exclude(email="").order_by("pk").values_list("pk", flat=True)[:BATCH])
    return len(forget_applications(applications=Application.objects.filter(pk__in=ids)))


@transaction.atomic
def _notice(profile: CandidateProfile) -> bool:
    rows = CandidateProfile.objects.filter(pk=profile.pk, noticed_at=None, last_contact_at=profile.last_contact_at)
    if not rows.update(noticed_at=timezone.now()):
        return False
    queue_template_mail(
        to=profile.user.email,
        template="candidates/mail/retention.txt",
        context={"profile": profile},
        language=profile.user.language,
        key=f"retention:{profile.pk}:{profile.last_contact_at:%Y-%m-%d}",
        urgency=MailUrgency.BULK,
    )
    RetentionEvent.objects.create(action="noticed")
    return True


@transaction.atomic
def _anonymise(user: Any) -> None:
    forget(user=user, action="anonymised")
    if not (user.is_staff or user.memberships.exists() or obstacles_to_closing(user)):
        close_account(user=user)


def _delete_files(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)
