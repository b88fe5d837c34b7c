"""What the ledger makes of facts announced below."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.dispatch import receiver

from accounts.signals import closing, erasing, rows_redacted, words_forgotten
from candidates.selectors.my_data import Held
from candidates.signals import contracts_changed, contracts_changing, export_asked, forgetting, held_asked
from forums.models import Edition
from forums.signals import edition_copied, edition_created, edition_rows_asked, facts_changed, history_written
from ledger.forms.follow_up_dates import follow_up_date_rows
from ledger.selectors.my_data import forum_data, forum_held
from ledger.services.attribution import attribute_edition
from ledger.services.chain import forget_author, hold_chain, seal_erased, seal_written
from ledger.services.contracts import record_contracts
from ledger.services.follow_up_dates import add_usual_dates, copy_dates
from ledger.services.retention import forget, lock_for_forgetting, words_of
from ledger.services.words import forget_words_in_ledger


@receiver(contracts_changing, dispatch_uid="ledger.contracts_changing")
def on_contracts_changing(**_: Any) -> None:
    hold_chain()


@receiver(contracts_changed, dispatch_uid="ledger.contracts_changed")
def on_contracts_changed(ids: Sequence[int], **_: Any) -> None:
    """One entry of the ledger, whoever declares it and where."""
    record_contracts(ids=ids)


@receiver(facts_changed, dispatch_uid="ledger.facts_changed")
def on_facts_changed(edition: Any, attendees: Collection[int], companies: Collection[int] | None, **_: Any) -> None:
    """An attribution follows every fact at once."""
    attribute_edition(edition=edition, attendees=attendees, companies=companies)


@receiver(edition_created, dispatch_uid="ledger.edition_created")
def on_edition_created(edition: Edition, **_: Any) -> None:
    add_usual_dates(edition=edition)


@receiver(edition_copied, dispatch_uid="ledger.edition_copied")
def on_edition_copied(edition: Edition, made: Edition, shift: timedelta, **_: Any) -> None:
    copy_dates(edition=edition, made=made, shift=shift)


@receiver(edition_rows_asked, dispatch_uid="ledger.edition_rows_asked")
def on_edition_rows_asked(edition: Edition, data: Any, **_: Any) -> Any:
    return follow_up_date_rows(edition, data)


@receiver(forgetting, dispatch_uid="ledger.forgetting")
def on_forgetting(user: Any, **_: Any) -> set[str]:
    """What they did at editions stays without identity."""
    words = words_of(user)
    forget(user=user)
    return words


@receiver(words_forgotten, dispatch_uid="ledger.words_forgotten")
def on_words_forgotten(emails: Collection[str], words: Collection[str], **_: Any) -> None:
    forget_words_in_ledger(emails=emails, words=words)


@receiver(held_asked, dispatch_uid="ledger.held_asked")
def on_held_asked(user: Any, **_: Any) -> list[Held]:
    return forum_held(user)


@receiver(export_asked, dispatch_uid="ledger.export_asked")
def on_export_asked(user: Any, **_: Any) -> dict[str, Any]:
    return forum_data(user)


@receiver(history_written, dispatch_uid="ledger.history_written")
def on_history_written(rows: Sequence[Any], **_: Any) -> None:
    seal_written(rows)


@receiver(erasing, dispatch_uid="ledger.erasing")
def on_erasing(user: Any, **_: Any) -> None:
    lock_for_forgetting(user=user)


@receiver(rows_redacted, dispatch_uid="ledger.rows_redacted")
def on_rows_redacted(model: Any, ids: Collection[int], **_: Any) -> None:
    """The chain forgets the words too."""
    if hasattr(model, "chained"):
        seal_erased(model, ids)


@receiver(closing, dispatch_uid="ledger.closing")
def on_closing(user: Any, **_: Any) -> None:
    forget_author(user)
