from celery import shared_task

from forums.services import attendees, reminders


@shared_task(name="forums.remind_attendees")
def remind_attendees() -> None:
    reminders.remind_attendees()


@shared_task(name="forums.drop_unconfirmed")
def drop_unconfirmed() -> None:
    attendees.drop_unconfirmed()
