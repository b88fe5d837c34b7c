import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail
from candidates.links import follow_token
from candidates.models import CV, Application, ApplicationDraft
from candidates.services.moves import refuse
from candidates.views import apply as apply_views
from candidates.views import drafts as draft_views
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
    return {
        "name": "Camille Exemple",
        "email": "camille@medinjob.example",
        "message": "Bonjour !",
        "career": CAREER,
    } | changes


def answer(client, offer, **changes):
    return client.post(url(offer), {"name": "Camille", "message": "Bonjour", "career": CAREER} | changes)


class TestWithoutAccount:
    def test_draft_is_kept_and_a_link_mailed(self, client, offer):
        response = client.post(url(offer), typed(), follow=True)
        assert response.redirect_chain == [(reverse("draft-sent", args=[offer.pk]), 302)]
        assert "camille@medinjob.example" in page(response)
        assert (ApplicationDraft.objects.count(), OutgoingMail.objects.count()) == (1, 1)
        assert Application.objects.count() == 0

    def test_known_address_gets_the_same_page(self, client, offer):
        UserFactory(email="camille@medinjob.example")
        response = client.post(url(offer), typed())
        assert response["Location"] == reverse("draft-sent", args=[offer.pk])

    def test_job_asks_for_a_file_or_a_career(self, client, offer):
        assert list(client.post(url(offer), typed(career="Court")).context["form"].errors) == ["career"]
        assert client.post(url(offer), typed(career="", cv=pdf())).status_code == 302

    def test_errors_stand_beside_their_fields_and_nothing_is_lost(self, client, offer):
        response = client.post(url(offer), typed(email="camille", message="Un long texte"))
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["email"]
        assert "Un long texte" in page(response)
        assert OutgoingMail.objects.count() == 0

    def test_good_file_is_kept_when_something_else_is_wrong(self, client, offer):
        response = client.post(url(offer), typed(email="camille", career="", cv=pdf("Mon CV.pdf")))
        assert "Mon CV.pdf" in page(response)
        assert client.post(url(offer), typed(career="")).status_code == 302
        assert ApplicationDraft.objects.get().cv.filename == "Mon CV.pdf"

    def test_page_without_a_draft_leads_back(self, client, offer):
        assert client.get(reverse("draft-sent", args=[offer.pk]))["Location"] == url(offer)

    def test_mails_to_one_address_are_few(self, client, offer, monkeypatch):
        monkeypatch.setattr(draft_views, "MAILS_AN_HOUR", 1)
        client.post(url(offer), typed())
        response = client.post(url(offer), typed(message="Un long texte"))
        assert response.status_code == 429
        assert "Un long texte" in page(response)
        assert OutgoingMail.objects.count() == 1

    def test_no_file_is_read_past_the_limit(self, client, offer, monkeypatch):
        monkeypatch.setattr(draft_views, "DRAFTS_AN_HOUR", 0)
        response = client.post(url(offer), typed(cv=pdf(), message="Un long texte"))
        assert (response.status_code, CV.objects.count()) == (429, 0)
        assert "Un long texte" in page(response)

    def test_training_asks_for_information(self, client):
        training = TrainingFactory(published=True)
        assert "Demander des informations" in page(client.get(url(training)))
        assert client.post(url(training), typed(career="")).status_code == 302


