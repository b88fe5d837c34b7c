import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail
from candidates.models import CV, Application, ApplicationDraft
from candidates.views import apply as apply_views
from demo.cv_files import docx_file, pdf_file
from demo.factories import (
    ApplicationFactory,
    CompanyFactory,
    CVFactory,
    DraftFactory,
    OfferFactory,
    ProfileFactory,
    TrainingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CAREER = "Dix ans de réseau, puis cinq de développement web."


def url(offer):
    return reverse("apply", args=[offer.pk])


def page(response):
    return response.content.decode()


def pdf(name="cv.pdf", data=None):
    return SimpleUploadedFile(name, data or pdf_file(["Python"]), content_type="application/pdf")


def typed(**changes):
    return {"name": "Camille Exemple", "email": "camille@medinjob.example", "message": "Bonjour !"} | changes


def answer(client, offer, **changes):
    return client.post(url(offer), {"name": "Camille", "message": "Bonjour", "career": CAREER} | changes)


class TestWithoutAccount:
    def test_message_is_kept_and_a_link_mailed(self, client, offer):
        response = client.post(url(offer), typed(), follow=True)
        assert response.redirect_chain == [(reverse("draft-sent", args=[offer.pk]), 302)]
        assert "camille@medinjob.example" in page(response)
        assert (ApplicationDraft.objects.count(), OutgoingMail.objects.count()) == (1, 1)
        assert Application.objects.count() == 0

    def test_known_address_gets_the_same_page(self, client, offer):
        UserFactory(email="camille@medinjob.example")
        response = client.post(url(offer), typed())
        assert response["Location"] == reverse("draft-sent", args=[offer.pk])

    def test_errors_stand_beside_their_fields_and_nothing_is_lost(self, client, offer):
        response = client.post(url(offer), typed(email="camille", message="Un long texte"))
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["email"]
        assert "Un long texte" in page(response)
        assert ApplicationDraft.objects.count() == 0

    def test_page_without_a_draft_leads_back(self, client, offer):
        assert client.get(reverse("draft-sent", args=[offer.pk]))["Location"] == url(offer)

    def test_mails_to_one_address_are_few(self, client, offer, monkeypatch):
        monkeypatch.setattr(apply_views, "MAILS_AN_HOUR", 1)
        client.post(url(offer), typed())
        response = client.post(url(offer), typed(message="Un long texte"))
        assert response.status_code == 429
        assert "Un long texte" in page(response)
        assert OutgoingMail.objects.count() == 1

    def test_training_asks_for_information(self, client):
        training = TrainingFactory(published=True)
        assert "Demander des informations" in page(client.get(url(training)))


class TestLink:
    def link(self, draft):
        return reverse("draft", args=[draft.token])

    def test_new_address_is_verified_by_the_link_and_signs_up(self, client, offer):
        """One mail, one password, and the form as it was typed, on whatever device opens the link."""
        draft = DraftFactory(offer=offer)
        signup = client.get(self.link(draft))["Location"]
        assert signup.startswith(reverse("account_signup"))
        form = client.get(signup)
        assert form.context["form"]["email"].value() == draft.email
        data = {"email": draft.email, "password1": "une phrase bien longue", "next": self.link(draft)}
        response = client.post(signup, data, follow=True)
        assert response.redirect_chain[-1][0] == f"{url(offer)}?draft={draft.token}"
        assert draft.message in page(response)
        assert answer(client, offer).status_code == 302
        assert Application.objects.get().candidate.email == draft.email

    def test_known_address_signs_in_and_finds_its_words(self, client, offer, candidate):
        draft = DraftFactory(offer=offer, email=candidate.email)
        assert client.get(self.link(draft))["Location"].startswith(reverse("account_login"))
        client.force_login(candidate)
        assert draft.message in page(client.get(self.link(draft), follow=True))

    def test_link_verifies_only_its_own_address(self, client, offer):
        draft = DraftFactory(offer=offer)
        signup = client.get(self.link(draft))["Location"]
        data = {"email": "autre@medinjob.example", "password1": "une phrase bien longue"}
        response = client.post(signup, data)
        assert response["Location"] == reverse("account_email_verification_sent")

    def test_words_wait_behind_their_link(self, as_candidate, candidate, offer):
        """They may be a stranger's: they do not stand in the form of who comes by another way."""
        draft = DraftFactory(offer=offer, email=candidate.email)
        assert draft.message not in page(as_candidate.get(url(offer)))
        waiting = page(as_candidate.get(reverse("my-applications")))
        assert "pas encore envoyée" in waiting
        assert self.link(draft) in waiting
        assert draft.message in page(as_candidate.get(self.link(draft), follow=True))

    def test_words_are_read_again_where_they_were_written(self, client, offer):
        written = {"name": "Camille", "email": "camille@medinjob.example", "message": "Des mots à moi."}
        client.post(url(offer), written)
        assert "Des mots à moi." in page(client.get(url(offer)))
        link = self.link(ApplicationDraft.objects.get())
        assert "Des mots à moi." in page(client.get(link, follow=True))
        assert "Des mots à moi." not in page(Client().get(link, follow=True))

    def test_words_of_another_address_stay_closed(self, as_candidate, offer):
        draft = DraftFactory(offer=offer, email="autre@medinjob.example")
        answer = as_candidate.get(self.link(draft))
        assert answer.status_code == 403
        assert draft.message not in page(as_candidate.get(f"{url(offer)}?draft={draft.token}"))

    @pytest.mark.parametrize("token", ["inconnu", "expired"])
    def test_link_that_is_over_says_so(self, client, token):
        if token == "expired":
            token = DraftFactory(expired=True).token
        response = client.get(reverse("draft", args=[token]))
        assert response.status_code == 410
        assert "plus valable" in page(response)


class TestWithAccount:
    def test_application_goes_and_its_page_opens(self, as_candidate, offer):
        response = as_candidate.post(
            url(offer), {"name": "Camille", "message": "Bonjour", "career": CAREER}, follow=True
        )
        application = Application.objects.get()
        assert response.redirect_chain == [(application.get_absolute_url(), 302)]
        assert "C&#x27;est envoyé" in page(response)
        assert application.cv is None

    def test_chosen_file_goes_with_it(self, as_candidate, offer):
        answer(as_candidate, offer, career="", cv=pdf())
        cv = Application.objects.get().cv
        assert (cv.filename, cv.text) == ("cv.pdf", "Python")

    def test_current_file_goes_when_no_other_is_chosen(self, as_candidate, candidate, offer):
        cv = CVFactory(owner=candidate)
        answer(as_candidate, offer, career="")
        assert Application.objects.get().cv == cv

    def test_current_file_stays_when_asked(self, as_candidate, candidate, offer):
        CVFactory(owner=candidate)
        answer(as_candidate, offer, without_cv="on")
        assert Application.objects.get().cv is None

    def test_job_asks_for_a_file_or_a_career(self, as_candidate, offer):
        response = answer(as_candidate, offer, career="Court")
        assert list(response.context["form"].errors) == ["career"]
        assert Application.objects.count() == 0

    def test_training_asks_for_words_only(self, as_candidate):
        training = TrainingFactory(published=True)
        assert list(answer(as_candidate, training, message="", career="").context["form"].errors) == ["message"]
        assert answer(as_candidate, training, career="").status_code == 302

    def test_good_file_is_kept_when_something_else_is_wrong(self, as_candidate, candidate, offer):
        response = answer(as_candidate, offer, name="", cv=pdf("Mon CV.pdf"))
        assert "Mon CV.pdf" in page(response)
        answer(as_candidate, offer)
        assert Application.objects.get().cv.filename == "Mon CV.pdf"

    def test_second_visit_leads_to_the_first_application(self, as_candidate, application, offer):
        response = as_candidate.get(url(offer))
        assert response["Location"] == application.get_absolute_url()

    def test_second_tab_leads_to_the_first_application(self, as_candidate, application, offer, monkeypatch):
        monkeypatch.setattr(apply_views, "held_application", lambda *args: None)
        response = answer(as_candidate, offer)
        assert response["Location"] == application.get_absolute_url()
        assert Application.objects.count() == 1

    def test_offer_closed_meanwhile_says_so_and_keeps_the_words(self, as_candidate, offer, monkeypatch):
        row = type(offer).objects.select_related("company").get(pk=offer.pk)
        monkeypatch.setattr(apply_views, "applicable_offers", lambda: _Rows(row))
        type(offer).objects.update(state="filled")
        response = answer(as_candidate, offer, message="Un long texte")
        assert "ne reçoit plus" in page(response)
        assert "Un long texte" in page(response)

    def test_many_in_an_hour_are_refused_and_nothing_is_lost(self, as_candidate, offer, monkeypatch):
        monkeypatch.setattr(apply_views, "SENT_AN_HOUR", 0)
        response = answer(as_candidate, offer, message="Un long texte")
        assert response.status_code == 429
        assert "Un long texte" in page(response)

    def test_career_of_the_profile_is_proposed(self, as_candidate, candidate, offer):
        ProfileFactory(user=candidate, career=CAREER)
        assert CAREER in page(as_candidate.get(url(offer)))


class _Rows:
    """What the form found a moment ago."""

    def __init__(self, row):
        self.row = row

    def filter(self, **_):
        return self

    def first(self):
        return self.row


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("cv.pdf", b"", "vide"),
            ("cv.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "ni un PDF"),
            ("cv.pdf", pdf_file()[:300], "abîmé"),
            ("cv.docx", docx_file()[:3000], "abîmé"),
            ("cv.pdf", b"%PDF-1.7" + b"0" * (5 * 1024 * 1024), "trop lourd"),
            ("cv.pdf", pdf_file(pages=21), "trop de pages"),
        ],
    )
    def test_bad_file_is_refused_with_its_reason_and_not_kept(self, as_candidate, offer, name, data, said):
        response = answer(as_candidate, offer, cv=SimpleUploadedFile(name, data))
        assert said in "".join(response.context["form"].errors["cv"])
        assert (Application.objects.count(), CV.objects.count()) == (0, 0)

    def test_word_file_called_pdf_is_taken_for_what_it_is(self, as_candidate, offer):
        answer(as_candidate, offer, cv=pdf("cv.pdf", docx_file(["Django"])))
        assert Application.objects.get().cv.filename == "cv.docx"


