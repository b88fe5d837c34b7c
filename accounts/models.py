from secrets import token_urlsafe
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailState, MailUrgency
from accounts.querysets import FactorResetQuerySet, OutgoingMailQuerySet, UnsentFormQuerySet, UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. Roles follow from what one has: a company membership, a
    candidate profile, `is_staff` for the team of Medinsoft."""

    email = models.EmailField(_("adresse e-mail"), unique=True)
    name = models.CharField(_("nom affiché"), max_length=120, blank=True)
    language = models.CharField(
        _("langue"), max_length=2, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )
    is_staff = models.BooleanField(_("équipe Medinsoft"), default=False)
    is_active = models.BooleanField(_("actif"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # One more ends every session opened before: a session holds a hash that depends on it.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("compte")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own while no session was ended, so that an upgrade signs nobody out."""
        of_password: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.session_round:
            return of_password
        value = f"{of_password}.{self.session_round}"
        return salted_hmac("accounts.sessions", value, secret=secret, algorithm="sha256").hexdigest()


class OpenSession(models.Model):
    """A browser where somebody is signed in: what they need to recognise it, no more. The whole address and the name
    that the browser gives itself are not kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    network = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"session {self.pk}"


def unsent_token() -> str:
    return token_urlsafe(12)


class UnsentForm(models.Model):
    """What somebody wrote in a form that was refused because their session had ended: for that account only, until
    it is sent or `UNSENT_KEPT` is over. No password, no code, no file."""

    token = models.CharField(max_length=20, unique=True, default=unsent_token)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unsent_forms")
    # The address of the page with the form, with its query, and the one the form was sent to.
    page = models.TextField()
    action = models.TextField()
    words = models.JSONField(default=list)
    had_files = models.BooleanField(default=False)
    is_cut = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)

    objects = UnsentFormQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"unsent {self.pk}"


class FactorReset(models.Model):
    """A second factor that was lost, lifted by another of the team (`by`), or by the server's command (nobody), which
    waits until `due_at`. The rows stay as the history."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(done_at__isnull=True, stopped_at__isnull=True),
                name="factor_reset_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"reset {self.pk}"


class OutgoingMail(models.Model):
    """A mail to send, written in the transaction of what it tells. `key` makes a second request for the same mail a
    no-op. `due_at` moves with each try that failed, `waiting_since` does not."""

    key = models.CharField(max_length=200, unique=True, null=True)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    urgency = models.PositiveSmallIntegerField(choices=MailUrgency, default=MailUrgency.NEWS)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    waiting_since = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("courriel")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=MailState.SENT) | models.Q(sent_at__isnull=False),
                name="mail_sent_has_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["claimed_at"])]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class MailAttachment(models.Model):
    """A file that leaves with a mail, and is forgotten with its text."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A process that works by itself was alive at that moment, and the last time `every` so long before."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    every = models.DurationField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


class Incident(models.Model):
    """Something of the site that is not as it should be, from when it was seen to when it was over."""

    name = models.CharField(max_length=20)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(closed_at__isnull=True), name="incident_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.opened_at}"
