from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidates.models.applications import Application
from candidates.models.profiles import CV, CandidateProfile
from companies.models import Company


class DataAccess(models.Model):
    """Who opened what of a candidate: a company's member the CV of an application, staff its messages with a reason; or
    a `company` the `profile` that is shown to all, once a `day` however often."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, null=True, related_name="accesses")
    profile = models.ForeignKey(CandidateProfile, on_delete=models.CASCADE, null=True, related_name="accesses")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField(null=True)
    cv = models.ForeignKey(CV, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, profile=None, company=None, day=None)
                | Q(application=None, profile__isnull=False, company__isnull=False, day__isnull=False),
                name="access_to_application_or_profile",
            ),
            models.UniqueConstraint(fields=["profile", "company", "day"], name="access_to_profile_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.application_id or self.profile_id}"


class RetentionEvent(models.Model):
    """A notice, an anonymisation or a deletion: that it happened and when, without whom it was."""

    action = models.CharField(max_length=20)
    applications = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"
