import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret

from companies.enums import CompanySize, Country, Mark, MemberRole
from companies.models import Company
from companies.selectors import proposed_identity
from medinjob.lib.choices import RowsField
from medinjob.lib.fields import AddressField, LineField, LinesField, WebAddressField, written_field
from medinjob.lib.images import LARGEST_FILE, ImageError, redraw
from medinjob.lib.siret import is_siret
from medinjob.lib.text import fold
from referentials.enums import ABROAD
from referentials.models import Commission, Commune
from referentials.selectors import find_place

FACTS = ("name", "siret", "country", "commune", "size", "description", "website")

MONACO = re.compile(r"^(?:principaute de )?(?:(?:mc )?98000 )?monaco\b|^(?:mc )?98000$")

LOGO_ERRORS = {
    "size": _("Ce fichier dépasse 1 Mo : réduisez-le."),
    "type": _("Ce fichier n’est pas une image PNG, JPEG, WebP ou GIF."),
    "pixels": _("Cette image dépasse 4 000 pixels de côté : réduisez-la."),
    "broken": _("Cette image est illisible : enregistrez-la de nouveau en PNG, puis réessayez."),
}


class SiretField(LineField):
    """14 digits, spaces accepted; gives them without spaces. La Poste's own rule included (stdnum)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("SIRET"))
        kwargs.setdefault("help_text", _("Les 14 chiffres de l’établissement qui recrute."))
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def clean(self, value: Any) -> str:
        typed = "".join(str(super().clean(value)).split())
        if not typed and not self.required:
            return ""
        try:
            number: str = siret.validate(typed)
        except InvalidLength as error:
            raise ValidationError(self._length_message(siret.compact(typed)), code="length") from error
        except InvalidChecksum as error:
            raise ValidationError(_("Ce SIRET n’existe pas : un chiffre est faux ou deux sont inversés.")) from error
        except NumberError as error:
            raise ValidationError(_("Un SIRET ne contient que des chiffres.")) from error
        if not is_siret(number):
            raise ValidationError(_("Ce SIRET n’existe pas : il n’est fait que de zéros."))
        return number

    def _length_message(self, digits: str) -> Any:
        if len(digits) == 9:
            return _("Voici un SIREN (9 chiffres). Le SIRET en a 14 : le SIREN et les 5 chiffres de l’établissement.")
        return _("Un SIRET a 14 chiffres ; celui-ci en a %(n)d.") % {"n": len(digits)}


class LogoField(forms.FileField):
    """A picture made safe; gives a file, False to remove the present one, or None."""

    widget = forms.ClearableFileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload or upload == initial:
            return False if upload is False else None
        try:
            return ContentFile(redraw(upload.read(LARGEST_FILE + 1)))
        except ImageError as error:
            raise ValidationError(LOGO_ERRORS[error.code], code=error.code) from error


class CompanyForm(forms.ModelForm):
    """A company's facts as its administrators write them: `facts`, `cleaned_data["sectors"]` and `["logo"]`."""

    siret = SiretField(
        required=False,
        help_text=_("Les 14 chiffres de l’établissement qui recrute. À Monaco, qui n’en donne pas : laissez vide."),
    )
    commune = LineField(
        label=_("Commune"),
        max_length=100,
        help_text=_("Son nom ou son code postal."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = WebAddressField(label=_("Site internet"), required=False, max_length=200, assume_scheme="https")
    logo = LogoField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG ou WebP, 1 Mo au plus ; réduit à 512 pixels.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        formfield_callback = written_field
        model = Company
        fields = ("name", "siret", "commune", "size", "website", "sectors", "description")
        widgets = {
            "sectors": forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
            "description": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {"description": _("Ce que fait l’entreprise, son équipe, ce qui y attire. Markdown accepté.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicate: Company | None = None
        self.fields["size"].choices = [("", _("Non précisé")), *CompanySize.choices]  # type: ignore[attr-defined]
        if self.instance.pk:
            company = self.instance
            place = Country.MONACO.label if company.is_monegasque else company.commune or ""
            self.initial.update(commune=place, logo=company.logo, version=company.version)
            if proposal := proposed_identity(company):
                self.initial.update(name=proposal.name, website=proposal.website)

    def clean_siret(self) -> str | None:
        number = self.cleaned_data["siret"] or None
        if number is None:
            return None
        self.duplicate = Company.objects.filter(siret=number).exclude(pk=self.instance.pk).first()
        if self.duplicate:
            raise ValidationError(_("Une entreprise est déjà inscrite avec ce SIRET."), code="duplicate")
        return number

    def clean_commune(self) -> Commune | None:
        """None for Monaco, which is no commune of France: `country` says it."""
        typed = self.cleaned_data["commune"]
        place = find_place(typed)
        abroad = MONACO.search(fold(typed)) or (place is not None and place.department in ABROAD)
        self.cleaned_data["country"] = Country.MONACO if abroad else Country.FRANCE
        if abroad:
            return None
        if place is None or not place.is_commune:
            raise ValidationError(_("Nous ne trouvons pas cette commune : essayez son code postal."), code="unknown")
        return Commune.objects.get(code=place.code)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "siret" in data and data["siret"] is None and data.get("country") == Country.FRANCE:
            self.add_error("siret", ValidationError(_("Indiquez le SIRET de l’établissement."), code="required"))
        return data

    def validate_unique(self) -> None:
        """`clean_siret` says it better."""

    @property
    def writes(self) -> dict[str, Any]:
        """What the services take."""
        facts = {name: self.cleaned_data[name] for name in FACTS}
        return {"facts": facts, "sectors": self.cleaned_data["sectors"], "logo": self.cleaned_data["logo"]}

    def show_conflict(self, current: Company) -> list[tuple[str, str, str]]:
        """Somebody saved first: aim at their version, keep what was typed; what differs, as (label, theirs, here)."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(current.version)
        self.data = data
        self.add_error(None, _("Quelqu’un a enregistré cette fiche pendant que vous la modifiiez."))
        return [
            (str(self.fields[name].label), str(getattr(current, name) or "–"), str(self.cleaned_data[name] or "–"))
            for name in FACTS
            if (getattr(current, name) or "") != (self.cleaned_data[name] or "")
        ]


class JoinForm(forms.Form):
    siret = SiretField()


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), choices=MemberRole.choices)


class InvitationForm(forms.Form):
    email = AddressField(label=_("Adresse e-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=MemberRole.choices,
        initial=MemberRole.RECRUITER,
        help_text=_("Le recrutement publie des offres ; l’administration gère aussi la fiche et les membres."),
    )


def _reason_to_send(label: Any) -> LinesField:
    return LinesField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Elle est envoyée aux administrateurs de l’entreprise."),
    )


class RefusalForm(forms.Form):
    reason = _reason_to_send(_("Raison du refus"))


class DeclineIdentityForm(forms.Form):
    reason = _reason_to_send(_("Raison"))


class MarkForm(forms.Form):
    mark = forms.ChoiceField(label=_("Qualité"), choices=Mark.choices)
    since = forms.DateField(label=_("Depuis le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Jusqu’au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Vide : sans fin connue."),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("La fin précède le début."))
        return data


class CommissionsForm(forms.Form):
    commissions = RowsField(
        Commission.objects.none(), label=_("Commissions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commissions"].queryset = Commission.objects.all()  # type: ignore[attr-defined]
