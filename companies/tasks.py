from celery import shared_task

from companies.services.invitations import forget_old_invitations
from companies.services.review import announce_dated_marks


@shared_task(name="companies.announce_dated_marks")
def announce_marks() -> None:
    announce_dated_marks()


@shared_task(name="companies.forget_old_invitations")
def forget_invitations() -> None:
    forget_old_invitations()
