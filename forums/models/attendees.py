import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.enums import AttendeeAction, AttendeeKind, AttendeeState, EntrySource
from forums.models.editions import Edition, Venue
from forums.models.exhibitors import Representative
from forums.models.passes import Pass
from forums.querysets import AttendeeQuerySet, EntryQuerySet
from medinjob.lib.folding import FoldedField


def new_token() -> str:
    """What a badge's QR code carries: random, so that nothing can be guessed or counted from it."""
    return secrets.token_urlsafe(12)


def new_pseudonym() -> str:
    """Names a person who is forgotten, in the rows that stay for the counts."""
    return secrets.token_hex(8)


class Attendee(models.Model):
    """One person at one edition; the same e-mail is the same person. `user` when there is an account. Once forgotten,
    neither name nor e-mail is left, and the row stays for the counts; `person`, a pseudonym, then still tells that the
    rows of several editions are one person's. `holds_stand` is said once the edition is closed, or the address erased:
    until then the address tells it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="attendees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="attendances")
    kind = models.CharField(_("vous venez comme"), max_length=10, choices=AttendeeKind, default=AttendeeKind.CANDIDATE)
    state = models.CharField(max_length=10, choices=AttendeeState, default=AttendeeState.TO_CONFIRM)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    name_folded = FoldedField("name")
    email = models.EmailField(_("adresse e-mail"), blank=True)
    language = models.CharField(max_length=2, default="fr")
    registered_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True)
    person = models.CharField(max_length=32, blank=True, db_index=True)
    holds_stand = models.BooleanField(null=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        ordering = ["registered_at", "id"]
        constraints = [
            models.UniqueConstraint("edition", Lower("email"), condition=~Q(email=""), name="attendee_email_once"),
            models.UniqueConstraint(
                fields=["edition", "user"], condition=Q(user__isnull=False), name="attendee_user_once"
            ),
            models.CheckConstraint(condition=Q(state__in=AttendeeState.values), name="attendee_state_known"),
        ]
        indexes = [models.Index(fields=["edition", "state", "registered_at"])]

    def __str__(self) -> str:
        return f"attendee {self.pk}"


class AttendeeEvent(models.Model):
    """One move of a registration; never edited."""

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=AttendeeAction)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.attendee_id} {self.action}"


class Badge(models.Model):
    """A token in a QR code: a registered person's, or a blank one to bind at the door. One that was lost is revoked,
    and another one made."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badges")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, null=True, related_name="badges")
    blank = models.BooleanField(default=False)
    number = models.PositiveIntegerField(null=True)  # printed on a blank one, to find it again
    created_at = models.DateTimeField(default=timezone.now)
    bound_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], condition=Q(number__isnull=False), name="blank_badge_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"badge {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("badge", args=[self.token])


class Entry(models.Model):
    """That a person came in, once a day and venue; `undone_at` takes a mistake back. `at` is when they came in,
    `recorded_at` when it was written (later from paper); `author` names the hand when no account does."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="entries")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="entries")
    day = models.DateField()
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, null=True, related_name="entries")
    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, null=True, related_name="entries")
    source = models.CharField(max_length=8, choices=EntrySource)
    at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_pass = models.ForeignKey(Pass, on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrée")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendee", "day", "venue"],
                condition=Q(attendee__isnull=False, undone_at__isnull=True),
                name="entry_once",
            ),
            models.UniqueConstraint(
                fields=["representative", "day", "venue"],
                condition=Q(representative__isnull=False, undone_at__isnull=True),
                name="representative_entry_once",
            ),
            models.CheckConstraint(
                condition=Q(attendee__isnull=False, representative__isnull=True)
                | Q(attendee__isnull=True, representative__isnull=False),
                name="entry_of_one_person",
            ),
        ]
        indexes = [models.Index(fields=["edition", "day", "at"])]

    def __str__(self) -> str:
        return f"entry {self.pk}"
