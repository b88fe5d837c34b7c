import pytest

from demo.factories import CommuneFactory, OccupationFactory, SectorFactory, SkillFactory
from jobs.signals import offers_changed
from tests.jobs.imports.http_server import feeds_server


@pytest.fixture
def referentials(db):
    """A few real communes, occupations, skills and a sector: what the rows of the corpus speak of."""
    for trait in ("aix", "marseille", "toulon", "nice", "paris"):
        CommuneFactory(**{trait: True})
    for trait in ("web", "data", "devops", "cook"):
        OccupationFactory(**{trait: True})
    SkillFactory(slug="python", label="Python", spotted=True)
    SkillFactory(slug="django", label="Django", spotted=True)
    SectorFactory(slug="logiciels", naf_prefixes=["58.29"])


@pytest.fixture
def announced():
    """The lists of ids that `offers_changed` has announced since the test began."""
    received = []

    def listen(sender, ids, **_):
        received.append(list(ids))

    offers_changed.connect(listen)
    yield received
    offers_changed.disconnect(listen)


@pytest.fixture
def folder(settings, tmp_path):
    """The folder of imports, of this test's own."""
    settings.DATA_DIR = tmp_path / "data"
    (settings.DATA_DIR / "imports").mkdir(parents=True)
    return settings.DATA_DIR / "imports"


@pytest.fixture
def feeds(settings, folder):
    """A site that is trusted though it is on this machine, and speaks plain HTTP."""
    with feeds_server() as server:
        settings.IMPORT_TRUSTED_HOSTS = [server.place]
        yield server
