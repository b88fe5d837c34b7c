import pytest
from django.db.models import F

from demo.factories import CompanyFactory, EditionFactory
from forums.models import Edition, EditionEvent
from forums.transitions import EDITION
from medinjob.lib.errors import EditConflictError, MoveError
from medinjob.lib.optimistic_lock import write_over
from medinjob.lib.state_machine import StateMachine, record

pytestmark = pytest.mark.django_db
MACHINE = StateMachine(EDITION, overtaken="trop tard")


def drafts(count):
    return [EditionFactory(state="draft") for _ in range(count)]


def states():
    return sorted(Edition.objects.values_list("state", flat=True))


def test_rows_move_together_with_an_event_each():
    rows = drafts(3)
    MACHINE.move(rows, "announce", event={"reason": "Prêt."}, changes={"text": "Bienvenue."})
    assert states() == ["announced"] * 3
    assert {(row.state, row.text) for row in rows} == {("announced", "Bienvenue.")}
    events = EditionEvent.objects.filter(action="announce").values_list("before", "after", "reason")
    assert list(events) == [("draft", "announced", "Prêt.")] * 3


def test_one_row_out_of_place_moves_none():
    rows = [*drafts(2), EditionFactory(state="closed")]
    with pytest.raises(MoveError, match="ce n'est plus possible"):
        MACHINE.move(rows, "announce", event={})
    assert states() == ["closed", "draft", "draft"]


def test_one_row_that_somebody_moved_meanwhile_moves_none():
    rows = drafts(3)
    Edition.objects.filter(pk=rows[1].pk).update(state="cancelled")
    with pytest.raises(MoveError, match="trop tard"):
        MACHINE.move(rows, "announce", event={})
    assert states() == ["cancelled", "draft", "draft"]
    assert not EditionEvent.objects.filter(action="announce").exists()


@pytest.mark.parametrize("guards", [("state", "version"), ("state", "text")])
def test_every_guard_must_be_as_it_was_loaded(guards):
    [row] = drafts(1)
    Edition.objects.filter(pk=row.pk).update(version=F("version") + 1, text="Autre")
    with pytest.raises(MoveError):
        StateMachine(EDITION, guards=guards).move([row], "announce", event={})
    assert states() == ["draft"]


def test_each_row_may_have_changes_of_its_own():
    rows = drafts(2)
    MACHINE.move(rows, "announce", event={}, own=lambda row: {"text": f"n° {row.pk}"})
    assert [Edition.objects.get(pk=row.pk).text for row in rows] == [f"n° {row.pk}" for row in rows]


def test_rows_loaded_alike_cost_the_same_queries_for_any_number(django_assert_num_queries):
    for count in (1, 5):
        rows = drafts(count)
        with django_assert_num_queries(4):  # a savepoint and its release, the events, the rows
            MACHINE.move(rows, "announce", event={})


def test_what_the_database_computes_is_not_put_into_memory():
    [row] = drafts(1)
    MACHINE.move([row], "announce", event={}, changes={"version": F("version") + 1})
    assert row.version == 0
    assert Edition.objects.get().version == 1


def test_record_leaves_the_state():
    rows = drafts(2)
    record(rows, "edit", reason="Relu.")
    assert list(EditionEvent.objects.filter(action="edit").values_list("before", "after")) == [("draft", "draft")] * 2
    record([], "edit")


def test_write_over_writes_only_the_version_that_was_seen():
    company = CompanyFactory(name="Avant")
    rows = type(company).objects.filter(pk=company.pk)
    write_over(rows, 0, {"website": "https://un.example"}, conflict="Relisez.")
    with pytest.raises(EditConflictError, match="Relisez"):
        write_over(rows, 0, {"website": "https://deux.example"}, conflict="Relisez.")
    assert rows.values_list("website", "version").get() == ("https://un.example", 1)
