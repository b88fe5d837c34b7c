from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from demo.factories import (
    AttendeeFactory,
    CompanyFactory,
    EditionFactory,
    ExhibitorFactory,
    OfferFactory,
    ProgrammeItemFactory,
    UserFactory,
)
from demo.factories.forums import at
from forums.enums import EditionState, ExhibitorState
from forums.models import Edition
from forums.services import editions
from forums.services.copying import copy_edition
from forums.transitions import EDITION
from medinjob.lib.errors import EditConflictError, MoveError

pytestmark = pytest.mark.django_db

VERBS = {
    "announce": lambda edition, by: editions.announce(edition=edition, by=by),
    "close": lambda edition, by: editions.close(edition=edition, by=by),
    "reopen": lambda edition, by: editions.reopen(edition=edition, by=by, reason="Une erreur."),
    "cancel": lambda edition, by: editions.cancel(edition=edition, by=by, reason="Faute de salle."),
}


def history(edition):
    return [(event.action, event.before, event.after, event.by) for event in edition.events.order_by("pk")]


def create(by, name="Forum Medinjob", **fields):
    return editions.create_edition(name=name, action=None, dates=[date(2027, 5, 4)], fields=fields, rows=[], by=by)


def save(edition, **changes):
    event = edition.event
    facts = {"name": event.name, "action": None, "dates": [event.starts_on], "fields": {}, "rows": []}
    editions.save_edition(edition=edition, version=edition.version, **{**facts, **changes})


def test_create_makes_a_draft_with_collection_history_and_follow_ups(staff):
    edition = create(staff)
    assert (edition.state, edition.collection.slug) == (EditionState.DRAFT, "forum-medinjob-2027")
    assert history(edition) == [("create", "", "draft", staff)]
    due = list(edition.follow_up_dates.values_list("due_on", flat=True))
    assert due == [date(2027, 5, 11), date(2027, 8, 2), date(2027, 10, 31)]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Forum Medinjob 2027", "forum-medinjob-2027"),
        ("Soirée de l'été", "soiree-de-lete-2027"),
        ("2027", "forum-2027"),
        ("x" * 160, "x" * 42 + "-2027"),
    ],
)
def test_slug_ends_in_the_year_and_fits_a_search(name, slug):
    assert editions.free_slug(name, 2027) == slug
    assert len(slug) <= 50


def test_a_second_edition_of_the_name_and_year_has_its_own_address(staff):
    assert [create(staff).event.slug, create(staff).event.slug] == ["forum-medinjob-2027", "forum-medinjob-2-2027"]


@pytest.mark.parametrize("action", EDITION)
@pytest.mark.parametrize("state", EditionState.values)
def test_a_move_is_possible_from_its_states_only(action, state, staff):
    edition = EditionFactory(over=True, state=state)
    allowed, after = EDITION[action]
    if state in allowed:
        VERBS[action](edition, staff)
        assert Edition.objects.get(pk=edition.pk).state == edition.state == after
        assert history(edition) == [(action, state, after, staff)]
    else:
        with pytest.raises(MoveError):
            VERBS[action](edition, staff)
        assert history(edition) == []


def test_somebody_quicker_is_said_and_nothing_is_written(staff):
    edition = EditionFactory()
    Edition.objects.update(state=EditionState.CANCELLED)
    with pytest.raises(MoveError, match="Quelqu'un"):
        editions.announce(edition=edition, by=staff)
    assert history(edition) == []


@pytest.mark.parametrize("missing", ["days", "venues"])
def test_an_edition_without_day_or_venue_is_not_announced(missing, staff):
    edition = EditionFactory()
    getattr(edition, missing).all().delete()
    with pytest.raises(MoveError, match="Il manque"):
        editions.announce(edition=edition, by=staff)


def test_an_edition_closes_after_its_last_day_only(staff):
    with pytest.raises(MoveError, match="après son dernier jour"):
        editions.close(edition=EditionFactory(running=True), by=staff)


@pytest.mark.parametrize("verb", [editions.reopen, editions.cancel])
def test_a_step_back_wants_its_reason(verb, staff):
    with pytest.raises(MoveError) as raised:
        verb(edition=EditionFactory(closed=True), by=staff, reason="  ")
    assert raised.value.field == "reason"


def test_closing_freezes_what_was_shown_and_reopening_thaws_nothing(staff):
    edition = EditionFactory(over=True)
    company = CompanyFactory(name="Avant")
    offer = OfferFactory(published=True, company=company, job__open_positions=3)
    exhibitor = ExhibitorFactory(edition=edition, company=company, accepted=True, shown=[offer])
    editions.close(edition=edition, by=staff)
    company.name = "Après"
    company.save()
    shown = exhibitor.shown_offers.get()
    exhibitor.refresh_from_db()
    assert (exhibitor.frozen["company"], shown.positions) == ([[str(company.pk), "Avant"]], 3)
    assert edition.closed_at
    editions.reopen(edition=edition, by=staff, reason="Un stand oublié.")
    exhibitor.refresh_from_db()
    assert (exhibitor.frozen["company"], edition.closed_at) == ([[str(company.pk), "Avant"]], None)


