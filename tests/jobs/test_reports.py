import pytest
from django.urls import reverse

from accounts.models import OutgoingMail
from demo.factories import CompanyFactory, OfferFactory, ReportFactory, UserFactory
from jobs.enums import OfferState, ReportState
from jobs.models import Offer, OfferReport
from jobs.views.reports import REPORTS_AN_HOUR

pytestmark = pytest.mark.django_db
QUEUE = reverse("reports-queue")
REPORT = {"reason": "scam", "message": "On demande de payer avant l'entretien.", "email": "temoin@exemple.fr"}


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def offer(author):
    return OfferFactory(published=True, author=author, company=CompanyFactory(recruiter=author))


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def report_url(offer):
    return reverse("offer-report", args=[offer.pk])


def decide(desk, offer, outcome, words="Nous avons vérifié."):
    return desk.post(reverse("reports-decide", args=[offer.pk]), {"outcome": outcome, "words": words})


# Anybody reports.


def test_anybody_reports_an_offer_and_is_answered_on_screen_and_by_mail(client, offer):
    answer = client.post(report_url(offer), REPORT)
    report = OfferReport.objects.get()
    assert answer.url == offer.get_absolute_url()
    assert (report.offer, report.reason, report.user, report.state) == (offer, "scam", None, ReportState.RECEIVED)
    (message,) = answer.wsgi_request._messages
    assert f"n° {report.pk}" in str(message)
    mail = OutgoingMail.objects.get()
    assert (mail.to, offer.title in mail.subject) == ("temoin@exemple.fr", True)


def test_report_without_an_address_is_only_acknowledged_on_screen(client, offer):
    client.post(report_url(offer), {**REPORT, "email": ""})
    assert OfferReport.objects.count() == 1
    assert not OutgoingMail.objects.exists()


def test_report_of_somebody_signed_in_keeps_who(client, offer):
    user = UserFactory()
    client.force_login(user)
    assert client.get(report_url(offer)).context["form"]["email"].value() == user.email
    client.post(report_url(offer), REPORT)
    assert OfferReport.objects.get().user == user


def test_answer_is_in_the_language_of_the_page(client, offer):
    client.post(f"/en{report_url(offer)}", REPORT)
    assert OfferReport.objects.get().language == "en"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reason": ""}, "reason"), ({"reason": "ennui"}, "reason"), ({"email": "chez moi"}, "email"),
     ({"message": "x" * 2001}, "message"), ({"reason": "other", "message": ""}, "message")],
)  # fmt: skip
def test_wrong_report_says_why_and_loses_nothing(wrong, field, client, offer):
    answer = client.post(report_url(offer), {**REPORT, **wrong})
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form["message"].value() == {**REPORT, **wrong}["message"]
    assert not OfferReport.objects.exists()


