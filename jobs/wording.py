"""What in an offer's words may discriminate or shut somebody out, said gently: the recruiter decides, staff read.

The criteria are those of article L1132-1 of the Code du travail; an offer may not state a sex (L1142-1) nor an upper
age limit (L5331-2).
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.grave_words import grave_words


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: the words found (empty when something lacks), what to do, the field, whether staff read it, and
    whether they do so before anybody else."""

    field: str
    words: str
    advice: str | Promise
    serious: bool = True
    grave: bool = False


class Criterion(NamedTuple):
    pattern: re.Pattern[str]
    advice: str | Promise


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


CRITERIA = (
    Criterion(
        _words(
            r"(?:homme|femme)s? (?:jeunes?|dynamiques?|uniquement|seulement|exclusivement)"
            r"|jeunes? (?:hommes?|femmes?|filles?|garçons?)|sexe (?:masculin|féminin)|réservée? aux (?:hommes|femmes)"
        ),
        _("Une offre ne peut pas s'adresser à un seul sexe."),
    ),
    Criterion(
        _words(
            r"(?:âgée?s? de |entre )\d{2} (?:à|et|-) ?\d{2} ans(?! d['’]exp)|moins de [2-6]\d ans(?! d['’]exp)"
            r"|[2-6]\d ans (?:max(?:imum|i)?|au plus)(?! d['’]exp)|âge maximum"
            r"|limite d['’]âge|jeunes? diplômée?s? de moins"
        ),
        _("Une limite d'âge n'est permise que si un dispositif public l'impose : dites lequel, ou retirez-la."),
    ),
    Criterion(
        _words(
            r"née?s? en [A-ZÉ]\w+|de nationalité française|français de souche|d['’]origine (?:française|européenne)"
            r"|nationalité française (?:exigée|obligatoire|requise)|de race (?:blanche|noire)|de type européen"
        ),
        _("L'origine et la nationalité ne peuvent pas être demandées, sauf poste réservé par la loi."),
    ),
    Criterion(
        _words(r"langue maternelle (?:française|anglaise|\w+e)|(?:french|english) native|natif français"),
        _("Demandez un niveau de langue plutôt qu'une langue maternelle."),
    ),
    Criterion(
        _words(
            r"(?:sans enfants?|célibataire|mariée?) (?:de préférence|souhaitée?|exigée?)|sans enfants?|célibataire"
            r"|situation de famille|bonne présentation exigée|physique (?:agréable|avantageux)|bon physique"
            r"|en parfaite santé|bonne santé (?:exigée|requise)"
        ),
        _("La situation de famille, l'apparence et la santé ne peuvent pas être des critères."),
    ),
    Criterion(
        _words(r"non[- ]voilée?s?|de (?:confession|religion) \w+|sans (?:appartenance syndicale|opinion politique)"),
        _("La religion, les opinions et l'engagement syndical ne peuvent pas être des critères."),
    ),
)

# Looked for only, so it begins where a form's ending does: with the word before it, a run of letters would take long.
# "H/F", "(F-H)", "f/h/x", "h.f", "homme ou femme"; or a title that gives both forms of the occupation.
BOTH_SEXES = re.compile(
    r"\b[hf]\s*+[/.\-–|]\s*+[fh]\b|\bhommes? (?:et|ou|/) femmes?\b|\bfemmes? (?:et|ou|/) hommes?\b"
    r"|(?<=\w)(?:euse|rice|ienne|ante?|ée|ive|ale)\s*+(?:/|ou|et|·)\s*+\w"
    r"|(?<=\w)(?:eur|ien|ant|é|if|al)\s*+(?:/|ou|et)\s*+\w"
    r"|(?<=\w)[·.(/-](?:e|euse|rice|trice|ne|se|ère|ive|ienne)s?\b"
    r"|(?<=\w)[·.(](?:e|rice|trice|ne|se|ère|ive|ienne)",
    re.IGNORECASE,
)


def remarks(title: str, text: str) -> list[Remark]:
    """What to say about an offer's words, most serious first; the same words are said once per field."""
    found = [*_read("title", title), *_read("text", text)]
    if title.strip() and not BOTH_SEXES.search(title):
        advice = _("Ajoutez « F/H », ou les deux formes du métier : l'offre s'adresse à tout le monde.")
        found.append(Remark("title", "", advice, serious=False))
    return found


def _read(field: str, value: str) -> list[Remark]:
    graves = [Remark(field, each.words, each.kind.label, grave=True) for each in grave_words(value)]
    gentle = [
        Remark(field, match.group(), criterion.advice)
        for criterion in CRITERIA
        if (match := criterion.pattern.search(value)) and not any(match.group() in grave.words for grave in graves)
    ]
    return graves + gentle
