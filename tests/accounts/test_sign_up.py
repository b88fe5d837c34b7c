import re

import pytest

from accounts.models import OutgoingMail, User
from demo.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
GOOD = "calanque-43-bleue"


def sign_up(client, prefix="", **changes):
    data = {"email": "nora@medinjob.example", "password1": GOOD, "name": "Nora", **changes}
    return client.post(f"{prefix}/compte/signup/", data)


def link_in(mail):
    return re.search(r"https?://testserver(/\S+)", mail.body)[1]


def test_sign_up_writes_a_mail_and_waits_for_its_link(client):
    answer = sign_up(client)
    assert answer.url == "/compte/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.name, user.language) == ("nora@medinjob.example", "Nora", "fr")
    assert not user.emailaddress_set.get().verified
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (user.email, "Bienvenue sur Medinjob : confirmez votre adresse")


def test_link_of_the_mail_confirms_on_post_only_and_signs_in_the_same_browser(client):
    sign_up(client)
    link = link_in(OutgoingMail.objects.get())
    client.get(link)
    assert not User.objects.get().emailaddress_set.get().verified
    client.post(link)
    assert User.objects.get().emailaddress_set.get().verified
    assert client.get("/compte/").status_code == 200


def test_link_opened_in_another_browser_confirms_without_signing_in(client, django_user_model):
    sign_up(client)
    client.cookies.clear()
    client.post(link_in(OutgoingMail.objects.get()))
    assert User.objects.get().emailaddress_set.get().verified
    assert client.get("/compte/").status_code == 302


def test_way_back_survives_the_mail_in_the_same_and_in_another_browser(client):
    sign_up(client, next="/recruteur/offres/")
    link = link_in(OutgoingMail.objects.get())
    client.cookies.clear()
    assert client.post(link).url == "/recruteur/offres/"


@pytest.mark.parametrize("after", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"])
def test_way_back_to_another_site_is_left_out(client, after):
    sign_up(client, next=after)
    assert "ailleurs" not in OutgoingMail.objects.get().body
    assert "next=" not in OutgoingMail.objects.get().body


def test_english_page_makes_an_english_account_and_mail(client):
    sign_up(client, prefix="/en")
    assert User.objects.get().language == "en"
    assert "/en/compte/confirm-email/" in OutgoingMail.objects.get().body


def test_sign_in_before_confirming_leads_to_the_waiting_page(client):
    sign_up(client)
    client.cookies.clear()
    answer = client.post("/compte/login/", {"login": "nora@medinjob.example", "password": GOOD})
    assert answer.url == "/compte/confirm-email/"


def test_sign_up_with_a_known_address_looks_the_same_and_writes_to_its_owner(client):
    owner = UserFactory(email="nora@medinjob.example", language="en")
    answer = sign_up(client)
    assert answer.url == "/compte/confirm-email/"
    assert list(User.objects.all()) == [owner]
    mail = OutgoingMail.objects.get()
    assert (mail.to, "/en/" in mail.body or "password/reset" in mail.body) == (owner.email, True)


def test_address_in_capitals_is_the_same_account(client):
    sign_up(client, email="NORA@Medinjob.Example")
    assert User.objects.get().email == "nora@medinjob.example"


@pytest.mark.parametrize("password", ["court", "1234567890", "motdepasse1" * 0 + "password12", "nora@medinjob.example"])
def test_weak_passwords_are_refused_beside_their_field(client, password):
    answer = sign_up(client, password1=password)
    assert answer.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_passwords_are_hashed_with_argon2(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    sign_up(client)
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_forgotten_password_is_replaced_by_the_link(client):
    user = UserFactory()
    client.post("/compte/password/reset/", {"email": user.email})
    link = link_in(OutgoingMail.objects.get())
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert OutgoingMail.objects.filter(subject="Votre mot de passe a été remplacé").exists()


def test_forgotten_password_of_nobody_looks_the_same_as_of_somebody(client):
    UserFactory(email="nora@medinjob.example")
    answers = [client.post("/compte/password/reset/", {"email": f"{n}@medinjob.example"}) for n in ("nora", "personne")]
    assert answers[0].url == answers[1].url == "/compte/password/reset/done/"


def test_lock_out_after_five_mistakes_says_how_long_and_what_to_do(client):
    user = UserFactory()
    for _ in range(5):
        answer = client.post("/compte/login/", {"login": user.email, "password": "faux"})
        assert "ne vont pas ensemble" in answer.content.decode()
    answer = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    assert "bloquée pendant 5 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_lock_out_of_one_account_leaves_the_others_free(client):
    user, other = UserFactory(), UserFactory()
    for _ in range(6):
        client.post("/compte/login/", {"login": user.email, "password": "faux"})
    client.post("/compte/login/", {"login": other.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(other.pk)


def test_too_many_sign_ups_from_one_machine_get_a_helpful_429(client):
    codes = [sign_up(client, email=f"n{n}@medinjob.example").status_code for n in range(21)]
    assert codes == [302] * 20 + [429]


def test_change_of_address_waits_for_the_new_one_to_be_confirmed(client):
    user = UserFactory(email="avant@medinjob.example")
    client.force_login(user)
    client.post("/compte/email/", {"email": "apres@medinjob.example", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "avant@medinjob.example"
    client.post(link_in(OutgoingMail.objects.get(to="apres@medinjob.example")))
    user.refresh_from_db()
    assert user.email == "apres@medinjob.example"
    assert OutgoingMail.objects.filter(to="avant@medinjob.example", subject="Votre adresse a changé").exists()
