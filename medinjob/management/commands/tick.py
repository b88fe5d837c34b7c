from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.services import beat

SIGN_OF_LIFE = "medinjob.beat"


class Command(BaseCommand):
    help = "Do once all that the schedule does (mail, index, imports, expiry, reminders): for cron, tests and repairs."

    def handle(self, *args: Any, **options: Any) -> None:
        beat(name="tick")
        current_app.loader.import_default_modules()
        failed = []
        for name in dict.fromkeys(entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()):
            if name == SIGN_OF_LIFE:  # of a worker, which this is not
                continue
            result = current_app.tasks[name].apply()
            if result.failed():
                failed.append(f"{name}: {type(result.result).__name__}: {result.result}")
            elif options["verbosity"] > 1:
                self.stdout.write(f"{name}: done")
        if failed:
            raise CommandError("; ".join(failed))
