"""Is an offer one of the digital sector? By its ROME code and by its words, since either alone is often wrong.

Real feeds file waiters ("serveurs") under server administrators and data analysts under economists. Words of the title
decide; without any, a digital code needs words of the trade in the text to be believed.
"""

import re
from collections.abc import Collection

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
PROOFS_IN_TEXT = 2


def is_digital(title: str, text: str, occupation_code: str, digital_codes: Collection[str]) -> bool:
    """Whether the offer belongs on the sector's board without a moderator's look; `text` is read only in doubt."""
    if _SIGNS.search(title) or _TRADE.search(_OTHER_TRADES.sub(" ", fold(title))):
        return True
    if occupation_code and occupation_code not in digital_codes:
        return False
    proofs = set(_TRADE.findall(fold(text)))
    return len(proofs) >= (PROOFS_IN_TEXT if occupation_code else 2 * PROOFS_IN_TEXT)
