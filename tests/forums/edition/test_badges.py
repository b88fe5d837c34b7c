from datetime import time
from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from demo.factories import AttendeeFactory, BadgeFactory, EditionFactory
from forums.badges import badge_address, badges_pdf
from forums.models import Badge
from forums.selectors.attendees import badges_to_print
from forums.services.badges import make_blank_badges
from forums.wording import calendar, structured_data
from medinjob.lib.qr import qr_svg

pytestmark = pytest.mark.django_db


def read(pdf):
    return PdfReader(BytesIO(pdf))


def test_a_badge_alone_is_one_tagged_page_with_its_name(edition):
    badge = AttendeeFactory(edition=edition, user__name="Zoé d'Exemple").badges.get()
    pdf = read(badges_pdf(edition, [badge], single=True))
    text = pdf.pages[0].extract_text()
    assert len(pdf.pages) == 1
    assert "Zoé d'Exemple" in text
    assert edition.event.name in text
    assert pdf.trailer["/Root"]["/Lang"] == "fr"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_all_badges_are_one_file_of_eight_a_page_blank_ones_with_their_numbers(edition):
    AttendeeFactory.create_batch(7, edition=edition)
    make_blank_badges(edition=edition, count=3)
    pdf = read(badges_pdf(edition, badges_to_print(edition)))
    assert len(pdf.pages) == 2
    assert "n° 3" in pdf.pages[1].extract_text()


def test_a_name_that_looks_like_markup_is_printed_as_it_is(edition):
    attendee = AttendeeFactory(edition=edition, name="#panic() *x* $y$ <b>")
    text = read(badges_pdf(edition, [attendee.badges.get()])).pages[0].extract_text()
    assert "#panic() *x* $y$ <b>" in " ".join(text.split())


def test_the_code_is_the_address_of_the_badge_and_nothing_else(settings):
    badge = AttendeeFactory().badges.get()
    assert badge_address(badge) == f"{settings.SITE_URL}/b/{badge.token}/"
    assert badge.attendee.name not in badge_address(badge)


def test_a_code_is_svg_without_style_or_script():
    drawn = ElementTree.fromstring(qr_svg("https://medinjob.example/b/x/"))
    assert drawn.tag.endswith("svg")
    assert {name for node in drawn.iter() for name in node.attrib} <= {"viewBox", "class", "d", "stroke", "fill",
                                                                      "transform"}  # fmt: skip


def test_blank_badges_are_numbered_after_those_there_are(edition):
    make_blank_badges(edition=edition, count=2)
    make_blank_badges(edition=edition, count=1)
    make_blank_badges(edition=EditionFactory(), count=1)
    assert [badge.number for badge in edition.badges.order_by("pk")] == [1, 2, 3]
    assert Badge.objects.values("token").distinct().count() == 4


def test_only_badges_that_work_are_printed(edition):
    valid = AttendeeFactory(edition=edition).badges.get()
    AttendeeFactory(edition=edition, cancelled=True)
    bound = AttendeeFactory(edition=edition, badge=False)
    revoked = BadgeFactory(attendee=AttendeeFactory(edition=edition, badge=False))
    Badge.objects.filter(pk=revoked.pk).update(revoked_at="2026-01-01T00:00Z")
    [blank] = make_blank_badges(edition=edition, count=1)
    AttendeeFactory()
    assert not bound.badges.exists()
    assert set(badges_to_print(edition)) == {valid, blank}


def test_printing_takes_as_many_queries_for_three_badges_as_for_one(edition, django_assert_num_queries):
    for _ in range(3):
        AttendeeFactory(edition=edition)
        with django_assert_num_queries(1):
            assert [badge.attendee.name for badge in badges_to_print(edition)]


def test_the_calendar_has_every_day_in_universal_time_and_stable_names():
    edition = EditionFactory(announced=True, lasts=2, event__name="Forum; avec, ponctuation")
    edition.days.update(opens_at=time(9, 30))
    text = calendar(edition).decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Forum\\; avec\\, ponctuation" in text
    uids = [line for line in text.splitlines() if line.startswith("UID:")]
    assert len(set(uids)) == 2
    assert uids == [line for line in calendar(edition).decode().splitlines() if line.startswith("UID:")]
    starts = [line for line in text.splitlines() if line.startswith("DTSTART")]
    assert all(line.endswith(("T083000Z", "T073000Z")) for line in starts)


def test_structured_data_say_when_where_and_how(settings):
    edition = EditionFactory(announced=True)
    edition.venues.create(kind="online", name="En ligne", url="https://visio.medinjob.example/")
    data = structured_data(edition)
    assert data["@type"] == "Event"
    assert data["startDate"].startswith(f"{edition.event.starts_on}T09:00:00+0")
    assert data["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["eventStatus"].endswith("/EventScheduled")


def test_a_cancelled_edition_says_so_to_machines():
    edition = EditionFactory(announced=True, state="cancelled")
    assert structured_data(edition)["eventStatus"].endswith("/EventCancelled")
    assert b"STATUS:CANCELLED" in calendar(edition)
