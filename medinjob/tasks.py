from celery import shared_task

from accounts.services import beat
from medinjob import watch


@shared_task(name="medinjob.beat")
def beat_of_worker() -> None:
    beat(name="worker")


@shared_task(name="medinjob.watch")
def watch_the_site() -> None:
    watch.watch()
