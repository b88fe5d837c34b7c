import pytest

from demo.factories import (
    CompanyFactory,
    EditionFactory,
    EntryFactory,
    ExhibitorFactory,
    OfferFactory,
    RepresentativeFactory,
    StaffFactory,
)
from forums.enums import ExhibitorAction, ExhibitorState
from forums.errors import ForumError
from forums.models import Exhibitor
from forums.services import exhibitors
from forums.transitions import EXHIBITOR
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db

VERBS = {
    ExhibitorAction.ACCEPT: lambda exhibitor, by: exhibitors.accept(exhibitor=exhibitor, by=by, stand="B12"),
    ExhibitorAction.REFUSE: lambda exhibitor, by: exhibitors.refuse(exhibitor=exhibitor, by=by, reason="Complet."),
    ExhibitorAction.PUT_ON_WAITING_LIST: lambda exhibitor, by: exhibitors.put_on_waiting_list(
        exhibitor=exhibitor, by=by
    ),
    ExhibitorAction.CANCEL: lambda exhibitor, by: exhibitors.cancel(exhibitor=exhibitor, by=by),
}


def request(edition, company, by, *, offers=(), people=(), **fields):
    fields = {"tables": 1, "needs": "", **fields}
    return exhibitors.request_stand(
        edition=edition, company=company, fields=fields, offers=offers, people=people, by=by
    )


def history(exhibitor):
    return [(event.action, event.before, event.after) for event in exhibitor.events.order_by("pk")]


def test_request_keeps_offers_and_people_and_tells_staff(edition, company, offer, recruiter, mails):
    staff = StaffFactory()
    exhibitor = request(
        edition, company, recruiter, offers=[offer], people=[("Nora", ""), ("Nora", "")], needs="Une prise"
    )
    assert history(exhibitor) == [("request", "", "requested"), ("show", "requested", "requested")]
    assert exhibitor.shown_offers.get().offer == offer
    assert [person.name for person in exhibitor.representatives.all()] == ["Nora"]
    assert mails() == [(staff.email, f"Demande de stand de {company} : {edition.event.name}")]


def test_an_offer_is_in_the_collection_only_once_its_stand_is_accepted(edition, company, offer, recruiter, staff):
    exhibitor = request(edition, company, recruiter, offers=[offer])
    assert not edition.collection.offers.exists()
    exhibitors.accept(exhibitor=exhibitor, by=staff)
    assert edition.collection.offers.get() == offer
    exhibitors.refuse(exhibitor=exhibitor, by=staff, reason="Salle réduite.")
    assert not edition.collection.offers.exists()


@pytest.mark.parametrize("traits", [{}, {"over": True}, {"announced": True, "with_stands": False}, {"closed": True}])
def test_no_stand_is_asked_for_where_none_can_be(traits, company, recruiter):
    with pytest.raises(ForumError, match="pas ouvertes"):
        request(EditionFactory(**traits), company, recruiter)


def test_a_refused_company_asks_for_no_stand(edition, recruiter):
    with pytest.raises(ForumError, match="refusé votre entreprise"):
        request(edition, CompanyFactory(refused=True), recruiter)
    assert not Exhibitor.objects.exists()


def test_a_cancelled_request_is_made_anew(edition, company, recruiter):
    exhibitor = request(edition, company, recruiter)
    exhibitors.cancel(exhibitor=exhibitor, by=recruiter)
    again = request(edition, company, recruiter, tables=2)
    assert (again.pk, again.tables) == (exhibitor.pk, 2)
    assert history(again)[-1] == ("request", "cancelled", "requested")


def test_a_second_request_of_the_company_is_refused(edition, company, recruiter):
    request(edition, company, recruiter)
    with pytest.raises(MoveError):
        request(edition, company, recruiter)
    assert Exhibitor.objects.count() == 1


@pytest.mark.parametrize("action", VERBS)
@pytest.mark.parametrize("state", ExhibitorState.values)
def test_a_decision_is_possible_from_its_states_only(action, state, staff):
    exhibitor = ExhibitorFactory(state=state, reason="Un motif.")
    allowed, after = EXHIBITOR[action]
    if state in allowed:
        VERBS[action](exhibitor, staff)
        assert history(exhibitor) == [(action, state, after)]
    else:
        with pytest.raises(MoveError):
            VERBS[action](exhibitor, staff)
        assert Exhibitor.objects.get(pk=exhibitor.pk).state == state


