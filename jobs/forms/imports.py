"""A source of offers, as staff describe it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jobs.imports.addresses import FetchError, check_address
from jobs.imports.formats import FORMATS
from jobs.imports.places import read_departments
from jobs.models import ImportSource
from jobs.selectors.imports import others_on
from medinjob.lib.fields import LineField, written_field


def format_choices() -> list[tuple[str, Any]]:
    return [(name, each.source.label) for name, each in FORMATS.items()]


class DepartmentsField(LineField):
    """Codes with commas or spaces between them; gives their sorted list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        found, wrong = read_departments(str(super().clean(value)))
        if wrong:
            raise ValidationError(_("Départements inconnus : %(wrong)s."), params={"wrong": ", ".join(wrong)})
        return sorted(set(found))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ImportSourceForm(forms.ModelForm):
    use_required_attribute = False
    format = forms.ChoiceField(label=_("Format"), choices=format_choices)
    departments = DepartmentsField(
        label=_("Départements"),
        required=False,
        max_length=400,
        help_text=_("Leurs numéros, par exemple 04, 05, 06, 13, 83, 84. Sans rien, toute la France."),
    )

    class Meta:
        formfield_callback = written_field
        model = ImportSource
        fields = ("name", "format", "address", "departments", "every_hours", "complete")
        help_texts = {
            "address": _("Une adresse https://, ou le nom d'un fichier déposé dans le dossier des imports."),
            "every_hours": _("24 pour un import par jour."),
            "complete": _("Les offres de cette source et de ces départements qui n'y sont plus sont alors retirées."),
        }

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        try:
            check_address(address)
        except FetchError as error:
            raise ValidationError(error.problem.label, code=error.problem.value) from error
        return address

    def _post_clean(self) -> None:
        """Once the typed values are on the source."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and (others := others_on(source=self.instance)):
            names = {"names": ", ".join(f"« {other} »" for other in others)}
            self.add_error("complete", ValidationError(_OVERLAP, params=names))


_OVERLAP = _(
    "Ce territoire est aussi celui de %(names)s : un fichier complet retirerait les offres de l'autre source. "
    "Séparez les départements, ou dites les fichiers incomplets."
)
