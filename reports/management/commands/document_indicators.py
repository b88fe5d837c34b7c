from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from reports.selectors.documentation import indicators_markdown

TARGET = Path(__file__).resolve().parents[3] / "docs" / "indicators.md"


class Command(BaseCommand):
    help = "Write docs/indicators.md from the declarations of the indicators."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.write_text(indicators_markdown(), encoding="utf-8")
        self.stdout.write(f"Wrote {TARGET}.")
