"""Several workers at one source, on a real database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.factories import CommuneFactory, ImportSourceFactory
from jobs.imports.schedule import run_due_imports
from jobs.models import ImportRun, Offer
from jobs.services import import_runs, import_sources
from tests.jobs.imports.corpus import row, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_workers_run_a_due_source_once(race, look, folder):
    CommuneFactory(aix=True)
    write(folder / "offres.jsonl", [row(n, intitule=f"Développeur {n}") for n in range(1, 8)])
    ImportSourceFactory()

    def attempt(ready):
        ready()
        return run_due_imports()

    assert sorted(race(*[attempt] * 4)) == [0, 0, 0, 1]
    assert look(lambda: list(ImportRun.objects.values_list("state", flat=True))) == ["done"]
    assert look(Offer.objects.count) == 7


def test_source_asked_for_by_many_is_claimed_once(race, look):
    source = ImportSourceFactory(due_at=timezone.now() + timedelta(hours=1))

    def attempt(ready):
        ready()
        import_sources.ask(source=source)
        run = import_runs.claim(source=source, offer_source="france-travail", refused_file="")
        return run is not None

    assert sorted(race(*[attempt] * 4)) == [False, False, False, True]
    assert look(ImportRun.objects.count) == 1


def test_killed_run_is_settled_once(race, look):
    source = ImportSourceFactory()
    import_runs.claim(source=source, offer_source="france-travail", refused_file="")
    ImportRun.objects.update(seen_at="2026-01-01T00:00:00Z")

    def attempt(ready):
        ready()
        return import_runs.settle_silent()

    assert sorted(race(*[attempt] * 4)) == [0, 0, 0, 1]
    assert look(lambda: source.runs.get().state) == "failed"
