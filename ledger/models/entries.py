from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import CONTRACT_KINDS, ContractKind
from candidates.models import Application, Contract
from companies.models import Company
from forums.models.attendees import Attendee, new_pseudonym
from forums.models.editions import Edition
from jobs.enums import ContractType
from jobs.models import Offer
from ledger.declarations import Facts
from ledger.enums import AttributionKind, Evidence, EvidenceLevel, LedgerAction
from ledger.models.follow_up import FollowUpAnswer
from ledger.querysets import LedgerQuerySet
from medinjob.lib.chains import Chained


class LedgerEntry(models.Model):
    """One signed contract: one person, one company, one job, however many sides declare it and wherever.

    It outlives the profile: after a deletion `user` and `attendee` are empty and the name stays until `keep_until`,
    the audit date of the grant (the minimal record that proves the figure), then only `person`, a pseudonym that tells
    persons apart. `level` is what its evidence amounts to; `differs`: its declarations differ in type or date, and
    nobody settled it. `renewal_of`: it prolongs an earlier one for the same job and does not count; `renewal` when
    somebody said that it does so (or, False, that it does not). `cancelled_at`: it never began. `merged_into`: the same
    contract as another entry.
    """

    person = models.CharField(max_length=32, default=new_pseudonym, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    attendee = models.ForeignKey(Attendee, on_delete=models.SET_NULL, null=True, related_name="ledger_entries")
    name = models.CharField(_("nom"), max_length=120, blank=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="ledger_entries")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, null=True, related_name="ledger_entry")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, related_name="+")
    type = models.CharField(_("contrat"), max_length=20, choices=ContractType)
    job_title = models.CharField(_("poste"), max_length=200)
    signed_on = models.DateField(_("signé le"))
    starts_on = models.DateField(_("début"), null=True, blank=True)
    level = models.CharField(_("niveau de preuve"), max_length=10, choices=EvidenceLevel, default=EvidenceLevel.STAFF)
    differs = models.BooleanField(default=False)
    renewal = models.BooleanField(_("renouvellement"), null=True)
    renewal_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="renewals")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    recorded_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = LedgerQuerySet.as_manager()

    chained = Chained(
        "entry",
        plain=(
            "person", "attendee_id", "company_id", "application_id", "offer_id", "type", "signed_on", "starts_on",
            "level", "differs", "renewal", "renewal_of_id", "merged_into_id", "recorded_at", "cancelled_at",
            "keep_until", "erased_at", "attribution__edition_id", "attribution__kind", "attribution__why",
        ),
        personal=("user_id", "name", "job_title"),
        moves=True,
    )  # fmt: skip

    class Meta:
        verbose_name = _("contrat signé")
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=ContractType.values), name="ledger_type_known"),
            models.CheckConstraint(condition=Q(level__in=EvidenceLevel.values), name="ledger_level_known"),
            models.CheckConstraint(condition=~Q(pk=F("merged_into")), name="ledger_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(name="", user__isnull=True), name="ledger_erased_has_no_name"
            ),
        ]
        indexes = [models.Index(fields=["signed_on"]), models.Index(fields=["company", "signed_on"])]

    def __str__(self) -> str:
        return f"ledger entry {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("ledger-entry", args=[self.pk])

    @property
    def kind(self) -> ContractKind | None:
        return CONTRACT_KINDS.get(self.type)

    @property
    def attributed(self) -> "Attribution | None":
        """Its attribution, if there is one."""
        return getattr(self, "attribution", None)

    @property
    def counts(self) -> bool:
        """The same as `LedgerQuerySet.counting`."""
        standing = self.cancelled_at is None and self.merged_into_id is None
        return standing and self.renewal_of_id is None and self.renewal is not True


class ContractEvidence(models.Model):
    """Who vouches for an entry, on which day, and what they said (`facts`: type, job_title, signed_on, starts_on, dates
    in ISO form); for a document, its nature and, of a file, its SHA-256 (`digest`); for a DPAE, its `number`. Never
    edited; `withdrawn_at` when who said it took it back. It comes from a contract declared on an application, from an
    answer to a follow-up, or from staff; `decides` when staff settled what the sides say differently."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Evidence)
    source = models.CharField(_("source"), max_length=300, blank=True)
    nature = models.CharField(_("nature du document"), max_length=120, blank=True)
    number = models.CharField(_("numéro de la DPAE"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    on = models.DateField(_("date"), default=timezone.localdate)
    facts = models.JSONField(default=dict)
    decides = models.BooleanField(default=False)
    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, null=True, related_name="evidence")
    answer = models.OneToOneField(FollowUpAnswer, on_delete=models.SET_NULL, null=True, related_name="evidence")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    chained = Chained(
        "evidence",
        plain=(
            "entry_id",
            "kind",
            "on",
            "facts",
            "decides",
            "contract_id",
            "answer_id",
            "at",
            "withdrawn_at",
            "digest",
        ),
        personal=("source", "nature", "by_id", "number"),
        later=("digest", "number"),
        moves=True,
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"

    @property
    def stated(self) -> Facts:
        return Facts.from_json(self.facts)


class LedgerEvent(models.Model):
    """What happened to an entry, with the facts before and after; never edited."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=LedgerAction)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    chained = Chained("event", plain=("entry_id", "action", "before", "after", "at"), personal=("reason", "by_id"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.action}"


class Attribution(models.Model):
    """To which edition a contract is attributed, by the rule of `docs/attribution.md`; at most one an entry, and none
    for an entry that does not count. `why` has the facts that decided (`{"facts": [{"edition", "kind", "ref", "on"}]}`:
    application, meeting, presence, by id and date), for whoever checks."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.CASCADE, primary_key=True, related_name="attribution")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attributions")
    kind = models.CharField(max_length=8, choices=AttributionKind)
    why = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["edition", "kind"])]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"
