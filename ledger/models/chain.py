from django.db import models
from django.utils import timezone

from ledger.enums import ChainAction
from medinjob.lib.chains import START, Link


class ChainHead(models.Model):
    """The one row that says where the chain ends. Who adds a link locks it first."""

    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=START)

    def __str__(self) -> str:
        return f"chain of {self.position}"


class ChainLink(models.Model):
    """What a row of history was when a service wrote it (`medinjob.lib.chains`). Never edited, but for `salt`: it goes
    when the row has a later link, or when a person is forgotten."""

    position = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    row = models.BigIntegerField()
    action = models.CharField(max_length=6, choices=ChainAction)
    at = models.DateTimeField(default=timezone.now)
    content = models.CharField(max_length=64)
    commitments = models.JSONField(default=dict)
    salt = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["kind", "row"])]

    def __str__(self) -> str:
        return f"{self.position} {self.kind} {self.row}"

    @property
    def link(self) -> Link:
        return Link(
            self.position, self.kind, self.row, self.action, self.at, self.content, self.commitments, self.previous
        )
