from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from jobs.enums import ApplyBy, Flag, OfferAction, OfferKind, OfferSource, OfferState
from jobs.querysets import OfferQuerySet
from medinjob.lib.folding import FoldedField
from referentials.models import Commune, Occupation, Sector, Skill


class Offer(models.Model):
    """A job or a training: one id, one lifecycle, one moderation, one index.

    `text` is Markdown, sanitised when shown. `version` guards concurrent edits, `index_version` orders what is written
    to the index. An imported offer has `employer_name`, `source_id` and no company, and `employer_siret` where its
    source says it; `import_run` saw it last.
    """

    kind = models.CharField(_("nature"), max_length=10, choices=OfferKind)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, blank=True, related_name="offers")
    employer_name = models.CharField(_("employeur"), max_length=160, blank=True)
    employer_folded = FoldedField("employer_name")
    employer_siret = models.CharField(max_length=14, blank=True)
    title = models.CharField(_("intitulé"), max_length=200)
    title_folded = FoldedField("title")
    text = models.TextField(_("description"), max_length=30_000, blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, verbose_name=_("secteurs d'activité"))
    occupations = models.ManyToManyField(Occupation, blank=True, verbose_name=_("métiers"), related_name="offers")
    skills = models.ManyToManyField(Skill, blank=True, verbose_name=_("compétences"), related_name="offers")
    other_skills = models.JSONField(_("autres compétences"), default=list, blank=True)
    apply_by = models.CharField(_("candidature"), max_length=10, choices=ApplyBy, default=ApplyBy.HERE)
    apply_url = models.URLField(_("adresse de candidature"), max_length=500, blank=True)

    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.DRAFT)
    reason = models.TextField(blank=True)
    flags = models.JSONField(default=list, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    index_version = models.PositiveBigIntegerField(default=0)

    source = models.CharField(max_length=20, choices=OfferSource, default=OfferSource.LOCAL)
    source_id = models.CharField(max_length=80, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_published_at = models.DateTimeField(null=True)
    source_updated_at = models.DateTimeField(null=True)
    source_hash = models.CharField(max_length=64, blank=True)
    import_run = models.ForeignKey("ImportRun", on_delete=models.SET_NULL, null=True, related_name="offers")
    duplicate_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="duplicates")

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offre")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OfferKind.values), name="offer_kind_known"),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(
                condition=~Q(state=OfferState.REJECTED) | ~Q(reason=""), name="offer_rejected_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.PUBLISHED) | Q(published_at__isnull=False),
                name="offer_published_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(apply_by=ApplyBy.EXTERNAL) | ~Q(apply_url="") | Q(state=OfferState.DRAFT),
                name="offer_external_has_url",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="offer_source_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "expires_at"]),
            models.Index(fields=["state", "submitted_at"]),
            models.Index(fields=["company", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("offer", args=[self.pk, slugify(self.title) or "offre"])

    @property
    def employer(self) -> str:
        """The name to show; empty when the source gives none."""
        return self.company.name if self.company else self.employer_name

    @property
    def flag_labels(self) -> list[Flag]:
        """Why staff should look, as members of `Flag`."""
        return [flag for flag in Flag if flag in self.flags]

    @property
    def is_open(self) -> bool:
        """Can it be applied to? The same conditions as `visible()`, less the company's."""
        return self.state == OfferState.PUBLISHED and (self.expires_at is None or self.expires_at > timezone.now())


class OfferPlace(models.Model):
    """Where an offer is: a commune, or only a label (a département, a region) as precise as its source.

    The offer shown in place of re-posted doubles also has their places, `copied_from` them.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="places")
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune"))
    label = models.CharField(_("lieu"), max_length=120)
    postcode = models.CharField(max_length=5, blank=True)
    department = models.CharField(max_length=3, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    copied_from = models.ForeignKey(Offer, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_coordinates_both_or_none",
            )
        ]

    def __str__(self) -> str:
        return self.label


class OfferEvent(models.Model):
    """One move of an offer: the history that staff open and reports count; never edited."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20, choices=OfferAction)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.action}"


class OfferAudience(models.Model):
    """Views of the page and clicks to an external address, by day; no trace of who."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="audience")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    external_clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "day"], name="audience_offer_day_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.day}"


class OfferCollection(models.Model):
    """A named set of offers, such as those that an event shows."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    offers = models.ManyToManyField(Offer, related_name="collections", blank=True)

    def __str__(self) -> str:
        return self.name
