"""What the public, attendees and companies see of an edition."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from demo.factories import (
    AttendeeFactory,
    CompanyFactory,
    DeclaredFigureFactory,
    EditionFactory,
    ExhibitorFactory,
    OfferFactory,
    ProgrammeItemFactory,
    UserFactory,
)
from forums import links
from forums.enums import AttendeeState, ExhibitorState
from forums.models import Attendee, Exhibitor

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def own(attendee, name="edition-registration"):
    return links.attendee_url(attendee.pk, name)


def visitor(**changes):
    return {"name": "Nora Fictive", "email": "nora@medinjob.example", "kind": "visitor", **changes}


def rows(prefix, *forms):
    data = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": 0}
    return data | {f"{prefix}-{n}-{name}": value for n, form in enumerate(forms) for name, value in form.items()}


def test_list_shows_what_comes_first_then_the_past_and_no_draft(client):
    names = {"À venir": {"announced": True}, "Passée": {"closed": True}, "Déclarée": {"declared": True}, "Cachée": {}}
    for name, traits in names.items():
        EditionFactory(event__name=name, **traits)
    shown = text(client.get("/forum/"))
    assert shown.index("À venir</a>") < shown.index("Passée</a>") < shown.index("Déclarée</a>")
    assert "Cachée" not in shown


def test_a_draft_has_no_page(client):
    slug = EditionFactory().event.slug
    for name in ("edition", "edition-exhibitors", "edition-calendar", "edition-register"):
        assert page(client, name, slug).status_code == 404


def test_an_edition_says_when_where_what_and_how_many(client, edition, offer):
    ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer])
    ProgrammeItemFactory(edition=edition, title="Table ronde sur l'accès")
    shown = text(client.get(edition.get_absolute_url()))
    for words in ("Hall fictif", "09:00 – 18:00", "Table ronde sur l&#x27;accès", "S’inscrire", "Demander un stand"):
        assert words in shown
    assert f"/offres/?collection={edition.collection.slug}" in shown
    assert '"@type": "Event"' in shown


def test_a_name_cannot_leave_the_structured_data(client):
    edition = EditionFactory(announced=True, event__name="</script><script>alert(1)</script>")
    assert "<script>alert" not in client.get(edition.get_absolute_url()).content.decode()


def test_a_past_edition_invites_nobody(client):
    shown = text(client.get(EditionFactory(closed=True).get_absolute_url()))
    assert "a eu lieu" in shown
    assert "S’inscrire" not in shown
    assert "?collection=" not in shown


def test_declared_figures_are_shown_as_not_verifiable_with_their_source(client):
    edition = EditionFactory(declared=True)
    DeclaredFigureFactory(event=edition.event, label="Contrats", value=45, source="Bilan fictif")
    shown = text(client.get(edition.get_absolute_url()))
    assert "non vérifiables" in shown
    assert "Bilan fictif" in shown
    assert ">45<" in shown


def test_exhibitors_are_the_accepted_ones_with_their_offers(client, edition):
    shown = OfferFactory(published=True)
    filled = OfferFactory(filled=True, company=shown.company)
    ExhibitorFactory(edition=edition, company=shown.company, accepted=True, stand="C3", shown=[shown, filled])
    ExhibitorFactory(edition=edition, company=CompanyFactory(name="En attente SA"), waiting=True)
    found = text(page(client, "edition-exhibitors", edition.event.slug))
    assert f'href="{shown.get_absolute_url()}"' in found
    assert f'href="{filled.get_absolute_url()}"' not in found
    assert (filled.title in found, "Pourvue" in found, "Stand C3" in found) == (True, True, True)
    assert "En attente SA" not in found


def test_an_offer_that_was_never_public_is_not_listed(client, edition):
    hidden = OfferFactory(in_review=True, title="Poste secret")
    ExhibitorFactory(edition=edition, company=hidden.company, accepted=True, shown=[hidden])
    assert "Poste secret" not in text(page(client, "edition-exhibitors", edition.event.slug))


def test_exhibitors_take_as_many_queries_for_three_as_for_one(client, edition, django_assert_num_queries):
    address = reverse("edition-exhibitors", args=[edition.event.slug])
    for _ in range(3):
        offer = OfferFactory(published=True)
        ExhibitorFactory(edition=edition, company=offer.company, accepted=True, shown=[offer])
        with django_assert_num_queries(6):
            client.get(address)


@pytest.mark.usefixtures("still")
def test_a_candidate_registers_in_one_click(client, edition):
    user = UserFactory()
    client.force_login(user)
    answer = client.post(reverse("edition-register", args=[edition.event.slug]))
    attendee = Attendee.objects.get(user=user)
    assert answer.url == own(attendee)
    assert "<svg" in client.get(answer.url).content.decode()
    assert page(client, "edition-register", edition.event.slug).url == own(attendee)


def test_a_visitor_registers_confirms_and_cancels_by_the_links_of_mails(client, edition):
    answer = client.post(reverse("edition-register", args=[edition.event.slug]), visitor(), follow=True)
    assert "nora@medinjob.example" in text(answer)
    attendee = Attendee.objects.get()
    link = re.search(r"/forum/inscription/\S+/confirmer/", OutgoingMail.objects.get().body)
    client.get(link[0])
    attendee.refresh_from_db()
    assert attendee.state == AttendeeState.TO_CONFIRM
    client.post(link[0], {"name": "Nora Martin", "kind": "visitor"})
    client.get(own(attendee, "edition-unregister"))
    attendee.refresh_from_db()
    assert attendee.state == AttendeeState.REGISTERED
    assert "est annulée" in text(client.post(own(attendee, "edition-unregister"), follow=True))
    attendee.refresh_from_db()
    assert attendee.state == AttendeeState.CANCELLED


def test_owner_of_the_address_writes_what_a_stranger_began(client, edition):
    address = reverse("edition-register", args=[edition.event.slug])
    client.post(address, visitor(name="APPELEZ LE 0899 000 000"))
    link = re.search(r"/forum/inscription/\S+/confirmer/", OutgoingMail.objects.get().body)[0]
    assert "0899" not in OutgoingMail.objects.get().body
    assert "0899" in text(client.get(link))  # shown before it counts
    assert client.post(link).status_code == 422
    client.post(link, {"name": "Nora Martin", "kind": "candidate"})
    attendee = Attendee.objects.get()
    assert (attendee.name, attendee.kind, attendee.state) == ("Nora Martin", "candidate", "registered")


def test_later_words_replace_those_that_nobody_confirmed(client, edition):
    address = reverse("edition-register", args=[edition.event.slug])
    client.post(address, visitor(name="Un farceur"))
    client.post(address, visitor(name="Nora Martin"))
    assert Attendee.objects.get().name == "Nora Martin"


def test_account_registers_under_its_own_name(client, edition):
    client.post(reverse("edition-register", args=[edition.event.slug]), visitor(name="Un farceur"))
    user = UserFactory(name="Nora Martin", email="nora@medinjob.example")
    client.force_login(user)
    client.post(reverse("edition-register", args=[edition.event.slug]))
    assert Attendee.objects.get().name == "Nora Martin"


def test_the_answer_does_not_tell_who_is_registered(client, edition):
    address = reverse("edition-register", args=[edition.event.slug])
    known = AttendeeFactory(edition=edition, visitor=True).email
    answers = [client.post(address, visitor(email=email), follow=True) for email in (known, "x@medinjob.example")]
    first, second = (text(answer).replace(known, "x@medinjob.example") for answer in answers)
    assert first == second


@pytest.mark.parametrize("wrong", [{"email": "nora"}, {"name": ""}, {"kind": "robot"}, {"name": "x" * 121}])
def test_a_wrong_field_is_said_and_nothing_typed_is_lost(client, edition, wrong):
    answer = client.post(reverse("edition-register", args=[edition.event.slug]), visitor(**wrong))
    assert list(answer.context["form"].errors) == list(wrong)
    assert ("nora@medinjob.example" in text(answer)) is ("email" not in wrong)
    assert not Attendee.objects.exists()


def test_a_few_mails_an_hour_to_one_address(client, edition):
    address = reverse("edition-register", args=[edition.event.slug])
    statuses = [client.post(address, visitor()).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


def test_registration_that_is_not_open_sends_back(client):
    edition = EditionFactory(announced=True, attendees_open_at=timezone.now() + timedelta(days=1))
    assert page(client, "edition-register", edition.event.slug).url == edition.get_absolute_url()
    client.post(reverse("edition-register", args=[edition.event.slug]), visitor())
    assert not Attendee.objects.exists()


@pytest.mark.parametrize("name", ["edition-registration", "edition-confirm", "edition-unregister", "badge-pdf"])
@pytest.mark.parametrize("token", ["1", "1:forged", "e30:x:y"])
def test_a_link_that_is_not_ours_is_a_404(client, name, token):
    AttendeeFactory()
    assert page(client, name, token).status_code == 404


def test_a_link_for_another_purpose_opens_nothing(client):
    attendee = AttendeeFactory()
    assert page(client, "edition-registration", links.attendee_token(attendee.pk + 1)).status_code == 404


def test_who_is_forgotten_has_no_page(client):
    attendee = AttendeeFactory(forgotten_at=timezone.now())
    assert client.get(own(attendee)).status_code == 404


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize(
    ("trait", "words"),
    [("waiting", "liste d’attente"), ("to_confirm", "pas encore confirmée"), ("cancelled", "est annulée")],
)
def test_without_a_place_there_is_no_badge(client, trait, words):
    attendee = AttendeeFactory(**{trait: True})
    shown = text(client.get(own(attendee)))
    assert words in shown
    assert "Badge en PDF" not in shown
    assert client.get(own(attendee, "badge-pdf")).url == own(attendee)


def test_the_badge_as_a_file(client):
    attendee = AttendeeFactory()
    answer = client.get(own(attendee, "badge-pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.usefixtures("still")
def test_a_badge_tells_a_stranger_nothing_and_leads_its_owner_home(client):
    attendee = AttendeeFactory(name="Nora Fictive")
    address = attendee.badges.get().get_absolute_url()
    assert "Nora" not in text(client.get(address))
    client.force_login(attendee.user)
    assert client.get(address).url == own(attendee)


def test_own_registrations_are_ones_own(client, django_assert_num_queries):
    user = UserFactory()
    client.force_login(user)
    AttendeeFactory(edition__event__name="Celle d'une autre")
    for number in range(3):
        AttendeeFactory(user=user, edition__event__name=f"La mienne {number}")
        with django_assert_num_queries(6):
            shown = text(page(client, "edition-registrations"))
    assert shown.count("La mienne") == 3
    assert "Celle d" not in shown


def test_a_company_asks_for_a_stand_with_offers_and_people(client, edition, offer, recruiter):
    client.force_login(recruiter)
    people = rows("people", {"name": "Nora", "email": "NORA@medinjob.example"}, {"name": "Sacha", "email": ""})
    data = {"tables": 2, "needs": "Une prise", "offers": [offer.pk], **people}
    answer = client.post(reverse("edition-exhibit", args=[edition.event.slug]), data)
    exhibitor = Exhibitor.objects.get()
    assert answer.url == reverse("edition-stand", args=[exhibitor.pk])
    assert (exhibitor.tables, exhibitor.needs, exhibitor.requested_by) == (2, "Une prise", recruiter)
    people = exhibitor.representatives.order_by("pk").values_list("name", "email")
    assert list(people) == [("Nora", "nora@medinjob.example"), ("Sacha", "")]
    assert exhibitor.shown_offers.get().offer == offer


def test_another_companys_offer_cannot_be_shown(client, edition, company, recruiter):
    client.force_login(recruiter)
    foreign = OfferFactory(published=True)
    data = {"tables": 1, "offers": [foreign.pk], **rows("people")}
    answer = client.post(reverse("edition-exhibit", args=[edition.event.slug]), data)
    assert "offers" in answer.context["form"].errors
    assert not Exhibitor.objects.exists()


def test_one_more_line_is_shown_without_asking_yet(client, edition, company, recruiter):
    client.force_login(recruiter)
    data = {"tables": 3, "add-people": "1", **rows("people", {"name": "Nora", "email": ""})}
    answer = client.post(reverse("edition-exhibit", args=[edition.event.slug]), data)
    assert 'name="people-1-name"' in answer.content.decode()
    assert "Nora" in text(answer)
    assert not Exhibitor.objects.exists()


@pytest.mark.parametrize("tables", ["0", "11", "beaucoup", ""])
def test_a_wrong_number_of_tables_is_said_beside_it(client, edition, company, recruiter, tables):
    client.force_login(recruiter)
    data = {"tables": tables, **rows("people")}
    answer = client.post(reverse("edition-exhibit", args=[edition.event.slug]), data)
    assert list(answer.context["form"].errors) == ["tables"]


def test_a_stand_changes_and_is_cancelled_by_its_company(client, company, recruiter, offer):
    client.force_login(recruiter)
    exhibitor = ExhibitorFactory(company=company, accepted=True)
    address = reverse("edition-stand", args=[exhibitor.pk])
    client.post(address, {"tables": 1, "needs": "Un écran", "offers": [offer.pk], **rows("people")})
    exhibitor.refresh_from_db()
    assert (exhibitor.needs, exhibitor.edition.collection.offers.get()) == ("Un écran", offer)
    client.post(reverse("edition-stand-cancel", args=[exhibitor.pk]))
    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.edition.collection.offers.count()) == (ExhibitorState.CANCELLED, 0)


def test_somebody_without_a_company_is_led_to_make_one(client, edition):
    client.force_login(UserFactory())
    assert page(client, "edition-exhibit", edition.event.slug).url == reverse("company-create")


def test_home_shows_the_edition_to_come_and_none_that_is_over(client, index):
    index()
    EditionFactory(over=True, event__name="Forum passé")
    assert "Forum passé" not in text(client.get("/"))
    EditionFactory(announced=True, event__name="Forum à venir", starts_in=40)
    EditionFactory(announced=True, event__name="Forum bientôt", starts_in=20)
    shown = text(client.get("/"))
    assert ("Forum bientôt" in shown, "Forum à venir" in shown) == (True, False)


def test_the_page_leads_each_to_their_own_part(client, edition, company, recruiter):
    AttendeeFactory(edition=edition, user=recruiter)
    stand = ExhibitorFactory(edition=edition, company=company)
    ExhibitorFactory(edition=edition)
    client.force_login(recruiter)
    shown = text(client.get(edition.get_absolute_url()))
    assert f'href="{reverse("edition-stand", args=[stand.pk])}"' in shown
    assert ("Mon inscription" in shown, "S’inscrire" in shown, "Demander un stand" in shown) == (True, False, False)


def test_a_company_finds_its_stand_when_requests_are_closed(client, company, recruiter):
    edition = EditionFactory(announced=True, exhibitors_close_at=timezone.now())
    stand = ExhibitorFactory(edition=edition, company=company, accepted=True)
    client.force_login(recruiter)
    assert page(client, "edition-exhibit", edition.event.slug).url == reverse("edition-stand", args=[stand.pk])
    client.force_login(UserFactory())
    assert page(client, "edition-exhibit", edition.event.slug).url == edition.get_absolute_url()
