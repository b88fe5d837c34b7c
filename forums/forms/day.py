"""What is typed on the day."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.enums import AttendeeKind, Shared
from forums.models import Attendee, Edition, Exhibitor, Meeting, Pass, StandProposal
from forums.selectors.door import read_badge
from jobs.enums import OfferKind
from jobs.models import Offer
from medinjob.lib.fields import AddressField, LineField, LinesField, written_field

CODE = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class ScanForm(forms.Form):
    """A badge at a stand; gives the `Attendee` whose it is. Nobody is looked up by name there."""

    use_required_attribute = False
    code = LineField(label=gettext_lazy("Badge"), max_length=300, widget=forms.TextInput({**CODE, "autofocus": True}))

    def clean_code(self) -> Attendee:
        badge = read_badge(self.cleaned_data["code"])
        if badge is None or badge.revoked_at is not None:
            raise forms.ValidationError(_("Ce n'est pas un badge du forum, ou il a été remplacé."))
        if badge.attendee is None:
            raise forms.ValidationError(_("Ce badge n'est encore à personne : faites-le lier à l'entrée."))
        return badge.attendee


class PassForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        formfield_callback = written_field
        model = Pass
        fields = ("name", "email")
        labels = {"name": gettext_lazy("Nom de la personne")}
        help_texts = {"email": gettext_lazy("Facultatif : nous y envoyons le lien.")}


class BlankBadgeField(LineField):
    """A blank badge of the edition, scanned; gives the `Badge`, or None when left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, widget=forms.TextInput(CODE), **kwargs)
        self.edition: Edition | None = None

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        badge = read_badge(typed)
        if badge is None or self.edition is None or badge.edition_id != self.edition.pk or badge.revoked_at:
            raise forms.ValidationError(_("Ce n'est pas un badge de cette édition."))
        if badge.attendee_id:
            raise forms.ValidationError(_("Ce badge est déjà celui d'une personne : prenez-en un vierge."))
        return badge


class WalkInForm(forms.Form):
    """Whoever comes unregistered."""

    use_required_attribute = False
    name = LineField(
        label=gettext_lazy("Nom"), max_length=120, widget=forms.TextInput({"autocomplete": "off", "autofocus": True})
    )
    email = AddressField(
        label=gettext_lazy("Adresse e-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=gettext_lazy("Facultatif : pour recevoir son badge, et pour que les stands puissent lui répondre."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Vient comme"),
        choices=AttendeeKind,
        initial=AttendeeKind.CANDIDATE,
        widget=forms.RadioSelect({"class": "inline"}),
    )
    blank = BlankBadgeField(
        label=gettext_lazy("Badge vierge"), required=False, help_text=gettext_lazy("Scannez celui que vous lui donnez.")
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blank"].edition = edition  # type: ignore[attr-defined]


class BindForm(forms.Form):
    """A blank badge for somebody registered."""

    use_required_attribute = False
    blank = BlankBadgeField(label=gettext_lazy("Badge vierge"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blank"].edition = edition  # type: ignore[attr-defined]
        self.fields["blank"].widget.attrs["autofocus"] = True


class PaperForm(forms.Form):
    """One line of a paper list: who, when, and whose hand wrote it."""

    use_required_attribute = False
    day = forms.TypedChoiceField(
        label=gettext_lazy("Jour"),
        coerce=lambda value: datetime.strptime(value, "%Y-%m-%d").date(),  # noqa: DTZ007
    )
    author = LineField(label=gettext_lazy("Liste tenue par"), max_length=120)
    time = forms.TimeField(label=gettext_lazy("Heure"), widget=forms.TimeInput({"type": "time"}))
    code = LineField(
        label=gettext_lazy("Badge ou nom"), max_length=300, widget=forms.TextInput({**CODE, "autofocus": True})
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        past = edition.days.filter(date__lte=timezone.localdate())
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (day.date.isoformat(), f"{WEEKDAYS[day.date.weekday()]} {date_format(day.date, 'j F')}") for day in past
        ]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        day, hour = data.get("day"), data.get("time")
        if day and isinstance(hour, time):
            data["at"] = timezone.make_aware(datetime.combine(day, hour))
            if data["at"] > timezone.now():
                self.add_error("time", _("Cette heure n'est pas encore passée."))
        return data


class RepresentativeForm(forms.Form):
    """Somebody at a stand whom nobody announced."""

    use_required_attribute = False
    exhibitor = forms.ModelChoiceField(label=gettext_lazy("Stand"), queryset=Exhibitor.objects.none())
    name = LineField(label=gettext_lazy("Nom"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["exhibitor"]
        field.queryset = (
            Exhibitor.objects.accepted().filter(edition=edition).select_related("company").order_by("company__name")
        )
        field.label_from_instance = lambda exhibitor: exhibitor.company.name


class ShareForm(forms.Form):
    """What the person lets the stand know besides their name, on their own link. Nothing is ticked beforehand: a
    consent is given."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Avec mon nom, je partage aussi"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sharable: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [(value, label) for value, label in Shared.choices if value in sharable]


class NoteForm(forms.ModelForm):
    class Meta:
        formfield_callback = written_field
        model = Meeting
        fields = ("note", "version")
        widgets = {"note": forms.Textarea({"rows": 3}), "version": forms.HiddenInput}
        help_texts = {
            "note": gettext_lazy(
                "Lue par votre entreprise. La personne peut la demander (RGPD) : des faits utiles, rien d'autre."
            )
        }


class StandApplicationForm(forms.Form):
    """An application to an offer of the stand, or a request for information about a training, typed by the recruiter
    for the person to confirm."""

    use_required_attribute = False
    offer = forms.ModelChoiceField(
        label=gettext_lazy("Offre"), queryset=Offer.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    message = LinesField(
        label=gettext_lazy("Ce que la personne veut dire ou savoir"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    email = AddressField(
        label=gettext_lazy("Adresse e-mail de la personne"),
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=gettext_lazy("Elle y reçoit le lien par lequel elle confirme."),
    )

    def __init__(self, *args: Any, offers: Any, ask_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_email:
            del self.fields["email"]
        field: Any = self.fields["offer"]
        field.queryset = offers
        field.label_from_instance = lambda offer: offer.title

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        offer = data.get("offer")
        if offer and offer.kind == OfferKind.TRAINING and not data.get("message", "").strip():
            self.add_error("message", _("Écrivez ce que la personne veut savoir de la formation."))
        return data


class ProposalForm(forms.Form):
    """What leaves when the person confirms: their name, never taken from the registration unless the link has proved
    its address, and their words."""

    use_required_attribute = False
    name = LineField(
        label=gettext_lazy("Prénom et nom"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    message = LinesField(
        label=gettext_lazy("Message"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, data: Any = None, *, proposal: StandProposal) -> None:
        known = "" if proposal.email else proposal.meeting.attendee.name
        super().__init__(data, initial={"name": known, "message": proposal.message})
        self.fields["message"].required = proposal.offer.kind == OfferKind.TRAINING