def test_too_many_reports_from_one_address_are_stopped(client, offer):
    for _ in range(REPORTS_AN_HOUR):
        client.post(report_url(offer), REPORT)
    answer = client.post(report_url(offer), REPORT)
    assert (answer.status_code, OfferReport.objects.count()) == (429, REPORTS_AN_HOUR)
    assert answer.context["form"]["message"].value() == REPORT["message"]
    assert client.post(report_url(offer), REPORT, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_offer_that_was_never_public_cannot_be_reported(client):
    assert client.get(report_url(OfferFactory())).status_code == 404


# Staff decide.


def test_queue_groups_reports_by_offer_longest_waiting_first(desk, offer):
    recent, other = ReportFactory(offer=offer), ReportFactory(created_at="2026-11-01T10:00Z")
    ReportFactory(offer=offer, reason="scam")
    ReportFactory(state=ReportState.DISMISSED, decision="Rien à redire.")
    page = desk.get(QUEUE).context["page"]
    assert [(row, len(row.open_reports)) for row in page] == [(other.offer, 1), (recent.offer, 2)]


def test_log_shows_what_was_decided(desk):
    ReportFactory()
    done = ReportFactory(state=ReportState.DISMISSED, decision="Rien à redire.", decided_at="2026-11-02T10:00Z")
    answer = desk.get(QUEUE, {"traites": ""})
    assert list(answer.context["page"]) == [done]
    assert "Rien à redire." in answer.text


@pytest.mark.parametrize("settled", [{}, {"traites": ""}])
def test_queue_costs_the_same_for_one_and_three_offers(settled, desk, django_assert_num_queries):
    def add():
        ReportFactory()
        ReportFactory(state=ReportState.UPHELD, decision="Oui.", decided_at="2026-11-02T10:00Z")

    add()
    for extra in (0, 2):
        for _ in range(extra):
            add()
        with django_assert_num_queries(5 if settled else 6):
            desk.get(QUEUE, settled)


@pytest.mark.parametrize(
    ("outcome", "state", "events"),
    [
        ("withdraw", OfferState.WITHDRAWN, ["report_withdraw", "withdraw"]),
        ("reject", OfferState.REJECTED, ["report_reject", "reject"]),
        ("dismiss", OfferState.PUBLISHED, ["report_dismiss"]),
    ],
)
def test_decision_moves_the_offer_and_is_logged(outcome, state, events, desk, staff, offer):
    ReportFactory(offer=offer)
    decide(desk, offer, outcome)
    assert Offer.objects.get().state == state
    logged = list(offer.events.order_by("id").values_list("action", "by", "reason"))
    assert logged == [(action, staff.pk, "Nous avons vérifié.") for action in events]
    report = OfferReport.objects.get()
    assert (report.decided_by, report.decision) == (staff, "Nous avons vérifié.")
    assert report.state == (ReportState.DISMISSED if outcome == "dismiss" else ReportState.UPHELD)


def test_upheld_report_tells_both_sides_why(desk, author, offer):
    report = ReportFactory(offer=offer, email="temoin@exemple.fr")
    decide(desk, offer, "withdraw")
    mails = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert mails.keys() == {"temoin@exemple.fr", author.email}
    assert all("Nous avons vérifié." in body for body in mails.values())
    assert "temoin" not in mails[author.email]
    report.refresh_from_db()
    assert report.email == ""


def test_dismissed_report_tells_the_reporter_only(desk, offer):
    ReportFactory(offer=offer, email="temoin@exemple.fr")
    decide(desk, offer, "dismiss")
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["temoin@exemple.fr"]


def test_decision_settles_all_open_reports_of_the_offer_and_no_other(desk, offer):
    ReportFactory(offer=offer)
    ReportFactory(offer=offer)
    other = ReportFactory()
    decide(desk, offer, "dismiss")
    assert list(OfferReport.objects.filter(state=ReportState.RECEIVED)) == [other]


def test_decision_without_a_reason_is_asked_for_one(desk, offer):
    ReportFactory(offer=offer)
    answer = decide(desk, offer, "withdraw", words="")
    assert list(answer.context["form"].errors) == ["words"]
    assert Offer.objects.get().state == OfferState.PUBLISHED


def test_second_decision_is_told_that_it_comes_late(desk, offer):
    ReportFactory(offer=offer)
    decide(desk, offer, "dismiss")
    answer = desk.post(
        reverse("reports-decide", args=[offer.pk]), {"outcome": "withdraw", "words": "Non."}, follow=True
    )
    assert "vient de décider" in answer.text
    assert Offer.objects.get().state == OfferState.PUBLISHED


def test_report_of_an_offer_no_longer_public_is_upheld_without_moving_it(desk):
    report = ReportFactory(offer=OfferFactory(filled=True))
    choices = desk.get(reverse("reports-decide", args=[report.offer.pk])).context["form"].fields["outcome"].choices
    assert [value for value, _ in choices] == ["dismiss", "note"]
    decide(desk, report.offer, "note")
    assert (Offer.objects.get().state, OfferReport.objects.get().state) == (OfferState.FILLED, ReportState.UPHELD)


def test_reported_import_is_withdrawn_and_nobody_is_written_to(desk):
    report = ReportFactory(offer=OfferFactory(imported=True, published=True), email="")
    decide(desk, report.offer, "withdraw")
    assert Offer.objects.get().state == OfferState.WITHDRAWN
    assert not OutgoingMail.objects.exists()
