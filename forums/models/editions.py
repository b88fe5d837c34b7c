from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.enums import ATTRIBUTION_DAYS, EditionAction, EditionState, VenueKind
from forums.models.actions import Event
from forums.querysets import EditionQuerySet
from jobs.models import OfferCollection
from referentials.models import Commune


class Edition(models.Model):
    """An edition of the forum: an event that we announce, hold and count. Its name, address and dates are those of
    `event`.

    `collection` holds the offers that its accepted exhibitors show. `capacity` is of persons, empty: no limit.
    A contract signed up to `attribution_days` days after the last day may be attributed to it. A `declared` edition
    has no rows, only declared figures. `closed_at`: its exhibitors' and offers' facts are frozen as they were.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="edition")
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.DRAFT)
    declared = models.BooleanField(_("chiffres déclarés seulement"), default=False)
    text = models.TextField(_("présentation"), max_length=8000, blank=True)
    with_stands = models.BooleanField(_("avec des stands"), default=True)
    tables = models.PositiveSmallIntegerField(_("tables disponibles"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("nombre de places"), null=True, blank=True)
    exhibitors_open_at = models.DateTimeField(_("demandes de stand, à partir du"), null=True, blank=True)
    exhibitors_close_at = models.DateTimeField(_("demandes de stand, jusqu'au"), null=True, blank=True)
    attendees_open_at = models.DateTimeField(_("inscriptions, à partir du"), null=True, blank=True)
    attendees_close_at = models.DateTimeField(_("inscriptions, jusqu'au"), null=True, blank=True)
    attribution_days = models.PositiveSmallIntegerField(_("fenêtre d'attribution en jours"), default=ATTRIBUTION_DAYS)
    collection = models.OneToOneField(OfferCollection, on_delete=models.PROTECT, null=True, related_name="edition")
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    announced_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("édition")
        ordering = ["-event__starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
        ]

    def __str__(self) -> str:
        return self.event.name

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.event.slug])


class EditionEvent(models.Model):
    """One move of an edition; never edited."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=EditionAction)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.action}"


class EditionDay(models.Model):
    """One day, with its hours in the local time of the region."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("jour"))
    opens_at = models.TimeField(_("ouverture"))
    closes_at = models.TimeField(_("fermeture"))

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "date"], name="edition_day_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="edition_day_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.date}"


class Venue(models.Model):
    """Where an edition takes place: a hall, or an address online. Every edition has one at least."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="venues")
    kind = models.CharField(_("modalité"), max_length=10, choices=VenueKind, default=VenueKind.ON_SITE)
    name = models.CharField(_("nom"), max_length=120)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune"))
    url = models.URLField(_("adresse en ligne"), blank=True)

    class Meta:
        verbose_name = _("lieu")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ProgrammeItem(models.Model):
    """A talk, a workshop, a ceremony."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="programme")
    venue = models.ForeignKey(Venue, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("lieu"))
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    title = models.CharField(_("titre"), max_length=160)
    speakers = models.CharField(_("intervenants"), max_length=250, blank=True)
    text = models.TextField(_("présentation"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("séance")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="programme_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title
