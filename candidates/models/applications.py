from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import (
    OPEN_STATES,
    REQUEST_STATES,
    SILENCE_AFTER,
    WAITING_STATES,
    AnswerAction,
    ApplicationAction,
    ApplicationState,
    Channel,
    Side,
)
from candidates.models.profiles import CV
from candidates.querysets import ApplicationQuerySet
from companies.models import Company
from jobs.enums import OfferKind
from jobs.models import Offer
from medinjob.lib.folding import FoldedField


class Application(models.Model):
    """A candidate's word to the company of an offer; on a training, a request for information.

    `name`, `email` and `profile` are what the candidate sent, frozen. A deleted account leaves a stub: no candidate, no
    identity, no file; offer, company, channel, states and dates stay for the counts. `company` is kept beside the
    offer so that an inbox is one table. `language` is that of the mails to who has no account. `answered_at` is the
    company's first answer, a move or a word; `reminders` how often the company was told that it waits.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="applications")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, related_name="applications")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="applications"
    )
    channel = models.CharField(_("canal"), max_length=10, choices=Channel, default=Channel.SITE)
    state = models.CharField(_("état"), max_length=12, choices=ApplicationState, default=ApplicationState.SENT)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    name_folded = FoldedField("name")
    email = models.EmailField(_("adresse e-mail"), blank=True)
    profile = models.JSONField(default=dict)
    cv = models.ForeignKey(CV, on_delete=models.SET_NULL, null=True, related_name="applications")
    message = models.TextField(_("message"), max_length=4000, blank=True)
    refusal = models.TextField(_("motif donné"), max_length=2000, blank=True)
    incomplete = models.BooleanField(_("incomplète"), default=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    sent_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidature")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "offer"], condition=Q(state__in=OPEN_STATES), name="application_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.REFUSED) | ~Q(refusal="") | Q(forgotten_at__isnull=False),
                name="application_refused_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state", "-sent_at"]),
            models.Index(fields=["company", "-sent_at", "-id"]),
            models.Index(fields=["offer", "state"]),
            models.Index(fields=["state", "moved_at"]),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("application", args=[self.pk])

    @property
    def is_request(self) -> bool:
        """A request for information about a training: its words differ. Reads the offer."""
        return self.offer.kind == OfferKind.TRAINING

    @property
    def state_label(self) -> str | Promise:
        """The state in a word. Reads the offer."""
        state = ApplicationState(self.state)
        return REQUEST_STATES.get(state, state.label) if self.is_request else state.label

    @property
    def days_waiting(self) -> int:
        """Whole days since it was sent while nobody answers; 0 once somebody has, or it is closed."""
        if self.state not in WAITING_STATES or self.answered_at:
            return 0
        return (timezone.now() - self.sent_at).days

    @property
    def is_silent(self) -> bool:
        return timedelta(days=self.days_waiting) >= SILENCE_AFTER


class ApplicationEvent(models.Model):
    """One move of an application: the history both sides see and reports count; never edited."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20, choices=ApplicationAction)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(action=ApplicationAction.OFFER_CLOSED),
                name="offer_closed_told_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.action}"


class ApplicationMessage(models.Model):
    """A word between both sides after the first message."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.side}"


class ApplicationNote(models.Model):
    """A company's note for itself. It is part of the candidate's export (RGPD, article 15), and the form says so."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class ApplicationDraft(models.Model):
    """What somebody without an account wants to send: kept until it is sent, discarded or `expires_at`; found by the
    link in the mail, on any device, or by the account of `email` once verified. Without `email` it holds a file alone,
    whose form has something else to correct."""

    token = models.CharField(max_length=64, unique=True)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("adresse e-mail"), blank=True)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    message = models.TextField(_("message"), max_length=4000, blank=True)
    career = models.TextField(_("parcours"), max_length=4000, blank=True)
    cv = models.ForeignKey(CV, on_delete=models.SET_NULL, null=True, related_name="drafts")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["offer", "email"], name="draft_of_address")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class AnswerTemplate(models.Model):
    """A company's own words for an answer; `action` is the transition it goes with. `{candidat}`, `{offre}` and
    `{entreprise}` stand for names."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="answer_templates")
    action = models.CharField(_("réponse"), max_length=20, choices=AnswerAction)
    label = models.CharField(_("nom du modèle"), max_length=80)
    text = models.TextField(_("texte"), max_length=2000)

    class Meta:
        ordering = ["action", "label"]

    def __str__(self) -> str:
        return self.label
