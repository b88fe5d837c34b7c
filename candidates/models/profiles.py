import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.querysets import ProfileQuerySet
from companies.models import Company
from jobs.enums import ContractType, Experience, Remote
from referentials.models import Commune, Occupation, Skill


def private_storage() -> Storage:
    """Files that no web server serves by itself (setting `STORAGES["private"]`)."""
    return storages["private"]


CV_FOLDER = "cv"


def cv_path(cv: "CV", filename: str) -> str:
    return f"{CV_FOLDER}/{secrets.token_urlsafe(24)}"


class CandidateProfile(models.Model):
    """What a candidate tells of their work; nothing about age, family, origin or looks is asked (Code du travail,
    L1132-1). Hidden from companies unless `visible`, and even then from those in `hidden_from`; `last_contact_at`
    starts the retention clock; `dismissed` has the keys of suggestions that were declined."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="candidate")
    headline = models.CharField(_("en une ligne"), max_length=160, blank=True)
    occupations = models.ManyToManyField(Occupation, blank=True, verbose_name=_("métiers"))
    skills = models.ManyToManyField(Skill, blank=True, verbose_name=_("compétences"))
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune"))
    distance_km = models.PositiveSmallIntegerField(_("distance en km"), null=True, blank=True)
    contracts = models.JSONField(_("contrats souhaités"), default=list, blank=True)
    experience = models.CharField(_("expérience"), max_length=2, choices=Experience, blank=True)
    remote = models.CharField(_("télétravail"), max_length=10, choices=Remote, blank=True)
    available_on = models.DateField(_("disponible à partir du"), null=True, blank=True)
    career = models.TextField(_("parcours"), max_length=4000, blank=True)
    dismissed = models.JSONField(default=list, blank=True)
    visible = models.BooleanField(_("visible des entreprises"), default=False)
    hidden_from = models.ManyToManyField(Company, blank=True, related_name="+", verbose_name=_("caché à"))
    created_at = models.DateTimeField(default=timezone.now)
    last_contact_at = models.DateTimeField(default=timezone.now)
    noticed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profil")
        indexes = [models.Index(fields=["last_contact_at"])]

    def __str__(self) -> str:
        return f"profile {self.pk}"

    @property
    def title(self) -> str:
        """What stands for the name where none is shown. Reads the occupations."""
        first = next(iter(self.occupations.all()), None)
        return self.headline or str(first or _("Profil sans titre"))

    @property
    def contract_labels(self) -> list[Any]:
        """Those wanted, as words."""
        return [ContractType(value).label for value in self.contracts if value in ContractType.values]


class CV(models.Model):
    """One file, never changed: an application keeps the very one that was sent. `removed_at`: no longer the candidate's
    current one; the file goes when no application holds it any more. Without `owner` it came from somebody who has no
    account, and goes when neither a draft nor an application holds it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="cvs")
    file = models.FileField(storage=private_storage, upload_to=cv_path)
    filename = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(removed_at__isnull=True), name="cv_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"cv {self.pk}"
