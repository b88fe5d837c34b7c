"""The team: how its first member comes in, the second factor, the page of mails."""

import io
import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management import CommandError, call_command

from accounts.enums import MailState
from accounts.models import OutgoingMail, User
from accounts.services import create_staff, queue_mail, send_due_mails
from demo.factories import PASSWORD, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail():
    return queue_mail(to="nora@medinjob.example", subject="Bonjour", body="Ouvrez https://medinjob.example/lien")


@pytest.fixture
def team(client):
    client.force_login(StaffFactory())
    return client


def code_now(secret, *, ago=0):
    """The code of this half minute, or of one that is over."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago))


def command(command, *args, **options):
    out = io.StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


def test_first_staff_account_chooses_its_password_by_the_printed_link(client, settings):
    settings.SITE_URL = "http://testserver"
    printed = command("create_staff", "Equipe@medinjob.example", name="Équipe")
    user = User.objects.get()
    assert (user.email, user.name, user.is_staff, user.is_superuser) == (
        "equipe@medinjob.example",
        "Équipe",
        True,
        False,
    )
    link = printed.split("http://testserver")[1].strip()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "calanque-43-bleue", "password2": "calanque-43-bleue"})
    client.post("/compte/login/", {"login": user.email, "password": "calanque-43-bleue"})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_existing_account_joins_the_team_and_keeps_its_password():
    user = UserFactory(name="Nora")
    assert "http" not in command("create_staff", user.email.upper())
    user.refresh_from_db()
    assert (user.is_staff, user.name, user.check_password(PASSWORD)) == (True, "Nora", True)


def test_create_staff_twice_is_harmless():
    first, created = create_staff(email="a@medinjob.example")
    second, again = create_staff(email="a@medinjob.example")
    assert (first, created, again) == (second, True, False)


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at a keyboard, who types one password."""

    def types(password):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("accounts.management.commands.create_staff.getpass", lambda prompt: password)

    return types


def test_password_is_asked_on_a_terminal(terminal):
    terminal("calanque-43-bleue")
    assert "http" not in command("create_staff", "a@medinjob.example")
    assert User.objects.get().check_password("calanque-43-bleue")


def test_weak_password_makes_no_account(terminal):
    terminal("12345")
    with pytest.raises(CommandError, match="10"):
        command("create_staff", "a@medinjob.example")
    assert not User.objects.exists()


def test_empty_password_on_a_terminal_prints_a_link(terminal):
    terminal("")
    assert "http" in command("create_staff", "a@medinjob.example")


def test_create_staff_refuses_what_is_no_address():
    with pytest.raises(CommandError):
        command("create_staff", "equipe")


def test_staff_without_a_second_factor_set_one_up_before_their_pages_open(client, django_capture_on_commit_callbacks):
    user = StaffFactory(factor=None)
    client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    answer = client.get("/equipe/courriels/")
    assert answer.url == "/compte/2fa/totp/activate/"
    password_again = client.get(answer.url)
    assert "double authentification" in client.get(password_again.url).content.decode()
    page = client.post(password_again.url, {"password": PASSWORD}, follow=True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer.url, {"code": code_now(page.context["form"].secret)})
    assert client.get("/equipe/courriels/").status_code == 200
    assert OutgoingMail.objects.filter(subject="Double authentification activée").exists()


def test_english_staff_pages_ask_for_it_too(client):
    client.force_login(StaffFactory(factor=None))
    assert client.get("/en/equipe/courriels/").url == "/en/compte/2fa/totp/activate/"


def test_demo_may_do_without(client, settings):
    settings.STAFF_MFA = False
    client.force_login(StaffFactory(factor=None))
    assert client.get("/equipe/courriels/").status_code == 200


def test_recovery_codes_alone_are_not_a_second_factor(client):
    user = StaffFactory(factor=None)
    RecoveryCodes.activate(user)
    client.force_login(user)
    assert client.get("/equipe/courriels/").status_code == 302


