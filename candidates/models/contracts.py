from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import CONTRACT_KINDS, ContractKind, Side
from candidates.models.applications import Application
from candidates.querysets import ContractQuerySet
from jobs.enums import ContractType


class Contract(models.Model):
    """A signed contract, as one side declared it; a row is never edited. A correction is a new row with `corrects`, and
    counts instead of the one it corrects; a cancellation before the start is a `ContractCancellation`, after which
    another may be declared: `rank` tells the application's contracts apart, from 1."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="contracts")
    rank = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    type = models.CharField(_("contrat"), max_length=20, choices=ContractType)
    job_title = models.CharField(_("poste"), max_length=200)
    signed_on = models.DateField(_("signé le"))
    starts_on = models.DateField(_("début"), null=True, blank=True)
    declared_side = models.CharField(max_length=10, choices=Side)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("motif de la correction"), max_length=300, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contrat")
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=ContractType.values), name="contract_type_known"),
            models.UniqueConstraint(
                fields=["application", "rank"], condition=Q(corrects__isnull=True), name="contract_rank_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="contract_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"contract {self.pk}"

    @property
    def kind(self) -> ContractKind | None:
        """What it is counted as; None for a type that is none of the three."""
        return CONTRACT_KINDS.get(self.type)


class ContractCancellation(models.Model):
    """A contract that ended before it began."""

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="cancellation")
    reason = models.CharField(_("motif"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"cancellation {self.contract_id}"
