import pytest

from demo.factories import CommuneFactory, OccupationFactory, SectorFactory, SkillFactory
from jobs.signals import offers_changed


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
