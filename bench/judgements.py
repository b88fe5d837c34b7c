"""What a good answer is, written down before any ranking was looked at, and without our own analysis of French.

A search names notions: one or more *main* ones (what the job is) and *others* (a technology, a place, a contract).
A notion is TOLD by a title that matches its pattern, or by a fact of the offer (contract, département); it is KNOWN by
the ROME code; it is SAID by the description. Patterns read lower-case text without accents.

    3  every main notion and every other one is told
    2  every main notion is told and every other one at least said,
       or every main one is known and every other one told
    1  every main notion is known or told and every other one at least said,
       or every main one is said twice and every other one told
    0  anything else

The gain of a grade is 2^grade - 1; the ideal ranking is made of all offers.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum


class Strength(IntEnum):
    ABSENT = 0
    SAID = 1
    SAID_TWICE = 2
    KNOWN = 3
    TOLD = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """An offer as the judge sees it: folded title and text, ROME codes, contract, départements and place names."""

    title: str
    text: str
    codes: frozenset[str]
    contract: str
    remote: str
    places: str


@dataclass(frozen=True, slots=True)
class Notion:
    """`says` is a pattern, `unless` takes a title away from it; `fact` is a pattern on contract, remote and places."""

    says: str
    codes: frozenset[str] = frozenset()
    fact: str = ""
    unless: str = ""

    def strength(self, offer: Facts) -> Strength:
        facts = f"{offer.contract} {offer.remote} {offer.places}"
        if self.fact and re.search(self.fact, facts):
            return Strength.TOLD
        if re.search(self.says, offer.title) and not (self.unless and re.search(self.unless, offer.title)):
            return Strength.TOLD
        if self.codes & offer.codes:
            return Strength.KNOWN
        said = len(re.findall(self.says, offer.text))
        return Strength.SAID_TWICE if said > 1 else Strength.SAID if said else Strength.ABSENT


@dataclass(frozen=True, slots=True)
class Judged:
    kind: str
    text: str
    main: tuple[Notion, ...]
    others: tuple[Notion, ...] = ()

    def grade(self, offer: Facts) -> int:
        main = min(notion.strength(offer) for notion in self.main)
        other = min((notion.strength(offer) for notion in self.others), default=Strength.TOLD)
        if main == Strength.TOLD and other == Strength.TOLD:
            return 3
        if (main == Strength.TOLD and other) or (main == Strength.KNOWN and other == Strength.TOLD):
            return 2
        if (main >= Strength.KNOWN and other) or (main == Strength.SAID_TWICE and other == Strength.TOLD):
            return 1
        return 0


def folded(text: str) -> str:
    """Lower case without accents; signs stay."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("’", "'")


def _notion(says: str, codes: str = "", fact: str = "", unless: str = "") -> Notion:
    return Notion(says, frozenset(codes.split()), fact, unless)


