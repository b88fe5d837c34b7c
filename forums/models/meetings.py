from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models import Application
from forums.enums import MeetingAction, MeetingSource, MeetingState
from forums.models.attendees import Attendee
from forums.models.exhibitors import Exhibitor
from forums.models.passes import Pass
from forums.querysets import MeetingQuerySet
from jobs.models import Offer


class Meeting(models.Model):
    """One person at one exhibitor's stand, once an edition. `agreed_at`: the person saw and accepted what is shared,
    frozen in `shared` (name, e-mail, headline, occupations, skills… as chosen); until then the stand sees a first name
    only. `slot` is left for a timetable."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="meetings")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=8, choices=MeetingState, default=MeetingState.OPENED)
    source = models.CharField(max_length=8, choices=MeetingSource, default=MeetingSource.SCAN)
    opened_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    shared = models.JSONField(default=dict)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rencontre")
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "attendee"], name="meeting_once"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class MeetingEvent(models.Model):
    """One move of a meeting; never edited."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=MeetingAction)
    before = models.CharField(max_length=8, blank=True)
    after = models.CharField(max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_pass = models.ForeignKey(Pass, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.action}"


class StandProposal(models.Model):
    """What a recruiter typed for a person at their stand. It is no application until the person confirms it by the link
    of their mail: nothing of it is shown to the company or counted. `email` is empty when the registration has one;
    `mails` says which of the mails has the link that works. Kept for a while after the answer, without its words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    message = models.TextField(_("message"), max_length=4000, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_pass = models.ForeignKey(Pass, on_delete=models.SET_NULL, null=True, related_name="+")
    mails = models.PositiveSmallIntegerField(default=1)
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, null=True, related_name="proposal")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "offer"], name="proposal_once")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def to(self) -> str:
        """Where its mail goes. Reads the person."""
        return self.email or self.meeting.attendee.email


class StandApplication(models.Model):
    """That an application (or a request for information) was made at a stand and confirmed by the person."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, primary_key=True, related_name="at_stand")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="stand_applications")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="stand_applications")

    def __str__(self) -> str:
        return f"{self.application_id} @ {self.exhibitor_id}"
