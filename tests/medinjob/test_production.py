"""The settings of a public site, started as an administrator starts them."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from demo.factories import PASSWORD, UserFactory

GIVEN = {
    "MEDINJOB_SECRET_KEY": "x8" * 40 + "abcdefghijk",
    "MEDINJOB_ALLOWED_HOSTS": "medinjob.example",
    "MEDINJOB_SITE_URL": "https://medinjob.example",
    "MEDINJOB_EMAIL_URL": "smtp://localhost",
}
LEGAL = {
    "MEDINJOB_PUBLISHER_ADDRESS": "7 place des Essais, 13002 Marseille",
    "MEDINJOB_PUBLICATION_DIRECTOR": "Camille Essai",
    "MEDINJOB_HOST": "Hébergeur, 1 rue des Essais, 13001 Marseille",
    "MEDINJOB_CONTACT_EMAIL": "contact@emploi.example.org",
    "MEDINJOB_PRIVACY_EMAIL": "donnees@emploi.example.org",
    "MEDINJOB_MAIL_FROM": "Medinjob <courriel@emploi.example.org>",
}
CHECK = ("check", "--deploy", "--fail-level", "WARNING")


def manage(*arguments, **environment):
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("MEDINJOB_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments, "--settings", "medinjob.settings.production"],
        cwd=settings.BASE_DIR,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_checks_find_nothing(tmp_path):
    done = manage(*CHECK, **GIVEN, **LEGAL, MEDINJOB_DATA_DIR=str(tmp_path))
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("value", ["", "  ", "personne@medinjob.example"])
def test_deployment_checks_refuse_legal_facts_that_are_blank_or_of_nobody(value, tmp_path):
    blank = dict.fromkeys([*LEGAL, "MEDINJOB_PUBLISHER"], value)
    done = manage(*CHECK, **GIVEN, **blank, MEDINJOB_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    # An empty name of the publisher is an absent one: Medinsoft; empty addresses are those of nobody.
    expected = set(LEGAL) | ({"MEDINJOB_PUBLISHER"} if value else set())
    assert set(re.findall(r"E001\) (\w+)", done.stderr)) == expected


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"MEDINJOB_SIGNING_KEY": "not a key"}, "E002"),
        ({"MEDINJOB_SIGNING_OLD_KEYS": "c2hvcnQ="}, "E002"),
        ({"MEDINJOB_TIMESTAMP_URL": "https://tsa.example/", "MEDINJOB_TIMESTAMP_CA": "/nowhere.pem"}, "E003"),
        ({"MEDINJOB_SIGNING_KEY": "A" * 43 + "="}, ""),
    ],
)
def test_key_that_is_none_and_certificates_that_are_nowhere_are_refused_before_anything_is_frozen(
    given, refused, tmp_path
):
    done = manage("check", **GIVEN, **given, MEDINJOB_DATA_DIR=str(tmp_path))
    assert (done.returncode == 0, refused in done.stderr) == (not refused, True)


@pytest.mark.parametrize(
    "secret", ["$" + "a1b2c3d4e5" * 6, "a\\$b${C}$$" + "x9y8z7w6v5" * 6, " #'\"%" + "q1w2e3r4t5" * 6]
)
def test_value_is_read_as_it_stands(secret, tmp_path):
    asked = "from django.conf import settings as s; print(repr(s.SECRET_KEY))"
    done = manage("shell", "-v0", "-c", asked, **{**GIVEN, "MEDINJOB_SECRET_KEY": secret, "MEDINJOB_API_RATE": ""},
                  MEDINJOB_DATA_DIR=str(tmp_path))  # fmt: skip
    assert done.stdout.strip() == repr(secret), done.stderr


@pytest.mark.parametrize("missing", GIVEN)
def test_public_site_does_not_start_without(missing, tmp_path):
    given = {name: value for name, value in GIVEN.items() if name != missing}
    done = manage("check", **given, MEDINJOB_DATA_DIR=str(tmp_path))
    assert done.returncode != 0
    assert missing in done.stderr


def test_production_shows_no_code_and_reads_no_mail(tmp_path):
    asked = "from django.conf import settings as s; print(s.DEBUG, s.MAIL_READ_HERE, s.STAFF_MFA, s.EMAIL_TIMEOUT)"
    done = manage("shell", "-v0", "-c", asked, **GIVEN, MEDINJOB_DATA_DIR=str(tmp_path))
    assert done.stdout.split() == ["False", "False", "True", "10"], done.stderr


def test_cookies_of_a_public_site_are_of_its_host_alone(tmp_path):
    """A browser refuses a cookie of this prefix that is not Secure, has a Domain, or another path than /."""
    names = ("SESSION", "CSRF", "LANGUAGE")
    asked = f"""from django.conf import settings as s
for name in {names}:
    of = lambda what: getattr(s, f"{{name}}_COOKIE_{{what}}")
    print(of("NAME").startswith("__Host-"), of("SECURE"), of("PATH"), of("DOMAIN"))"""
    done = manage("shell", "-v0", "-c", asked, **GIVEN, MEDINJOB_DATA_DIR=str(tmp_path))
    assert done.stdout.splitlines() == ["True True / None"] * 3, done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/compte/login/", "/offres/", "/nulle-part/", "/api/v1/offers/"])
def test_every_answer_says_what_a_browser_may_do_with_it(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client):
    client.post("/compte/login/", {"login": UserFactory().email, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/offres/", "/entreprises/", "/api/v1/offers/"])
def test_readers_get_no_session(client, address):
    answer = client.get(address)
    assert "no-store" not in answer.get("Cache-Control", "")
    assert "sessionid" not in client.cookies
