from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.enums import BudgetSide, CostKey, Rounding


class Action(models.Model):
    """What is funded: a year's programme with a forecast and an actual budget in euros. It has events, of which an
    edition of the forum is one; `cost_key` says how its cost is allocated between them."""

    name = models.CharField(_("nom"), max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    year = models.PositiveSmallIntegerField(_("année"))
    budget_forecast = models.DecimalField(
        _("budget prévisionnel"), max_digits=11, decimal_places=2, null=True, blank=True
    )
    budget_actual = models.DecimalField(_("budget réalisé"), max_digits=11, decimal_places=2, null=True, blank=True)
    cost_key = models.CharField(_("clé de répartition"), max_length=12, choices=CostKey, default=CostKey.EQUAL)

    class Meta:
        verbose_name = _("action")
        ordering = ["-year", "name"]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class BudgetLine(models.Model):
    """One line of an action's budget, by an account of the plan comptable (60, 61, 74…), in euros."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(_("nature"), max_length=10, choices=BudgetSide)
    account = models.CharField(_("compte"), max_length=6)
    label = models.CharField(_("intitulé"), max_length=160)
    forecast = models.DecimalField(_("prévu"), max_digits=11, decimal_places=2, default=0)
    actual = models.DecimalField(_("réalisé"), max_digits=11, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("ligne de budget")
        ordering = ["side", "account", "id"]

    def __str__(self) -> str:
        return f"{self.account} {self.label}"


class Grant(models.Model):
    """A funder's money for an action. Its share is `asked` (or `granted`) over `base`, the action's forecast when
    empty, printed by `rounding`; records of contracts are kept until `audit_until`."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="grants")
    funder = models.CharField(_("financeur"), max_length=160)
    file_number = models.CharField(_("numéro de dossier"), max_length=60, blank=True)
    asked = models.DecimalField(_("montant demandé"), max_digits=11, decimal_places=2)
    granted = models.DecimalField(_("montant accordé"), max_digits=11, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField(_("montant versé"), max_digits=11, decimal_places=2, null=True, blank=True)
    base = models.DecimalField(_("base de la part"), max_digits=11, decimal_places=2, null=True, blank=True)
    rounding = models.CharField(_("part affichée"), max_length=10, choices=Rounding, default=Rounding.TRUNCATED)
    audit_until = models.DateField(_("contrôlable jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("subvention")
        ordering = ["funder", "id"]

    def __str__(self) -> str:
        return f"{self.funder} {self.file_number}".strip()


class Event(models.Model):
    """What takes place under an action, or beside any: an edition of the forum (`edition`), or a sibling of which only
    declared figures are known. `year_only`: its days are not known, `starts_on` and `ends_on` only hold the year.
    `cost_share` is its percentage under the key "stated"."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    name = models.CharField(_("nom"), max_length=160)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    year_only = models.BooleanField(_("jour inconnu, seulement l'année"), default=False)
    cost_share = models.DecimalField(_("part du coût"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("événement")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="event_ends_after_start"),
            models.CheckConstraint(
                condition=Q(cost_share__isnull=True) | Q(cost_share__range=(0, 100)), name="event_cost_share_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeclaredFigure(models.Model):
    """A figure that somebody gave and that no row here proves: shown as not verifiable, never added to counted ones.
    `indicator` is the slug of an indicator, or empty for a figure of its own `label`."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="declared_figures")
    indicator = models.CharField(_("indicateur"), max_length=60, blank=True)
    label = models.CharField(_("intitulé"), max_length=160)
    value = models.DecimalField(_("valeur"), max_digits=12, decimal_places=2)
    source = models.CharField(_("source"), max_length=300)
    declared_on = models.DateField(_("date de la source"), null=True, blank=True)

    class Meta:
        verbose_name = _("chiffre déclaré")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "indicator"], condition=~Q(indicator=""), name="declared_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"
