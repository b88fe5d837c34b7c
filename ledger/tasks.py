from celery import shared_task

from forums.services import stand
from ledger.services import attribution, chain_watch, contracts, entries, follow_up, retention


@shared_task(name="ledger.ask_follow_ups")
def ask_follow_ups() -> None:
    follow_up.ask_due()


@shared_task(name="ledger.settle_ledger")
def settle_ledger() -> None:
    """What may have been missed, or changed without passing here: dates of an edition, entries from paper."""
    contracts.record_missing_contracts()
    attribution.refresh_attributions()
    entries.refresh_differences()


@shared_task(name="ledger.forget_old")
def forget_old() -> None:
    retention.forget_old()
    stand.forget_old_proposals()
    retention.erase_names()


@shared_task(name="ledger.verify_ledger")
def verify_ledger() -> None:
    chain_watch.tell_of_breaks()


# Messages sent before these tasks moved here may still wait in a queue under their old names.
for task in (ask_follow_ups, settle_ledger, forget_old):
    shared_task(name=f"forums.{task.__name__}")(task.run)
