from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from demo.factories import StaffFactory
from jobs.enums import OfferState
from jobs.models import Offer, OfferPlace
from jobs.services import expiry, lifecycle
from tests.jobs.imports.corpus import PARIS, TEXT, TOULON, history, import_rows, offer, row

pytestmark = pytest.mark.usefixtures("referentials")


def shown():
    return [int(each[-2:]) for each in Offer.objects.visible().order_by("id").values_list("source_id", flat=True)]


def places(number):
    return [place.label for place in offer(number).places.order_by("id")]


def test_reposts_are_hidden_and_linked_to_the_one_shown(tmp_path):
    tally = import_rows(
        tmp_path, row(1), row(2), row(3, intitule="DEVELOPPEUR PYTHON F/H"), row(4, intitule="Data engineer")
    )
    assert shown() == [1, 4]
    assert {offer(2).duplicate_of, offer(3).duplicate_of} == {offer(1)}
    assert (tally.counts["created"], tally.counts["duplicates"]) == (4, 2)


def test_repost_of_a_later_file_is_hidden_behind_the_known_offer(tmp_path):
    import_rows(tmp_path, row(5))
    import_rows(tmp_path, row(1))
    assert offer(1).duplicate_of == offer(5)


def test_second_run_keeps_the_same_one_shown(tmp_path):
    import_rows(tmp_path, row(1), row(2))
    tally = import_rows(tmp_path, row(2), row(1))
    assert (shown(), tally.counts["unchanged"], tally.counts["duplicates"]) == ([1], 2, 1)


def test_shown_offer_has_the_places_of_its_doubles(tmp_path, announced):
    import_rows(tmp_path, row(1), row(2, lieuTravail=TOULON), row(3, lieuTravail=TOULON), row(4, lieuTravail=PARIS))
    assert shown() == [1]
    assert places(1) == ["Aix-en-Provence", "Toulon", "Paris"]
    assert places(2) == ["Toulon"]
    assert offer(1).pk in announced[-1]


def test_text_that_names_its_town_stays_an_offer_of_its_own(tmp_path):
    import_rows(tmp_path, row(1), row(2, lieuTravail=TOULON, description=f"{TEXT} Rejoignez-nous à Toulon."))
    assert shown() == [1, 2]


def test_double_takes_over_when_the_shown_one_leaves_the_file(tmp_path):
    import_rows(tmp_path, row(1), row(2), row(3, lieuTravail=TOULON))
    import_rows(tmp_path, row(3, lieuTravail=TOULON), row(2), complete=True)
    assert shown() == [2]
    assert (offer(2).duplicate_of, offer(3).duplicate_of) == (None, offer(2))
    assert places(2) == ["Aix-en-Provence", "Toulon"]
    assert ("promote", "published", "published") in history(offer(2))


def test_former_one_that_comes_back_hides_behind_its_successor(tmp_path):
    import_rows(tmp_path, row(1), row(2))
    import_rows(tmp_path, row(2), complete=True)
    import_rows(tmp_path, row(1), row(2))
    assert (shown(), offer(1).duplicate_of, offer(1).state) == ([2], offer(2), OfferState.PUBLISHED)


def test_places_leave_with_the_double_that_lent_them(tmp_path):
    import_rows(tmp_path, row(1), row(2, lieuTravail=TOULON))
    import_rows(tmp_path, row(1), complete=True)
    assert places(1) == ["Aix-en-Provence"]


def test_double_takes_over_when_the_shown_one_expires(tmp_path):
    import_rows(tmp_path, row(1), row(2))
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        import_rows(tmp_path, row(2))
    with time_machine.travel(timezone.now() + timedelta(days=70)):
        assert expiry.close_due_offers() == 1
        assert (shown(), offer(1).state) == ([2], OfferState.EXPIRED)


@pytest.mark.parametrize("action", ["reject", "withdraw", "fill"])
def test_what_staff_closed_still_stands_for_its_reposts(tmp_path, action):
    import_rows(tmp_path, row(1), row(2))
    reason = {} if action == "fill" else {"reason": "Annonce trompeuse."}
    getattr(lifecycle, action)(offers=[offer(1)], by=StaffFactory(), **reason)
    import_rows(tmp_path, row(1), row(2))
    assert shown() == []


