"""Does a name or a domain look like another one? For the eyes of moderators: nothing is refused by it."""

import re
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from medinjob.lib.text import fold

# fmt: off
LEGAL_FORMS = {
    "sa", "sas", "sasu", "sarl", "eurl", "scop", "scic", "sci", "snc", "selarl", "association", "asso", "groupe",
    "group", "france",
}
# Anybody has an address there: it says nothing of who employs them.
FREE_MAIL = {
    "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.fr", "live.com",
    "msn.com", "yahoo.fr", "yahoo.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net",
    "bbox.fr", "icloud.com", "me.com", "protonmail.com", "proton.me", "gmx.fr", "gmx.com", "aol.com",
    "numericable.fr", "mailo.com", "tutanota.com",
}
# fmt: on
PUBLIC_BODY = re.compile(
    r"^(?:la |le |l |les )?(?:ville|mairie|commune|metropole|communaute|departement|conseil|region|prefecture|ministere"
    r"|rectorat|academie|universite|hopital|hopitaux|chu|police|gendarmerie|tribunal|tresor public|etat)\b"
)
_SECOND_LEVELS = {"gouv", "asso", "com", "co", "ac", "org", "net"}
_LOOK_ALIKES = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("3", "e"))
_SHORT = 5


def core(name: str) -> str:
    """The words of a name that tell it apart: no legal form, no accent, no case."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in LEGAL_FORMS) or " ".join(words)


def names_resemble(one: str, other: str) -> bool:
    """Equal but for their legal form, one within the other, or a letter or two apart."""
    one, other = core(one), core(other)
    if not one or not other:
        return False
    return _within(one, other) or _within(other, one) or _nearly(_drawn(one), _drawn(other))


def is_like_a_public_body(name: str) -> bool:
    return bool(PUBLIC_BODY.match(fold(name)))


def host_of(address: str) -> str:
    """The host of an e-mail address or a site, without "www."."""
    host = address.rsplit("@", 1)[1] if "@" in address else urlsplit(address).hostname or ""
    return host.lower().strip(".").removeprefix("www.")


def domain_of(address: str) -> str:
    """The domain that somebody has registered, of an e-mail address or a site: "rh.a.fr" is "a.fr"."""
    labels = host_of(address).split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[-kept:])


def domains_resemble(one: str, other: str) -> bool:
    """Not the same, and easily taken for it: another ending, a hyphen and a word, a letter that looks like another."""
    if not one or not other or one == other:
        return False
    one, other = _label(one), _label(other)
    if one == other:
        return True
    return (
        _nearly(_drawn(one), _drawn(other))
        or _within(one.replace("-", " "), other)
        or _within(other.replace("-", " "), one)
    )


def _label(domain: str) -> str:
    label = domain.split(".")[0]
    return label.encode().decode("idna", "replace") if label.startswith("xn--") else label


def _within(larger: str, smaller: str) -> bool:
    """All words of `smaller` stand side by side in `larger`; a short one must be all of it."""
    return larger == smaller or (len(smaller) >= _SHORT and f" {smaller} " in f" {larger} ")


def _nearly(one: str, other: str) -> bool:
    if one == other:
        return True
    allowed = 0 if min(len(one), len(other)) < _SHORT else 1 if max(len(one), len(other)) < 10 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _drawn(word: str) -> str:
    """How it looks at a glance."""
    for written, seen in _LOOK_ALIKES:
        word = word.replace(written, seen)
    return word.replace(" ", "").replace("-", "")
