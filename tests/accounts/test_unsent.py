"""A form sent after the end of its session: who finds its words again, who does not, and for how long."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.enums import UNSENT_CHARACTERS, UNSENT_KEPT, UNSENT_MOST
from accounts.models import UnsentForm, User
from accounts.tasks import purge_unsent
from demo.factories import (
    PASSWORD,
    ApplicationFactory,
    CompanyFactory,
    EditionFactory,
    OfferFactory,
    StaffFactory,
    UserFactory,
)
from tests.accounts.test_staff import code_now

pytestmark = pytest.mark.django_db

ACCOUNT = "/compte/"
WORDS = "Nora à la plage"
BACK = "voici ce que vous aviez écrit"


class Browser(Client):
    """Checks CSRF, sends the referrer, and the token of the page it read last."""

    def __init__(self, user=None, **more):
        super().__init__(enforce_csrf_checks=True, **more)
        self.page = ""
        if user:
            self.sign_in(user)

    def open(self, address):
        answer = self.get(address, follow=True)
        self.page = answer.wsgi_request.get_full_path()
        self.token = answer.context["csrf_token"]
        return answer

    def send(self, address="", headers=None, **words):
        words = {"csrfmiddlewaretoken": str(self.token), **words}
        referer = {"Referer": f"http://testserver{self.page}"}
        return self.post(address or self.page, words, headers=referer | (headers or {}))

    def sign_in(self, user, after=""):
        self.open("/compte/login/")
        return self.send(login=user.email, password=PASSWORD, next=after)

    def lose_session(self):
        self.cookies.pop("sessionid")


def next_of(answer):
    assert urlsplit(answer.url).path in {"/compte/login/", "/en/compte/login/", "/compte/2fa/reauthenticate/"}
    return parse_qs(urlsplit(answer.url).query)["next"][0]


@pytest.fixture
def nora():
    return UserFactory(name="Nora")


@pytest.fixture
def late(nora):
    """Nora's browser, and the answer to what she sent after the end of her session."""
    browser = Browser(nora)
    browser.open(ACCOUNT)
    browser.lose_session()
    return browser, browser.send(name=WORDS, language="en")


def test_words_come_back_after_the_sign_in_and_nothing_is_sent(late, nora):
    browser, answer = late
    answer = browser.sign_in(nora, next_of(answer))
    page = browser.open(answer.url).content.decode()
    assert BACK in page
    assert f'value="{WORDS}"' in page
    assert '<option value="en" selected>' in page
    assert "autofocus" in page
    nora.refresh_from_db()
    assert nora.name == "Nora"
    again = browser.open(browser.page).content.decode()
    assert f'value="{WORDS}"' in again
    browser.send(name="Nora B.", language="fr", repris=UnsentForm.objects.get().token)
    assert not UnsentForm.objects.exists()
    assert "expiré" not in browser.open(ACCOUNT).content.decode()


def test_session_ended_elsewhere_is_the_same(nora):
    browser = Browser(nora)
    browser.open(ACCOUNT)
    services.end_sessions(user=nora)
    page = browser.open(browser.sign_in(nora, next_of(browser.send(name=WORDS))).url)
    assert WORDS in page.content.decode()


def test_signed_out_in_another_tab(nora):
    browser = Browser(nora)
    browser.open(ACCOUNT)
    token, page = browser.token, browser.page
    browser.open("/compte/logout/")
    browser.send()
    browser.token, browser.page = token, page
    assert WORDS in browser.open(browser.sign_in(nora, next_of(browser.send(name=WORDS))).url).content.decode()


def test_signed_in_again_in_another_tab_leads_straight_back(nora):
    browser = Browser(nora)
    browser.open(ACCOUNT)
    token = browser.token
    browser.lose_session()
    browser.sign_in(nora)
    browser.token, browser.page = token, ACCOUNT
    answer = browser.send(name=WORDS)
    assert urlsplit(answer.url).path == ACCOUNT
    assert WORDS in browser.open(answer.url).content.decode()


