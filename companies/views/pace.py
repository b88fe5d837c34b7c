"""What a person may do for a company in an hour or a day: by account and network, by company, by who is written to."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from companies.errors import CompanyError
from companies.models import Company
from medinjob.lib.limits import in_pace, within_limit

HOUR, DAY = 3600, 24 * 3600
INVITATIONS_AN_HOUR = 20
INVITATIONS_A_DAY_TO_ONE = 3
COMPANIES_A_DAY, COMPANIES_A_DAY_FROM_ONE_NETWORK = 5, 15
REQUESTS_TO_JOIN_AN_HOUR = 5


def keep_pace(request: HttpRequest, company: Company, email: str) -> None:
    """Invitations are mails to strangers, new or again. Raises `CompanyError`."""
    if not (
        in_pace(request, "invite-by", most=INVITATIONS_AN_HOUR, seconds=HOUR)
        and within_limit("invite", company.pk, most=INVITATIONS_AN_HOUR, seconds=HOUR)
    ):
        raise CompanyError(_("Vous avez envoyé beaucoup d’invitations : réessayez dans une heure."))
    if not within_limit("invite-to", email.strip().lower(), most=INVITATIONS_A_DAY_TO_ONE, seconds=DAY):
        raise CompanyError(_("Cette adresse a déjà reçu plusieurs invitations aujourd’hui : réessayez demain."))


def keep_pace_of_companies(request: HttpRequest) -> None:
    """Raises `CompanyError`."""
    if not in_pace(
        request,
        "company-create",
        most=COMPANIES_A_DAY,
        seconds=DAY,
        from_one_network=COMPANIES_A_DAY_FROM_ONE_NETWORK,
    ):
        raise CompanyError(_("Vous avez inscrit beaucoup d’entreprises aujourd’hui : réessayez demain."))


def may_ask_to_join(request: HttpRequest) -> bool:
    return in_pace(request, "company-join", most=REQUESTS_TO_JOIN_AN_HOUR, seconds=HOUR)
