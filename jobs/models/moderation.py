from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.enums import ReportReason, ReportState
from jobs.models.offers import Offer


class OfferReport(models.Model):
    """Somebody's word that an offer is not what it should be; decided by staff, with a reason sent to both sides."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("motif"), max_length=20, choices=ReportReason)
    message = models.TextField(_("précisions"), max_length=2000, blank=True)
    email = models.EmailField(_("votre adresse e-mail"), blank=True)
    language = models.CharField(max_length=2, default="fr")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    decision = models.TextField(_("décision motivée"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signalement")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.RECEIVED) | ~Q(decision=""), name="report_decided_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.reason}"


class ReasonTemplate(models.Model):
    """A reason that staff give often, written once; they edit these on a page of their own."""

    title = models.CharField(_("nom court"), max_length=80)
    text = models.TextField(_("texte envoyé"), max_length=2000)

    class Meta:
        verbose_name = _("motif")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
