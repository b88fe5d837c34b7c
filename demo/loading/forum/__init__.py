"""The forum of the demo: an edition that is over and counted, one to come, and what is known of that of 2018."""

from datetime import datetime
from random import Random

from candidates.models import CandidateProfile
from demo.loading.forum.coming import create_coming
from demo.loading.forum.past import create_past
from demo.loading.forum.settings import create_declared
from demo.loading.people import People

SEED = "forum 2018"


def create_forum(profiles: list[CandidateProfile], people: People, now: datetime) -> None:
    """Draws from a seed of its own, so that the rest of the demo stays as it is."""
    rng = Random(SEED)
    create_declared()
    create_past(rng, profiles, people, now)
    create_coming(rng, profiles, people, now)


__all__ = ["create_forum"]