@pytest.mark.parametrize("action", ["reject", "withdraw"])
def test_new_repost_of_what_staff_refused_stays_hidden(tmp_path, action):
    import_rows(tmp_path, row(1))
    getattr(lifecycle, action)(offers=[offer(1)], by=StaffFactory(), reason="Annonce trompeuse.")
    import_rows(tmp_path, row(2))
    assert (shown(), offer(2).duplicate_of) == ([], offer(1))


def test_double_that_became_another_offer_is_shown(tmp_path):
    import_rows(tmp_path, row(1), row(2))
    import_rows(tmp_path, row(1), row(2, intitule="Data engineer"))
    assert (shown(), offer(2).duplicate_of) == ([1, 2], None)


def test_doubles_of_an_offer_that_became_another_stand_together(tmp_path):
    import_rows(tmp_path, row(1), row(2), row(3, lieuTravail=TOULON))
    import_rows(tmp_path, row(1, intitule="Data engineer"), row(2), row(3, lieuTravail=TOULON))
    assert (shown(), offer(3).duplicate_of) == ([1, 2], offer(2))
    assert (places(1), places(2)) == (["Aix-en-Provence"], ["Aix-en-Provence", "Toulon"])


def test_offer_that_became_like_another_is_hidden_with_its_doubles(tmp_path):
    import_rows(tmp_path, row(1), row(2, intitule="Data engineer"), row(3, intitule="Data engineer"))
    import_rows(tmp_path, row(1), row(2), row(3))
    assert shown() == [1]
    assert {offer(2).duplicate_of, offer(3).duplicate_of} == {offer(1)}


def test_edited_double_stays_hidden_and_lends_its_new_place(tmp_path):
    import_rows(tmp_path, row(1), row(2))
    import_rows(tmp_path, row(1), row(2, lieuTravail=TOULON))
    assert (shown(), places(1)) == ([1], ["Aix-en-Provence", "Toulon"])


def test_edited_shown_offer_keeps_the_places_lent_to_it(tmp_path):
    import_rows(tmp_path, row(1), row(2, lieuTravail=TOULON))
    import_rows(tmp_path, row(1, nombrePostes=4), row(2, lieuTravail=TOULON))
    assert (shown(), places(1)) == ([1], ["Aix-en-Provence", "Toulon"])


def test_moderator_sees_one_of_several_reposts(tmp_path):
    waiter = {"intitule": "Serveur H/F", "romeCode": "M1843", "description": "Service en salle le midi et le soir."}
    import_rows(tmp_path, row(1, **waiter), row(2, **waiter))
    assert list(Offer.objects.to_review()) == [offer(1)]


def test_successor_of_an_approved_offer_is_approved(tmp_path):
    waiter = {"intitule": "Serveur H/F", "romeCode": "M1843", "description": "Service en salle le midi et le soir."}
    import_rows(tmp_path, row(1, **waiter), row(2, **waiter))
    lifecycle.publish(offers=[offer(1)], by=StaffFactory())
    import_rows(tmp_path, row(2, **waiter), complete=True)
    assert (shown(), offer(2).state) == ([2], OfferState.PUBLISHED)


def test_successor_of_one_never_approved_waits_too(tmp_path):
    waiter = {"intitule": "Serveur H/F", "romeCode": "M1843", "description": "Service en salle le midi et le soir."}
    import_rows(tmp_path, row(1, **waiter), row(2, **waiter))
    import_rows(tmp_path, row(2, **waiter), complete=True)
    assert list(Offer.objects.to_review()) == [offer(2)]


def test_deleting_the_shown_offer_frees_its_doubles(tmp_path):
    import_rows(tmp_path, row(1), row(2, lieuTravail=TOULON))
    offer(1).delete()
    assert shown() == [2]
    assert OfferPlace.objects.count() == 1
