"""Reduces the official files to the facts that Medinjob needs: what `referentials/data/` holds.

The sources and their licences are in `docs/credits.md`. Sectors, commissions and the technologies of `data/input/`
are our own and are edited in place.
"""

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean

from medinjob.lib.text import fold
from referentials.rome import family_of
from referentials.skill_names import skill_key, skill_slug

COMMUNE_COLUMNS = [
    "code", "name", "parent", "department", "department_name", "region", "region_name", "postcodes", "population",
    "latitude", "longitude", "coordinates_source",
]  # fmt: skip
DEPARTMENT_CENTRE = "department-centre"

# Arrondissements carry codes of their own; the first two or three digits say whose.
_CITY_OF_DISTRICT = {"132": "13055", "751": "75056", "693": "69123"}

# Territories none of whose communes has coordinates in the source: their centre, to the nearest tenth of a degree.
_TERRITORY_CENTRES = {
    "975": (46.9, -56.3),
    "977": (17.9, -62.8),
    "978": (18.1, -63.1),
    "984": (-49.3, 69.5),
    "986": (-13.3, -176.2),
    "987": (-17.6, -149.5),
    "988": (-21.3, 165.4),
    "989": (10.3, -109.2),
}

_MAX_ALIASES = 4

Row = dict[str, str]
Centres = dict[str, tuple[float, float]]


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def department_centres(communes: Iterable[Row]) -> Centres:
    """The mean of the communes with coordinates, by département."""
    points = defaultdict(list)
    for commune in communes:
        if commune["latitude"]:
            points[commune["code_departement"]].append((float(commune["latitude"]), float(commune["longitude"])))
    means = {
        department: (fmean(x for x, _ in found), fmean(y for _, y in found)) for department, found in points.items()
    }
    return _TERRITORY_CENTRES | means


def with_abroad(communes: Iterable[list[object]], abroad: Iterable[Row]) -> Iterator[list[object]]:
    """The communes, then the towns outside France where people of the region work, already in `COMMUNE_COLUMNS`."""
    yield from communes
    for row in abroad:
        yield [row[column] for column in COMMUNE_COLUMNS]


def reduce_communes(communes: list[Row]) -> Iterator[list[object]]:
    """One row a commune in `COMMUNE_COLUMNS`; coordinates to four decimals (11 m), the département's centre if none."""
    centres = department_centres(communes)
    for commune in sorted(communes, key=lambda row: row["code_insee"]):
        code, department = commune["code_insee"], commune["code_departement"]
        located = bool(commune["latitude"])
        latitude, longitude = (
            (float(commune["latitude"]), float(commune["longitude"])) if located else centres[department]
        )
        yield [
            code,
            commune["nom"],
            _CITY_OF_DISTRICT[code[:3]] if commune["type"] == "arrondissement-municipal" else "",
            department,
            commune["departement"],
            commune["code_region"],
            commune["region"],
            commune["codes_postaux"],
            commune["population"] or 0,
            round(latitude, 4),
            round(longitude, 4),
            commune["source_coord"] if located else DEPARTMENT_CENTRE,
        ]


def reduce_former(former: Iterable[Row], own: Iterable[Row]) -> Iterator[list[str]]:
    """name, code, current: what a commune of today was called, or its code was, before a merger. `own` are lines added
    by hand, in the same columns; a code without a name is kept for its code."""
    rows = {(row["name"], row["code"], row["current_code"]) for row in former if row["code"] != row["current_code"]}
    rows |= {(row["name"], "", row["current_code"]) for row in former if row["name"]}
    rows |= {(row["name"], row["code"], row["current"]) for row in own}
    yield from sorted(map(list, rows))


def reduce_occupations(occupations: list[Row]) -> Iterator[list[object]]:
    """code, label, digital (1 or empty), family: all of ROME, classified by `referentials.rome`."""
    for row in sorted(occupations, key=lambda row: row["code_rome"]):
        family = family_of(row["code_rome"])
        yield [row["code_rome"], row["libelle"], "1" if family else "", family]


def reduce_appellations(appellations: list[Row]) -> Iterator[list[object]]:
    """code, occupation, label: of the digital occupations only."""
    for row in sorted(appellations, key=lambda row: (row["code_rome"], int(row["code_ogr"]))):
        if family_of(row["code_rome"]):
            yield [row["code_ogr"], row["code_rome"], row["libelle_long"]]


def merge_skills(technologies: list[Row], selection: Iterable[str], esco: Iterable[str]) -> Iterator[list[object]]:
    """slug, label, aliases, esco_uri, spotted: our technologies, then the labels of the selected skills of ESCO.

    `selection` are lines that begin with a URI's last part, `esco` are JSON lines (uri, label, alt). A name is kept
    once: a technology's before ESCO's, a label's before an alias's.
    """
    entries = [json.loads(line) for line in esco]
    uris = {skill_key(entry["label"]): entry["uri"] for entry in entries}
    chosen = {line.split(" ", 1)[0] for line in selection if not line.startswith("#")}
    taken = {skill_key(row["label"]) for row in technologies}
    for row in technologies:
        aliases = _new_names(row["aliases"].split("|"), taken)
        yield [skill_slug(row["label"]), row["label"], aliases, uris.get(skill_key(row["label"]), ""), row["spotted"]]
    for entry in sorted(entries, key=lambda entry: fold(entry["label"])):
        label = _tidy(entry["label"])
        if entry["uri"] in chosen and _new_names([label], taken):
            aliases = _new_names([_tidy(alias) for alias in entry["alt"][:_MAX_ALIASES]], taken)
            yield [skill_slug(label), label[0].upper() + label[1:], aliases, entry["uri"], ""]


def _new_names(names: Iterable[str], taken: set[str]) -> str:
    """The names that nothing has yet, joined by "|"; they are taken from then on."""
    new = {skill_key(name): name for name in names if name and skill_key(name) not in taken}
    taken |= set(new)
    return "|".join(new.values())


def _tidy(label: str) -> str:
    return " ".join(label.replace("’", "'").split())


def write_csv(path: Path, header: list[str], rows: Iterable[Iterable[object]]) -> int:
    """Writes UTF-8 with "\\n"; a name in .gz is compressed with no date in it, so that the same facts give the same
    bytes. Returns the number of rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    lines = list(rows)
    writer.writerows(lines)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0) if path.suffix == ".gz" else content)
    return len(lines)
