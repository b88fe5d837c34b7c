"""A page of an inbox of 600 applications only counts those that it does not show (bench/inbox.py times 5 000)."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.inbox import SMALL, fill
from demo.factories import UserFactory

pytestmark = pytest.mark.django_db
LARGE = 600
MOST = 40
"""Instructions of SQLite's virtual machine for one more application: counting an entry of an index takes 9, counting it
by state some 25; reading its row, its text and its candidate takes hundreds."""


@pytest.fixture
def inboxes():
    """For each size: a signed-in client and an application in the middle."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite counts its steps; PostgreSQL has no such counter")
    found = {}
    for n in (SMALL, LARGE):
        recruiter = UserFactory()
        found[n] = Client(), fill(recruiter, n)
        found[n][0].force_login(recruiter)
    return found


def steps(client: Client, address: str) -> int:
    """Instructions of SQLite's virtual machine, to the next hundred: the same on any machine."""
    client.get(address)  # the first visit also writes what each session keeps
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    connection.connection.set_progress_handler(tick, 100)
    try:
        assert client.get(address).status_code == 200
    finally:
        connection.connection.set_progress_handler(None, 0)
    return count * 100


@pytest.mark.parametrize("query", ["", "?stage=todo", "?sort=sent_at", "one"])
def test_one_more_application_costs_the_database_little(inboxes, query):
    cost = {}
    for n, (client, middle) in inboxes.items():
        one = reverse("inbox-application", args=[middle]) + "?stage=todo"
        cost[n] = steps(client, one if query == "one" else reverse("inbox") + query)
    assert (cost[LARGE] - cost[SMALL]) / (LARGE - SMALL) <= MOST, cost