class TestOffersElsewhere:
    @pytest.mark.parametrize("trait", ["filled", "expired", "withdrawn", "paused", "overdue"])
    def test_offer_no_longer_open_says_so(self, client, trait):
        offer = OfferFactory(**{trait: True})
        response = client.get(url(offer))
        assert response.status_code == 410
        assert "ne reçoit plus de candidatures" in page(response)

    @pytest.mark.parametrize("trait", ["external", "imported"])
    def test_external_offer_leads_to_its_page(self, client, trait):
        offer = OfferFactory(published=True, **{trait: True})
        assert client.get(url(offer))["Location"] == offer.get_absolute_url()

    def test_offer_of_nobody_is_unknown(self, client):
        assert client.get(reverse("apply", args=[1])).status_code == 404

    def test_closed_offer_takes_no_post_either(self, as_candidate):
        offer = OfferFactory(filled=True)
        assert answer(as_candidate, offer).status_code == 410
        assert Application.objects.count() == 0

    def test_offer_of_a_refused_company_leads_nowhere_new(self, client):
        offer = OfferFactory(published=True, company=CompanyFactory(refused=True))
        assert client.get(url(offer)).status_code in {302, 404}

    def test_application_of_another_does_not_matter(self, as_candidate, offer):
        ApplicationFactory(offer=offer)
        assert as_candidate.get(url(offer)).status_code == 200