def test_what_was_begun_before_the_sign_in_is_not_lost(nora):
    """The letter of an application, and the account opened in another tab."""
    offer = OfferFactory(published=True)
    browser = Browser()
    browser.open(f"/offres/{offer.pk}/signaler/")
    token, page = browser.token, browser.page
    browser.sign_in(nora)
    browser.token, browser.page = token, page
    back = browser.open(browser.send(words="Une offre fausse").url).content.decode()
    assert "Une offre fausse" in back


def test_somebody_else_who_signs_in_sees_nothing(late, nora):
    browser, answer = late
    other = UserFactory(name="Autre")
    page = browser.open(browser.sign_in(other, next_of(answer)).url).content.decode()
    assert "expiré" not in page
    assert WORDS not in page
    assert WORDS in Browser(nora).open(next_of(answer)).content.decode()


def test_somebody_else_signed_in_meanwhile_is_told_and_sees_nothing(nora):
    browser = Browser(nora)
    browser.open(ACCOUNT)
    token = browser.token
    browser.lose_session()
    browser.sign_in(UserFactory())
    browser.token, browser.page = token, ACCOUNT
    answer = browser.send(name=WORDS)
    assert answer.status_code == 403
    assert "avec un autre compte" in answer.content.decode()
    assert WORDS not in answer.content.decode()
    assert UnsentForm.objects.get().user == nora


def test_sign_in_that_forgot_the_way_back_says_that_something_waits(late, nora):
    browser, _answer = late
    browser.sign_in(nora)
    page = browser.open("/mentions-legales/").content.decode()
    row = UnsentForm.objects.get()
    assert f'href="{ACCOUNT}?repris={row.token}"' in page
    assert WORDS not in page
    browser.open(f"{ACCOUNT}?repris={row.token}")
    assert "Reprendre" not in browser.open("/mentions-legales/").content.decode()


def test_language_switch_in_between(late, nora):
    browser, answer = late
    page = browser.open(browser.sign_in(nora, "/en" + next_of(answer)).url).content.decode()
    assert "Nothing was sent" in page
    assert f'value="{WORDS}"' in page


def test_query_of_the_page_and_of_the_sign_in_stay(nora):
    browser = Browser(nora)
    browser.open(f"{ACCOUNT}?de=a%26b&repris=old")
    browser.lose_session()
    way = next_of(browser.send(name=WORDS))
    assert way == f"{ACCOUNT}?de=a%26b&repris={UnsentForm.objects.get().token}"


@pytest.mark.parametrize("referer", ["https://evil.example/x", "//evil.example/x", "http://testserver/nulle/part/", ""])
def test_page_without_a_referrer_of_ours_is_the_address_of_the_form(nora, referer):
    browser = Browser(nora)
    browser.open(ACCOUNT)
    browser.lose_session()
    answer = browser.send("/compte/sessions/fermer/", headers={"Referer": referer})
    assert next_of(answer).startswith("/compte/sessions/fermer/?repris=")
    page = browser.open(browser.sign_in(nora, next_of(answer)).url)
    assert browser.page.startswith("/compte/sessions/?repris=")
    assert "Rien n’a été envoyé" in page.content.decode()


def test_form_that_is_gone_gives_its_words_to_copy(nora):
    row = services.keep_unsent(user=nora, page="/nulle-part/", action="/nulle-part/", words=[("text", WORDS)])
    page = Browser(nora).open(f"/nulle-part/?repris={row.token}")
    assert page.status_code == 404
    assert WORDS in page.content.decode()


def test_words_are_forgotten_when_asked(late, nora):
    browser, answer = late
    browser.open(browser.sign_in(nora, next_of(answer)).url)
    token = UnsentForm.objects.get().token
    assert Browser(UserFactory()).get(f"/compte/texte/{token}/effacer/").status_code == 302
    other = Browser(UserFactory())
    other.open(ACCOUNT)
    assert other.send(f"/compte/texte/{token}/effacer/").status_code == 404
    assert browser.send(f"/compte/texte/{token}/effacer/").url == ACCOUNT
    assert not UnsentForm.objects.exists()


