"""What the buttons of a recruiter's list, and of the reminder, ask for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.enums import RecruiterAction
from jobs.forms.fields import NOTHING_TICKED, ticked
from jobs.models import Offer
from jobs.services.actions import possible_actions

BY_MAIL = (RecruiterAction.RENEW, RecruiterAction.FILL, RecruiterAction.WITHDRAW)


class DeadlineForm(forms.Form):
    """The few answers to a reminder, one button each."""

    action = forms.ChoiceField(choices=RecruiterAction)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = [action for action in possible_actions(offer) if action in BY_MAIL]

    def clean_action(self) -> str:
        action: str = self.cleaned_data["action"]
        if action not in self.actions:
            raise forms.ValidationError(_("Ce n'est pas possible ici."))
        return action


class ActionForm(forms.Form):
    """The toolbar over the ticked rows (`action`, `ids`), or the button of one row (`one`: "pause-12")."""

    action = forms.ChoiceField(choices=RecruiterAction)

    def __init__(self, data: QueryDict) -> None:
        action, _dash, offer_id = data.get("one", "").partition("-")
        super().__init__({"action": action} if action else data)
        self.ids = [int(offer_id)] if offer_id.isdecimal() and len(offer_id) < 19 else [] if action else ticked(data)

    def clean(self) -> None:
        if not self.ids:
            raise forms.ValidationError(NOTHING_TICKED)


def closing_done(action: str, offers: Sequence[Offer]) -> str:
    """The same for a closing that can be taken back, with its button (`templates/jobs/recruiter/offers.html` has the
    form)."""
    text = done(action, len(offers))
    ids = " ".join(str(offer.pk) for offer in offers)
    button = '{} <button class="button quiet small" form="take-back" name="ids" value="{}">{}</button>'
    return format_html(button, text, ids, _("Annuler"))


def done(action: str, n: int) -> str:
    """What to tell after `action` on `n` offers."""
    texts = {
        RecruiterAction.RENEW: ngettext("%(n)s offre prolongée.", "%(n)s offres prolongées.", n),
        RecruiterAction.RESUME: ngettext("%(n)s offre remise en ligne.", "%(n)s offres remises en ligne.", n),
        RecruiterAction.PAUSE: ngettext("%(n)s offre mise en pause.", "%(n)s offres mises en pause.", n),
        RecruiterAction.FILL: ngettext("%(n)s offre pourvue. Bravo !", "%(n)s offres pourvues. Bravo !", n),
        RecruiterAction.UNSUBMIT: ngettext(
            "%(n)s offre reprise en brouillon.", "%(n)s offres reprises en brouillon.", n
        ),
        RecruiterAction.WITHDRAW: ngettext("%(n)s offre retirée.", "%(n)s offres retirées.", n),
    }
    return texts[RecruiterAction(action)] % {"n": n}
