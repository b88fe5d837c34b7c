import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailState
from accounts.models import OutgoingMail
from medinjob.lib.fields import LineFilter


class MailFilter(django_filters.FilterSet):
    q = LineFilter(method="with_text", label=_("Adresse ou objet"))
    state = django_filters.ChoiceFilter(choices=MailState.choices, label=_("État"), empty_label=_("Tous"))

    class Meta:
        model = OutgoingMail
        fields = ("q", "state")

    def with_text(self, mails: QuerySet[OutgoingMail], name: str, value: str) -> QuerySet[OutgoingMail]:
        return mails.filter(Q(to__icontains=value.strip()) | Q(subject__icontains=value.strip()))
