"""What `manage.py check` asks of the settings besides Django's own questions; `--deploy` asks more of a public site."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from medinjob.lib.signatures import is_key

LEGAL = {
    "publisher": "MEDINJOB_PUBLISHER",
    "publisher_address": "MEDINJOB_PUBLISHER_ADDRESS",
    "publication_director": "MEDINJOB_PUBLICATION_DIRECTOR",
    "host": "MEDINJOB_HOST",
    "contact_email": "MEDINJOB_CONTACT_EMAIL",
    "privacy_email": "MEDINJOB_PRIVACY_EMAIL",
}
"""What the law asks of a site that serves the public (LCEN, article 6-III; RGPD, article 13), by its setting."""
NOBODY = "@medinjob.example"
"""The domain of the defaults: it exists nowhere, nobody reads what is sent there."""


def legal_facts(**kwargs: Any) -> list[CheckMessage]:
    """Each fact of the legal pages that is blank, or an address that nobody reads."""
    missing = [name for fact, name in LEGAL.items() if _is_blank(settings.SITE[fact])]
    if _is_blank(settings.DEFAULT_FROM_EMAIL.rstrip(" >")):
        missing.append("MEDINJOB_MAIL_FROM")
    return [_refused(name) for name in missing]


def proof_settings(**kwargs: Any) -> list[CheckMessage]:
    """A key that is none would stop every freezing, an absent file every time stamp."""
    problems: list[CheckMessage] = []
    for name, key in (
        ("SIGNING_KEY", settings.SIGNING_KEY),
        *(("SIGNING_OLD_KEYS", k) for k in settings.SIGNING_OLD_KEYS),
    ):
        if key and not is_key(key):
            text = _("MEDINJOB_%(name)s n'est pas une clé : 32 octets en base64 (openssl rand -base64 32).")
            problems.append(Error(text % {"name": name}, id="medinjob.E002"))
    if settings.TIMESTAMP_URL and not Path(settings.TIMESTAMP_CA).is_file():
        text = _("MEDINJOB_TIMESTAMP_CA ne nomme aucun fichier : les certificats de l'autorité d'horodatage (PEM).")
        problems.append(Error(text, id="medinjob.E003"))
    return problems


def _is_blank(value: str) -> bool:
    return not value.strip() or value.strip().endswith(NOBODY)


def _refused(name: str) -> Error:
    text = _("%(name)s est vide : les pages légales et les courriels d'un site public en ont besoin.")
    return Error(text % {"name": name}, hint=_("Donnez sa valeur dans le fichier de réglages."), id="medinjob.E001")
