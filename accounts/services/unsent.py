"""What was written in a form whose session had ended."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.enums import UNSENT_CHARACTERS, UNSENT_MOST
from accounts.models import UnsentForm, User

NAME_MOST = 200
ADDRESS_MOST = 4000


@transaction.atomic
def keep_unsent(
    *, user: User, page: str, action: str, words: Sequence[tuple[str, str]], had_files: bool = False
) -> UnsentForm | None:
    """The oldest of this person give way; None where an address is no address of ours, by its length."""
    if max(len(page), len(action)) > ADDRESS_MOST:
        return None
    kept = _within_bounds(words)
    row: UnsentForm = UnsentForm.objects.create(
        user=user, page=page, action=action, words=kept, had_files=had_files, is_cut=len(kept) < len(words)
    )
    newest = UnsentForm.objects.filter(user=user).values_list("pk", flat=True)[:UNSENT_MOST]
    UnsentForm.objects.filter(user=user).exclude(pk__in=list(newest)).delete()
    return row


def open_unsent(*, row: UnsentForm) -> None:
    """Its owner has it before their eyes."""
    UnsentForm.objects.filter(pk=row.pk, opened_at=None).update(opened_at=timezone.now())


def forget_unsent(*, user: User, token: str) -> bool:
    """It was sent, or is not wanted any more. False if it was not there."""
    return UnsentForm.objects.filter(user=user, token=token).delete()[0] > 0


def purge_unsent() -> int:
    return int(UnsentForm.objects.over().delete()[0])


def _within_bounds(words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The shortest first: one text too long does not push the others out. In their order."""
    room, kept = UNSENT_CHARACTERS, set()
    for place, (name, value) in sorted(enumerate(words), key=lambda item: len(item[1][1])):
        room -= len(name) + len(value)
        if room < 0:
            break
        if len(name) <= NAME_MOST:
            kept.add(place)
    return [word for place, word in enumerate(words) if place in kept]
