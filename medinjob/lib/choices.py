"""Fields that choose a row by its id, whatever is sent in place of one."""

from typing import Any

from django import forms
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField

from medinjob.lib.numbers import LARGEST_ID


class RowField(ModelChoiceField):
    """A number that no id can be is no choice. Django says so for a row's own number, and lets the database fail where
    the key of a row is another row's."""

    def to_python(self, value: Any) -> Any:
        if _is_too_large(value):
            params = {"value": value}
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=params)
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):
    """Several: Django lets the database fail for every number that is too large."""

    def clean(self, value: Any) -> Any:
        for chosen in value or ():
            if _is_too_large(chosen):
                params = {"pk": chosen, "value": chosen}
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=params)
        return super().clean(value)


def _is_too_large(value: Any) -> bool:
    return isinstance(value, str) and value.isdecimal() and (len(value) > 19 or int(value) > LARGEST_ID)


class RowFilter(ModelChoiceFilter):
    field_class = RowField
