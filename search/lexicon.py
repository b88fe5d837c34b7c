"""The names of occupations (ROME's appellations) as sets of terms, kept in memory and read again when they change."""

import re
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Max

from referentials.models import Appellation, Occupation, ReferentialVersion
from search.memory import remembered
from search.text.terms import terms

CHECKED_EVERY = 60
_ASIDE = re.compile(r"\([^)]*\)|-[A-Z]{2,6}-")
_ACRONYM = re.compile(r"[(-]([A-Z]{2,6})[)-]")

Names = Mapping[frozenset[str], tuple[str, ...]]


def occupation_names() -> Names:
    """For the terms of a name ("développeur web", in any order and gender), the codes of the occupations it means."""
    return _names_as_of(_last_load())


@remembered(seconds=CHECKED_EVERY)
def _last_load() -> int:
    return ReferentialVersion.objects.aggregate(last=Max("id"))["last"] or 0


@remembered(seconds=24 * 3600)
def _names_as_of(_load: int) -> Names:
    codes: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
    known = Appellation.objects.filter(active=True, occupation__active=True, occupation__digital=True)
    labels = Occupation.objects.filter(active=True, digital=True).values_list("label", "code")
    for label, code in (*labels, *known.values_list("label", "occupation_id")):
        for name in (_ASIDE.sub(" ", label), *_acronyms(label)):
            if key := frozenset(terms(name)):
                codes[key][code] = None
    return {key: tuple(found) for key, found in codes.items()}


def _acronyms(label: str) -> list[str]:
    """The acronym of a whole label ("… des Systèmes d'Information (RSSI)"), not of its last words ("… (SI)")."""
    initials = "".join(term[0] for term in dict.fromkeys(terms(_ASIDE.sub(" ", label))))
    return [acronym for acronym in _ACRONYM.findall(label) if acronym.lower() == initials]
