"""What the reports make of facts announced below."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from accounts.signals import words_forgotten
from reports.services.words import forget_words_in_reports


@receiver(words_forgotten, dispatch_uid="reports.words_forgotten")
def on_words_forgotten(emails: Collection[str], words: Collection[str], **_: Any) -> None:
    forget_words_in_reports(emails=emails, words=words)
