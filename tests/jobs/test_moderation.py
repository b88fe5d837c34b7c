import pytest
from django.urls import reverse

from accounts.models import OutgoingMail
from companies.enums import CompanyState
from companies.models import Company
from demo.factories import CompanyFactory, OfferFactory, ReportFactory, TrainingFactory, UserFactory
from jobs.enums import Decision, Flag, ModerationQueue, OfferState
from jobs.models import Offer, ReasonTemplate
from jobs.selectors.moderation import waiting
from jobs.services import moderation
from jobs.services.moderation import possible_decisions
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db
QUEUE = reverse("moderation-queue")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def author():
    return UserFactory(email="autrice@medinjob.example")


@pytest.fixture
def first_offer(author):
    """The first offer of a company that nobody has verified yet."""
    company = CompanyFactory(new=True, admin=author)
    return OfferFactory(company=company, author=author, in_review=True, flags=[Flag.NEW_COMPANY])


def page_of(offer):
    return reverse("moderation-offer", args=[offer.pk])


def decide(desk, offer, decision, **words):
    return desk.post(page_of(offer), {"decision": decision, "version": offer.version, **words})


def state(offer):
    return Offer.objects.get(pk=offer.pk).state


def titles(answer):
    return [offer.title for offer in answer.context["page"]]


# The queues.


def test_queue_is_oldest_first_and_leaves_imports_apart(desk):
    OfferFactory(in_review=True, title="Récente", submitted_at="2026-11-20T10:00Z")
    OfferFactory(in_review=True, title="Ancienne", submitted_at="2026-11-01T10:00Z")
    OfferFactory(in_review=True, imported=True, title="Importée")
    OfferFactory(published=True, flags=[Flag.SAMPLED], title="Sondée")
    OfferFactory(published=True, title="En ligne")

    assert titles(desk.get(QUEUE)) == ["Ancienne", "Récente"]
    assert titles(desk.get(QUEUE, {"queue": "imports"})) == ["Importée"]
    assert titles(desk.get(QUEUE, {"queue": "check"})) == ["Sondée"]
    assert [count for _, count, _ in desk.get(QUEUE).context["tabs"]] == [2, 1, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"flag": "no-pay"}, ["Sans salaire"]),
        ({"kind": "training"}, ["Formation"]),
        ({"q": "calanque"}, ["Normale"]),
        ({"flag": "n'importe quoi"}, ["Sans salaire", "Normale", "Formation"]),
        ({"queue": "???", "page": "99"}, ["Sans salaire", "Normale", "Formation"]),
    ],
)
def test_queue_is_filtered_and_ignores_nonsense(query, found, desk):
    OfferFactory(in_review=True, title="Sans salaire", flags=[Flag.NEW_COMPANY, Flag.NO_PAY])
    OfferFactory(in_review=True, title="Normale", company__name="Atelier Calanque")
    TrainingFactory(in_review=True, title="Formation")
    assert titles(desk.get(QUEUE, query)) == found


@pytest.mark.parametrize("queue", ModerationQueue)
def test_queue_costs_the_same_for_one_and_three_rows(queue, desk, django_assert_num_queries):
    def add():
        flags = [Flag.SAMPLED]
        OfferFactory(in_review=True)
        OfferFactory(in_review=True, imported=True)
        OfferFactory(published=True, flags=flags)

    add()
    for extra in (0, 2):
        for _ in range(extra):
            add()
        with django_assert_num_queries(
            8
        ):  # session, user, second factor, counts, templates, page count, offers, places
            desk.get(QUEUE, {"queue": queue})


def test_ticked_imports_are_approved_together(desk):
    offers = [OfferFactory(in_review=True, imported=True, flags=[Flag.NOT_DIGITAL]) for _ in range(3)]
    ids = [offer.pk for offer in offers[:2]]
    desk.post(f"{QUEUE}?queue=imports", {"decision": "approve", "ids": ids})
    assert [state(offer) for offer in offers] == ["published", "published", "in_review"]
    assert Offer.objects.visible().count() == 2


def test_ticked_imports_are_refused_together_with_one_reason(desk):
    offers = [OfferFactory(in_review=True, imported=True) for _ in range(2)]
    reason = ReasonTemplate.objects.get(title="Hors du numérique")
    ids = [offer.pk for offer in offers]
    desk.post(
        f"{QUEUE}?queue=imports", {"decision": "reject", "ids": ids, "template": reason.pk, "words": "Restauration."}
    )
    for offer in Offer.objects.all():
        assert (offer.state, offer.reason) == (OfferState.REJECTED, f"{reason.text}\n\nRestauration.")


def test_whole_page_is_decided_at_once(desk):
    offers = [OfferFactory(in_review=True, imported=True) for _ in range(3)]
    page = desk.get(f"{QUEUE}?queue=imports")
    assert all(f'name="page_ids" value="{offer.pk}"' in page.text for offer in offers)
    post = {"decision": "approve", "all": "1", "page_ids": [offer.pk for offer in offers], "ids": []}
    desk.post(f"{QUEUE}?queue=imports", post)
    assert {state(offer) for offer in offers} == {"published"}