def test_sign_in_with_a_factor_asks_for_its_code(client):
    user = StaffFactory(factor=None)
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    answer = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    assert answer.url == "/compte/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": code_now(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize(("ago", "taken"), [(1, True), (2, False)])
def test_code_of_the_half_minute_that_just_ended_is_taken(client, ago, taken):
    user = StaffFactory(factor=None)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    answer = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    client.post(answer.url, {"code": code_now("JBSWY3DPEHPK3PXP", ago=ago)})
    assert ("_auth_user_id" in client.session) is taken


def test_others_are_not_asked_for_a_factor(client):
    client.force_login(UserFactory())
    assert client.get("/compte/").status_code == 200
    assert client.get("/equipe/courriels/").status_code == 403


def test_outbox_lists_counts_and_filters(team, mail):
    send_due_mails()
    OutgoingMail.objects.create(to="omar@medinjob.example", subject="Refusé", body="x", state=MailState.FAILED)
    page = team.get("/equipe/courriels/")
    assert [count for _, _, count in page.context["tabs"]] == [0, 0, 1, 1, 0]
    assert [m.subject for m in page.context["page"]] == ["Refusé", "Bonjour"]
    assert [m.subject for m in team.get("/equipe/courriels/?state=failed").context["page"]] == ["Refusé"]
    assert [m.subject for m in team.get("/equipe/courriels/?q=NORA").context["page"]] == ["Bonjour"]


@pytest.mark.parametrize("query", ["?state=nonsense", "?page=zero", "?page=99", "?q=" + "x" * 500, "?q=%00"])
def test_outbox_bears_any_parameter(team, mail, query):
    assert team.get(f"/equipe/courriels/{query}").status_code == 200


def test_outbox_runs_the_same_queries_for_one_and_three_mails(team, mail, django_assert_num_queries):
    with django_assert_num_queries(6):  # session, user, factor, counts, count of the page, page
        team.get("/equipe/courriels/")
    for _ in range(2):
        queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x")
    with django_assert_num_queries(6):
        team.get("/equipe/courriels/")


def test_mail_is_read_with_its_links_where_none_leaves(team, mail, settings):
    settings.MAIL_READ_HERE = True
    page = team.get(f"/equipe/courriels/{mail.pk}/").content.decode()
    assert '<a href="https://medinjob.example/lien"' in page


def test_text_of_a_mail_is_its_reader_s_alone_elsewhere(team, mail):
    page = team.get(f"/equipe/courriels/{mail.pk}/").content.decode()
    assert "medinjob.example/lien" not in page
    assert "Bonjour" in page


def test_text_of_a_mail_is_never_html(team, settings):
    settings.MAIL_READ_HERE = True
    mail = queue_mail(to="nora@medinjob.example", subject="<b>x</b>", body="<script>alert(1)</script>")
    page = team.get(f"/equipe/courriels/{mail.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_staff_send_again(team, mail, state, django_capture_on_commit_callbacks):
    OutgoingMail.objects.update(state=state)
    assert "Envoyer de nouveau" in team.get(f"/equipe/courriels/{mail.pk}/").content.decode()
    team.post(f"/equipe/courriels/{mail.pk}/renvoyer/")
    assert OutgoingMail.objects.get().state == "waiting"


def test_sent_mail_is_not_sent_again(team, mail):
    send_due_mails()
    answer = team.post(f"/equipe/courriels/{mail.pk}/renvoyer/", follow=True)
    assert "ne peut pas repartir" in answer.content.decode()
    assert OutgoingMail.objects.get().state == "sent"


def test_page_after_sign_up_says_where_mail_is_read_on_a_laptop(client, settings):
    settings.MAIL_READ_HERE = True
    assert "/equipe/courriels/" in client.get("/compte/confirm-email/").content.decode()
    settings.MAIL_READ_HERE = False
    assert "/equipe/courriels/" not in client.get("/compte/confirm-email/").content.decode()


def test_test_mail_says_what_happened(settings):
    assert command("test_mail", "nora@medinjob.example") == "Sent.\n"
    settings.MAIL_READ_HERE = True
    assert "sends no mail" in command("test_mail", "nora@medinjob.example")


def test_test_mail_that_does_not_leave_is_an_error(settings):
    settings.MAIL_RATE_PER_MINUTE = 0
    with pytest.raises(CommandError, match="waiting"):
        command("test_mail", "nora@medinjob.example")


@pytest.mark.parametrize(("query", "current"), [("", "Tous"), ("?state=sent", "Envoyé")])
def test_outbox_marks_the_tab_of_its_state(team, query, current):
    html = team.get(f"/equipe/courriels/{query}").content.decode()
    assert re.findall(r'aria-current="page">(\w+) <span', html) == [current]
