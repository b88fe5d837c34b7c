"""The names of occupations (ROME's appellations) as sets of terms, kept in memory for some minutes."""

import re
from collections import defaultdict
from collections.abc import Mapping

from referentials.models import Appellation, Occupation
from search.analysis.analyzer import terms
from search.memory import cached_for

KEPT_FOR = 300
_ASIDE = re.compile(r"\([^()]*\)|-[A-Z]{2,6}-")
_ACRONYM = re.compile(r"[(-]([A-Z]{2,6})[)-]")

Names = Mapping[frozenset[str], tuple[str, ...]]


@cached_for(seconds=KEPT_FOR)
def occupation_names() -> Names:
    """For the terms of a name ("développeur web", in any order and gender), the codes of the occupations it means."""
    codes: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
    labels = Occupation.objects.filter(active=True, digital=True).order_by().values_list("label", "code")
    others = Appellation.objects.filter(active=True, occupation__active=True, occupation__digital=True).order_by()
    for label, code in labels.union(others.values_list("label", "occupation_id"), all=True):
        for name in (_ASIDE.sub(" ", label), *_acronyms(label)):
            if key := frozenset(terms(name)):
                codes[key][code] = None
    return {key: tuple(distinct) for key, distinct in codes.items()}


def _acronyms(label: str) -> list[str]:
    """The acronym of a whole label ("… des Systèmes d'Information (RSSI)"), not of its last words ("… (SI)")."""
    initials = "".join(term[0] for term in dict.fromkeys(terms(_ASIDE.sub(" ", label))))
    return [acronym for acronym in _ACRONYM.findall(label) if acronym.lower() == initials]