def test_cancelling_takes_the_offers_out_of_its_collection(staff):
    exhibitor = ExhibitorFactory(accepted=True, shown=[OfferFactory(published=True)])
    editions.cancel(edition=exhibitor.edition, by=staff, reason="Faute de salle.")
    assert not exhibitor.edition.collection.offers.exists()
    assert exhibitor.shown_offers.count() == 1


def test_cancelling_tells_who_comes_and_who_exhibits_and_nobody_else(staff, recruiter, company, mails):
    edition = EditionFactory(announced=True)
    coming, waiting = AttendeeFactory(edition=edition), AttendeeFactory(edition=edition, waiting=True)
    AttendeeFactory(edition=edition, cancelled=True)
    AttendeeFactory(edition=edition, to_confirm=True)
    ExhibitorFactory(edition=edition, company=company, accepted=True)
    ExhibitorFactory(edition=edition, company__recruiter=UserFactory(), refused=True)
    editions.cancel(edition=edition, by=staff, reason="Faute de salle.")
    assert [to for to, _subject in mails()] == [coming.email, waiting.email, recruiter.email]
    assert {subject for _to, subject in mails()} == {f"Édition annulée : {edition.event.name}"}


def test_save_writes_event_and_collection_and_counts_versions(edition):
    save(edition, name="Nouveau nom", dates=[date(2027, 6, 2), date(2027, 6, 1)], fields={"capacity": 50})
    edition = Edition.objects.get(pk=edition.pk)
    assert (edition.event.name, edition.collection.name) == ("Nouveau nom", "Nouveau nom")
    assert (edition.event.starts_on, edition.event.ends_on) == (date(2027, 6, 1), date(2027, 6, 2))
    assert (edition.capacity, edition.version) == (50, 1)


def test_save_over_somebody_elses_changes_is_refused(edition):
    Edition.objects.update(version=4)
    with pytest.raises(EditConflictError):
        save(edition, name="Écrasé")
    assert Edition.objects.get(pk=edition.pk).event.name != "Écrasé"


def test_saving_a_later_end_keeps_shown_offers_until_then(edition, in_days):
    offer = OfferFactory(published=True)
    ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer])
    save(edition, dates=[in_days(90)])
    offer.refresh_from_db()
    assert timezone.localdate(offer.expires_at) == in_days(91)


def test_copy_moves_every_date_and_takes_nobody_along(staff):
    edition = EditionFactory(over=True, lasts=2, follow_ups=True, capacity=80, text="Bienvenue.")
    ProgrammeItemFactory(edition=edition, venue=edition.venues.get())
    ExhibitorFactory(edition=edition, accepted=True)
    made = copy_edition(edition=edition, name="Forum suivant", starts_on=date(2028, 3, 2), by=staff)
    assert (made.state, made.capacity, made.text, made.copied_from) == (EditionState.DRAFT, 80, "Bienvenue.", edition)
    assert [day.date for day in made.days.all()] == [date(2028, 3, 2), date(2028, 3, 3)]
    assert made.follow_up_dates.first().due_on == date(2028, 3, 10)
    assert made.programme.get().venue == made.venues.get() != edition.venues.get()
    assert (made.event.slug, made.exhibitors.count()) == ("forum-suivant-2028", 0)


def test_copy_keeps_the_hours_of_the_wall_across_summer_time(staff):
    winter = EditionFactory(event__starts_on=date(2027, 1, 14), event__ends_on=date(2027, 1, 14))
    winter.attendees_open_at = at(date(2026, 12, 1), 9)
    item = ProgrammeItemFactory(edition=winter)
    made = copy_edition(edition=winter, name="Été", starts_on=date(2027, 7, 1), by=staff)
    copied = made.programme.get()
    assert timezone.localtime(copied.starts_at).time() == timezone.localtime(item.starts_at).time() == time(10)
    opens = timezone.localtime(made.attendees_open_at)
    assert (opens.date(), opens.time()) == (date(2026, 12, 1) + timedelta(days=168), time(9))


def test_an_exhibitor_keeps_its_state_when_the_edition_closes(staff):
    exhibitor = ExhibitorFactory(edition=EditionFactory(over=True), waiting=True)
    editions.close(edition=exhibitor.edition, by=staff)
    exhibitor.refresh_from_db()
    assert exhibitor.state == ExhibitorState.WAITING