def test_refusing_without_a_reason_asks_for_one_and_keeps_the_ticks(desk):
    offer = OfferFactory(in_review=True)
    answer = desk.post(QUEUE, {"decision": "reject", "ids": [offer.pk]})
    assert "words" in answer.context["reasons"].errors
    assert answer.context["ticked"] == [str(offer.pk)]
    assert state(offer) == OfferState.IN_REVIEW


@pytest.mark.parametrize("ids", [[], ["abc"], ["9" * 40], ["-1"]])
def test_nothing_ticked_is_said(ids, desk):
    OfferFactory(in_review=True)
    assert "Cochez d&#x27;abord" in desk.post(QUEUE, {"decision": "approve", "ids": ids}).text


def test_offers_of_another_queue_are_not_decided_by_the_toolbar(desk):
    offer = OfferFactory(in_review=True)
    desk.post(f"{QUEUE}?queue=imports", {"decision": "approve", "ids": [offer.pk]})
    assert state(offer) == OfferState.IN_REVIEW


def test_sampled_offers_are_marked_as_checked_together(desk, staff):
    offers = [OfferFactory(published=True, flags=[Flag.SAMPLED]) for _ in range(2)]
    desk.post(f"{QUEUE}?queue=check", {"decision": "check", "ids": [offer.pk for offer in offers]})
    assert [offer.flags for offer in Offer.objects.all()] == [[], []]
    assert list(offers[0].events.values_list("action", "by")) == [("check", staff.pk)]


# One offer.


def test_review_shows_what_a_moderator_needs(desk, first_offer):
    first_offer.company.siret = "73282932000074"
    first_offer.company.save()
    Offer.objects.update(text="Nous cherchons un homme jeune.", flags=[Flag.NEW_COMPANY, Flag.SUSPICIOUS])
    page = desk.get(page_of(first_offer))
    assert "homme jeune</q>" in page.text
    assert "https://annuaire-entreprises.data.gouv.fr/etablissement/73282932000074" in page.text
    assert "SIRET bien formé" in page.text
    assert page.context["decisions"] == [
        Decision.APPROVE_BOTH,
        Decision.REJECT,
        Decision.REJECT_BOTH,
        Decision.WITHDRAW,
    ]


def test_review_says_that_a_siret_is_wrong(desk, first_offer):
    Company.objects.update(siret="12345678901234")
    assert "SIRET mal formé" in desk.get(page_of(first_offer)).text


def test_review_shows_the_recruiters_reason_for_no_pay(desk):
    offer = OfferFactory(in_review=True, job__no_pay_reason="Grille en négociation.")
    assert "Grille en négociation." in desk.get(page_of(offer)).text


def test_company_and_first_offer_are_approved_together(desk, first_offer, author):
    decide(desk, first_offer, "approve-both")
    assert Company.objects.get().state == CompanyState.TRUSTED
    assert Offer.objects.visible().get() == first_offer
    mails = OutgoingMail.objects.filter(to=author.email).order_by("id")
    assert f"« {first_offer.title} » est en ligne" in [mail.subject for mail in mails]


def test_company_and_first_offer_are_refused_together(desk, first_offer, author):
    decide(desk, first_offer, "reject-both", words="Établissement fermé au registre.")
    assert Company.objects.get().state == CompanyState.REFUSED
    assert Offer.objects.get().reason == "Établissement fermé au registre."
    (mail,) = OutgoingMail.objects.filter(to=author.email)  # the company's own says it all
    assert "Établissement fermé" in mail.body


def test_offer_of_a_new_company_is_not_published_alone(desk, first_offer):
    decide(desk, first_offer, "approve")
    assert state(first_offer) == OfferState.IN_REVIEW


def test_offer_alone_is_refused_and_its_recruiter_told(desk, first_offer, author):
    decide(desk, first_offer, "reject", words="Le lieu manque.")
    assert Company.objects.get().state == CompanyState.NEW
    (mail,) = OutgoingMail.objects.filter(to=author.email)
    assert ("Le lieu manque." in mail.body, reverse("offer-edit", args=[first_offer.pk]) in mail.body) == (True, True)


def test_mail_is_in_the_recruiters_language(desk):
    author = UserFactory(language="en")
    offer = OfferFactory(in_review=True, author=author, company=CompanyFactory(recruiter=author))
    decide(desk, offer, "approve")
    assert "/en/recruteur/offres/" in OutgoingMail.objects.get().body


def test_admins_are_told_once_the_author_has_left(desk):
    admin = UserFactory()
    offer = OfferFactory(in_review=True, author=UserFactory(), company=CompanyFactory(admin=admin))
    decide(desk, offer, "approve")
    assert [mail.to for mail in OutgoingMail.objects.all()] == [admin.email]


def test_decision_leads_to_the_next_of_the_same_queue(desk):
    first, second = OfferFactory(in_review=True), OfferFactory(in_review=True)
    OfferFactory(in_review=True, imported=True, submitted_at="2020-01-01T00:00Z")
    assert decide(desk, first, "approve").url == page_of(second)
    assert decide(desk, second, "approve").url == QUEUE


