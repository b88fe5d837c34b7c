"""What `manage.py check --deploy` asks of a public site besides Django's own questions."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

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


def _is_blank(value: str) -> bool:
    return not value.strip() or value.strip().endswith(NOBODY)


def _refused(name: str) -> Error:
    text = _("%(name)s est vide : les pages légales et les courriels d'un site public en ont besoin.")
    return Error(text % {"name": name}, hint=_("Donnez sa valeur dans le fichier de réglages."), id="medinjob.E001")