# What the job is
DEV = _notion(
    r"\bdev(?:elop?pp?eu(?:r|se)|eloper|s?\b)", "M1805 M1855 M1861 M1837 M1831 M1877 M1824", unless=r"business dev"
)
WEB_DEV = _notion(r"\bdevelop?peu(?:r|se).{0,30}\bweb\b|web developer|dev web", "M1855")
DATA_SCIENTIST = _notion(r"data.?scientist|scientifique (?:de|des) donnees", "M1405")
DATA_ENGINEER = _notion(r"data.?engineer|ingenieure?\S* (?:big )?data|ingenieure?\S* (?:de|en|des) donnees", "M1811")
DATA_ANALYST = _notion(r"data.?analyst|analyste (?:data|de donnees|des donnees)", "M1419")
DATA_MANAGER = _notion(r"data.?manager")
BUSINESS_ANALYST = _notion(r"business.?analyst|analyste (?:metier|d'affaires)")
PROJECT = _notion(r"\bchef(?:fe)?\S*(?: ?/ ?cheffe)?(?: de)? projets?|project manager", "M1853 M1859 M1881 M1886 M1858")
PRODUCT_OWNER = _notion(r"product.?owner|\bpo\b", "M1864")
SCRUM = _notion(r"scrum.?master", "M1814")
ADMIN_SYS = _notion(
    r"\badmin\S*(?: ?/ ?administratrice)?[^|]{0,12}(?:system|infra)|\bsysadmin|ingenieur\S* system",
    "M1801 M1822",
)
ADMIN_NET = _notion(r"\badmin\S*[^|]{0,40}\breseau|ingenieur\S*[^|]{0,20}reseau", "M1854 M1830")
ADMIN_SYS_NET = _notion(
    r"\badmin\S*[^|]{0,12}system\w*[^|]{0,12}reseau|ingenieur\S* system\w*[^|]{0,12}reseau",
    "M1801",
)
DBA = _notion(r"\bdba\b|database admin|\badmin\S*[^|]{0,40}\bbases? (?:de )?donnees", "M1868 M1894")
DEVOPS = _notion(r"\bdev.?ops\b|\bsre\b", "M1827")
SRE = _notion(r"\bsre\b|site reliability")
TECH_IT = _notion(
    r"\btechnicien\S*(?: ?/ ?technicienne)?[^|]{0,20}(?:informatique|support|\bit\b|helpdesk)",
    "I1401 M1810 I1404",
)
SUPPORT = _notion(
    r"\bsupport\b|help.?desk|service desk|hot.?line|assistance (?:informatique|utilisateur)",
    "I1404 I1401 I1406 M1874",
)
SECURITY = _notion(r"\bcyber|securite|\bssi\b|\bsoc\b", "M1844 M1856 M1817 M1819 M1846 M1883 M1882")
CYBER = _notion(r"\bcyber.?securite|\bcyber\b", "M1844 M1856 M1846 M1883")
SOC = _notion(r"\bsoc\b|security operation", "M1883")
PENTEST = _notion(r"\bpen.?test|tests? d'intrusion", "M1866")
RSSI = _notion(r"\brssi\b|\bciso\b|responsable (?:de la )?(?:securite|ssi|cybersecurite)", "M1812")
CLOUD_ARCHITECT = _notion(r"architecte[^|]{0,15}cloud|cloud architect", "M1860")
ARCHITECT = _notion(r"architect")
CONSULTANT = _notion(r"\bconsultante?\b|\bconsultant\S*")
BI = _notion(r"\bbi\b|business intelligence|decisionnel", "M1851 M1872 M1824")
ML = _notion(r"machine.?learning|\bml\b|mlops|deep learning", "M1889")
AI = _notion(r"intelligence artificielle|\b(?:ia|ai)\b|machine.?learning", "M1889 M1873")
TESTER = _notion(r"\btesteu(?:r|se)|\bqa\b|\btest(?:s|er)?\b|recette", "M1815")
FULLSTACK = _notion(r"full.?stack")
BACKEND = _notion(r"back.?end\b|\bback\b")
FRONTEND = _notion(r"front.?end\b|\bfront\b")
ENGINEER = _notion(r"\bingenieure?\b|\bingenieur\S*|\bengineer\b")
TECH_LEAD = _notion(r"tech(?:nical)?.?lead|lead.?tech|lead.?dev")
DATA_ARCHITECT = _notion(r"(?:data|donnees)[^|]{0,12}architect|architecte?[^|]{0,12}(?:data|donnees)", "M1868")
STATISTICIAN = _notion(r"statisticien|biostat|statisti", "M1414")
DSI = _notion(r"\bdsi\b|direct\S*[^|]{0,25}systemes? d'information|\bcio\b", "M1803")
INTEGRATOR = _notion(r"integrat(?:eur|rice)", "M1813")
UX = _notion(r"\bux\b", "E1206")

