"""Rows in the structure of France Travail's API, in words of our own, and files of them."""

import gzip
import json
from pathlib import Path
from typing import Any

from jobs.imports.run import Import, Tally
from jobs.models import Offer

TEXT = (
    "Vous rejoignez une équipe de six personnes qui construit un service de réservation pour les musées de la région. "
    "Vous développez les fonctions nouvelles en Python, vous écrivez les tests automatiques et vous tenez à jour la "
    "documentation technique. Vous participez aux revues de code chaque semaine, aux choix d'architecture logicielle "
    "et à l'astreinte partagée. Notre bureau donne sur le port, les horaires sont souples et la formation est continue."
)
AIX = {
    "libelle": "13 - AIX EN PROVENCE",
    "codePostal": "13100",
    "commune": "13001",
    "latitude": 43.53,
    "longitude": 5.45,
}
TOULON = {"libelle": "83 - TOULON", "codePostal": "83000", "commune": "83137"}
PARIS = {"libelle": "75 - Paris", "commune": "75056"}


def row(number: int = 1, **fields: Any) -> dict[str, Any]:
    """A sound offer of a web developer in Aix-en-Provence; a field given as None is left out."""
    whole = {
        "id": f"19{number:05}",
        "intitule": "Développeur Python (H/F)",
        "description": TEXT,
        "dateCreation": "2026-11-02T09:15:04.123Z",
        "dateActualisation": "2026-11-20T09:15:04.123Z",
        "lieuTravail": AIX,
        "romeCode": "M1855",
        "entreprise": {"nom": "Musées fictifs du Sud"},
        "typeContrat": "CDI",
        "typeContratLibelle": "CDI",
        "natureContrat": "Contrat travail",
        "experienceExige": "E",
        "experienceLibelle": "2 An(s)",
        "salaire": {"libelle": "Annuel de 38000.0 Euros à 45000.0 Euros sur 12.0 mois"},
        "nombrePostes": 1,
        "alternance": False,
        "origineOffre": {"urlOrigine": f"https://candidat.francetravail.fr/offres/recherche/detail/19{number:05}"},
    }
    return {name: value for name, value in (whole | fields).items() if value is not None}


def write(path: Path, rows: list[Any], form: str = "lines") -> Path:
    """A file of these rows, as "lines", "list", "page" or "gzip"."""
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in rows)
    texts = {
        "lines": lines,
        "list": json.dumps(rows, ensure_ascii=False, indent=1),
        "page": json.dumps({"resultats": rows, "filtresPossibles": []}, ensure_ascii=False),
        "gzip": lines,
    }
    content = texts[form].encode()
    path.write_bytes(gzip.compress(content) if form == "gzip" else content)
    return path


def import_rows(folder: Path, *rows: Any, complete: bool = False, **options: Any) -> Tally:
    """Import these rows as one file."""
    path = write(folder / "offers.jsonl", list(rows))
    return Import(format_name="france-travail", **options).run(path, complete=complete)


def offer(number: int = 1) -> Offer:
    return Offer.objects.get(source_id=f"19{number:05}")


def history(imported: Offer) -> list[tuple[str, str, str]]:
    """(action, before, after), the oldest first."""
    return list(imported.events.order_by("id").values_list("action", "before", "after"))