class TestLink:
    def link(self, draft):
        return reverse("draft", args=[draft.token])

    def send(self, client, draft, **options):
        return client.post(self.link(draft), {"do": "send"}, **options)

    def test_link_shows_what_would_leave_and_sends_nothing(self, client, offer):
        draft = DraftFactory(offer=offer, cv=CVFactory(owner=None), career=CAREER)
        shown = page(client.get(self.link(draft)))
        assert all(text in shown for text in (draft.name, draft.email, draft.message, CAREER, "cv.pdf"))
        assert Application.objects.count() == 0
        file = client.get(reverse("draft-cv", args=[draft.token]))
        assert b"".join(file.streaming_content).startswith(b"%PDF")

    def test_what_was_shown_is_sent_and_no_password_is_asked(self, client, offer):
        draft = DraftFactory(offer=offer, cv=CVFactory(owner=None), career=CAREER)
        response = self.send(client, draft, follow=True)
        row = Application.objects.get()
        assert (row.name, row.email, row.message) == (draft.name, draft.email, draft.message)
        assert (row.cv, row.profile, row.candidate) == (draft.cv, {"career": CAREER}, None)
        assert response.redirect_chain[-1][0].startswith("/candidature/suivre/")
        assert draft.message in page(response)
        assert not ApplicationDraft.objects.exists()

    def test_second_click_sends_nothing_more(self, client, offer):
        draft = DraftFactory(offer=offer)
        self.send(client, draft)
        assert (self.send(client, draft).status_code, Application.objects.count()) == (410, 1)

    def test_discarded_draft_leaves_nothing(self, client, offer, django_capture_on_commit_callbacks):
        cv = CVFactory(owner=None)
        draft = DraftFactory(offer=offer, cv=cv)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(self.link(draft), {"do": "discard"}, follow=True)
        assert "effacé" in page(response)
        assert (ApplicationDraft.objects.count(), CV.objects.count(), Application.objects.count()) == (0, 0, 0)
        assert not cv.file.storage.exists(cv.file.name)

    def test_address_of_an_account_sends_for_the_account(self, client, candidate, offer):
        draft = DraftFactory(offer=offer, email=candidate.email, cv=CVFactory(owner=None))
        response = self.send(client, draft)
        row = Application.objects.get()
        assert (row.candidate, row.cv.owner) == (candidate, candidate)
        assert response["Location"] == row.get_absolute_url()

    def test_suspended_account_does_not_come_back_by_a_link(self, client, candidate, offer):
        type(candidate).objects.filter(pk=candidate.pk).update(is_active=False)
        response = self.send(client, DraftFactory(offer=offer, email=candidate.email))
        assert "ne peut pas postuler" in page(response)
        assert not Application.objects.exists()

    def test_address_that_has_applied_is_led_to_its_application(self, client, offer):
        self.send(client, DraftFactory(offer=offer, email="camille@medinjob.example"))
        again = DraftFactory(offer=offer, email="camille@medinjob.example")
        response = self.send(client, again, follow=True)
        assert "déjà une candidature" in page(response)
        assert Application.objects.count() == 1

    def test_offer_closed_meanwhile_says_so_and_keeps_the_words(self, client, offer):
        draft = DraftFactory(offer=offer)
        type(offer).objects.update(state="filled")
        response = self.send(client, draft)
        assert "ne reçoit plus" in page(response)
        assert draft.message in page(response)

    def test_words_are_changed_without_another_mail(self, client, offer):
        """The link has proved the address; another address has to be proved, and the former link ends."""
        draft = DraftFactory(offer=offer)
        client.get(self.link(draft))
        assert draft.message in page(client.get(url(offer)))
        response = client.post(url(offer), typed(email=draft.email, message="Mieux dit"), follow=True)
        assert "Mieux dit" in page(response)
        assert OutgoingMail.objects.count() == 0
        client.post(url(offer), typed(email="autre@medinjob.example"))
        assert OutgoingMail.objects.get().to == "autre@medinjob.example"
        assert client.get(self.link(draft)).status_code == 410

    def test_address_is_corrected_and_the_file_stays(self, client, offer):
        client.post(url(offer), typed(email="faute@medinjob.example", cv=pdf()))
        first = ApplicationDraft.objects.get().token
        client.post(url(offer), typed())
        kept = ApplicationDraft.objects.get()
        assert (kept.email, kept.cv.filename) == ("camille@medinjob.example", "cv.pdf")
        assert kept.token != first

    def test_words_wait_behind_their_link(self, as_candidate, candidate, offer):
        """They may be a stranger's: they do not stand in the form of who comes by another way."""
        draft = DraftFactory(offer=offer, email=candidate.email)
        assert draft.message not in page(as_candidate.get(url(offer)))
        waiting = page(as_candidate.get(reverse("my-applications")))
        assert "pas encore envoyée" in waiting
        assert self.link(draft) in waiting
        assert draft.message in page(as_candidate.get(self.link(draft)))
        assert draft.message in page(as_candidate.get(f"{url(offer)}?draft={draft.token}"))

    def test_words_are_read_again_where_they_were_written(self, client, offer):
        client.post(url(offer), typed(message="Des mots à moi."))
        assert "Des mots à moi." in page(client.get(url(offer)))
        assert "Des mots à moi." not in page(Client().get(url(offer)))

    def test_words_of_another_address_stay_closed(self, as_candidate, offer):
        draft = DraftFactory(offer=offer, email="autre@medinjob.example")
        for answer in (as_candidate.get(self.link(draft)), self.send(as_candidate, draft)):
            assert answer.status_code == 403
        assert draft.message not in page(as_candidate.get(f"{url(offer)}?draft={draft.token}"))
        assert not Application.objects.exists()

    @pytest.mark.parametrize("token", ["inconnu", "expired", "nobody"])
    def test_link_that_is_over_says_so(self, client, token):
        if token == "expired":
            token = DraftFactory(expired=True).token
        if token == "nobody":  # a file alone, which no mail has told of
            token = DraftFactory(email="").token
        response = client.get(reverse("draft", args=[token]))
        assert response.status_code == 410
        assert "plus valable" in page(response)


