from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.attendees import Attendee
from forums.models.editions import Edition
from forums.models.exhibitors import Exhibitor
from jobs.enums import ContractType
from ledger.enums import AnswerSource, Outcome
from medinjob.lib.chains import Chained


class FollowUpDate(models.Model):
    """When companies and candidates are asked what became of their meetings; `asked_at` once the mails are written."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="follow_up_dates")
    due_on = models.DateField(_("date"))
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["edition", "due_on"], name="follow_up_date_once")]

    def __str__(self) -> str:
        return f"{self.due_on}"


class FollowUp(models.Model):
    """The question put to one side, an exhibitor or an attendee, at one date: one mail. `answered_at` once everything
    it asks is answered."""

    date = models.ForeignKey(FollowUpDate, on_delete=models.CASCADE, related_name="asked")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, null=True, related_name="follow_ups")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, null=True, related_name="follow_ups")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "exhibitor"], condition=Q(exhibitor__isnull=False), name="follow_up_exhibitor_once"
            ),
            models.UniqueConstraint(
                fields=["date", "attendee"], condition=Q(attendee__isnull=False), name="follow_up_attendee_once"
            ),
            models.CheckConstraint(
                condition=Q(exhibitor__isnull=False, attendee__isnull=True)
                | Q(exhibitor__isnull=True, attendee__isnull=False),
                name="follow_up_of_one_side",
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


class FollowUpAnswer(models.Model):
    """What one side says of the pair of `exhibitor` and `attendee`; the latest row of a follow-up counts, none is
    edited. `source` and `said_on` tell where and when staff had it from."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="answers")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="+")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(_("suite"), max_length=10, choices=Outcome)
    contract = models.CharField(_("contrat"), max_length=20, choices=ContractType, blank=True)
    job_title = models.CharField(_("poste"), max_length=200, blank=True)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=AnswerSource, default=AnswerSource.LINK)
    said_on = models.DateField(_("date"), default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    chained = Chained(
        "answer",
        plain=(
            "follow_up_id", "exhibitor_id", "attendee_id", "outcome", "contract", "signed_on", "starts_on", "source",
            "said_on", "at",
        ),
        personal=("job_title", "by_id"),
    )  # fmt: skip

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.outcome}"


class ReportedMeeting(models.Model):
    """Somebody a company says it met though no badge was read. Staff match it to an attendee; it becomes a `Meeting`
    (source *reported*) only when that person confirms."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="reported_meetings")
    name = models.CharField(_("nom"), max_length=120, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, null=True, related_name="reported_meetings")
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    matched_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "email"], condition=~Q(email=""), name="reported_meeting_once")
        ]

    def __str__(self) -> str:
        return f"reported meeting {self.pk}"
