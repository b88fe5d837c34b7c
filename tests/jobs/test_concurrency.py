"""Two people at the same moment, on a real database as in production: one wins, the other is told."""

import pytest

from demo.factories import OfferFactory, ReportFactory
from jobs.models import Offer, OfferAudience, OfferEvent, OfferReport
from jobs.services import editing, expiry, lifecycle
from jobs.services.audience import count_view
from jobs.services.editing import Content
from jobs.services.reports import decide_reports
from medinjob.lib.errors import EditConflictError, MoveError

pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes, kind):
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [kind]


def test_two_moves_at_once_make_one(race, look):
    OfferFactory(published=True)

    def move(verb):
        def attempt(ready):
            offer = Offer.objects.get()
            ready()
            return verb(offers=[offer], by=None)

        return attempt

    outcomes = race(move(lifecycle.pause), move(lifecycle.fill))
    assert refused(outcomes, MoveError)
    assert look(OfferEvent.objects.count) == 1
    assert look(lambda: Offer.objects.get().state) == look(lambda: OfferEvent.objects.get().after)


def test_two_edits_at_once_keep_one_whole(race, look):
    OfferFactory(published=True)

    def edit(text):
        def attempt(ready):
            offer = Offer.objects.select_related("company", "job").get()
            ready()
            content = Content(fields={"text": text}, details={"pay_text": text})
            return editing.update(offer=offer, content=content, version=0, changed=["text"], by=None)

        return attempt

    outcomes = race(edit("Le premier texte."), edit("Le second texte."))
    assert refused(outcomes, EditConflictError)
    text, pay_text, version = look(lambda: Offer.objects.values_list("text", "job__pay_text", "version").get())
    assert (text, version) == (pay_text, 1)


def test_edit_and_approval_at_once_never_publish_what_was_not_read(race, look):
    OfferFactory(in_review=True, text="Relu.")

    def edit(ready):
        offer = Offer.objects.select_related("company", "job").get()
        ready()
        content = Content(fields={"text": "Non relu."})
        return editing.update(offer=offer, content=content, version=0, changed=["text"], by=None)

    def approve(ready):
        offers = list(Offer.objects.all())
        ready()
        return lifecycle.publish(offers=offers, by=None)

    race(edit, approve)
    actions = look(lambda: list(OfferEvent.objects.order_by("id").values_list("action", flat=True)))
    # Read then published then edited by a trusted company, or edited first and then the approval refused.
    assert actions in (["publish", "edit"], ["edit"])


def test_two_decisions_on_a_report_at_once_make_one(race, look):
    ReportFactory()

    def decide(outcome):
        def attempt(ready):
            offer = Offer.objects.select_related("company").get()
            ready()
            return decide_reports(offer=offer, by=None, outcome=outcome, decision=outcome)

        return attempt

    outcomes = race(decide("withdraw"), decide("dismiss"))
    assert refused(outcomes, MoveError)
    state, decision = look(lambda: OfferReport.objects.values_list("state", "decision").get())
    assert (state, look(lambda: Offer.objects.get().state)) in (("upheld", "withdrawn"), ("dismissed", "published"))
    assert decision == ("withdraw" if state == "upheld" else "dismiss")


def test_two_workers_closing_at_once_close_each_offer_once(race, look):
    OfferFactory.create_batch(5, overdue=True)

    def close(ready):
        ready()
        return expiry.close_due_offers()

    race(close, close)
    assert look(OfferEvent.objects.count) == 5


def test_views_at_once_are_all_counted(race, look):
    offer = OfferFactory(published=True)

    def view(ready):
        ready()
        for _ in range(10):
            count_view(offer_id=offer.pk)

    race(view, view)
    assert look(lambda: OfferAudience.objects.get().views) == 20
