"""Is an offer one of the digital sector? By its ROME code and by its words, since either alone is often wrong.

Real feeds file waiters ("serveurs") under server administrators and data analysts under economists. Words of the title
decide; without any, a digital code needs words of the trade in the text to be believed. What the title contradicts is
no occupation of the offer either.
"""

import re
from collections.abc import Collection, Iterable

from medinjob.lib.text import fold


def _any_of(lines: str) -> re.Pattern[str]:
    """Whole words; each line is one or several alternatives, in folded text."""
    return re.compile(rf"\b(?:{'|'.join(lines.split(chr(10)))})\b")


# Other trades that use the sector's words; taken out of a title before its words are looked for.
_OTHER_TRADES = _any_of(
    r"""business develop\w+
develop\w+ (?:commercia\w+|foncier\w*|immobilier\w*|economique\w*|territoria\w+|local\w*|attache\w* foncier\w*)
develop\w+ (?:durable|d affaires|des ventes|du reseau|de (?:la )?clientele|photovolt\w*|eolien\w*)
(?:reseaux?|systemes?) (?:d )?(?:assainissement|eau\w*|electri\w+|chaleur|gaz|hydraul\w+|ferroviaire\w*|frigo\w*)
support (?:commercial\w*|laboratoire|operationnel de production|de production)
securite (?:incendie|environnement|routiere|alimentaire)
ia recrutement"""
)
_TRADE = _any_of(
    r"""informati(?:que|ques|ciens?|cienne)|numeriques?|digital\w*|e commerce|logiciels?|software|firmware|progiciels?
data\w*|big data|donnees?|bdd|dba|sgbd|sql|nosql|etl|bi|business (?:intelligence|analyst|process)|decisionnel\w*
machine learning|deep learning|ia|ai|ml|mlops|llm|nlp|intelligence artificielle
develop\w+|programmeu(?:r|se)|full ?stack|front ?end|back ?end|dev|devops|devsecops|secops|sysops|sre
it|dsi|si|ssi|tech lead|lead tech\w*|technical lead\w*|qa|tests? (?:et validation )?logiciels?|homologateur\w*
system\w* (?:d information\w*|et (?:des )?reseaux?|reseaux?|informati\w+)
reseaux? (?:et |et des )?(?:systemes?|informati\w+|telecom\w*|telephon\w+|securite|infra\w*|mobiles?)
(?:admin|administrat\w+|ingenieur\w*|expert\w*|technicien\w*|responsable|consultant\w*) (?:\w+ )?(?:systemes?|reseaux?)
(?:admin|administrat\w+|ingenieur\w*|expert\w*|technicien\w*|architecte) (?:\w+ )?(?:serveurs|infrastructures?)
(?:admin|administrat\w+) (?:\w+ )?(?:messagerie|bureautique|site|securite|fonctionnel\w*|outils|toip|telephonie)
solutions? architect\w*|architecte (?:solutions?|technique)|applicati(?:f|fs|ve|ves)|active directory|intune
cloud|aws|azure|gcp|kubernetes|docker|linux|unix|windows\w*|vmware|cisco|virtualisation|datacenters?|hebergement
cyber\w*|pentest\w*|rssi|iam|siem|soc|securite (?:informati\w+|si|operationnelle|des (?:systemes|reseaux))
scrum|product (?:owner|manager)|agile|amoa|support (?:utilisateurs?|informati\w+|it|n\d)|assistance utilisateurs?
help ?desk|hotline|poste de travail|erp|sap|salesforce|servicenow|sharepoint|odoo|crm|sirh|api|iot|blockchain
web\w*|internet|ux|ui|seo|traffic manager|growth|community manager|jeux? video|game (?:designer|developer)
telecoms?|fibre optique|embarques?|bioinformati\w+|product builder|no ?code|rpa|mainframe
python|java|javascript|php|cobol|angular|react|symfony|oracle|node ?js|vue ?js|dot ?net|c sharp|ruby|golang|kotlin"""
)
_SIGNS = re.compile(r"\bC\+\+|\bC#|\.NET\b|\bF#", re.IGNORECASE)
_SMALL = frozenset({"a", "au", "aux", "d", "de", "du", "en", "et", "l", "la", "le", "ou", "sur"})
PROOFS_IN_TEXT = 2


# Said of people, when no word of the trade stands beside it: a restaurant speaks of its site and its till, too.
_WAITER = re.compile(r"\bserveu(?:r|se)s?\b")
# Of any trade: that a title and an occupation share one of these says nothing.
_OF_ANY_TRADE = frozenset(
    {"adjoint", "agent", "agente", "alternance", "assistant", "assistante", "charge", "chargee", "chef", "cheffe"}
    | {"conseiller", "conseillere", "consultant", "consultante", "coordinateur", "coordinatrice", "directeur"}
    | {"directrice", "expert", "experte", "gestionnaire", "ingenieur", "ingenieure", "manager", "operateur"}
    | {"operatrice", "pilote", "projet", "referent", "referente", "responsable", "superviseur", "technicien"}
    | {"technicienne", "technique"}
)


def is_of_the_trade(title: str) -> bool:
    """Whether a title says by its words that the job is one of the digital sector."""
    return bool(_SIGNS.search(title) or _TRADE.search(_OTHER_TRADES.sub(" ", fold(title))))


def title_contradicts(title: str, names: Iterable[str], *, digital: bool) -> bool:
    """Whether the occupation under which an offer was filed is none of its title's: `names` are the folded ones of the
    occupation, `digital` whether it is of the sector. A title of the sector has to hold a whole name of an occupation
    of another one ("Documentaliste…"); any other title, one word at least of a digital occupation."""
    words = _singular(fold(title))
    if is_of_the_trade(title):
        return not digital and not any(_singular(name) - _SMALL <= words for name in names)
    telling = {word for word in words - _OF_ANY_TRADE if len(word) > 2}
    return digital and not any(telling & _singular(name) for name in names)


def _singular(folded: str) -> set[str]:
    return {word.rstrip("sx") for word in folded.split()}


def is_digital(title: str, text: str, occupation_code: str, digital_codes: Collection[str]) -> bool:
    """Whether the offer belongs on the sector's board without a moderator's look; `text` is read only in doubt."""
    if is_of_the_trade(title):
        return True
    if _WAITER.search(fold(title)) or (occupation_code and occupation_code not in digital_codes):
        return False
    proofs = set(_TRADE.findall(fold(text)))
    return len(proofs) >= (PROOFS_IN_TEXT if occupation_code else 2 * PROOFS_IN_TEXT)
