from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.editions import Edition
from jobs.enums import OfferSource
from medinjob.lib.chains import Chained
from reports.enums import Verdict


class Snapshot(models.Model):
    """An edition's report, frozen: `body` is canonical JSON (RFC 8785), `sha256` its digest in hexadecimal. `token`
    names it in the address that verifies it. `closing`: the one that closing the edition made. `detail` has the rows
    that were counted, for comparisons. `signature` of `body` by `key`, a public one; both empty on a site without a
    key. Never edited, nor deleted."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="snapshots")
    token = models.CharField(max_length=32, unique=True)
    as_of = models.DateTimeField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    detail = models.TextField(blank=True)
    key = models.CharField(max_length=44, blank=True)
    signature = models.CharField(max_length=88, blank=True)
    closing = models.BooleanField(default=False)
    sent_to = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    chained = Chained(
        "snapshot",
        plain=("edition_id", "as_of", "sha256", "key", "signature", "closing", "created_at"),
        digested=("body", "detail"),
        personal=("token", "sent_to", "by_id"),
    )

    class Meta:
        verbose_name = _("instantané")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.sha256[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("report-verify", args=[self.token])


class TimeStamp(models.Model):
    """A third party's word (RFC 3161) that a snapshot was there at `stamped_at`: `response` as it came, and the
    certificates (PEM) that vouched for the `authority` then. Asked again at `next_at` until it is given."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.CASCADE, related_name="time_stamp")
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    stamped_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    response = models.BinaryField(default=bytes)
    authority = models.TextField(blank=True)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.stamped_at or 'waiting'}"


class PortalOffer(models.Model):
    """A job offer that was online on the site during an edition, kept when it closed: later edits of the offer, or its
    end, do not change how many positions the site had that day."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="portal_offers")
    offer_number = models.BigIntegerField()
    title = models.CharField(max_length=200)
    employer = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=20, choices=OfferSource)
    open_positions = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["edition", "offer_number"], name="portal_offer_once")]

    def __str__(self) -> str:
        return f"{self.offer_number} @ {self.edition_id}"


class AuditLink(models.Model):
    """Lets an auditor read `snapshot`, its rows pseudonymised, until `expires_at`. Links from before audits were of a
    snapshot have none: they read the live figures, and may have a `sample` (ids of ledger entries) of their own, drawn
    from `seed`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="audit_links")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="audit_links")
    name = models.CharField(_("contrôleur"), max_length=120)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    revoked_at = models.DateTimeField(null=True)
    sample = models.JSONField(default=list)
    seed = models.CharField(max_length=32, blank=True)
    drawn_at = models.DateTimeField(null=True)

    chained = Chained(
        "audit",
        plain=("edition_id", "created_at", "expires_at", "revoked_at", "sample", "seed", "drawn_at", "snapshot_id"),
        personal=("name", "email", "created_by_id"),
        later=("snapshot_id",),
        moves=True,
    )

    class Meta:
        verbose_name = _("lien de contrôle")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"audit link {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class AuditVisit(models.Model):
    """One page that an auditor opened."""

    link = models.ForeignKey(AuditLink, on_delete=models.CASCADE, related_name="visits")
    page = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.link_id} {self.page}"


class AuditDraw(models.Model):
    """Contracts of a snapshot drawn by the `number` that an auditor typed: `sample` holds the ids of ledger entries in
    the order drawn, out of `population` (how many). One for a snapshot and number, whoever asks; never edited."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="draws")
    link = models.ForeignKey(AuditLink, on_delete=models.PROTECT, related_name="draws")
    number = models.BigIntegerField()
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    sample = models.JSONField()
    drawn_at = models.DateTimeField(default=timezone.now)

    chained = Chained("draw", plain=("snapshot_id", "link_id", "number", "seed", "population", "sample", "drawn_at"))

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "number"], name="audit_draw_once")]

    def __str__(self) -> str:
        return f"draw {self.snapshot_id} {self.number}"


class AuditVerdict(models.Model):
    """What an auditor found of one drawn contract (`entry_number`, its id in the ledger), and why; the latest counts,
    none is edited."""

    draw = models.ForeignKey(AuditDraw, on_delete=models.PROTECT, related_name="verdicts")
    link = models.ForeignKey(AuditLink, on_delete=models.PROTECT, related_name="verdicts")
    entry_number = models.BigIntegerField()
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = models.CharField(_("motif"), max_length=300)
    at = models.DateTimeField(default=timezone.now)

    chained = Chained("verdict", plain=("draw_id", "link_id", "entry_number", "verdict", "at"), personal=("reason",))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.entry_number} {self.verdict}"


class AuditAnswer(models.Model):
    """What the company says of one of its contracts that were drawn of `snapshot`; never edited."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="audit_answers")
    entry_number = models.BigIntegerField()
    text = models.CharField(_("réponse"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    chained = Chained("reply", plain=("snapshot_id", "entry_number", "at"), personal=("text", "by_id"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.entry_number}"
