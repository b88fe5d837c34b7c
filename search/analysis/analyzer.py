"""From a text to the terms of the index, with where each was found.

Order of the rules: mentions of gender ("H/F") and elided articles are dropped, names with signs ("C++", ".NET") stay
whole, inclusive endings ("développeur·se") give the common form; then each word is folded, brought to the singular and
the masculine, and stemmed by Snowball. Synonyms and compounds are not here but in the query, so that they may change
without indexing again.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import Stemmer

from search.analysis.word_lists import (
    AFTER_A_WORD,
    EXCEPTIONS,
    KEPT_WORDS,
    LONE_LETTERS,
    STOP_WORDS,
    UNITS_BEFORE_A_LETTER,
)

CONTEXTUAL = LONE_LETTERS | {term for _, term in AFTER_A_WORD}
_CHUNK = re.compile(r"\S+")
_ENDINGS = (
    "e|es|se|ses|euse|euses|ne|nes|nne|nnes|enne|ennes|ienne|iennes|trice|trices|rice|rices|ice|ices"
    "|ere|eres|ère|ères|iere|ieres|ière|ières|fe|fes|ffe|ve|ves|ive|ives|eure|eures|eur|eurs|esse|ale|ales"
)
_TOKEN = re.compile(
    rf"""
    (?P<gender>(?<!\w)(?:[hm][/\-–.|][fw]|[fw][/\-–.|][hm])(?:[/\-–.|][dxn])?(?!\w))
  | (?P<elided>(?<!\w)(?:jusqu|lorsqu|puisqu|quoiqu|presqu|qu|[cdjlmnst])['’ʼ](?=\w))
  | (?P<named>(?<!\w)(?:c\+\+ | [cf]\#(?!\w) | r&d(?!\w)) | (?:(?<!\w)|(?<=\basp)|(?<=\bvb)|(?<=\bado))\.net(?!\w)
            | objective-c(?!\w))
  | (?P<initials>(?<![\w.])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?)
  | (?P<word>[^\W_]+)
    (?: [·•‧∙⋅](?:[^\W\d_]{{1,6}})(?:[·•‧∙⋅]s)?(?!\w)
      | \(-?(?:{_ENDINGS}|s|x|le|lle|te|tte)\)s?(?!\w)
      | [./-](?:{_ENDINGS})(?:[./-]s)?(?!\w)
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FEMININE = tuple(
    (re.compile(rf"(?<=..){ending}$"), common)
    for ending, common in {
        "(?:ieuse|oureuse|ureuse)": None,  # adjectives: Snowball gives "sérieuse" the stem of "sérieux"
        "euse": "eur",
        "trice": "teur",
        "drice": "deur",
        "ienne": "ien",
        "iere": "ier",
        "ere": "er",
        "eure": "eur",
        "ee": "e",
        "effe": "ef",
    }.items()
)
# Three letters are an acronym more often than a word ("API", "SAP"), and have no ending to spare.
SHORTEST_STEMMED = 4
_stem = Stemmer.Stemmer("french").stemWord


class Token(NamedTuple):
    """A term and the characters it stands for, `text[start:end]`."""

    term: str
    start: int
    end: int


def normal(text: str) -> str:
    """The form of Unicode that the analysis reads (NFC); places in a text count from this form."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def terms(text: str) -> list[str]:
    """The terms of a text, in order; noise and stop words are left out, and so is a word said twice in a row, as in
    "Développeur / Développeuse web"."""
    found: list[str] = []
    chunks = normal(text).split()
    for rank, pieces in enumerate(map(terms_of, chunks)):
        if not pieces:
            continue
        if pieces[0] in CONTEXTUAL:
            before = chunks[rank - 1] if rank else ""
            pieces = tuple(token.term for token in _in_context(pieces_of(chunks[rank]), before))
        found += pieces
    return [term for term, _ in groupby(found)]


def tokens(text: str) -> Iterator[Token]:
    """The same as `terms`, with the place of each in the text, which must be `normal`; words said twice stay."""
    before = ""
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        for token in _in_context(pieces_of(chunk[0]), before):
            yield Token(token.term, start + token.start, start + token.end)
        before = chunk[0]


def fold(word: str) -> str:
    """Lower case, without accents and ligatures; signs stay: "Œuvré" → "oeuvre", "C++" → "c++"."""
    lower = word.lower().replace("œ", "oe").replace("æ", "ae")
    if lower.isascii():
        return lower
    return "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """The term of one word as it is in the index; "" for a stop word.

    >>> [term_of(word) for word in ("Développeuses", "développeur", "Réactif", "React", "les")]
    ['developpeur', 'developpeur', 'react~', 'react', '']
    """
    folded = fold(word)
    if folded in STOP_WORDS or _is_stray_letter(folded):
        return ""
    return folded if _is_fixed(folded) or not folded.isalpha() else _without_ending(folded)


def _is_fixed(word: str) -> bool:
    return len(word) < SHORTEST_STEMMED or word in KEPT_WORDS


def _without_ending(word: str) -> str:
    singular = _singular(word)
    return EXCEPTIONS.get(singular) or _stemmed(singular if singular in KEPT_WORDS else _masculine(singular))


def _stemmed(word: str) -> str:
    if _is_fixed(word):
        return word
    stem = str(_stem(word))
    # A stem that falls on a protected name is another word: "réactif" must not be found by "React".
    return f"{stem}~" if stem in KEPT_WORDS else stem


def _is_stray_letter(folded: str) -> bool:
    return len(folded) == 1 and folded not in LONE_LETTERS and not folded.isdigit()


@lru_cache(maxsize=200_000)
def terms_of(chunk: str) -> tuple[str, ...]:
    """The terms of what stands between two spaces. Texts repeat themselves: most are found here ready."""
    return tuple(token.term for token in pieces_of(chunk))


@lru_cache(maxsize=50_000)
def pieces_of(chunk: str) -> tuple[Token, ...]:
    """The terms of what stands between two spaces, with their places in it."""
    found = []
    for match in _TOKEN.finditer(chunk):
        kind = match.lastgroup
        if kind == "word":
            term = "" if _is_part_of_a_mark(chunk, match.span("word")) else term_of(match["word"])
        else:
            term = "" if kind in {"gender", "elided"} else _name(match[0])
        if term:
            found.append(Token(term, match.start(), match.end()))
    return tuple(found)


def _is_part_of_a_mark(chunk: str, span: tuple[int, int]) -> bool:
    """One letter beside "&" is no language ("I&C", "C&A")."""
    start, end = span
    return end - start == 1 and "&" in chunk[max(start - 1, 0) : end + 1]


def _in_context(pieces: tuple[Token, ...], before: str) -> tuple[Token, ...]:
    """A lone letter after "catégorie" or "permis" names a class, not a language; a business developer sells."""
    if not pieces or pieces[0].term not in CONTEXTUAL:
        return pieces
    word = fold(before)
    if pieces[0].term in LONE_LETTERS and len(pieces) == 1 and word in UNITS_BEFORE_A_LETTER:
        return ()
    if other := AFTER_A_WORD.get((word, pieces[0].term)):
        return (pieces[0]._replace(term=other), *pieces[1:])
    return pieces


def _name(written: str) -> str:
    """ "C.V." → "cv"; "C++", ".NET" and their like are themselves."""
    name = fold(written)
    return name if name in {"c++", "c#", "f#", ".net", "r&d", "objective-c"} else name.replace(".", "")


def _singular(word: str) -> str:
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > 5:
        return f"{word[:-2]}l"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _masculine(word: str) -> str:
    for feminine, ending in _FEMININE:
        if found := feminine.search(word):
            return word if ending is None else word[: found.start()] + ending
    return word
