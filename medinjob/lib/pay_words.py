"""The words and numbers of a text about pay, each with what it is: a number, a currency, a unit, a word of range.

What is in no list here is a "word", and `medinjob.lib.pay_grammar` decides whether one may stand where it stands.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_KINDS = {
    "kilo": "k ke keur keuro keuros kilo kilos",
    "euro": "€ eur euro euros",
    "foreign": "chf usd gbp cad fcfa cfa xof mad dh dhs tnd dzd franc francs dollar dollars livre livres kf kchf kusd",
    "gross": "brut bruts brute brutes gross",
    "net": "net nets nette nettes",
    "per": "par per chaque /",
    "to": "a to - – — − → et and",
    "from": "partir minimum mini min moins from >",
    "up_to": "jusqu jusque maximum maxi max up <",
    "times": "x × * sur",
    # Of what is joined to a pay and is none: what begins a clause with one of these is no base pay.
    "besides": "+ dont plus avec hors outre incluant including et and",
    "other_clause": "; , | • = & ! ? ou or soit ainsi \n",
    "selon": "selon suivant fonction depending",
    "included": "inclus incluse inclusive inclusives incluses compris comprise comprises included",
    # A sum that is paid for something else than time worked, or that is no pay at all.
    "extra": (
        "prime primes bonus variable variables ticket tickets titre titres cheque cheques carte cartes panier paniers"
        " repas resto restaurant restaurants swile edenred indemnite indemnites frais deplacement deplacements km"
        " interessement participation participations abondement pee perco per percol cse cet mutuelle sante"
        " mobilite transport transports navigo velo carburant teletravail internet telephone cooptation parrainage"
        " commission commissions ifm icp cp aide aides allocation allocations credit credits remboursement"
        " rembourses astreinte astreintes budget formation chiffre affaires capital leve levee levees fonds"
        " million millions milliard milliards m€ md loyer logement caution depot don dons actions bspce stock equity"
        " signing sign signature ote objectifs objectif penalite amende cout couts prix tarifs vacances cadeau cadeaux"
        " noel rentree soutien installation demenagement accueil majoration majorations nuit ferie feries dimanche"
        " dimanches abonnement zone salissure habillage outillage blanchissage trajet trajets voucher vouchers lunch"
        " meal allowance benefits benefit avantage avantages ik cagnotte forfaitaire ccas cnas"
    ),
    # What may stand before an amount of pay, besides units and words of range.
    "known": (
        "salaire salaires salary salarial salariale remuneration remunerations remunere remuneree remun paie paye pay"
        " compensation traitement gratification gratifications taux tarif fourchette package fixe fixes base basee"
        " conventionnel conventionnelle montant mensualite rate range de d du des le la les l un une au aux en entre"
        " between environ approximativement approx env autour about around ~ ≈ propose proposee proposes offert"
        " offerte est sera is ' : ’ smic profil profils experience experiences debutant debutants junior senior"
        " confirme confirmee poste cdi cdd etam cadre cadres non statut stage alternance apprentissage interim temps"
        " plein complet partiel full time part autre autres nous offrons proposons vous percevrez recevrez starting at"
        " the of an indicatif indicative attractif attractive motivant negociable competitif moyen moyenne prevu"
        " prevue possible grille coefficient coef indice echelon niveau convention collective syntec ccn contrat"
        " pour for mission missions duree qualification votre notre your our h f hf fh forfait forfaits jour jours s"
        " se situe situer comprendre comprenant soumis soumise cotisations debut demarrage embauche"
        " theorique estime estimee"
    ),
}
UNITS = {
    "hour": "h heure heures hour hours hr",
    "day": "j jour jours jrs journee journees day days",
    "week": "sem semaine semaines week weeks",
    "month": "m mois month months",
    "year": "an ans annee annees year years annum",
}
RATES = {
    "hour": "horaire horaires hourly",
    "day": "journalier journaliers journaliere journalieres quotidien quotidienne daily tjm",
    "week": "hebdo hebdomadaire hebdomadaires weekly",
    "month": "mensuel mensuels mensuelle mensuelles mensuellement mens monthly",
    "quarter": "trimestriel trimestrielle semestriel semestrielle quarterly trimestre semestre quinzaine",
    "year": "annuel annuels annuelle annuelles annuellement yearly annual",
}
MEANING = {word: kind for kind, words in reversed(_KINDS.items()) for word in words.split(" ")}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
RATE_OF = {word: unit for unit, words in RATES.items() for word in words.split()}

# Before its points, a group of three digits begins with no 0: "0.500" is a half.
_NUMBER = (
    r"(?<![\w.,])(?:[1-9]\d{0,2}(?:[ '\u2019]\d{3}){1,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?"  # 45 000,50 or 45'000
    r"|[1-9]\d{0,2}(?:\.\d{3}){1,3}(?!\d)(?:,\d{1,2}(?!\d))?"  # 45.000,50
    r"|[1-9]\d{0,2}(?:,\d{3}){1,3}(?!\d)(?:\.\d{1,2}(?!\d))?"  # 45,000.50
    r"|\d+(?:[.,]\d{1,4}(?!\d))?)"
)
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[^\W\d_]+)|(?P<sign>[^\w ]|_)|(?P<digits>\d+)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_THREE_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")
_SPACES = str.maketrans(dict.fromkeys("\t\r\u00a0\u2007\u2008\u2009\u202f\u3000", " "))
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# "à" lost by the source's own encoding, and "dès", which is no article.
_LOST = (("ï¿½", "-"), ("\ufffd", "-"), ("dès", "partir"))
"""Most that is read: beyond, a text is no line about pay."""
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is one of `_KINDS`, "number", "unit" (a noun: hour), "rate" (an adjective: hourly) or "word"; `unit` is
    that of a unit or a rate; `glued` says that nothing parts it from the token before."""

    kind: str
    text: str
    unit: str = ""
    glued: bool = False


