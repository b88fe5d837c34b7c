"""Who hires, out of what a feed says of it: a name, or a description that begins with one."""

import re

from medinjob.lib.text import fold, hide_contacts, single_line

LONGEST_NAME, MOST_WORDS = 60, 6
_NOBODY = frozenset(
    {"", "anonyme", "confidentiel", "entreprise confidentielle", "n a", "n c", "na", "nan", "nc", "non communique"}
    | {"non renseigne", "none", "null", "undefined"}
)
# A description that begins otherwise than by a name: what the employer does, where it is, who writes for it.
_NO_NAME = frozenset(
    {"acteur", "activite", "agence", "annonce", "assurance", "avec", "banque", "base", "basee", "bienvenue", "cabinet"}
    | {"chaine", "client", "commerce", "cree", "creee", "creees", "dans", "depuis", "entite", "entreprise", "equipe"}
    | {"etablissement", "expert", "experte", "filiale", "fonde", "fondee", "fort", "forte", "grace", "implante"}
    | {"implantee", "industrie", "issu", "issue", "leader", "metier", "notre", "nous", "nouvelle", "offre", "poste"}
    | {"pour", "proposant", "proposons", "recherche", "recrute", "recrutement", "rejoignez", "restauration", "situe"}
    | {"situee", "specialise", "specialisee", "specialiste", "startup", "structure", "vous"}
)
_SENTENCE = frozenset(".,;:!?/¿@")
_SMALL = frozenset(
    {"le", "la", "les", "de", "du", "des", "d", "l", "et", "en", "au", "aux", "a", "the", "of", "and", "sur", "par"}
    | {"&", "-", "chez"}
)
# "Fabrique des Calanques : atelier…", "Fabrique des Calanques est un atelier…", "Fabrique des Calanques\nAtelier…"
_END_OF_NAME = re.compile(
    r" est (?:une?|la?|le|spécialis\w{1,9})\b| (?:recrute|vous propose|conçoit|accompagne)\b| ?: |\n|\r| [-–—] "
    r"|, (?:un |une |le |la |l')?(?:acteur|cabinet|entreprise|filiale|groupe|leader|société|spécialis\w{1,9}|start)\b"
)


def employer_name(name: str, description: str) -> str:
    """The name, else the one that the description consists of or begins with; "" where there is none."""
    given = single_line(name, 160)
    if _is_somebody(given):
        return given
    first = _END_OF_NAME.split(description.strip()[:400], maxsplit=1)[0]
    found = single_line(first, 160).strip(" .")
    return found if found == hide_contacts(found) and _looks_like_a_name(found) else ""


def _is_somebody(name: str) -> bool:
    return fold(name) not in _NOBODY and any(character.isalnum() for character in name)


def _looks_like_a_name(text: str) -> bool:
    """A few words with capitals, no sentence. A single word stands for a trade as often as for a name ("Banque"): it
    has to be written as no other word is ("SODEXO", "WeCode")."""
    words = text.split()
    if not words or len(text) > LONGEST_NAME or len(words) > MOST_WORDS or _SENTENCE & set(text):
        return False
    if not _is_somebody(text) or _NO_NAME & set(fold(text).split()):
        return False
    proper = [word for word in words if fold(word) not in _SMALL]
    if len(proper) == 1 == len(words):
        return any(character.isupper() for character in text[1:])
    return bool(proper) and all(word[0].isupper() or word[0].isdigit() for word in proper)
