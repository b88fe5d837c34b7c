from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import ContractType, EducationLevel, Experience, Modality, PayUnit, Remote
from jobs.models.offers import Offer
from referentials.models import Commune


class JobDetails(models.Model):
    """What a job offer has besides. Pay is in euros before tax in `pay_unit`; `pay_yearly_*` is the same by year, as
    `medinjob.lib.money.yearly` computes it, for filters and comparison."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, primary_key=True, related_name="job")
    contract = models.CharField(_("contrat"), max_length=20, choices=ContractType)
    contract_months = models.PositiveSmallIntegerField(_("durée en mois"), null=True, blank=True)
    working_time = models.CharField(_("temps de travail"), max_length=80, blank=True)
    remote = models.CharField(_("télétravail"), max_length=10, choices=Remote, blank=True)
    open_positions = models.PositiveSmallIntegerField(_("postes ouverts"), default=1)
    pay_min = models.DecimalField(_("rémunération, de"), max_digits=9, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("à"), max_digits=9, decimal_places=2, null=True, blank=True)
    pay_unit = models.CharField(_("unité"), max_length=5, choices=PayUnit, blank=True)
    pay_yearly_min = models.PositiveIntegerField(null=True)
    pay_yearly_max = models.PositiveIntegerField(null=True)
    pay_text = models.CharField(_("précisions sur la rémunération"), max_length=300, blank=True)
    no_pay_reason = models.CharField(_("pourquoi sans rémunération"), max_length=300, blank=True)
    experience = models.CharField(_("expérience"), max_length=2, choices=Experience, blank=True)
    experience_text = models.CharField(_("précisions sur l'expérience"), max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(_("niveau d'études"), choices=EducationLevel, null=True, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(contract__in=ContractType.values), name="job_contract_known"),
            models.CheckConstraint(condition=Q(open_positions__gte=1), name="job_has_open_positions"),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_max__gte=F("pay_min")),
                name="job_pay_ordered",
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True, pay_max__isnull=True) | ~Q(pay_unit=""),
                name="job_pay_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.contract}"


class TrainingDetails(models.Model):
    """What a training offer has besides; `funding` holds values of `jobs.enums.Funding`."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, primary_key=True, related_name="training")
    certification_code = models.CharField(_("code RNCP ou RS"), max_length=12, blank=True)
    certification_label = models.CharField(_("certification"), max_length=250, blank=True)
    formacodes = models.JSONField(_("Formacodes"), default=list, blank=True)
    hours = models.PositiveIntegerField(_("durée en heures"), null=True, blank=True)
    price = models.DecimalField(_("prix en euros"), max_digits=9, decimal_places=2, null=True, blank=True)
    funding = models.JSONField(_("financements"), default=list, blank=True)
    level_in = models.PositiveSmallIntegerField(_("niveau d'entrée"), choices=EducationLevel, null=True, blank=True)
    level_out = models.PositiveSmallIntegerField(_("niveau de sortie"), choices=EducationLevel, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.offer_id} {self.certification_code}"


class TrainingSession(models.Model):
    """One run of a training."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="sessions")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune"))
    modality = models.CharField(_("modalité"), max_length=10, choices=Modality, default=Modality.ON_SITE)
    places_left = models.PositiveSmallIntegerField(_("places restantes"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="session_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_on}"
