from django.db import models
from django.utils.translation import gettext_lazy as _


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
