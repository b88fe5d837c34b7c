import pytest

from referentials.services import REFERENTIALS, load


@pytest.fixture
def referentials(db):
    """What the demo stands on: all that is shipped."""
    for referential in REFERENTIALS.values():
        load(referential=referential)


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    """The referentials and the demo, loaded once for a module and taken back after it."""
    from django.db import transaction

    from demo.loading import load_demo

    with django_db_blocker.unblock(), transaction.atomic():
        for referential in REFERENTIALS.values():
            load(referential=referential)
        yield load_demo()
        transaction.set_rollback(True)
