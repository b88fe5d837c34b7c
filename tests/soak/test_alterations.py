"""A thousand random alterations of the history behind the services: every one is found."""

import random

import pytest

from tests.ledger.altering import alterations_missed
from tests.ledger.test_chain_histories import a_history


@pytest.mark.django_db
@pytest.mark.no_lock_order
def test_every_one_of_a_thousand_is_found():
    a_history()
    assert alterations_missed(random.Random(2026), 1000) == []
