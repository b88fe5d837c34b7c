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
