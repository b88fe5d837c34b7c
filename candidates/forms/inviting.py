from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.models import CandidateProfile
from candidates.selectors.invitations import invitable_offers
from companies.models import Company
from medinjob.lib.fields import LineField, LinesField
from medinjob.lib.folding import folded


class OfferField(forms.ModelChoiceField):
    def label_from_instance(self, offer: Any) -> str:
        return f"{offer.title} · {offer.employer}"


class InviteForm(forms.Form):
    """For which of the open offers of `user`'s companies, and a few words."""

    offer = OfferField(queryset=None, label=gettext_lazy("Pour quelle offre"), empty_label=gettext_lazy("Choisissez"))
    message = LinesField(
        label=gettext_lazy("Votre message"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Facultatif. Ce qui, dans ce profil, vous a fait penser à cette offre."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offer"]
        field.queryset = invitable_offers(user)


class ShowAgainForm(forms.Form):
    """One of the companies that the profile is hidden from."""

    show: Any = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args: Any, profile: CandidateProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["show"]
        field.queryset = profile.hidden_from.all()


class HideFromForm(forms.Form):
    """A company by its name; `companies` are those that bear it."""

    name = LineField(
        label=gettext_lazy("Nom de l’entreprise"),
        max_length=160,
        help_text=gettext_lazy("Votre employeur, par exemple : ses membres ne verront pas votre profil."),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        self.companies = Company.objects.filter(Q(name_folded=folded(name)) | Q(slug=slugify(name) or None))
        if not self.companies:
            message = _("Aucune entreprise inscrite ne s'appelle « %(name)s » : elle ne voit donc aucun profil.")
            raise forms.ValidationError(message, params={"name": name})
        return name
