"""Guesses at the same moment, on a real database."""

import pytest
from django.test import Client

from demo.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_guesses_at_once_are_five_at_the_most(race):
    owner = UserFactory()

    def guess(ready):
        stranger = Client()
        ready()
        answer = stranger.post("/compte/login/", {"login": owner.email, "password": "faux"})
        return answer.context["form"].errors.as_data()["__all__"][0].code

    said = race(*[guess] * 20)
    assert set(said) <= {"email_password_mismatch", "too_many_login_attempts"}, said
    assert 1 <= said.count("email_password_mismatch") <= 5