def tokens(text: str) -> list[Token]:
    text = _plain(text[:LONGEST])
    found, end = [], -1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        found.append(_token(kind, match[0], glued=match.start() == end))
        end = match.end()
    return found


def _plain(text: str) -> str:
    """Lower case without accents; "é" is "e" and "½" stays."""
    text = text.lower()
    for written, meant in _LOST:
        text = text.replace(written, meant)
    text = unicodedata.normalize("NFD", text.translate(_SPACES).translate(_RAISED))
    return "".join(char for char in text if not unicodedata.combining(char))


def _token(kind: str, text: str, *, glued: bool) -> Token:
    if kind == "number":
        return Token("number", text, glued=glued)
    if kind == "digits":
        return Token("word", text, glued=glued)
    if text in RATE_OF:
        return Token("rate", text, RATE_OF[text], glued)
    if text in UNIT_OF:
        return Token("unit", text, UNIT_OF[text], glued)
    if unicodedata.category(text[0]) == "Sc" and text != "€":
        return Token("foreign", text, glued=glued)
    return Token(MEANING.get(text, "word"), text, glued=glued)


def value(number: str) -> Decimal:
    """French or English writing: a group of exactly three digits after a separator is thousands."""
    digits = number.replace(" ", "").replace("'", "").replace("\u2019", "")
    if number[0] != "0" and _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", ""))
    if "," in digits and "." in digits:
        thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        digits = digits.replace(thousands, "")
    return Decimal(digits.replace(",", ".")).quantize(Decimal("0.01"))


def with_decimals(number: str) -> Decimal | None:
    """ "12.345" as a number of three decimals, for what can be no thousands."""
    digits = number.replace(",", ".")
    return Decimal(digits).quantize(Decimal("0.01")) if _THREE_DECIMALS.fullmatch(digits) else None
