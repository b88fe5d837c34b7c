from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.loading import is_empty, load_demo
from referentials.models import Commune, Occupation


class Command(BaseCommand):
    help = "Load made-up companies, people, jobs and trainings into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing, and succeed, if there is data already")

    def handle(self, *, if_empty: bool, **_: Any) -> None:
        if settings.SECURE_SSL_REDIRECT:
            raise CommandError("This is a public site's configuration: made-up offers are not for the public.")
        if not is_empty():
            if if_empty:
                self.stdout.write("demo: the database has data, nothing is loaded")
                return
            raise CommandError("The database has data already: the demo loads only into an empty one.")
        if not Occupation.objects.exists() or not Commune.objects.exists():
            raise CommandError("The referentials are missing: run `manage.py load_referentials` first.")
        loaded = load_demo()
        self.stdout.write(f"demo: {loaded.companies} companies, {loaded.jobs} jobs, {loaded.trainings} trainings")
