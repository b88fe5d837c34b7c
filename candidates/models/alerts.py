from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import Frequency
from jobs.models import Offer


class SavedSearch(models.Model):
    """A search one wants to hear of: `query` is the canonical query string of `search.criteria`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    label = models.CharField(_("nom"), max_length=120)
    query = models.CharField(max_length=1000)
    frequency = models.CharField(_("fréquence"), max_length=10, choices=Frequency, default=Frequency.DAILY)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recherche enregistrée")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.label


class AlertedOffer(models.Model):
    """An offer found for a person, once whatever the number of their searches; in a mail when `mailed_at` is set."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="found")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "offer"], name="alerted_once")]
        indexes = [models.Index(fields=["search", "mailed_at"])]

    def __str__(self) -> str:
        return f"{self.search_id} {self.offer_id}"


class NewOffer(models.Model):
    """That an offer could be found for the first time: written with the change that made it so, once an offer, whatever
    happens to it later. `matched_at`: saved searches were asked about it."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    matched_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return str(self.offer_id)
