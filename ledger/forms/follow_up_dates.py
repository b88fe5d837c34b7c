"""The follow-up dates of an edition, edited on its form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.forms.editions import date_input, edition_rows
from forums.models import Edition
from ledger.models import FollowUpDate

FOLLOW_UPS_MOST = 10


class _FollowUpDateFormSet(forms.BaseInlineFormSet):
    help = _("Dates auxquelles entreprises et candidats sont interrogés ; sans date, 7, 90 et 180 jours après.")
    add = _("Ajouter une date")


FollowUpDates = edition_rows(
    FollowUpDate,
    FOLLOW_UPS_MOST,
    formset=_FollowUpDateFormSet,
    fields=("due_on",),
    widgets={"due_on": date_input()},
)


def follow_up_date_rows(edition: Edition, data: Any) -> Any:
    """The formset of the follow-up dates of `edition`, which may be unsaved; bound to `data`, if there is any."""
    return FollowUpDates(data, instance=edition, prefix="follow_ups")