CROSS = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", CROSS)
def test_another_site_plants_nothing(nora, headers):
    """Even one that knows a token."""
    browser = Browser(nora)
    browser.open(ACCOUNT)
    browser.cookies["csrftoken"] = "x" * 32
    answer = browser.send(headers=headers, name="Planté")
    assert answer.status_code == 403
    assert "Planté" not in answer.content.decode()
    assert not UnsentForm.objects.exists()


def test_without_the_cookie_of_a_sign_in_nothing_is_stored(nora):
    """A flood of forms by nobody writes no row; who has the words before them may copy them."""
    browser = Browser(nora)
    browser.open(ACCOUNT)
    browser.cookies.clear()
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    answer = browser.send(name="<b>Ma lettre", headers=own)
    assert answer.status_code == 403
    assert "&lt;b&gt;Ma lettre" in answer.content.decode()
    stranger = Browser()
    stranger.open("/compte/login/")
    assert stranger.send(ACCOUNT, name=WORDS).url == f"/compte/login/?next={ACCOUNT}"
    assert (UnsentForm.objects.count(), Session.objects.count()) == (0, 1)


def test_cookie_of_another_site_key_is_not_believed(late):
    browser, _answer = late
    UnsentForm.objects.all().delete()
    browser.cookies["medinjob_forms"] = browser.cookies["medinjob_forms"].value[:-1] + "x"
    browser.send(name=WORDS)
    assert not UnsentForm.objects.exists()


def test_passwords_codes_and_files_are_not_kept(nora):
    browser = Browser(nora)
    browser.open(ACCOUNT)
    browser.lose_session()
    cv = SimpleUploadedFile("cv.pdf", b"%PDF")
    browser.send(
        name=WORDS, password="p", new_password1="p", otp="1", code="1", api_token="t", postcode="13001", file=cv
    )
    row = UnsentForm.objects.get()
    assert row.words == [["name", WORDS], ["postcode", "13001"]]
    browser.sign_in(nora)
    assert "choisissez-les de nouveau" in browser.open(f"{ACCOUNT}?repris={row.token}").content.decode()
    browser.open("/compte/password/change/")
    browser.lose_session()
    browser.send(oldpassword="a", password1="b", password2="b")
    assert UnsentForm.objects.first().words == []


def test_rows_of_one_person_are_few_and_bounded(nora):
    for number in range(UNSENT_MOST + 2):
        services.keep_unsent(user=nora, page="/", action="/", words=[("n", str(number))])
    assert UnsentForm.objects.count() == UNSENT_MOST
    long = "x" * UNSENT_CHARACTERS
    row = services.keep_unsent(user=nora, page="/", action="/", words=[("a", long), ("b", "court"), ("c" * 300, "x")])
    assert (row.words, row.is_cut) == ([("b", "court")], True)
    assert services.keep_unsent(user=nora, page="/" * 5000, action="/", words=[]) is None


def test_words_go_by_the_clock_and_with_the_account(late, nora, time_machine):
    browser, answer = late
    time_machine.move_to(timezone.now() + UNSENT_KEPT + timedelta(minutes=1))
    assert WORDS not in browser.open(browser.sign_in(nora, next_of(answer)).url).content.decode()
    services.keep_unsent(user=nora, page="/", action="/", words=[])
    purge_unsent()
    assert UnsentForm.objects.count() == 1
    services.close_account(user=User.objects.get(pk=nora.pk))
    assert not UnsentForm.objects.exists()


