"""The form fields of what people write: on one line, on several, an e-mail address, a web address.

What nobody sees is dropped and the length is looked at before any pattern reads the text: a text of megabytes is
refused at once, beside its field.
"""

from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models

from medinjob.lib.text import visible, visible_line

LONGEST = 100_000
"""Of a field that gives no limit of its own."""
SPARE = 1_000
"""What may be typed over the limit and dropped: spaces around, the second half of line ends."""


class _Written:
    max_length: int | None = None
    several_lines = False

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            most = self.max_length or LONGEST
            if len(value) > 2 * most + SPARE:
                MaxLengthValidator(most)(value)
            value = visible(value, lines=True).strip() if self.several_lines else visible_line(value)
        return super().to_python(value)  # type: ignore[misc]


class LineField(_Written, forms.CharField):
    """Words on one line."""


class LinesField(_Written, forms.CharField):
    """Words on several lines, which end in "\\n"."""

    several_lines = True


class AddressField(_Written, forms.EmailField):
    """An e-mail address, as servers can take it."""


class WebAddressField(_Written, forms.URLField):
    """The address of a page."""


class SlugField(_Written, forms.SlugField):
    """The last part of an address of ours."""


class LineFilter(django_filters.CharFilter):
    """One line to look for in a list."""

    field_class = LineField


FIELD_OF = (
    (models.EmailField, AddressField),
    (models.URLField, WebAddressField),
    (models.SlugField, SlugField),
    (models.CharField, LineField),
    (models.TextField, LinesField),
)


def written_field(column: Any, **options: Any) -> forms.Field | None:
    """A model form's `formfield_callback`: its columns of text have the fields above."""
    kind = next((field for model, field in FIELD_OF if isinstance(column, model)), None)
    if kind is not None and not column.choices and "form_class" not in options:
        options["form_class"] = kind
    field: forms.Field | None = column.formfield(**options)
    return field
