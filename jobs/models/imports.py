from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.enums import AbsenceAnswer, ImportProblem, ImportState
from jobs.models.offers import Offer
from jobs.querysets import ImportRunQuerySet, ImportSourceQuerySet

MOST_HOURS = 31 * 24


class ImportSource(models.Model):
    """Where offers are fetched every so often. `asked` is staff's "now", which also reads what has not changed;
    `validators` is what the source last said of its version, forgotten whenever it has to be read in full."""

    name = models.CharField(_("Nom"), max_length=80, unique=True)
    format = models.CharField(_("Format"), max_length=30)
    address = models.CharField(_("Adresse"), max_length=500)
    departments = models.JSONField(_("Départements"), default=list, blank=True)
    complete = models.BooleanField(_("Le fichier est complet"), default=False)
    every_hours = models.PositiveSmallIntegerField(
        _("Toutes les … heures"), default=24, validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)]
    )
    active = models.BooleanField(default=True)
    asked = models.BooleanField(default=False)
    due_at = models.DateTimeField(default=timezone.now)
    validators = models.JSONField(default=dict, blank=True)
    read_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = ImportSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source d'offres")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One run of an import, by a source or by hand. `counts` has the keys of the JSON report, and grows as it runs;
    `seen_at` is when it last moved. A running row is the lock of where its offers come from: the database lets each
    origin have one. `holder` is the mark of its process: the row of a killed one is settled, and the lock free.

    A held run found `absent` offers missing from its file, too many to believe it; `answer` is what staff said."""

    import_source = models.ForeignKey(ImportSource, on_delete=models.SET_NULL, null=True, related_name="runs")
    source = models.CharField(max_length=20)
    filename = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    percent = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RUNNING)
    problem = models.CharField(max_length=20, choices=ImportProblem, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    refused_file = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=120, blank=True)
    stop_asked = models.BooleanField(default=False)
    absent = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=10, choices=AbsenceAnswer, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.FAILED) | ~models.Q(problem=""), name="import_failed_has_problem"
            ),
            models.UniqueConstraint(
                fields=["import_source"], condition=models.Q(state=ImportState.RUNNING), name="import_runs_once"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(state=ImportState.RUNNING), name="import_once_per_origin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.filename}"

    def get_absolute_url(self) -> str:
        return reverse("import-run", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state == ImportState.RUNNING

    @property
    def is_asking(self) -> bool:
        """Staff have not said what is to become of the absent offers."""
        return self.state == ImportState.HELD and not self.answer

    @property
    def is_moving(self) -> bool:
        """The worker is at it, or will be in a minute."""
        return self.is_running or (self.state == ImportState.HELD and self.answer == AbsenceAnswer.ACCEPTED)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(self.counts.get("refused", {}).values())


class OfferFingerprint(models.Model):
    """One of the few numbers that an imported offer's title and text give: two offers that share one may be one job."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="fingerprints")
    key = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.offer_id} {self.key}"
