"""Guesses at the same moment, on a real database."""

import pytest
from django.test import Client

from demo.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_twelve_guesses_at_once_are_five_at_the_most(race):
    owner = UserFactory()

    def guess(ready):
        stranger = Client()
        ready()
        answer = stranger.post("/compte/login/", {"login": owner.email, "password": "faux"})
        return "mot de passe ne vont pas" in answer.content.decode()

    said = race(*[guess] * 12)

    assert 1 <= said.count(True) <= 5, said