def test_second_factor_asked_in_between_loses_nothing():
    """`to_prove_factor` led to the welcome page; allauth sent what it had put aside by itself."""
    user = StaffFactory(factor=None)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    company = CompanyFactory()
    browser = Browser()
    answer = browser.sign_in(user)
    browser.open(answer.url)
    browser.send(code=code_now("JBSWY3DPEHPK3PXP", ago=1))
    browser.open(f"/equipe/entreprises/{company.pk}/")
    session = browser.session
    session.pop("account_authentication_methods")
    session.save()
    answer = browser.send(f"/equipe/entreprises/{company.pk}/refuser/", reason="Pas de SIRET")
    way = next_of(answer)
    browser.open(answer.url)
    answer = browser.send(code=code_now("JBSWY3DPEHPK3PXP"))
    assert answer.url == way
    assert "Pas de SIRET" in browser.open(answer.url).content.decode()
    company.refresh_from_db()
    assert company.state != "refused"


def test_allauth_does_not_send_by_itself_what_it_put_aside(nora):
    browser = Browser(nora)
    TOTP.activate(nora, "JBSWY3DPEHPK3PXP")
    browser.open(ACCOUNT)
    session = browser.session
    session.pop("account_authentication_methods", None)
    session["account_reauthentication_state"] = {"request": {"path": "/compte/email/"}}
    session.save()
    way = next_of(browser.send("/compte/email/", email="autre@medinjob.example", action_add="1"))
    assert "account_reauthentication_state" not in browser.session
    assert way.startswith("/compte/")


def test_part_of_a_page_is_not_filled_with_the_sign_in():
    edition = EditionFactory(running=True)
    browser = Browser(StaffFactory(factor=None))
    browser.cookies.clear()
    staff = StaffFactory()
    browser.force_login(staff)
    door = f"/forum/{edition.event.slug}/entree/"
    browser.open(door)
    browser.lose_session()
    answer = browser.send(door, headers={"HX-Request": "true"}, code="Nora Benali")
    assert (answer.status_code, urlsplit(answer["HX-Redirect"]).path) == (204, "/compte/login/")
    polled = browser.get(door, headers={"HX-Request": "true"})
    assert (polled.status_code, polled.content) == (204, b"")


def test_script_that_saves_by_itself_is_told_of_the_end(nora):
    CompanyFactory(recruiter=nora)
    browser = Browser(nora)
    browser.open(ACCOUNT)
    browser.cookies["csrftoken"] = "x" * 32
    answer = browser.send("/recruteur/offres/brouillon/", headers={"X-Requested-With": "fetch"}, title="x")
    assert (answer.status_code, answer["X-Session-Ended"]) == (403, "1")
    assert not UnsentForm.objects.exists()


def test_answer_to_several_people_keeps_its_words_and_its_people(nora):
    offer = OfferFactory(published=True, company=CompanyFactory(recruiter=nora))
    ids = [ApplicationFactory(offer=offer).pk for _ in range(3)]
    browser = Browser(nora)
    browser.open(f"/recruteur/candidatures/repondre/?action=refuse&ids={ids[0]}&ids={ids[1]}")
    browser.lose_session()
    answer = browser.send("/recruteur/candidatures/repondre/", action="refuse", query="", ids=ids[:2], text=WORDS)
    page = browser.open(browser.sign_in(nora, next_of(answer)).url).content.decode()
    assert f"{WORDS}</textarea>" in page
    assert sorted(re.findall(r'name="ids" value="(\d+)"', page)) == list(map(str, ids[:2]))


def test_decision_on_several_offers_keeps_what_was_ticked():
    staff = StaffFactory()
    offers = [OfferFactory(in_review=True) for _ in range(2)]
    browser = Browser()
    browser.force_login(staff)
    browser.open("/equipe/moderation/")
    browser.lose_session()
    way = next_of(browser.send(ids=[offers[1].pk], words=WORDS))
    browser.force_login(staff)
    page = browser.open(way).content.decode()
    assert re.findall(r'name="ids" value="(\d+)"[^>]* checked', page) == [str(offers[1].pk)]
    assert WORDS in page
