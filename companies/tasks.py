from celery import shared_task

from companies.services.review import announce_dated_marks


@shared_task(name="companies.announce_dated_marks")
def announce_marks() -> None:
    announce_dated_marks()
