"""Saved searches and alerts: every new offer told once, in time, to those whose search finds it."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import OutgoingMail
from candidates.enums import ALERT_GAP, SAVED_SEARCHES_MOST, Frequency
from candidates.errors import SavedSearchError
from candidates.links import stop_all_url, stop_url
from candidates.models import AlertedOffer, NewOffer, SavedSearch
from candidates.services.alerts import match_new_offers, send_alerts
from candidates.services.saved_searches import alert_query, pause_search, save_search
from demo.factories import ApplicationFactory, OfferFactory, UserFactory
from jobs.models import ImportRun, Offer
from jobs.signals import offers_changed
from search.criteria import SearchCriteria
from search.engines import get_engine
from search.engines.base import EngineError
from search.indexing.outbox import drain
from search.service.alerts import matching_offers
from search.service.search import breaker

pytestmark = pytest.mark.django_db
PARIS = timezone.get_default_timezone()
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=PARIS)
MONDAY = SUNDAY + timedelta(days=1)


@pytest.fixture
def ready(index):
    """An index, empty of offers."""
    index()


def follow(user, frequency=Frequency.AT_ONCE, label="Python", **asked):
    return save_search(
        user=user, criteria=SearchCriteria(**(asked or {"q": "python"})), label=label, frequency=frequency
    )


def publish(title="Développeuse Python", **fields):
    """A new offer, told to the floors above as posting does."""
    offer = OfferFactory(published=True, title=title, **fields)
    offers_changed.send(sender=Offer, ids=[offer.pk])
    return offer


def run():
    """What the worker does, one time; the number of mails written."""
    drain()
    match_new_offers()
    return send_alerts()


def test_search_is_saved_once_without_page_order_or_age(candidate):
    criteria = SearchCriteria(q="python", contract=("cdd", "cdi"), page=3, sort="date", since=7)
    first = save_search(user=candidate, criteria=criteria, label="Un")
    again = save_search(user=candidate, criteria=criteria.with_(contract=("cdi", "cdd")), label="Deux")
    assert first == again == SavedSearch.objects.get()
    assert (again.label, again.query) == ("Deux", "q=python&contract=cdd&contract=cdi")


def test_search_too_many_is_refused(candidate):
    for number in range(SAVED_SEARCHES_MOST):
        follow(candidate, q=f"python {number}")
    with pytest.raises(SavedSearchError, match="supprimez-en"):
        follow(candidate, q="un de plus")
    follow(candidate, q="python 0", label="le même")
    assert SavedSearch.objects.count() == SAVED_SEARCHES_MOST


def test_search_too_long_is_refused(candidate):
    criteria = SearchCriteria(q="é" * 180)
    assert len(alert_query(criteria)) > 1000
    with pytest.raises(SavedSearchError, match="filtres"):
        save_search(user=candidate, criteria=criteria, label="x")


def test_new_offer_is_told_to_who_searches_it(ready, candidate):
    follow(candidate)
    offer = publish()
    publish(title="Technicien réseau", text="Câblage et support.")
    assert run() == 1
    mail = OutgoingMail.objects.get()
    assert mail.to == candidate.email
    assert mail.subject == "1 nouvelle offre : Python"
    assert offer.get_absolute_url() in mail.body
    assert "Technicien" not in mail.body


def test_nothing_is_sent_again_when_the_task_runs_twice(ready, candidate):
    follow(candidate)
    publish()
    assert [run(), run(), run()] == [1, 0, 0]
    assert OutgoingMail.objects.count() == 1


def test_offer_found_by_two_searches_is_told_once_by_the_quicker(ready, candidate):
    follow(candidate, Frequency.WEEKLY)
    quick = follow(candidate, Frequency.AT_ONCE, q="développeuse", label="Dév")
    publish()
    assert run() == 1
    assert AlertedOffer.objects.get().search == quick


def test_offer_to_which_the_person_applied_is_told_no_more(ready, candidate):
    follow(candidate)
    offer = publish()
    ApplicationFactory(offer=offer, candidate=candidate)
    assert run() == 0


def test_two_people_are_each_told(ready, candidate):
    follow(candidate)
    follow(UserFactory())
    publish()
    assert run() == 2


def test_offer_changed_later_is_no_new_one(ready, candidate):
    offer = publish()
    run()
    follow(candidate)
    offers_changed.send(sender=Offer, ids=[offer.pk])
    assert run() == 0
    assert NewOffer.objects.get().matched_at is not None


def test_offer_seen_before_the_search_was_saved_is_not_told(ready, candidate):
    publish()
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        follow(candidate)
        assert run() == 0


def test_offer_that_nobody_may_see_is_not_noted(candidate):
    offer = OfferFactory(in_review=True)
    offers_changed.send(sender=Offer, ids=[offer.pk])
    assert not NewOffer.objects.exists()


def test_offer_waits_for_the_index(ready, candidate):
    follow(candidate)
    publish()
    assert match_new_offers() == 0
    drain()
    assert match_new_offers() == 1


def test_engine_away_keeps_the_rows(candidate, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    get_engine.cache_clear()
    follow(candidate)
    NewOffer.objects.create(offer=OfferFactory(published=True))
    with pytest.raises(EngineError):
        match_new_offers()
    assert NewOffer.objects.get().matched_at is None
    get_engine.cache_clear()
    breaker.reset()


def test_other_spelling_is_not_followed(ready, candidate):
    follow(candidate, q="pithon")
    publish()
    assert run() == 0


def test_search_that_holds_only_some_of_the_words_finds_nothing(ready, candidate):
    follow(candidate, q="python cobol")
    publish()
    assert run() == 0


def test_matching_stays_among_the_given_offers(ready):
    offers = [publish() for _ in range(3)]
    drain()
    asked = [offer.pk for offer in offers[1:]]
    assert matching_offers(SearchCriteria(q="python"), asked) == asked
    assert matching_offers(SearchCriteria(q="python", place="Nulle-Part-sur-Mer"), asked) == []
    assert matching_offers(SearchCriteria(), []) == []


def test_matching_filters_by_facet(ready):
    cdi, cdd = publish(job__contract="cdi"), publish(job__contract="cdd")
    drain()
    assert matching_offers(SearchCriteria(contract=("cdd",)), [cdi.pk, cdd.pk]) == [cdd.pk]


@pytest.mark.parametrize(
    ("frequency", "found", "hours"),
    [
        (Frequency.AT_ONCE, SUNDAY, 0),
        (Frequency.DAILY, SUNDAY, 22),
        (Frequency.DAILY, SUNDAY.replace(hour=7), 1),
        (Frequency.WEEKLY, SUNDAY, 22),
        (Frequency.WEEKLY, MONDAY, 7 * 24 - 2),
    ],
)
def test_alert_leaves_at_its_hour(candidate, frequency, found, hours):
    search = follow(candidate, frequency)
    offer = OfferFactory(published=True, expires_at=MONDAY + timedelta(days=60))
    AlertedOffer.objects.create(user=candidate, search=search, offer=offer, found_at=found)
    due = found + timedelta(hours=hours)
    if hours:
        with time_machine.travel(due - timedelta(minutes=1), tick=False):
            assert send_alerts() == 0
    with time_machine.travel(due + timedelta(minutes=1), tick=False):
        assert [send_alerts(), send_alerts()] == [1, 0]


def test_offer_closed_before_the_mail_is_not_told(ready, candidate):
    follow(candidate)
    offer = publish()
    drain()
    match_new_offers()
    Offer.objects.filter(pk=offer.pk).update(state="withdrawn")
    assert send_alerts() == 0


def test_paused_search_is_silent_and_what_it_had_found_is_dropped(ready, candidate):
    search = follow(candidate)
    publish()
    drain()
    match_new_offers()
    pause_search(search=search)
    publish(title="Autre offre Python")
    assert run() == 0
    assert not AlertedOffer.objects.exists()


def test_long_alert_names_twenty_and_counts_the_others(candidate):
    search = follow(candidate)
    offers = OfferFactory.create_batch(22, published=True)
    AlertedOffer.objects.bulk_create(AlertedOffer(user=candidate, search=search, offer=offer) for offer in offers)
    assert send_alerts() == 1
    body = OutgoingMail.objects.get().body
    assert body.count("/offres/") == 20 + 1
    assert "Et 2 autres" in body


def test_alert_costs_the_same_queries_for_one_and_three_offers(candidate, django_assert_max_num_queries):
    search = follow(candidate)
    for number in (1, 3):
        for offer in OfferFactory.create_batch(number, published=True):
            AlertedOffer.objects.create(user=candidate, search=search, offer=offer)
        with django_assert_max_num_queries(14):
            assert send_alerts() == 1
        AlertedOffer.objects.update(mailed_at=timezone.now() - ALERT_GAP)


def test_alert_is_in_the_language_of_its_reader(candidate):
    candidate.language = "en"
    candidate.save()
    AlertedOffer.objects.create(user=candidate, search=follow(candidate), offer=OfferFactory(published=True))
    send_alerts()
    assert "/en/" in OutgoingMail.objects.get().headers["List-Unsubscribe"]


def test_mail_program_stops_the_alert_in_one_click(candidate, ready):
    search = follow(candidate)
    publish()
    run()
    headers = OutgoingMail.objects.get().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    search.refresh_from_db()
    assert (answer.status_code, search.active) == (200, False)


def test_reading_the_stop_page_stops_nothing(client, candidate):
    search = follow(candidate)
    assertContains(client.get(stop_url(search.pk)), "Arrêter cette alerte")
    search.refresh_from_db()
    assert search.active


def test_stop_page_of_a_deleted_or_forged_alert(client, candidate):
    search = follow(candidate)
    url = stop_url(search.pk)
    search.delete()
    assertContains(client.post(url), "n’existe plus")
    assert client.get("/alertes/forged/desabonner/").status_code == 404


def test_worker_sends_alerts(ready, candidate):
    follow(candidate)
    publish()
    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)
    assert OutgoingMail.objects.filter(to=candidate.email).count() == 1


def test_result_page_leads_to_its_alert(client, ready):
    assertContains(client.get("/offres/?q=python&contract=cdi"), "/mes-alertes/nouvelle/?q=python&amp;contract=cdi")
    assertContains(client.get("/formations/"), "/mes-alertes/nouvelle/?kind=training")


def test_anonymous_signs_in_and_comes_back_to_the_search(client):
    answer = client.get("/mes-alertes/nouvelle/?q=python&contract=cdi")
    assertRedirects(answer, "/compte/login/?next=/mes-alertes/nouvelle/%3Fq%3Dpython%26contract%3Dcdi")


def test_alert_is_saved_from_a_search(as_candidate, candidate, ready):
    url = "/mes-alertes/nouvelle/?q=python&contract=cdi"
    assertContains(as_candidate.get(url), 'value="python · CDI"')
    as_candidate.post(url, {"label": "Python en CDI", "frequency": "weekly"})
    search = SavedSearch.objects.get()
    assert (search.user, search.label, search.frequency) == (candidate, "Python en CDI", "weekly")


def test_alert_without_a_name_is_asked_for_again(as_candidate, ready):
    answer = as_candidate.post("/mes-alertes/nouvelle/?q=python", {"label": "", "frequency": "daily"})
    assertContains(answer, "obligatoire")
    assert not SavedSearch.objects.exists()


def test_alerts_are_listed_changed_paused_and_deleted(as_candidate, candidate):
    search = follow(candidate, label="Ma recherche")
    page, url = reverse("saved-searches"), reverse("saved-search", args=[search.pk])
    assertContains(as_candidate.get(page), "Ma recherche")
    as_candidate.post(url, {"action": "frequency", "frequency": "weekly"})
    as_candidate.post(url, {"action": "pause", "frequency": "daily"})
    search.refresh_from_db()
    assert (search.frequency, search.active) == ("weekly", False)
    as_candidate.post(url, {"action": "resume"})
    search.refresh_from_db()
    assert search.active
    as_candidate.post(url, {"action": "delete"})
    assertContains(as_candidate.get(page), "Pas encore d’alerte")


def test_alert_of_somebody_else_is_not_found(as_candidate):
    search = follow(UserFactory(), label="Secret")
    assert as_candidate.post(reverse("saved-search", args=[search.pk]), {"action": "delete"}).status_code == 404
    assertNotContains(as_candidate.get(reverse("saved-searches")), "Secret")
    assert SavedSearch.objects.exists()


@pytest.mark.parametrize("data", [{}, {"action": "nonsense"}, {"frequency": "hourly"}])
def test_wrong_step_changes_nothing(as_candidate, candidate, data):
    search = follow(candidate)
    assert as_candidate.post(reverse("saved-search", args=[search.pk]), data).status_code == 302
    assert SavedSearch.objects.values_list("active", "frequency").get() == (True, "at-once")


def test_upgrade_notes_offers_that_were_public_before_as_no_news(ready):
    step = import_module("candidates.migrations.0003_new_offers").note_offers_already_public
    user = UserFactory()
    follow(user)
    public, closed = OfferFactory(published=True, title="Python"), OfferFactory(withdrawn=True, title="Python")
    draft = OfferFactory(title="Python")
    step(apps, None)
    assert set(NewOffer.objects.exclude(matched_at=None).values_list("pk", flat=True)) == {public.pk, closed.pk}
    offers_changed.send(sender=Offer, ids=[public.pk, closed.pk])
    assert run() == 0
    Offer.objects.filter(pk=draft.pk).update(
        state="published", published_at=timezone.now(), expires_at=timezone.now() + timedelta(days=1)
    )
    offers_changed.send(sender=Offer, ids=[draft.pk])
    assert run() == 1


class TestOneMail:
    """What comes together is told together."""

    def test_import_of_seventy_in_batches_is_one_mail_though_the_task_runs_each_minute(self, ready, candidate):
        """It made six, of the 70 offers in six minutes."""
        follow(candidate)
        follow(candidate, q="réseau", label="Réseau")
        began = timezone.now() + timedelta(minutes=1)
        with time_machine.travel(began, tick=False) as clock:
            running = ImportRun.objects.create(source="test", filename="x", options={})
            written = []
            for batch in range(7):
                for number in range(5):
                    publish(title=f"Développeuse Python {batch}-{number}")
                    publish(title=f"Technicien réseau {batch}-{number}", text="Câblage et support.")
                if batch == 6:
                    # The last offers wait for the index after the end of the import.
                    ImportRun.objects.filter(pk=running.pk).update(state="done", finished_at=timezone.now())
                    written.append(send_alerts())
                clock.shift(60)
                written.append(run())
            clock.shift(60)
            written.append(run())
        assert sum(written) == OutgoingMail.objects.count() == 1
        assert AlertedOffer.objects.exclude(mailed_at=None).count() == 70
        assert OutgoingMail.objects.get().subject == "70 nouvelles offres pour vos alertes"

    def test_import_that_never_ends_is_not_waited_for(self, ready, candidate):
        follow(candidate)
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:
            ImportRun.objects.create(source="test", filename="x", options={})
            publish()
            assert run() == 0
            clock.shift(timedelta(hours=6, minutes=1))
            assert run() == 1

    def test_what_was_found_before_an_import_does_not_wait_for_it(self, ready, candidate):
        follow(candidate)
        publish()
        drain()
        match_new_offers()
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
            ImportRun.objects.create(source="test", filename="x", options={})
            assert send_alerts() == 1

    def test_at_once_is_once_an_hour_at_the_most(self, ready, candidate):
        follow(candidate)
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:
            publish()
            assert run() == 1
            publish(title="Autre offre Python")
            clock.shift(60)
            assert run() == 0
            clock.shift(3600)
            assert run() == 1

    def test_index_that_is_behind_is_waited_for_an_hour(self, ready, candidate):
        follow(candidate)
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:
            publish()
            drain()
            match_new_offers()
            publish(title="Pas encore dans l'index")
            assert send_alerts() == 0
            clock.shift(timedelta(hours=1, minutes=1))
            assert send_alerts() == 1

    def test_several_searches_and_frequencies_of_one_morning_are_one_mail(self, candidate):
        for frequency in (Frequency.DAILY, Frequency.WEEKLY):
            search = follow(candidate, frequency, q=frequency.value, label=frequency.label)
            offer = OfferFactory(published=True, expires_at=MONDAY + timedelta(days=60))
            AlertedOffer.objects.create(user=candidate, search=search, offer=offer, found_at=SUNDAY)
        with time_machine.travel(MONDAY.replace(hour=8, minute=1), tick=False):
            assert [send_alerts(), send_alerts()] == [1, 0]
        mail = OutgoingMail.objects.get()
        assert mail.body.count("/desabonner/") == 2
        path = "/" + mail.headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
        assert path.endswith("/tout-desabonner/")
        answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
        assertContains(answer, "Toutes vos alertes sont arrêtées")
        assert not SavedSearch.objects.filter(active=True).exists()

    def test_reading_the_page_that_stops_all_stops_nothing(self, client, candidate):
        follow(candidate, label="Ma recherche")
        follow(UserFactory(), label="Secret")
        page = client.get(stop_all_url(candidate.pk))
        assertContains(page, "Ma recherche")
        assertNotContains(page, "Secret")
        assert SavedSearch.objects.filter(active=True).count() == 2
        assert client.get("/alertes/forged/tout-desabonner/").status_code == 404
        client.post(stop_all_url(candidate.pk))
        assert SavedSearch.objects.get(active=True).label == "Secret"


def test_what_its_source_published_long_ago_is_new_to_nobody(ready):
    follow(UserFactory())
    publish(source_published_at=timezone.now() - timedelta(days=400))
    assert run() == 0
    publish(source_published_at=timezone.now() - timedelta(days=2))
    assert run() == 1
