from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from companies.models import Company
from medinjob.lib.limits import within_limit

INVITATIONS_AN_HOUR = 20


def keep_pace(company: Company) -> None:
    """Invitations are mails to strangers: a company sends few of them an hour, new or again."""
    if not within_limit("invite", company.pk, most=INVITATIONS_AN_HOUR, seconds=3600):
        raise PermissionDenied(_("Vous avez envoyé beaucoup d’invitations : réessayez dans une heure."))
