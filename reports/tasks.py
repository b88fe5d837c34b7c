from celery import shared_task

from reports.services import time_stamps


@shared_task(name="reports.ask_time_stamps")
def ask_time_stamps() -> None:
    time_stamps.ask_due_stamps()