@pytest.mark.parametrize(
    ("action", "words"), [("accept", "Stand B12"), ("refuse", "demande de stand"), ("wait", "Liste d'attente")]
)
def test_members_are_told_of_the_decision(action, words, company, recruiter, staff, mails):
    VERBS[action](ExhibitorFactory(company=company), staff)
    [(to, subject)] = mails()
    assert to == recruiter.email
    assert words in subject


def test_a_stand_number_is_given_once(edition, staff):
    ExhibitorFactory(edition=edition, accepted=True, stand="B12")
    second = ExhibitorFactory(edition=edition)
    with pytest.raises(ForumError) as raised:
        exhibitors.accept(exhibitor=second, by=staff, stand="B12")
    assert raised.value.field == "stand"
    assert Exhibitor.objects.get(pk=second.pk).state == ExhibitorState.REQUESTED


def test_another_number_may_be_given_but_not_a_taken_one(edition):
    ExhibitorFactory(edition=edition, accepted=True, stand="B12")
    exhibitor = ExhibitorFactory(edition=edition, accepted=True, stand="B13")
    with pytest.raises(ForumError):
        exhibitors.give_stand(exhibitor=exhibitor, stand="B12")
    exhibitors.give_stand(exhibitor=exhibitor, stand=" B14 ")
    assert Exhibitor.objects.get(pk=exhibitor.pk).stand == "B14"


def test_the_same_number_serves_another_edition(staff):
    ExhibitorFactory(accepted=True, stand="B12")
    exhibitors.accept(exhibitor=ExhibitorFactory(), by=staff, stand="B12")


def test_a_refusal_wants_its_reason(staff):
    exhibitor = ExhibitorFactory()
    with pytest.raises(ForumError) as raised:
        exhibitors.refuse(exhibitor=exhibitor, by=staff, reason=" ")
    assert raised.value.field == "reason"


def test_a_refused_stand_loses_its_number(staff):
    exhibitor = ExhibitorFactory(accepted=True)
    exhibitors.refuse(exhibitor=exhibitor, by=staff, reason="Salle réduite.")
    assert Exhibitor.objects.get(pk=exhibitor.pk).stand == ""


def test_tables_change_until_staff_have_decided(company):
    asked, accepted = ExhibitorFactory(company=company), ExhibitorFactory(accepted=True)
    for exhibitor in (asked, accepted):
        exhibitors.change_stand(exhibitor=exhibitor, fields={"tables": 4, "needs": "x"}, offers=[], people=[])
    assert list(Exhibitor.objects.order_by("pk").values_list("tables", "needs")) == [(4, "x"), (1, "x")]


@pytest.mark.parametrize("trait", ["refused", "cancelled"])
def test_a_request_that_is_over_does_not_change(trait):
    exhibitor = ExhibitorFactory(**{trait: True})
    with pytest.raises(MoveError):
        exhibitors.change_stand(exhibitor=exhibitor, fields={"tables": 2}, offers=[], people=[])


def test_who_came_in_stays_counted_when_the_company_takes_them_off():
    exhibitor = ExhibitorFactory(edition__running=True, accepted=True)
    came, gone = RepresentativeFactory.create_batch(2, exhibitor=exhibitor)
    EntryFactory(attendee=None, representative=came)
    exhibitors.change_stand(exhibitor=exhibitor, fields={}, offers=[], people=[("Nouvelle", "")])
    assert {person.name for person in exhibitor.representatives.all()} == {came.name, "Nouvelle"}
    assert not exhibitor.representatives.filter(pk=gone.pk).exists()


def test_offers_that_are_no_longer_shown_leave_the_collection(company):
    kept, dropped = (OfferFactory(published=True, company=company) for _ in range(2))
    exhibitor = ExhibitorFactory(company=company, accepted=True, shown=[kept, dropped])
    exhibitors.change_stand(exhibitor=exhibitor, fields={}, offers=[kept], people=[])
    assert list(exhibitor.edition.collection.offers.all()) == [kept]


def test_another_companys_offers_stay_when_one_changes_its_own(edition):
    others = OfferFactory(published=True)
    ExhibitorFactory(edition=edition, company=others.company, accepted=True, shown=[others])
    exhibitor = ExhibitorFactory(edition=edition, company=CompanyFactory(), accepted=True)
    exhibitors.change_stand(exhibitor=exhibitor, fields={}, offers=[], people=[])
    assert list(edition.collection.offers.all()) == [others]
