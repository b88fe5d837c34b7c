"""The day as it goes: each figure is the number of the rows that it opens, with the same filters."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.factories import (
    ApplicationFactory,
    AttendeeFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    MeetingFactory,
    RepresentativeFactory,
    StaffFactory,
    TrainingFactory,
)
from demo.factories.forums import at
from forums.enums import Live
from forums.models import StandApplication
from forums.selectors.dashboard import by_hour, by_stand, live_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(running=True, lasts=2)


@pytest.fixture
def days(edition):
    return [day.date for day in edition.days.all()]


@pytest.fixture
def team(client):
    client.force_login(StaffFactory())
    return client


def sent(exhibitor, attendee, when, **kwargs):
    application = ApplicationFactory(candidate=attendee.user, sent_at=when, channel="forum", **kwargs)
    return StandApplication.objects.create(application=application, exhibitor=exhibitor, attendee=attendee)


@pytest.fixture
def busy(edition, days):
    """Three people, two stands: figures known by hand."""
    venue = edition.venues.get()
    first, second = days
    one, two = ExhibitorFactory.create_batch(2, edition=edition, accepted=True)
    ana, bob, cid = AttendeeFactory.create_batch(3, edition=edition)
    EntryFactory(attendee=ana, at=at(first, 9, 30))
    EntryFactory(attendee=ana, day=second, at=at(second, 14))
    EntryFactory(attendee=bob, at=at(first, 11))
    EntryFactory(attendee=cid, at=at(first, 11), undone_at=timezone.now())
    EntryFactory(attendee=None, representative=RepresentativeFactory(exhibitor=one), venue=venue, at=at(first, 8))
    MeetingFactory(exhibitor=one, attendee=ana, held=True, opened_at=at(first, 10))
    MeetingFactory(exhibitor=one, attendee=bob, opened_at=at(first, 12))
    MeetingFactory(exhibitor=two, attendee=ana, started=True, opened_at=at(second, 15))
    sent(one, ana, at(first, 10, 5))
    sent(two, ana, at(second, 15, 5), offer=TrainingFactory(published=True))
    return one, two


COUNTS = {"present": 2, "stands": 1, "opened": 3, "held": 2, "applications": 1, "requests": 1}


def test_figures_are_those_counted_by_hand(team, busy, edition):
    page = team.get(reverse("dashboard", args=[edition.event.slug]))
    assert {figure.value: number for figure, _label, number, _url in page.context["figures"]} == COUNTS


@pytest.mark.parametrize("day", [0, 1])
def test_one_day_is_counted_alone(team, busy, edition, days, day):
    page = team.get(reverse("dashboard", args=[edition.event.slug]), {"day": days[day].isoformat()})
    found = {figure.value: number for figure, _label, number, _url in page.context["figures"]}
    first = {"present": 2, "stands": 1, "opened": 2, "held": 1, "applications": 1, "requests": 0}
    assert found == (first, {"present": 1, "stands": 0, "opened": 1, "held": 1, "applications": 0, "requests": 1})[day]


@pytest.mark.parametrize("figure", Live.values)
def test_each_number_opens_as_many_rows(team, busy, edition, figure):
    page = team.get(reverse("dashboard", args=[edition.event.slug]))
    url = next(url for name, _label, _number, url in page.context["figures"] if name == figure)
    rows = team.get(url)
    assert rows.context["page"].paginator.count == COUNTS[figure]
    assert f"{COUNTS[figure]} ligne" in rows.content.decode()


def test_hours_are_local_and_without_gaps(busy, edition):
    assert by_hour(live_rows(edition, Live.PRESENT), Live.PRESENT) == [(9, 1), (10, 0), (11, 1)]
    assert by_hour(live_rows(edition, Live.HELD), Live.HELD)[0] == (10, 1)
    assert by_hour(live_rows(EditionFactory(running=True), Live.HELD), Live.HELD) == []


def test_each_bar_opens_as_many_rows(team, busy, edition, days):
    for query in ({}, {"day": days[0].isoformat()}):
        page = team.get(reverse("dashboard", args=[edition.event.slug]), query)
        for chart in page.context["charts"]:
            bars = [number for _label, number in chart["bars"] if number]
            assert bars == [team.get(url).context["page"].paginator.count for _label, url in chart["links"]]
            assert bars


def test_who_comes_back_is_present_each_day_at_that_days_first_hour(busy, edition, days):
    assert by_hour(live_rows(edition, Live.PRESENT, days[1]), Live.PRESENT) == [(14, 1)]


def test_stands_add_up_to_the_figures(busy, edition):
    lines = by_stand(edition)
    one, two = busy
    assert {line.exhibitor: line[1:] for line in lines} == {one: (2, 1, 1, 0), two: (1, 1, 0, 1)}
    totals = [sum(column) for column in zip(*(line[1:] for line in lines), strict=True)]
    assert totals == [COUNTS[name] for name in ("opened", "held", "applications", "requests")]


def test_rows_of_a_stand_and_of_an_hour(team, busy, edition):
    url = reverse("dashboard-rows", args=[edition.event.slug, "opened"])
    one, _two = busy
    assert team.get(url, {"stand": one.pk}).context["page"].paginator.count == 2
    assert team.get(url, {"stand": one.pk, "hour": 12}).context["page"].paginator.count == 1


@pytest.mark.parametrize(
    "query", [{"day": "hier"}, {"hour": "99"}, {"stand": "x"}, {"page": "-1"}, {"stand": "9" * 30}]
)
def test_wrong_filters_get_an_answer(team, busy, edition, query):
    for name, args in (("dashboard", []), ("dashboard-rows", ["opened"])):
        assert team.get(reverse(name, args=[edition.event.slug, *args]), query).status_code == 200


def test_unknown_figure_is_not_found(team, edition):
    assert team.get(reverse("dashboard-rows", args=[edition.event.slug, "secret"])).status_code == 404


def test_page_renews_itself_until_told_not_to(team, edition):
    url = reverse("dashboard", args=[edition.event.slug])
    assert 'hx-trigger="every 10s"' in team.get(url).content.decode()
    assert "hx-trigger" not in team.get(url, {"live": "0"}).content.decode()


def test_empty_day_has_zeros_and_no_chart(team, edition):
    page = team.get(reverse("dashboard", args=[edition.event.slug])).content.decode()
    assert '<svg viewBox="0 0 360' not in page
    rows = team.get(reverse("dashboard-rows", args=[edition.event.slug, "held"])).content.decode()
    assert "Rien pour l'instant" in rows


def test_forgotten_people_still_count(busy, edition):
    type(edition.attendees.first()).objects.update(name="", email="", forgotten_at=timezone.now())
    assert live_rows(edition, Live.PRESENT).count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_dashboard_asks_the_same_number_of_queries(
    team, edition, rows, django_assert_num_queries, django_assert_max_num_queries
):
    for exhibitor in ExhibitorFactory.create_batch(rows, edition=edition, accepted=True):
        attendee = AttendeeFactory(edition=edition, present=True)
        MeetingFactory(exhibitor=exhibitor, attendee=attendee, held=True)
        sent(exhibitor, attendee, timezone.now() - timedelta(minutes=1))
    url = reverse("dashboard", args=[edition.event.slug])
    team.get(url)
    with django_assert_num_queries(17):
        team.get(url)
    for figure in Live.values:
        rows_url = reverse("dashboard-rows", args=[edition.event.slug, figure])
        with django_assert_max_num_queries(6):
            team.get(rows_url)