class TestFollowing:
    """The link in the mails to who has no account."""

    @pytest.fixture
    def row(self, offer):
        return ApplicationFactory(
            offer=offer, candidate=None, name="Camille", email="camille@medinjob.example", cv=None
        )

    def link(self, row):
        return reverse("application-follow", args=[follow_token(row.pk)])

    def test_page_shows_the_history_and_takes_a_word(self, client, row):
        response = client.post(self.link(row), {"do": "message", "text": "Toujours disponible."}, follow=True)
        assert "Toujours disponible." in page(response)
        assert row.messages.get().by is None

    def test_withdrawing_needs_no_account(self, client, row):
        before = client.get(self.link(row)).context["forms"]["withdraw"]["before"].value()
        client.post(self.link(row), {"do": "withdraw", "text": "", "before": before})
        row.refresh_from_db()
        assert row.state == "withdrawn"

    def test_account_finds_the_application_and_ends_the_link(self, client, row):
        signup = client.post(self.link(row), {"do": "account"})["Location"]
        data = {"email": row.email, "password1": "une phrase bien longue", "next": row.get_absolute_url()}
        response = client.post(signup, data, follow=True)
        assert response.redirect_chain[-1][0] == row.get_absolute_url()
        assert client.get(self.link(row))["Location"] == row.get_absolute_url()
        assert Client().post(self.link(row), {"do": "forget"})["Location"] == row.get_absolute_url()
        row.refresh_from_db()
        assert (row.candidate.email, row.forgotten_at) == (row.email, None)

    def test_everything_is_erased_when_asked(self, client, row):
        cv = CVFactory(owner=None)
        type(row).objects.filter(pk=row.pk).update(cv=cv)
        assert "effacé" in page(client.post(self.link(row), {"do": "forget"}, follow=True))
        row.refresh_from_db()
        assert (row.name, row.email, row.state, CV.objects.count()) == ("", "", "withdrawn", 0)
        assert client.get(self.link(row)).status_code == 410

    def test_answer_of_the_company_leads_there(self, row):
        row.offer.company.memberships.create(user=UserFactory())
        refuse(applications=[row], by=None, text="Profil trop éloigné.")
        assert self.link(row) in OutgoingMail.objects.get(to=row.email).body

    def test_link_of_nothing_is_unknown(self, client):
        assert client.get(reverse("application-follow", args=["x"])).status_code == 404


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
