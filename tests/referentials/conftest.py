import pytest
from django.db import transaction

from referentials.selectors import PlaceIndex
from referentials.services import REFERENTIALS, load


@pytest.fixture(scope="session")
def france(django_db_setup, django_db_blocker):
    """All communes of France, read once from the shipped file and left out of the database afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(referential=REFERENTIALS["communes"])
        index = PlaceIndex.load()
        transaction.set_rollback(True)
    return index
