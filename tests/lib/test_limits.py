from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser

from medinjob.lib.clients import network_of, plain_address
from medinjob.lib.limits import in_pace, purge, within_limit

pytestmark = pytest.mark.usefixtures("still")


def count(action, who, *, count):
    return [within_limit(action, who, most=2, seconds=60) for _ in range(count)]


def test_refuses_from_the_third_on():
    assert count("report", "203.0.113.7", count=4) == [True, True, False, False]


def test_counts_each_action_and_each_person_apart():
    assert count("report", "203.0.113.7", count=2) == count("report", "203.0.113.8", count=2) == [True, True]
    assert count("invite", "203.0.113.7", count=3) == [True, True, False]


def test_begins_again_with_the_next_window(time_machine):
    count("report", "203.0.113.7", count=3)
    time_machine.shift(61)
    assert count("report", "203.0.113.7", count=1) == [True]
    assert purge() == 0
    time_machine.shift(200)
    assert purge() == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_network_is_an_address_or_a_home(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "header", "network"),
    [
        (0, "198.51.100.9", "203.0.113.7"),
        (1, "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        (1, "1.1.1.1, ::ffff:198.51.100.9", "198.51.100.9"),
        (2, "1.1.1.1, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "203.0.113.7"),
    ],
)
def test_as_many_proxies_are_believed_as_there_are(rf, settings, proxies, header, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": header})
    assert network_of(request) == network


def test_plain_address_of_an_ipv4_in_ipv6():
    assert plain_address("::ffff:192.0.2.7") == "192.0.2.7"


class Person:
    is_authenticated = True

    def __init__(self, pk):
        self.pk = pk


def asked(rf, user, address):
    request = rf.get("/", REMOTE_ADDR=address)
    request.user = user
    return in_pace(request, "try", most=2, seconds=60)


def test_person_is_counted_wherever_they_are_and_a_network_whoever_asks(rf):
    nora = Person(1)
    assert [asked(rf, nora, f"203.0.113.{n}") for n in range(3)] == [True, True, False]
    others = [asked(rf, Person(10 + n), f"2001:db8::{n}") for n in range(10)]
    assert others == [True] * 8 + [False] * 2


def test_visitor_is_counted_by_home(rf):
    visitors = [asked(rf, AnonymousUser(), f"2001:db8::{n}") for n in range(3)]
    assert visitors == [True, True, False]


def test_sixty_at_the_same_moment_pass_a_limit_of_twenty_twenty_times():
    barrier = Barrier(60, timeout=30)

    def hit(_number):
        barrier.wait()
        return within_limit("report", "203.0.113.7", most=20, seconds=3600)

    with ThreadPoolExecutor(60) as pool:
        assert sum(pool.map(hit, range(60))) == 20
