"""The rule of docs/attribution.md, as a function of plain data."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.attribution_rule import Fact, FactKind, Window, attribute
from ledger.enums import AttributionKind

SPRING = Window(1, date(2026, 3, 10), date(2026, 3, 11), 180)
AUTUMN = Window(2, date(2026, 10, 6), date(2026, 10, 6), 180)
MEETING, APPLICATION = FactKind.MEETING, FactKind.APPLICATION
BOTH_PRESENT, UNDER_WAY = FactKind.BOTH_PRESENT, FactKind.UNDER_WAY


def fact(kind, edition=1, on=date(2026, 3, 10), ref=1):
    return Fact(edition, kind, ref, on)


def kind_of(signed_on, *facts, windows=(SPRING, AUTUMN)):
    decision = attribute(signed_on, windows, facts)
    return (decision.edition, decision.kind) if decision else None


@pytest.mark.parametrize("kind", [MEETING, APPLICATION])
def test_a_meeting_or_an_application_at_the_edition_is_direct(kind):
    assert kind_of(date(2026, 4, 1), fact(kind)) == (1, AttributionKind.DIRECT)


def test_both_present_without_more_is_assisted():
    assert kind_of(date(2026, 4, 1), fact(BOTH_PRESENT)) == (1, AttributionKind.ASSISTED)


def test_a_process_at_interview_before_the_edition_is_assisted_even_if_both_met_there():
    before = fact(UNDER_WAY, on=date(2026, 3, 2))
    assert kind_of(date(2026, 4, 1), fact(MEETING), before) == (1, AttributionKind.ASSISTED)


def test_a_process_under_way_without_anybody_at_the_edition_is_nothing():
    assert kind_of(date(2026, 4, 1), fact(UNDER_WAY, on=date(2026, 3, 2))) is None


def test_nothing_known_is_nothing():
    assert kind_of(date(2026, 4, 1)) is None


@pytest.mark.parametrize(
    ("signed_on", "found"),
    [
        (date(2026, 3, 9), None),
        (date(2026, 3, 10), 1),
        (SPRING.last_day + timedelta(days=180), 1),
        (SPRING.last_day + timedelta(days=181), None),
    ],
)
def test_the_window_includes_its_first_and_last_day(signed_on, found):
    decision = attribute(signed_on, [SPRING], [fact(BOTH_PRESENT, on=date(2026, 3, 1))])
    assert (decision.edition if decision else None) == found


def test_what_happened_after_the_signature_does_not_count():
    assert kind_of(date(2026, 3, 10), fact(MEETING, on=date(2026, 3, 11))) is None


def test_what_happened_on_the_day_of_the_signature_counts():
    assert kind_of(date(2026, 3, 10), fact(MEETING, on=date(2026, 3, 10))) == (1, AttributionKind.DIRECT)


def test_direct_beats_assisted_of_a_later_edition():
    later = fact(BOTH_PRESENT, edition=2, on=AUTUMN.first_day)
    long = Window(1, SPRING.first_day, SPRING.last_day, 365)
    assert kind_of(date(2026, 11, 1), fact(MEETING), later, windows=[long, AUTUMN]) == (1, AttributionKind.DIRECT)


def test_among_direct_ones_the_latest_edition_before_the_signature_counts():
    long = Window(1, SPRING.first_day, SPRING.last_day, 365)
    facts = (fact(MEETING), fact(MEETING, edition=2, on=AUTUMN.first_day))
    assert kind_of(date(2026, 11, 1), *facts, windows=[long, AUTUMN]) == (2, AttributionKind.DIRECT)
    assert kind_of(date(2026, 10, 1), *facts, windows=[long, AUTUMN]) == (1, AttributionKind.DIRECT)


def test_the_decision_names_the_facts_of_its_edition():
    facts = [fact(MEETING, ref=7), fact(BOTH_PRESENT, ref=3), fact(MEETING, edition=2)]
    decision = attribute(date(2026, 4, 1), [SPRING], facts)
    assert [(f.kind, f.ref) for f in decision.facts] == [(BOTH_PRESENT, 3), (MEETING, 7)]


def test_a_fact_survives_json():
    assert Fact.from_json(fact(MEETING).to_json()) == fact(MEETING)


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
facts = st.lists(st.builds(Fact, st.integers(1, 4), st.sampled_from(FactKind), st.integers(1, 9), days), max_size=12)


@st.composite
def editions(draw):
    starts = draw(st.lists(days, min_size=1, max_size=4))
    return [
        Window(n, start, start + timedelta(days=draw(st.integers(0, 3))), draw(st.integers(0, 400)))
        for n, start in enumerate(starts, start=1)
    ]


@given(days, editions(), facts, st.randoms())
def test_order_of_what_is_known_changes_nothing(signed_on, windows, known, random):
    shuffled, others = list(known), list(windows)
    random.shuffle(shuffled)
    random.shuffle(others)
    assert attribute(signed_on, windows, known) == attribute(signed_on, others, shuffled + shuffled[:3])


@given(days, editions(), facts)
def test_the_edition_chosen_holds_the_signature_and_no_better_one_does(signed_on, windows, known):
    decision = attribute(signed_on, windows, known)
    by_edition = {window.edition: window for window in windows}
    if decision is None:
        assert all(attribute(signed_on, [window], known) is None for window in windows)
        return
    chosen = by_edition[decision.edition]
    assert chosen.first_day <= signed_on <= chosen.last_day + timedelta(days=chosen.days)
    assert all(f.edition == decision.edition and f.on <= signed_on for f in decision.facts)
    for window in windows:
        alone = attribute(signed_on, [window], known)
        if alone is None or alone.edition == decision.edition:
            continue
        if decision.kind == AttributionKind.ASSISTED:
            assert alone.kind == AttributionKind.ASSISTED
        if alone.kind == decision.kind:
            assert window.first_day <= chosen.first_day


@given(days, editions(), facts, st.integers(1, 4), days)
def test_a_meeting_more_never_makes_an_attribution_weaker(signed_on, windows, known, edition, on):
    before = attribute(signed_on, windows, known)
    after = attribute(signed_on, windows, [*known, Fact(edition, MEETING, 99, on)])
    if before is not None:
        assert after is not None
        assert before.kind != AttributionKind.DIRECT or after.kind == AttributionKind.DIRECT
