from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from referentials.enums import ABROAD, OccupationFamily


class ReferentialVersion(models.Model):
    """One load of one referential: what was loaded, from where, and its SHA-256."""

    referential = models.CharField(max_length=30)
    version = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.referential} {self.version}"


class Commune(models.Model):
    """A commune or a municipal arrondissement of France; `code` is INSEE's, coordinates are WGS 84 degrees."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    search_name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="arrondissements")
    department = models.CharField(max_length=3)
    department_name = models.CharField(max_length=60)
    region = models.CharField(max_length=3)
    region_name = models.CharField(max_length=60)
    postcodes = models.JSONField(default=list)
    population = models.PositiveIntegerField(default=0)
    latitude = models.FloatField()
    longitude = models.FloatField()
    coordinates_source = models.CharField(max_length=30)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("commune")
        ordering = ["name"]
        indexes = [models.Index(fields=["search_name"]), models.Index(fields=["department"])]

    def __str__(self) -> str:
        return self.short_name if self.department in ABROAD else f"{self.short_name} ({self.department})"

    @property
    def country(self) -> str:
        """The ISO code."""
        return self.department if self.department in ABROAD else "FR"

    @property
    def short_name(self) -> str:
        """As people say it: "Marseille 2e" for the second arrondissement."""
        return self.name.removesuffix(" Arrondissement")


class Occupation(models.Model):
    """An occupation of ROME 4.0; `digital` says that the sector's board is for it."""

    code = models.CharField(max_length=5, primary_key=True)
    label = models.CharField(_("métier"), max_length=200)
    family = models.CharField(_("famille"), max_length=20, choices=OccupationFamily, blank=True)
    digital = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("métier")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Appellation(models.Model):
    """A name by which an occupation is known; `code` is the OGR code."""

    code = models.CharField(max_length=10, primary_key=True)
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="appellations")
    label = models.CharField(max_length=200)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Sector(models.Model):
    """An activity sector of the region's digital ecosystem."""

    slug = models.SlugField(primary_key=True)
    label = models.CharField(_("secteur"), max_length=80)
    label_en = models.CharField(max_length=80)
    naf_prefixes = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("secteur d'activité")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label_en if get_language() == "en" else self.label


class Commission(models.Model):
    """A working group of Medinsoft in a period; apart from the sectors, which outlive them."""

    slug = models.SlugField(primary_key=True)
    label = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Skill(models.Model):
    """A digital skill: an ESCO label (then `esco_uri` says which) or a technology named by Medinjob. `spotted`: its
    name or alias in a text means the skill, which is not so of "C" or of "configurer un système"."""

    slug = models.SlugField(primary_key=True, max_length=120)
    label = models.CharField(_("compétence"), max_length=160)
    aliases = models.JSONField(default=list)
    esco_uri = models.CharField(max_length=120, blank=True)
    spotted = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("compétence")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label
