from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.enums import LateKind
from forums.models.attendees import Entry
from forums.models.editions import Edition
from forums.models.exhibitors import ShownOffer
from forums.models.meetings import Meeting
from medinjob.lib.chains import Chained


class LateFact(models.Model):
    """What came to be known once an edition was closed: added beside what was frozen, dated, with its source. `said_on`
    is the day of the source (a list on paper, a mail), `at` when it was written here. `detail` says in words what it
    changed. Never edited."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="late_facts")
    kind = models.CharField(max_length=10, choices=LateKind)
    source = models.CharField(_("source"), max_length=300)
    said_on = models.DateField(_("date de la source"), default=timezone.localdate)
    detail = models.CharField(max_length=300, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="+")
    shown = models.ForeignKey(ShownOffer, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    chained = Chained(
        "late",
        plain=("edition_id", "kind", "said_on", "entry_id", "meeting_id", "shown_id", "at"),
        personal=("source", "detail", "by_id"),
    )

    class Meta:
        verbose_name = _("fait tardif")
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(source=""), name="late_fact_has_source")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"
