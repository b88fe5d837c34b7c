from celery import shared_task

from accounts import services
from medinjob.lib import limits


@shared_task(name="accounts.send_mails")
def send_mails() -> None:
    services.send_due_mails()


@shared_task(name="accounts.purge_mails")
def purge_mails() -> None:
    services.purge_mails()


@shared_task(name="accounts.purge_limits")
def purge_limits() -> None:
    limits.purge()


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    services.clear_sessions()


@shared_task(name="accounts.lift_due_factors")
def lift_due_factors() -> None:
    services.lift_due_factors()


@shared_task(name="accounts.purge_unsent")
def purge_unsent() -> None:
    services.purge_unsent()
