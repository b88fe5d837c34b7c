from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from forums.enums import ExhibitorAction, ExhibitorState
from forums.models.editions import Edition
from forums.querysets import ExhibitorQuerySet, ShownOfferQuerySet
from jobs.models import Offer
from medinjob.lib.folding import FoldedField, FoldingQuerySet


class Exhibitor(models.Model):
    """A company, or a training provider, that asks for a stand. `frozen` holds, once the edition is closed, what the
    report needs of the company as it was: name, siret, size, sectors, commune, mark (member, partner or "")."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exhibitors")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="stands")
    state = models.CharField(max_length=10, choices=ExhibitorState, default=ExhibitorState.REQUESTED)
    tables = models.PositiveSmallIntegerField(_("tables"), default=1)
    needs = models.TextField(_("besoins"), max_length=1000, blank=True)
    stand = models.CharField(_("numéro de stand"), max_length=12, blank=True)
    reason = models.TextField(_("motif"), max_length=1000, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    frozen = models.JSONField(default=dict)

    objects = ExhibitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("exposant")
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "company"], name="exhibitor_once"),
            models.UniqueConstraint(fields=["edition", "stand"], condition=~Q(stand=""), name="stand_number_once"),
            models.CheckConstraint(condition=Q(state__in=ExhibitorState.values), name="exhibitor_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ExhibitorState.REFUSED) | ~Q(reason=""), name="exhibitor_refused_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} @ {self.edition_id}"


class ExhibitorEvent(models.Model):
    """One move of a request for a stand; never edited."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=ExhibitorAction)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.action}"


class Representative(models.Model):
    """Somebody who holds a stand: counted at the door apart from participants. The name goes with the edition's
    personal data; the row stays for the counts."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="representatives")
    name = models.CharField(_("nom"), max_length=120, blank=True)
    name_folded = FoldedField("name")
    email = models.EmailField(_("adresse e-mail"), blank=True)

    objects = FoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne présente au stand")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"representative {self.pk}"


class ShownOffer(models.Model):
    """An offer that an exhibitor shows at the edition, from `shown_at` to its end whatever becomes of the offer.
    `positions` and `frozen` (title, kind, contract, occupation, sectors, place, duplicate_of, seen) are what it was
    when the edition closed; until then the report reads the offer."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="shown_offers")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="shown_at")
    shown_at = models.DateTimeField(default=timezone.now)
    positions = models.PositiveSmallIntegerField(null=True)
    frozen = models.JSONField(default=dict)

    objects = ShownOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offre présentée")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "offer"], name="shown_offer_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} @ {self.exhibitor_id}"
