"""Titles as people would write them: one "(H/F)" at the end, no shouting, no leftovers of forms."""

import re

from medinjob.lib.text import fold, single_line

LONGEST = 200

# "(H/F)", "F/H", "h/f/d", "(HF)", "M/W/D", "H.F" and what remains of them when a form cut the title ("(H/F").
_GENDER = re.compile(
    r"[\(\[]\s*(?:[hfm]\s*[/.\-|]?\s*[hfwm](?:\s*[/.\-|]\s*(?:x|d|nb|n|i|s|\w))?)\s*[\)\]]?(?!\w)"
    r"|(?<![\w'’./])(?:[hH]\s*[/.\-|]\s*[fF]|[fF]\s*[/.\-|]\s*[hHmM]|[mM]\s*/\s*[fFwW])"
    r"(?:\s*[/.\-|]\s*(?:[xXdDnN]|NB|nb))?(?!\w)\)?"
    r"|(?<=,\s)HF\b",
    re.IGNORECASE,
)
_START = " -–—_*#>•·|/,;:=~&"
# Read backwards, from the end only; the sharp of "C#" stays.
_BACKWARD_END = re.compile(r"(?:[\s\-–—_*>•·|/,;:=~&]|#(?=\s))*+")
_SEPARATORS = re.compile(r"(?<!\s)\s*+([-–—|/,;:]\s*+){2,}")
_PARTS = re.compile(r"(\s[-–—|]\s)")
# What stands between two words, and the letter after it; whether a part of the title begins there.
_BETWEEN = re.compile(r"(^\W*+|(?<!\W)\W++)([^\W\d_])(?=[^\W\d_]{2})")
_NEW_PART = re.compile(r"\s[-–—|/]\s|\(")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# Written in capitals also in a readable title.
_CAPITALS = """
    abap adas adf ai amoa ansi api arc aws bdd bi bim btp btob bts byod cac cad cao cdd cdi cfa chu ci cicd cio cms cnc
    cqpm crm css cto cvc daf dba dbt dcg dcim dgs dpo drh dscg dsi dsp dut edi edr eds ehpad elk emea erp esn etl etp
    fpga fttb ftth gcp ged gis gmao gpec gpu gsm gtb gtc hpc hse html ia iam iard ibm iis ios iot ip ipbx isms iso it
    itil itsm ivq jee js kpi lan lidar llm lte mbse mco mdm mep mes ml mlops moa moe mvc mvs nlp noc nosql npi oci ot
    ovh paas pca pdg pki pl plc plm pme pmo po poc pra qa qhse qse rbac rf rgpd rh rpa rse rssi saas sap sas sav scada
    sdk sdr sem seo sgbd si siem sig sirh sla smb soa soc sox spl sql sre ssi ssii ssl tma toip tp tv uat ui uml usa ux
    vba vdi vip vlan voip vpn vrd waf wan wms xml"""
_ACRONYMS = frozenset(_CAPITALS.split())
_SPELLINGS = {
    "devops": "DevOps", "vmware": "VMware", "gitlab": "GitLab", "javascript": "JavaScript", "typescript": "TypeScript",
    "postgresql": "PostgreSQL", "mysql": "MySQL", "php": "PHP", "java": "Java", "python": "Python",
    "angular": "Angular", "react": "React", "net": "NET", "azure": "Azure", "linux": "Linux",
    "windows": "Windows", "oracle": "Oracle", "salesforce": "Salesforce", "excel": "Excel",
    "symfony": "Symfony", "cobol": "COBOL",
}  # fmt: skip
# Capitals have often lost their accents.
_ACCENTS = {
    "ingenieur": "ingénieur", "ingenieure": "ingénieure", "developpeur": "développeur", "developpeuse": "développeuse",
    "developpement": "développement", "reseau": "réseau", "reseaux": "réseaux", "systeme": "système",
    "systemes": "systèmes", "securite": "sécurité", "cybersecurite": "cybersécurité", "experimente": "expérimenté",
    "experimentee": "expérimentée", "confirme": "confirmé", "confirmee": "confirmée", "donnees": "données",
    "donnee": "donnée", "decisionnel": "décisionnel", "etudes": "études", "etude": "étude", "charge": "chargé",
    "chargee": "chargée", "attache": "attaché", "attachee": "attachée", "generaliste": "généraliste",
    "qualite": "qualité", "strategie": "stratégie", "integrateur": "intégrateur", "integratrice": "intégratrice",
    "telecom": "télécom", "telecoms": "télécoms", "referent": "référent", "referente": "référente",
    "numerique": "numérique", "operateur": "opérateur", "operatrice": "opératrice", "electronique": "électronique",
    "methodes": "méthodes", "evolution": "évolution", "region": "région", "specialise": "spécialisé",
}  # fmt: skip


def clean_title(text: str) -> str:
    """The title to show, "" when the text holds none: at most 200 characters, one line.

    A mark of both sexes, whatever its spelling and however often written, becomes one "(H/F)" at the end.
    """
    line = single_line(text)
    bare, genders = _GENDER.subn(" ", line)
    for pattern, by in ((_EMPTY_BRACKETS, " "), (_SEPARATORS, r" \1 ")):
        bare = pattern.sub(by, bare)
    bare = _without_end(" ".join(bare.split()).lstrip(_START))
    if sum(c.isalpha() for c in bare) < 2:
        return ""
    bare = "".join(_calm(part) if _shouts(part) else part for part in _PARTS.split(bare))
    bare = bare[0].upper() + bare[1:]
    return single_line(bare, LONGEST - 6) + (" (H/F)" if genders else "")


def title_key(title: str) -> str:
    """What two titles of one job have in common: folded words without the mark of both sexes."""
    return fold(_GENDER.sub(" ", title))


def _shouts(line: str) -> bool:
    """Nearly all in capitals, in words long enough to be no acronyms."""
    letters = [c for c in line if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(letters) >= 5 and capitals >= 0.8 * len(letters) and any(len(w) > 4 for w in _WORD.findall(line))


def _calm(line: str) -> str:
    """Sentence case; a capital again after a separator, where a place or a second form begins."""
    calm = _WORD.sub(_calm_word, line)
    return _BETWEEN.sub(_begin, calm)


def _begin(match: re.Match[str]) -> str:
    begins = not match.start() or _NEW_PART.search(match[1])
    return match[1] + (match[2].upper() if begins else match[2])


def _without_end(line: str) -> str:
    end = _BACKWARD_END.match(line[::-1])
    return line[: len(line) - end.end()] if end else line


def _calm_word(match: re.Match[str]) -> str:
    low = match[0].lower()
    if low in _ACRONYMS:
        return match[0].upper()
    if match.string[match.end() : match.end() + 1] in {"+", "#"}:
        return match[0].upper()
    return _SPELLINGS.get(low) or _ACCENTS.get(low) or low
