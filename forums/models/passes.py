from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.enums import PassKind
from forums.models.editions import Edition
from forums.models.exhibitors import Exhibitor


class Pass(models.Model):
    """What lets one person without an account work on the edition's days: a volunteer at the door, or a colleague at
    the stand of `exhibitor`. The signed link carries the id; `revoked_at` ends it at once."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passes")
    kind = models.CharField(_("pour"), max_length=6, choices=PassKind)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, null=True, related_name="passes")
    name = models.CharField(_("nom"), max_length=120)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("laissez-passer")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PassKind.DOOR, exhibitor__isnull=True)
                | Q(kind=PassKind.STAND, exhibitor__isnull=False),
                name="pass_stand_has_exhibitor",
            )
        ]

    def __str__(self) -> str:
        return f"pass {self.pk}"
