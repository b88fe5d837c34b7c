from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models.offers import Offer


class ImportRun(models.Model):
    """One run of an import: `counts` has the keys of the JSON report; unfinished when `finished_at` is empty."""

    source = models.CharField(max_length=20)
    filename = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source} {self.filename}"


class OfferFingerprint(models.Model):
    """One of the few numbers that an imported offer's title and text give: two offers that share one may be one job."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="fingerprints")
    key = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.offer_id} {self.key}"
