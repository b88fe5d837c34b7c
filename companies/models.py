from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.enums import CompanyAction, CompanySize, CompanyState, Country, Mark, MemberRole
from companies.querysets import CompanyQuerySet, InvitationQuerySet, MarkQuerySet
from medinjob.lib.folding import FoldedField
from referentials.models import Commission, Commune, Sector


class Company(models.Model):
    """An employer or a training provider. `siret` is unique once given; `version` guards concurrent edits.

    `answer_rate` (percent) and `answer_days` (median) say how it answers applications: counted on the floor above,
    empty while there are too few.
    """

    name = models.CharField(_("nom"), max_length=160)
    name_folded = FoldedField("name")
    slug = models.SlugField(max_length=180, unique=True)
    siret = models.CharField(_("SIRET"), max_length=14, unique=True, null=True, blank=True)
    country = models.CharField(max_length=2, choices=Country, default=Country.FRANCE)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune"))
    sectors = models.ManyToManyField(Sector, blank=True, verbose_name=_("secteurs d’activité"))
    commissions = models.ManyToManyField(Commission, blank=True, verbose_name=_("commissions"))
    size = models.CharField(_("effectif"), max_length=10, choices=CompanySize, blank=True)
    description = models.TextField(_("présentation"), max_length=8000, blank=True)
    website = models.URLField(_("site internet"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    state = models.CharField(max_length=10, choices=CompanyState, default=CompanyState.NEW)
    refusal_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    answer_rate = models.PositiveSmallIntegerField(null=True)
    answer_days = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="companies")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("entreprise")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CompanyState.values), name="company_state_known"),
            models.CheckConstraint(condition=Q(country__in=Country.values), name="company_country_known"),
            models.CheckConstraint(
                condition=~Q(state=CompanyState.REFUSED) | ~Q(refusal_reason=""),
                name="company_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.slug])

    @property
    def is_monegasque(self) -> bool:
        return self.country == Country.MONACO

    @property
    def siret_spaced(self) -> str:
        """As people write it: "123 456 789 00012"; empty without a SIRET."""
        digits = self.siret or ""
        return " ".join(part for part in (digits[:3], digits[3:6], digits[6:9], digits[9:]) if part)

    @property
    def register_url(self) -> str:
        """The public register's page for the SIRET (Annuaire des Entreprises), or an empty string."""
        return f"https://annuaire-entreprises.data.gouv.fr/etablissement/{self.siret}" if self.siret else ""


class ProposedIdentity(models.Model):
    """The name and site that a company which the public has seen as verified would like to have; until staff accept
    them, it keeps those it was verified with. A new proposal is a new row, so that nobody accepts an unread one."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="proposed_identity")
    name = models.CharField(max_length=160)
    website = models.URLField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.company_id} {self.name}"


class CompanyEvent(models.Model):
    """What happened to a company and who did it; never edited."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=30, choices=CompanyAction)
    before = models.CharField(max_length=160, blank=True)
    after = models.CharField(max_length=160, blank=True)
    reason = models.TextField(blank=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.company_id} {self.action}"

    @property
    def details(self) -> str:
        """What changed and why, in words: "À vérifier → Refusée · Fermée au registre"."""
        words = {value: str(label) for enum in (CompanyState, MemberRole, Mark) for value, label in enum.choices}
        change = " → ".join(words.get(value, value) for value in (self.before, self.after) if value)
        return " · ".join(part for part in (change, self.reason) if part)


class Membership(models.Model):
    """Who may act for a company. A member who leaves has no row: access ends with it, the event remains."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=10, choices=MemberRole, default=MemberRole.RECRUITER)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.company_id}"


class Invitation(models.Model):
    """An e-mail address asked to join a company; the link carries `token`, once, until `expires_at`."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse e-mail"))
    role = models.CharField(_("rôle"), max_length=10, choices=MemberRole, default=MemberRole.RECRUITER)
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"], condition=Q(accepted_at__isnull=True), name="invitation_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.role}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()

    def is_for(self, user: Any) -> bool:
        """Is it this user's address, however it is spelled in upper and lower case?"""
        return bool(user.is_authenticated and user.email.lower() == self.email.lower())


class MedinsoftMark(models.Model):
    """Member or partner of Medinsoft between two dates, set by staff; `until` empty: still so."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(_("qualité"), max_length=10, choices=Mark)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="mark_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.mark}"

    @property
    def period(self) -> str:
        """ISO dates: "2020-01-01 – 2020-12-31", or "2020-01-01 –"."""
        return f"{self.since} – {self.until or ''}".strip()
