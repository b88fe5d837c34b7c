from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jobs.imports import process, schedule


class Command(BaseCommand):
    help = "Run the imports that are due, in this process with bounded memory; the worker starts it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parent", type=int, metavar="PID", help="end when this parent process has ended")

    def handle(self, *, parent: int | None, **_options: Any) -> None:
        process.limit()
        process.watch(parent)
        while schedule.run_due_imports():
            pass
