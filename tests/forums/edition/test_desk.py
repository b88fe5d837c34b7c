"""The team's desk: editions written and moved, stands decided, attendees listed, badges printed, actions kept."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from demo.factories import (
    ActionFactory,
    AttendeeFactory,
    CommuneFactory,
    EditionFactory,
    EntryFactory,
    EventFactory,
    ExhibitorFactory,
    GrantFactory,
    OfferFactory,
    ProgrammeItemFactory,
)
from forums.enums import EditionState, ExhibitorState
from forums.models import Action, Edition, Exhibitor

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def rows(prefix, *forms, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": initial}
    return data | {f"{prefix}-{n}-{name}": value for n, form in enumerate(forms) for name, value in form.items()}


DAY = {"date": "2027-05-04", "opens_at": "09:00", "closes_at": "18:00"}
VENUE = {"kind": "on_site", "name": "Hall", "address": "1 quai", "place": "", "url": ""}


def typed(days=(DAY,), venues=(VENUE,), follow_ups=(), **fields):
    fields = {"name": "Forum Medinjob", "text": "", "with_stands": "on", "attribution_days": 180, **fields}
    return fields | rows("days", *days) | rows("venues", *venues) | rows("follow_ups", *follow_ups)


def edit(edition, **fields):
    """What the form shows of an edition of a day and a hall, with `fields` typed over it."""
    day, venue = edition.days.get(), edition.venues.get()
    kept = {
        **rows("days", {**DAY, "id": day.pk, "date": day.date}, initial=1),
        **rows("venues", {**VENUE, "id": venue.pk, "name": venue.name}, initial=1),
        **rows("follow_ups"),
    }
    facts = {"name": edition.event.name, "with_stands": "on", "attribution_days": 180, "version": edition.version}
    return {**facts, **kept, **fields}


def address(name, edition):
    return reverse(name, args=[edition.event.slug])


def test_an_edition_is_created_with_days_venues_and_follow_ups(as_staff):
    CommuneFactory(aix=True)
    days = (DAY, {**DAY, "date": "2027-05-05", "opens_at": "10:00"})
    venues = (
        {**VENUE, "place": "Aix-en-Provence"},
        {**VENUE, "kind": "online", "name": "Visio", "url": "visio.example"},
    )
    action = ActionFactory()
    answer = as_staff.post(
        reverse("edition-create"),
        typed(
            days,
            venues,
            [{"due_on": "2027-06-01"}],
            action=action.pk,
            capacity=200,
            attendees_open_at="2027-03-01T09:00",
        ),
    )
    edition = Edition.objects.get()
    assert answer.url == address("edition-manage", edition)
    assert [(day.date, day.opens_at) for day in edition.days.all()] == [
        (date(2027, 5, 4), time(9)),
        (date(2027, 5, 5), time(10)),
    ]
    assert [(venue.name, venue.url, bool(venue.commune)) for venue in edition.venues.all()] == [
        ("Hall", "", True),
        ("Visio", "https://visio.example", False),
    ]
    assert (edition.event.action, edition.event.ends_on, edition.capacity) == (action, date(2027, 5, 5), 200)
    assert [row.due_on for row in edition.follow_up_dates.all()] == [date(2027, 6, 1)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "obligatoire"),
        ({"days": ()}, "Il en faut au moins un."),
        ({"venues": ()}, "Il en faut au moins un."),
        ({"days": ({**DAY, "closes_at": "08:00"},)}, "avant l&#x27;ouverture"),
        ({"days": (DAY, DAY)}, "en double"),
        ({"days": ({**DAY, "date": "hier"},)}, "valide"),
        ({"venues": ({**VENUE, "place": "Nulle-Part-sur-Rien"},)}, "Nulle-Part-sur-Rien"),
        ({"attendees_open_at": "2027-03-02T09:00", "attendees_close_at": "2027-03-01T09:00"}, "avant le début"),
        ({"capacity": "-3"}, "supérieur"),
        ({"action": "999"}, "choix"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_staff, fields, words):
    answer = as_staff.post(reverse("edition-create"), typed(**{"text": "Un texte à garder", **fields}))
    assert answer.status_code == 200
    assert words in text(answer)
    assert "Un texte à garder" in text(answer)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("total", ["1", "99999", "x", ""])
def test_a_button_adds_a_row_and_saves_nothing(as_staff, total):
    data = {**typed(), "add-days": "1", "days-TOTAL_FORMS": total}
    answer = as_staff.post(reverse("edition-create"), data)
    assert answer.status_code == 200
    assert not Edition.objects.exists()


def test_an_edit_is_saved_over_the_version_that_was_seen(as_staff, edition):
    as_staff.post(address("edition-edit", edition), edit(edition, name="Nouveau nom", capacity=12))
    edition = Edition.objects.select_related("event").get()
    assert (edition.event.name, edition.capacity, edition.version) == ("Nouveau nom", 12, 1)
    assert edition.event.slug.startswith("forum-medinjob")


def test_an_edit_overtaken_is_shown_again_and_then_deliberate(as_staff, edition):
    data = edit(edition, name="Le mien")
    Edition.objects.update(version=7)
    answer = as_staff.post(address("edition-edit", edition), data)
    assert "Quelqu&#x27;un a enregistré" in text(answer)
    assert 'value="Le mien"' in answer.content.decode()
    assert 'name="version" value="7"' in answer.content.decode()
    as_staff.post(address("edition-edit", edition), {**data, "version": 7})
    assert Edition.objects.get().event.name == "Le mien"


def test_a_hall_where_somebody_came_in_is_not_deleted(as_staff):
    entry = EntryFactory()
    venues = rows("venues", {**VENUE, "id": entry.venue.pk, "DELETE": "on"}, VENUE, initial=1)
    data = {**edit(entry.edition), **venues}
    answer = as_staff.post(address("edition-edit", entry.edition), data)
    assert "ne se supprime plus" in text(answer)
    assert entry.edition.venues.count() == 1


@pytest.mark.parametrize(
    ("traits", "action", "after"),
    [
        ({}, "announce", EditionState.ANNOUNCED),
        ({"over": True}, "close", EditionState.CLOSED),
        ({"closed": True}, "reopen", EditionState.ANNOUNCED),
        ({"announced": True}, "cancel", EditionState.CANCELLED),
    ],
)
def test_a_step_is_taken_by_its_button(as_staff, traits, action, after):
    edition = EditionFactory(**traits)
    as_staff.post(address("edition-move", edition), {"action": action, "reason": "Un motif"})
    assert Edition.objects.get(pk=edition.pk).state == after


def test_a_step_that_is_not_possible_is_said_where_it_was_asked(as_staff, edition):
    answer = as_staff.post(address("edition-move", edition), {"action": "cancel"})
    assert answer.status_code == 422
    assert "Dites pourquoi" in text(answer)
    assert as_staff.post(address("edition-move", edition), {"action": "explode"}).status_code == 302
    assert Edition.objects.get().state == EditionState.ANNOUNCED


def test_a_copy_is_made_from_its_page(as_staff):
    edition = EditionFactory(closed=True)
    data = {"name": "Forum suivant", "starts_on": "2028-03-02"}
    answer = as_staff.post(address("edition-copy", edition), data)
    assert answer.url == reverse("edition-edit", args=["forum-suivant-2028"])
    assert as_staff.get(answer.url).status_code == 200


def test_a_programme_is_written_and_corrected(as_staff, edition):
    item = {"title": "Ouverture", "starts_at": "2027-05-04T09:00", "ends_at": "2027-05-04T10:00", "venue": ""}
    as_staff.post(address("edition-programme", edition), rows("programme", item))
    kept = edition.programme.get()
    wrong = {**item, "id": kept.pk, "ends_at": "2027-05-04T08:00"}
    answer = as_staff.post(address("edition-programme", edition), rows("programme", wrong, initial=1))
    assert "avant le début" in text(answer)
    assert edition.programme.get().ends_at == kept.ends_at


def test_another_editions_hall_is_no_choice_for_a_programme(as_staff, edition):
    foreign = EditionFactory().venues.get()
    item = {"title": "x", "starts_at": "2027-05-04T09:00", "ends_at": "2027-05-04T10:00", "venue": foreign.pk}
    as_staff.post(address("edition-programme", edition), rows("programme", item))
    assert not edition.programme.exists()


@pytest.mark.parametrize("name", ["edition-desk", "edition-manage", "edition-stands", "edition-attendees"])
def test_desk_pages_take_as_many_queries_for_three_rows_as_for_one(
    as_staff, edition, name, django_assert_max_num_queries
):
    address = reverse(name, args=[] if name == "edition-desk" else [edition.event.slug])
    counts = []
    for _ in range(3):
        EditionFactory(announced=True)
        ExhibitorFactory(edition=edition, accepted=True, shown=[OfferFactory(published=True)], people=["Nora"])
        AttendeeFactory(edition=edition)
        ProgrammeItemFactory(edition=edition)
        with django_assert_max_num_queries(30) as queries:
            as_staff.get(address)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_stands_are_filtered_by_state_and_name(as_staff, edition):
    ExhibitorFactory(edition=edition, company__name="Calanque")
    ExhibitorFactory(edition=edition, company__name="Cabestan", accepted=True)
    shown = text(as_staff.get(address("edition-stands", edition), {"state": "accepted"}))
    assert ("Cabestan" in shown, "Calanque" in shown) == (True, False)
    assert "Aucune demande" in text(as_staff.get(address("edition-stands", edition), {"q": "absente"}))
    assert as_staff.get(address("edition-stands", edition), {"state": "nonsense"}).status_code == 200


@pytest.mark.parametrize(
    ("data", "after"),
    [
        ({"action": "accept", "stand": "B1", "tables": 3}, ExhibitorState.ACCEPTED),
        ({"action": "wait"}, ExhibitorState.WAITING),
        ({"action": "refuse", "reason": "Complet."}, ExhibitorState.REFUSED),
    ],
)
def test_a_stand_is_decided_on_its_page(as_staff, data, after):
    exhibitor = ExhibitorFactory()
    as_staff.post(reverse("edition-stand-decide", args=[exhibitor.pk]), data)
    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.stand, exhibitor.reason) == (
        after,
        data.get("stand", ""),
        data.get("reason", ""),
    )
    assert exhibitor.tables == data.get("tables", 1)


@pytest.mark.parametrize(
    ("data", "field"),
    [({"action": "refuse"}, "reason"), ({"action": "accept", "stand": "B1"}, "stand"), ({"action": "x"}, "action")],
)
def test_what_a_decision_lacks_is_said_beside_it(as_staff, edition, data, field):
    ExhibitorFactory(edition=edition, accepted=True, stand="B1")
    exhibitor = ExhibitorFactory(edition=edition)
    answer = as_staff.post(reverse("edition-stand-decide", args=[exhibitor.pk]), data)
    assert list(answer.context["form"].errors) == [field]
    assert Exhibitor.objects.get(pk=exhibitor.pk).state == ExhibitorState.REQUESTED


def test_attendees_are_found_by_name_and_address(as_staff, edition):
    AttendeeFactory(edition=edition, visitor=True, name="Zoé Exemple")
    AttendeeFactory(edition=edition, waiting=True, name="Inès Exemple")
    for query, found in (({"q": "zoé"}, (True, False)), ({"state": "waiting"}, (False, True))):
        shown = text(as_staff.get(address("edition-attendees", edition), query))
        assert ("Zoé" in shown, "Inès" in shown) == found


@pytest.mark.parametrize(("count", "made"), [("3", 3), ("0", 0), ("501", 0), ("", 0)])
def test_blank_badges_are_added_by_number(as_staff, edition, count, made):
    as_staff.post(address("edition-badges", edition), {"count": count})
    assert edition.badges.filter(blank=True).count() == made


@pytest.mark.parametrize(("query", "pages"), [("", 2), ("?only=named", 2), ("?only=blank", 1)])
def test_all_badges_are_one_file(as_staff, edition, query, pages):
    AttendeeFactory.create_batch(9, edition=edition)
    as_staff.post(address("edition-badges", edition), {"count": 2})
    answer = as_staff.get(address("edition-badges-pdf", edition) + query)
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type/Page/") in (0, pages)
    assert answer["Content-Type"] == "application/pdf"


def test_without_badges_there_is_no_file(as_staff, edition):
    assert as_staff.get(address("edition-badges-pdf", edition)).url == address("edition-badges", edition)


def action_typed(**changes):
    facts = {"name": "Emploi", "year": 2027, "budget_forecast": "110000", "budget_actual": "", "cost_key": "equal"}
    return facts | rows("grants") | rows("lines") | rows("events") | changes


def test_an_action_is_kept_with_grants_lines_and_events(as_staff):
    grant = {"funder": "Métropole", "file_number": "X-1", "asked": "15000", "rounding": "truncated"}
    line = {"side": "expense", "account": "61", "label": "Salle", "forecast": "1000"}
    event = {"name": "Journée", "slug": "journee-2027", "starts_on": "2027-01-01", "ends_on": "2027-01-02"}
    data = action_typed(**rows("grants", grant), **rows("lines", line), **rows("events", event))
    answer = as_staff.post(reverse("edition-action-create"), data)
    action = Action.objects.get()
    assert answer.url == reverse("edition-action", args=[action.pk])
    assert (action.slug, action.grants.get().asked, action.lines.get().account) == ("emploi-2027", Decimal(15000), "61")
    assert action.events.get().slug == "journee-2027"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (action_typed(name=""), "obligatoire"),
        (action_typed(year="x"), "entier"),
        (action_typed(**rows("grants", {"funder": "", "asked": "1", "rounding": "truncated"})), "obligatoire"),
        (
            action_typed(
                **rows("events", {"name": "J", "slug": "j", "starts_on": "2027-01-02", "ends_on": "2027-01-01"})
            ),
            "avant le début",
        ),
    ],
)
def test_a_wrong_action_is_not_kept(as_staff, data, words):
    assert words in text(as_staff.post(reverse("edition-action-create"), data))
    assert not Action.objects.exists()


def test_an_editions_own_facts_do_not_change_from_its_action(as_staff):
    action = GrantFactory().action
    edition = EditionFactory(event__action=action)
    event = {"id": edition.pk, "name": "Autre nom", "slug": "autre", "starts_on": "2020-01-01", "ends_on": "2020-01-01"}
    data = action_typed(**rows("events", {**event, "cost_share": "40"}, initial=1))
    as_staff.post(reverse("edition-action", args=[action.pk]), data)
    edition.event.refresh_from_db()
    assert edition.event.name != "Autre nom"
    assert edition.event.cost_share == Decimal(40)


def test_declared_figures_are_kept_once_an_indicator(as_staff):
    event = EventFactory()
    figure = {"indicator": "participants", "label": "Participants", "value": "600", "source": "Bilan"}
    address = reverse("edition-figures", args=[event.slug])
    assert "doublon" in text(as_staff.post(address, rows("figures", figure, figure)))
    as_staff.post(address, rows("figures", figure, {**figure, "indicator": "", "label": "Stands", "value": "40"}))
    assert sorted(event.declared_figures.values_list("label", "value")) == [("Participants", 600), ("Stands", 40)]


def test_an_edition_of_before_is_entered_with_its_figures(as_staff, client):
    data = {"name": "Forum Medinjob", "starts_on": "2018-06-07", "ends_on": "2018-06-07", "text": ""}
    answer = as_staff.post(reverse("edition-declare"), data)
    assert answer.url == reverse("edition-figures", args=["forum-medinjob-2018"])
    figure = {"indicator": "participants", "label": "Participants", "value": "600", "source": "Bilan"}
    as_staff.post(answer.url, rows("figures", figure))
    edition = Edition.objects.select_related("event").get()
    assert (edition.declared, edition.state, edition.collection) == (True, EditionState.CLOSED, None)
    assert "non vérifiables" in text(client.get(edition.get_absolute_url()))
    assert as_staff.get(address("edition-manage", edition)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"ends_on": "2018-06-01"}, "ends_on"), ({"ends_on": "2999-01-01"}, "ends_on"), ({"name": ""}, "name")],
)
def test_an_edition_that_is_not_past_is_not_entered_so(as_staff, wrong, field):
    data = {"name": "Forum Medinjob", "starts_on": "2018-06-07", "ends_on": "2018-06-07", "text": "", **wrong}
    assert list(as_staff.post(reverse("edition-declare"), data).context["form"].errors) == [field]
    assert not Edition.objects.exists()
