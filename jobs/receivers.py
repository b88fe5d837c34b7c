"""What jobs makes of the facts that the floors below announce."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounts.services import addressed, redact_texts
from accounts.signals import closing, closing_asked, words_forgotten
from companies.models import Company
from companies.signals import companies_changed
from jobs.models import Offer, OfferEvent, OfferReport
from jobs.signals import offers_changed


@receiver(companies_changed)
def announce_their_offers(ids: list[int], **kwargs: Any) -> None:
    """An offer shows its company's name, logo and mark, and disappears with it."""
    offers = list(Offer.objects.filter(company__in=ids).values_list("pk", flat=True))
    if offers:
        offers_changed.send(sender=Offer, ids=offers)


@receiver(closing_asked)
def keep_companies_with_offers(user: Any, **kwargs: Any) -> list[str]:
    """Offers must not lose the last person who answers for them."""
    companies = Company.objects.with_only_admin(user)
    with_offers = companies.filter(pk__in=Offer.objects.filter(company__in=companies.values("pk")).values("company"))
    return [
        _(
            "Vous êtes seul à administrer %(company)s, qui a des offres : nommez d’abord quelqu’un d’autre à "
            "l’administration, ou écrivez-nous pour la fermer."
        )
        % {"company": company}
        for company in with_offers
    ]


@receiver(closing)
def forget_reports(user: Any, **kwargs: Any) -> None:
    """What the person told of an offer stays as its reason and what was decided; their words go."""
    OfferReport.objects.filter(user=user).update(email="", message="")


@receiver(words_forgotten)
def forget_in_jobs(emails: Collection[str], words: Collection[str], **kwargs: Any) -> None:
    OfferReport.objects.filter(addressed("email", emails)).update(email="", message="")
    redact_texts({OfferReport: ("message", "decision"), OfferEvent: ("reason",), Offer: ("reason",)}, words)