# What it is about
PYTHON, JAVA, PHP = _notion(r"\bpython\b"), _notion(r"\bjava\b(?!.?script)"), _notion(r"\bphp\b")
JS = _notion(r"\bjavascript\b|\bjs\b|\.js\b")
NODE, REACT, ANGULAR, VUE = (
    _notion(r"\bnode(?:\.?js)?\b"),
    _notion(r"\breact(?:\.?js)?\b"),
    _notion(r"\bangular"),
    _notion(r"\bvue(?:\.|\s)?js\b"),
)
C, CPP, CSHARP, DOTNET = (
    _notion(r"(?<![\w'&.#])c(?![\w'+#&.]|\s?#)"),
    _notion(r"\bc\+\+"),
    _notion(r"\bc ?#|\bc.?sharp"),
    _notion(r"(?<!\w)\.net\b|asp\.net|\bdot.?net\b"),
)
R = _notion(r"(?<![\w'&.])r(?![\w'&.+#])")
KUBERNETES, DOCKER, AWS, AZURE = (
    _notion(r"\bkubernetes\b|\bk8s\b"),
    _notion(r"\bdocker\b"),
    _notion(r"\baws\b|amazon web"),
    _notion(r"\bazure\b"),
)
SPARK, SQL, LINUX, SAP, POWERBI = (
    _notion(r"\bspark\b|pyspark"),
    _notion(r"\bsql\b"),
    _notion(r"\blinux\b"),
    _notion(r"\bsap\b"),
    _notion(r"\bpower.?bi\b"),
)
WINDOWS, CISCO, CICD = _notion(r"\bwindows\b"), _notion(r"\bcisco\b"), _notion(r"\bci ?/ ?cd\b")
DATABASES = _notion(r"\bbases? de donnees|\bdatabase|\bsgbd", "M1868 M1894")
NETWORKS = _notion(r"\breseaux?\b", "M1854 M1830 M1801 M1802 M1816")
BIG_DATA, CLOUD, INFRA = _notion(r"\bbig.?data\b"), _notion(r"\bcloud\b", "M1860 M1879 M1876"), _notion(r"\binfra")
SALESFORCE, TELECOM = _notion(r"\bsalesforce\b"), _notion(r"\btelecom", "M1804 M1885 M1816 M1830")

# Where and how
APPRENTICE = _notion(r"\balternan(?:ce|te?)\b|\bapprenti", fact=r"\bapprentissage|\bprofessionnalisation")
INTERNSHIP = _notion(r"\bstag(?:e|iaire)\b", fact=r"\bstage\b")
FREELANCE = _notion(r"\bfreelance|independant", fact=r"\bfreelance\b")
TEMPORARY = _notion(r"\binterim", fact=r"\binterim\b")
REMOTE = _notion(r"\bteletravail|\bremote\b|distanciel", fact=r"\b(?:partial|full)\b")
MARSEILLE, LYON, TOULOUSE, NANTES, PARIS = (
    _notion(rf"\b{name}\b", fact=rf"\b{name}\b") for name in ("marseille", "lyon", "toulouse", "nantes", "paris")
)

