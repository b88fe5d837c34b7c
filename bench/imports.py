"""Imports: offers a second with places, pay and clean texts, without the index; and the memory of a longer file.

The real files beside the checkout, or as many made-up offers where they are absent. Each figure is of one run of the
command's own code, in a database that has the referentials.

usage: python -m bench.imports
"""

import gzip
import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.place import empty_place
from bench.results import machine, table, write

REAL = Path(__file__).resolve().parents[2] / "shared" / "data"
ROWS = 4_000
LONGER = 5


def made_up(count: int) -> Iterator[dict[str, Any]]:
    """Offers that read alike and are not doubles of each other."""
    towns = [("13 - AIX EN PROVENCE", "13001"), ("83 - TOULON", "83137"), ("06 - NICE", "06088"), ("05 - GAP", "05061")]
    for number in range(count):
        label, code = towns[number % len(towns)]
        tasks = [f"- Faire évoluer le module {number * 7 % 997} avec l'équipe {part}." for part in range(30)]
        yield {
            "id": f"bench{number}",
            "intitule": f"DEVELOPPEUR PYTHON module {number % 50} H/F",
            "description": f"Mission {number} :\n"
            + "\n".join(tasks)
            + "\nDeux jours de télétravail, Django, PostgreSQL.",
            "lieuTravail": {"libelle": label, "commune": code},
            "romeCode": "M1855",
            "typeContrat": "CDI",
            "salaire": {"libelle": "Annuel de 38000.0 Euros à 45000.0 Euros sur 12.0 mois"},
        }


def real() -> Iterator[dict[str, Any]]:
    for path in sorted(REAL.glob("offers_ft_*")):
        content = path.read_bytes()
        lines = (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()
        yield from map(json.loads, lines)


def written(path: Path, rows: Iterator[dict[str, Any]], times: int = 1) -> Path:
    """A file of the rows, once or several times under other identifiers, of which only the first is no re-post."""
    known = list(rows)
    with path.open("w", encoding="utf-8") as file:
        for turn in range(times):
            for row in known:
                title = f"{row['intitule']} {turn}" if row.get("intitule") else ""
                file.write(json.dumps({**row, "id": f"{row['id']}-{turn}", "intitule": title}) + "\n")
    return path


def measured(name: str, path: Path) -> list[object]:
    from jobs.imports.run import Import

    wall, cpu = time.perf_counter(), time.process_time()
    counts = Import(format_name="france-travail").run(path).counts
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    read = counts["read"]
    return [
        name,
        read,
        counts["created"],
        f"{wall:.1f} s",
        f"{read / wall:.0f}",
        f"{read / cpu:.0f}",
        f"{memory:.0f} MB",
    ]


def main() -> None:
    rows = list(real()) or list(made_up(ROWS))
    kind = "the real files in one" if REAL.is_dir() else "made-up offers"
    with empty_place() as folder:
        once = written(folder / "once.jsonl", iter(rows))
        lines = [measured("all new", once), measured("nothing changed", once)]
        lines.append(measured(f"{LONGER} times as long", written(folder / "longer.jsonl", iter(rows), LONGER)))
    head = ["", "rows", "created", "wall", "offers/s", "offers/s of CPU", "peak memory"]
    write("Imports", f"{kind.capitalize()}, SQLite, without the index. {machine()}\n\n{table(head, lines)}")


if __name__ == "__main__":
    main()
