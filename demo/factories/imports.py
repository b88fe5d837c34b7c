import factory

from jobs.enums import ImportProblem, ImportState, OfferSource
from jobs.models import ImportRun, ImportSource

COUNTS = {
    "read": 12,
    "created": 5,
    "updated": 2,
    "unchanged": 3,
    "duplicates": 1,
    "flagged": 1,
    "withdrawn": 1,
    "returned": 0,
    "closed": 0,
    "refused": {"no-title": 2},
    "cut": "",
}


class ImportSourceFactory(factory.django.DjangoModelFactory):
    """A file below the folder of imports, due at once."""

    class Meta:
        model = ImportSource

    name = factory.Sequence(lambda n: f"Source {n}")
    format = "france-travail"
    address = "offres.jsonl"


class ImportRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRun

    class Params:
        running = factory.Trait(state=ImportState.RUNNING, percent=40)
        held = factory.Trait(state=ImportState.HELD, absent=12)
        failed = factory.Trait(state=ImportState.FAILED, problem=ImportProblem.NOT_FOUND, detail="HTTP 404", counts={})

    import_source = factory.SubFactory(ImportSourceFactory)
    source = OfferSource.FRANCE_TRAVAIL
    filename = "offres.jsonl"
    options = {"departments": ["13", "83"], "complete": True}
    counts = COUNTS
    state = ImportState.DONE
