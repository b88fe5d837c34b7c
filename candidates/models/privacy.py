from django.conf import settings
from django.db import models
from django.utils import timezone

from candidates.models.applications import Application
from candidates.models.profiles import CV


class DataAccess(models.Model):
    """Who opened a candidate's file or messages: a company's member a CV, staff an application with a reason."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="accesses")
    cv = models.ForeignKey(CV, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.what} {self.application_id}"


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