JUDGED = tuple(
    Judged(kind, text, main if isinstance(main, tuple) else (main,), others)
    for kind, text, main, others in (
        # Feminine and masculine, inclusive
        ("gender", "développeuse python", DEV, (PYTHON,)),
        ("gender", "développeuse web", WEB_DEV, ()),
        ("gender", "technicienne informatique", TECH_IT, ()),
        ("gender", "administratrice système", ADMIN_SYS, ()),
        ("gender", "ingénieure cybersécurité", ENGINEER, (CYBER,)),
        ("gender", "consultante sap", CONSULTANT, (SAP,)),
        ("gender", "cheffe de projet", PROJECT, ()),
        ("gender", "développeur·euse java", DEV, (JAVA,)),
        ("gender", "intégratrice", INTEGRATOR, ()),
        # Names with signs
        ("signs", "C", C, ()),
        ("signs", "C++", CPP, ()),
        ("signs", "développeur C#", DEV, (CSHARP,)),
        ("signs", ".NET", DOTNET, ()),
        ("signs", "développeur .net", DEV, (DOTNET,)),
        ("signs", "Node.js", NODE, ()),
        ("signs", "vue.js", VUE, ()),
        ("signs", "data scientist R", DATA_SCIENTIST, (R,)),
        ("signs", "devops CI/CD", DEVOPS, (CICD,)),
        # Written in one word or two
        ("compounds", "datascientist", DATA_SCIENTIST, ()),
        ("compounds", "fullstack", FULLSTACK, ()),
        ("compounds", "full stack java", FULLSTACK, (JAVA,)),
        ("compounds", "data-engineer", DATA_ENGINEER, ()),
        ("compounds", "back-end", BACKEND, ()),
        ("compounds", "frontend react", FRONTEND, (REACT,)),
        ("compounds", "cyber sécurité", CYBER, ()),
        ("compounds", "dev ops", DEVOPS, ()),
        ("compounds", "powerbi", POWERBI, ()),
        # Two words that mean one thing
        ("phrases", "data scientist", DATA_SCIENTIST, ()),
        ("phrases", "data engineer", DATA_ENGINEER, ()),
        ("phrases", "data analyst", DATA_ANALYST, ()),
        ("phrases", "data manager", DATA_MANAGER, ()),
        ("phrases", "business analyst", BUSINESS_ANALYST, ()),
        ("phrases", "product owner", PRODUCT_OWNER, ()),
        ("phrases", "scrum master", SCRUM, ()),
        ("phrases", "tech lead", TECH_LEAD, ()),
        ("phrases", "big data", BIG_DATA, ()),
        ("phrases", "machine learning", ML, ()),
        # Accents, plurals, elisions
        ("french", "reseaux", NETWORKS, ()),
        ("french", "administrateurs systemes et reseaux", ADMIN_SYS_NET, ()),
        ("french", "administrateur de bases de donnees", DBA, ()),
        ("french", "l'intelligence artificielle", AI, ()),
        ("french", "technicien d'exploitation", _notion(r"exploitation", "M1810"), (_notion(r"technicien"),)),
        ("french", "ingenieurs securite", ENGINEER, (SECURITY,)),
        ("french", "telecoms", TELECOM, ()),
        ("french", "architectes", ARCHITECT, ()),
        # Other names of the same
        ("synonyms", "pentester", PENTEST, ()),
        ("synonyms", "dba", DBA, ()),
        ("synonyms", "sysadmin linux", ADMIN_SYS, (LINUX,)),
        ("synonyms", "k8s", KUBERNETES, ()),
        ("synonyms", "ia", AI, ()),
        ("synonyms", "rssi", RSSI, ()),
        ("synonyms", "développeur js", DEV, (JS,)),
        ("synonyms", "helpdesk", SUPPORT, ()),
        ("synonyms", "sre", SRE, ()),
        ("synonyms", "business intelligence", BI, ()),
        ("synonyms", "dsi", DSI, ()),
        # Slips that no offer makes: a word that an offer has is taken at its word
        ("typos", "dveloppeur java", DEV, (JAVA,)),
        ("typos", "cybersecutité", CYBER, ()),
        ("typos", "data scientits", DATA_SCIENTIST, ()),
        ("typos", "administrateur resaeu", ADMIN_NET, ()),
        ("typos", "kubernettes", KUBERNETES, ()),
        ("typos", "bussiness analyste", BUSINESS_ANALYST, ()),
        ("typos", "javscript", JS, ()),
        # Place and kind of contract
        ("facts", "développeur marseille", DEV, (MARSEILLE,)),
        ("facts", "alternance cybersécurité", APPRENTICE, (CYBER,)),
        ("facts", "data analyst alternance", DATA_ANALYST, (APPRENTICE,)),
        ("facts", "administrateur système toulouse", ADMIN_SYS, (TOULOUSE,)),
        ("facts", "data engineer lyon", DATA_ENGINEER, (LYON,)),
        ("facts", "technicien support nantes", SUPPORT, (NANTES,)),
        ("facts", "intérim informatique", TEMPORARY, (_notion(r"informatique|\bit\b"),)),
        ("facts", "développeur php paris", DEV, (PHP, PARIS)),
        # Several technologies
        ("skills", "développeur react node", DEV, (REACT, NODE)),
        ("skills", "data engineer spark", DATA_ENGINEER, (SPARK,)),
        ("skills", "devops kubernetes aws", DEVOPS, (KUBERNETES, AWS)),
        ("skills", "développeur java angular", DEV, (JAVA, ANGULAR)),
        ("skills", "administrateur windows", _notion(r"\badmin", "M1801 M1843"), (WINDOWS,)),
        ("skills", "data analyst sql power bi", DATA_ANALYST, (SQL, POWERBI)),
        ("skills", "ingénieur cloud azure", ENGINEER, (CLOUD, AZURE)),
        ("skills", "réseau cisco", NETWORKS, (CISCO,)),
        ("skills", "consultant salesforce", CONSULTANT, (SALESFORCE,)),
    )
)
