"""The real files beside the checkout, whose annotations (`_dup`, `_digital`) the product never reads."""

import gzip
import json
from collections import defaultdict

import pytest

from jobs.enums import OfferState
from jobs.imports.run import Import
from jobs.models import JobDetails, Offer, OfferPlace
from referentials.services import REFERENTIALS, load

FILES = {
    "offers_ft_data_it_2024_2025_public.jsonl.gz": 2535,
    "offers_ft_digital_2026_public.jsonl": 1259,
    "offers_ft_general_ardeche_2025_public.jsonl": 211,
}
UNTITLED = 13


def rows_of(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def import_all(folder, **options):
    return [Import(format_name="france-travail").run(folder / name, **options) for name in FILES]


@pytest.fixture
def imported(shared_data, db):
    for kind in ("communes", "occupations", "sectors", "skills"):
        load(referential=REFERENTIALS[kind])
    return shared_data, import_all(shared_data)


def test_real_files_are_imported_once(imported):
    folder, tallies = imported
    assert [tally.counts["read"] for tally in tallies] == list(FILES.values())
    assert sum(tally.counts["created"] for tally in tallies) == sum(FILES.values()) - UNTITLED
    assert sum(tally.refused.total() for tally in tallies) == UNTITLED
    again = import_all(folder)
    assert [(tally.counts["created"], tally.counts["updated"]) for tally in again] == [(0, 0)] * 3
    _check_doubles(folder)
    _check_the_sector(folder)
    _check_pay_and_places()


def _check_doubles(folder):
    """Most of what the annotation calls one offer is shown once; what is hidden beyond it has the same title."""
    group = {row["id"]: row["_dup"] for name in FILES for row in rows_of(folder / name)}
    offers = Offer.objects.values_list("source_id", "duplicate_of__source_id")
    shown = defaultdict(set)
    for source_id, head in offers:
        shown[group[source_id]].add(head or source_id)
    still_shown = sum(len(heads) - 1 for heads in shown.values())
    hidden = [(source_id, head) for source_id, head in offers if head]
    agreed = sum(group[source_id] == group[head] for source_id, head in hidden)
    assert 1 - still_shown / (len(offers) - len(shown)) > 0.9
    assert agreed / len(hidden) > 0.88


def _check_the_sector(folder):
    """Every waiter waits; hardly anything that the ROME code calls digital does, and its words say why."""
    flagged = set(Offer.objects.filter(state=OfferState.IN_REVIEW).values_list("source_id", flat=True))
    rows = [row for name in FILES for row in rows_of(folder / name) if row.get("intitule")]
    waiters = {row["id"] for row in rows if row["intitule"].lower().startswith("serveur")}
    assert waiters <= flagged
    digital = {row["id"] for row in rows if row["_digital"]} - waiters
    assert len(digital & flagged) / len(digital) < 0.04
    data = {row["id"] for row in rows if row["intitule"].lower().startswith(("data analyst", "développeur java"))}
    assert not data & flagged


def _check_pay_and_places():
    paid = JobDetails.objects.filter(pay_unit__gt="")
    assert 1_250 < paid.count() < 1_400
    assert not paid.filter(pay_yearly_min__lt=4_000).exists()
    assert not paid.filter(pay_yearly_max__gt=300_000).exists()
    located = OfferPlace.objects.filter(copied_from__isnull=True)
    assert located.filter(commune__isnull=False).count() > 3_300
    assert not located.filter(latitude__lt=-22).exists()
    assert not located.filter(department__lt="96", department__gt="", latitude__isnull=False, latitude__lt=41).exists()


def test_real_files_of_the_region(shared_data, db):
    for kind in ("communes", "occupations"):
        load(referential=REFERENTIALS[kind])
    run = Import(format_name="france-travail", departments=["04", "05", "06", "13", "83", "84"])
    path = shared_data / "offers_ft_data_it_2024_2025_public.jsonl.gz"
    tally = run.run(path)
    assert 150 < tally.counts["created"] < 250
    assert set(tally.refused) == {"no-title", "out-of-territory", "place-unknown"}
