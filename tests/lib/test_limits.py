import time_machine

from medinjob.lib.limits import within_limit


def tries(who="198.51.100.7", action="post", count=3):
    return [within_limit(action, who, most=2, seconds=60) for _ in range(count)]


def test_the_first_are_within_and_the_next_are_not():
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False):
        assert tries() == [True, True, False]


def test_each_person_and_each_action_counts_apart():
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False):
        tries()
        assert tries(who=42, count=1) == tries(action="report", count=1) == [True]


def test_a_new_window_begins_anew():
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        tries()
        clock.shift(61)
        assert tries(count=1) == [True]
