from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from referentials import reduction
from referentials.services.kinds import DATA


class Command(BaseCommand):
    help = "Regenerate referentials/data/ from a folder of official files (docs/credits.md says which)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--output", type=Path, default=DATA)

    def handle(self, *, folder: Path, output: Path, **_: Any) -> None:
        communes = reduction.read_csv(folder / "communes_france_2026.csv")
        abroad = reduction.read_csv(DATA / "input" / "communes_abroad.csv")
        former = reduction.reduce_former(
            reduction.read_csv(folder / "communes_anciennes.csv"),
            reduction.read_csv(DATA / "input" / "former_communes.csv"),
        )
        occupations = reduction.read_csv(folder / "rome_metiers_v460.csv")
        appellations = reduction.read_csv(folder / "rome_appellations_v460.csv")
        skills = reduction.merge_skills(
            reduction.read_csv(DATA / "input" / "technologies.csv"),
            (DATA / "input" / "esco_selection.txt").read_text().splitlines(),
            (folder / "esco_skills_fr_v1.jsonl").read_text().splitlines(),
        )
        for name, columns, rows in (
            (
                "communes.csv.gz",
                reduction.COMMUNE_COLUMNS,
                reduction.with_abroad(reduction.reduce_communes(communes), abroad),
            ),
            ("former_communes.csv.gz", ["name", "code", "current"], former),
            ("occupations.csv", ["code", "label", "digital", "family"], reduction.reduce_occupations(occupations)),
            ("appellations.csv", ["code", "occupation", "label"], reduction.reduce_appellations(appellations)),
            ("skills.csv", ["slug", "label", "aliases", "esco_uri", "spotted"], skills),
        ):
            self.stdout.write(f"{name}: {reduction.write_csv(output / name, columns, rows)} rows")
