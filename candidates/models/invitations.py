from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import Offer


class ApplyInvitation(models.Model):
    """A company that read a profile asks the person to apply to its `offer`. The answer is an application, or
    `declined_at`; the company learns nothing else of them."""

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="apply_invitations")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="apply_invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.TextField(_("message"), max_length=1000, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation à postuler")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["candidate", "offer"], name="apply_invitation_once")]
        indexes = [models.Index(fields=["sent_at"])]

    def __str__(self) -> str:
        return f"apply invitation {self.pk}"
