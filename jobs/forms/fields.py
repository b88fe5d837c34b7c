"""Fields for what people write freely: amounts, lists of words, places."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from medinjob.lib.fields import LinesField
from medinjob.lib.numbers import row_ids
from medinjob.lib.pay_grammar import read_amount
from referentials.enums import HOME_REGION
from referentials.place_names import place_key, read_place
from referentials.selectors.places import Place, PlaceIndex

_SEPARATORS = re.compile(r"[,;\n]")
LARGE = 20_000
LONGEST_AMOUNT = 100
NO_AMOUNT = _("Écrivez un seul montant en euros : « 42 000 », « 12,50 » ou « 42 k€ ».")


class Proposal(NamedTuple):
    """A button beside a field: puts `label` where the person typed `typed`."""

    typed: str
    label: str


class EurosField(forms.DecimalField):
    """One amount, as `medinjob.lib.pay_grammar` reads it: "42 000", "42 000,50 €", "12€50", "42k"; two decimals."""

    widget = forms.TextInput
    default_error_messages = {"invalid": NO_AMOUNT}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=9, decimal_places=2, required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        # `has_changed` and initial values give numbers.
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip()
        if not text:
            return None
        amount = read_amount(text) if len(text) <= LONGEST_AMOUNT else None
        if amount is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return amount

    def prepare_value(self, value: Any) -> Any:
        """ "42000" rather than "42000.00"."""
        return f"{value:f}".removesuffix(".00") if isinstance(value, Decimal) else value


class WordsField(LinesField):
    """Words parted by commas, as a list without doubles or blanks, `most` of them."""

    def __init__(self, *, most: int = 100, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def to_python(self, value: Any) -> Any:
        return split_words(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != split_words(data or "")

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.most:
            raise forms.ValidationError(TOO_MANY, params={"most": self.most, "count": len(value)})

    def run_validators(self, value: Any) -> None:
        super().run_validators(", ".join(value))


def split_words(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in map(str.strip, _SEPARATORS.split(text)) if word))


def replace_word(text: str, typed: str, label: str) -> str:
    return ", ".join(label if word == typed else word for word in split_words(text))


def ticked(data: QueryDict) -> list[int]:
    """The ids of the rows ticked in a list (`ids`), or of the whole page (`all`); what is no id is left out."""
    numbers = data.getlist("page_ids" if data.get("all") else "ids")
    return row_ids(numbers)


class PlacesRead(NamedTuple):
    """What became of typed places, in their order: the communes and areas found, and those that need a person, with
    the name that an unknown one is `near`."""

    found: list[Place]
    unknown: list[str]
    ambiguous: list[Proposal]
    near: list[Proposal]


def read_places(index: PlaceIndex, typed: Iterable[str]) -> PlacesRead:
    found, unknown, ambiguous, near = [], [], [], []
    for text in typed:
        place = index.find(text)
        if homonyms := _homonyms(index, text):
            ambiguous += [Proposal(text, homonym.label) for homonym in homonyms]
        elif place is None:
            unknown.append(text)
            reading = index.read(text)
            near += [Proposal(text, other.label) for other in reading.places or reading.nearest]
        else:
            found.append(place)
    return PlacesRead(list(dict.fromkeys(found)), unknown, ambiguous, near)


def _homonyms(index: PlaceIndex, text: str) -> list[Place]:
    """Communes of exactly this name, unless a number beside it or our region chooses one."""
    # A number beside the name ("13", "13100", "2e") has chosen already.
    written = read_place(text)
    if written.postcode or written.department or written.district:
        return []
    named = index.named(place_key(text))
    at_home = [place for place in named if place.region == HOME_REGION]
    large = [place for place in named if place.population >= LARGE]
    return [] if len(named) < 2 or len(at_home) == 1 or len(large) == 1 else (at_home or named)[:6]


TOO_MANY = _("Au plus %(most)s : vous en donnez %(count)s.")
UNKNOWN_PLACE = _("Nous ne trouvons pas « %(place)s » : essayez le nom complet de la commune ou son code postal.")
AMBIGUOUS_PLACE = _("Plusieurs communes s'appellent « %(place)s » : laquelle ?")
NOTHING_TICKED = _("Cochez d'abord des offres.")