def test_decision_on_an_offer_edited_meanwhile_is_refused(desk):
    offer = OfferFactory(in_review=True)
    Offer.objects.update(version=3)
    answer = decide(desk, offer, "approve")
    assert "relisez-la" in answer.text
    assert state(offer) == OfferState.IN_REVIEW


def test_second_moderator_is_told_that_it_was_decided(desk):
    offer = OfferFactory(in_review=True)
    decide(desk, offer, "reject", words="Trop court.")
    answer = decide(desk, offer, "withdraw", words="Autre avis.")
    assert answer.status_code == 200
    assert Offer.objects.get().reason == "Trop court."


@pytest.mark.parametrize("decision", ["", "restore", "delete", "check", "approve-both"])
def test_decision_that_the_state_does_not_allow_does_nothing(decision, desk):
    offer = OfferFactory(in_review=True)
    assert decide(desk, offer, decision).status_code == 200
    assert (state(offer), offer.events.count()) == (OfferState.IN_REVIEW, 0)


def test_withdrawn_offer_is_restored(desk):
    offer = OfferFactory(withdrawn=True, reason="Signalée à tort.")
    decide(desk, offer, "restore")
    assert Offer.objects.visible().get() == offer


def test_published_offer_is_withdrawn_for_good_with_a_reason(desk, author):
    offer = OfferFactory(published=True, author=author, company=CompanyFactory(recruiter=author))
    decide(desk, offer, "withdraw", words="Arnaque.")
    assert state(offer) == OfferState.WITHDRAWN
    assert "Arnaque." in OutgoingMail.objects.get(to=author.email).body


def test_history_is_shown_newest_first(desk, staff):
    offer = OfferFactory(in_review=True)
    decide(desk, offer, "reject", words="Le lieu manque.")
    assert [event.action for event in desk.get(page_of(offer)).context["history"]] == ["reject"]
    assert "Renvoyée à corriger" in desk.get(page_of(offer)).text


@pytest.mark.parametrize("members", [1, 3])
def test_review_costs_the_same_queries_for_any_company(members, desk, first_offer, django_assert_num_queries):
    for _ in range(members):
        UserFactory().memberships.create(company=first_offer.company)
    with django_assert_num_queries(20):
        desk.get(page_of(first_offer))


# Reasons and home.


def test_reasons_are_edited_on_one_page(desk):
    url = reverse("reason-templates")
    rows = desk.get(url).context["rows"]
    post = {
        f"form-{i}-{name}": form[name].value() or "" for i, form in enumerate(rows) for name in ("id", "title", "text")
    }
    post |= {"form-TOTAL_FORMS": len(rows.forms), "form-INITIAL_FORMS": len(rows.forms) - 1, "form-0-DELETE": "on"}
    post |= {
        "form-1-text": "Décrivez mieux.",
        f"form-{len(rows.forms) - 1}-title": "Nouveau",
        f"form-{len(rows.forms) - 1}-text": "Texte.",
    }
    before = ReasonTemplate.objects.count()
    assert desk.post(url, post).status_code == 302
    assert ReasonTemplate.objects.count() == before
    assert set(ReasonTemplate.objects.values_list("text", flat=True)) >= {"Décrivez mieux.", "Texte."}


def test_home_counts_what_waits(desk, first_offer):
    OfferFactory(in_review=True, imported=True)
    OfferFactory(published=True, flags=[Flag.SAMPLED])
    ReportFactory()
    ReportFactory(state="dismissed", decision="Non.")
    assert waiting() == (1, 1, 1, 1, 1, 0)
    page = desk.get(reverse("staff-home"))
    assert first_offer.title in page.text


# What cannot be decided is not decided, one by one or together.


@pytest.mark.parametrize("traits", [{"refused": True}, {"new": True}])
def test_ticked_offer_of_a_company_not_trusted_is_not_published(traits, desk):
    good = OfferFactory(in_review=True, title="Bonne offre")
    bad = OfferFactory(in_review=True, title="Offre bloquée", company=CompanyFactory(**traits))
    answer = desk.post(QUEUE, {"decision": "approve", "ids": [good.pk, bad.pk]}, follow=True)
    assert "« Offre bloquée »" in answer.text
    assert {state(good), state(bad)} == {OfferState.IN_REVIEW}


@pytest.mark.parametrize("decision", Decision)
def test_service_decides_only_what_the_page_offers(decision, staff):
    for company in (CompanyFactory(refused=True), CompanyFactory(new=True), CompanyFactory()):
        for trait in ("in_review", "published", "withdrawn", "rejected", "expired"):
            offer = OfferFactory(company=company, **{trait: True})
            if decision in possible_decisions(offer):
                continue
            before = offer.state
            with pytest.raises(MoveError):
                moderation.decide(decision=decision, offers=[offer], by=staff, reason="Parce que.")
            assert state(offer) == before
