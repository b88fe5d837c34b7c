import django_filters as filters
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from forums.models import Edition
from jobs.enums import ContractType
from ledger.enums import AttributionKind, EvidenceLevel
from ledger.models import LedgerEntry
from ledger.querysets import LedgerQuerySet
from ledger.selectors.entries import namesakes
from medinjob.lib.choices import RowFilter
from medinjob.lib.fields import LineFilter
from medinjob.lib.folding import keys_named


class LedgerState(TextChoices):
    COUNTS = "counts", _("Comptés")
    DOUBTFUL = "doubtful", _("À vérifier")
    RENEWAL = "renewal", _("Renouvellements")
    CANCELLED = "cancelled", _("Annulés avant le début")
    MERGED = "merged", _("Réunis à un autre")


class LedgerFilter(filters.FilterSet):
    """Over `selectors.ledger.ledger`."""

    q = LineFilter(method="named", label=_("Personne, entreprise ou poste"), max_length=100)
    edition = RowFilter(
        field_name="attribution__edition",
        queryset=Edition.objects.filter(declared=False).select_related("event"),
        label=_("Édition"),
        empty_label=_("Toutes, et sans rattachement"),
    )
    attribution = filters.ChoiceFilter(
        "attribution__kind", choices=AttributionKind, label=_("Attribution"), empty_label=_("Toutes")
    )
    type = filters.ChoiceFilter(choices=ContractType, label=_("Contrat"), empty_label=_("Tous"))
    level = filters.ChoiceFilter(choices=EvidenceLevel, label=_("Preuve"), empty_label=_("Toutes"))
    state = filters.ChoiceFilter(choices=LedgerState, method="in_state", label=_("État"), empty_label=_("Tous"))

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def named(self, rows: QuerySet[LedgerEntry], _name: str, text: str) -> QuerySet[LedgerEntry]:
        return rows.filter(pk__in=keys_named(LedgerEntry.objects.all(), text, "name", "company__name", "job_title"))

    def in_state(self, rows: LedgerQuerySet, _name: str, state: str) -> LedgerQuerySet:
        if state == LedgerState.COUNTS:
            return rows.counting()
        if state == LedgerState.DOUBTFUL:
            doubtful = Q(twins__gt=0) | Q(refused=True) | Q(differs=True) | Q(pk__in=namesakes())
            return rows.counting().filter(doubtful)
        if state == LedgerState.RENEWAL:
            return rows.filter(Q(renewal=True) | Q(renewal_of__isnull=False))
        if state == LedgerState.CANCELLED:
            return rows.filter(cancelled_at__isnull=False)
        return rows.filter(merged_into__isnull=False)
