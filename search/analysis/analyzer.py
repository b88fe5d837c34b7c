"""The analyzer: turns a text into the terms of the index, with the position of each.

Order of the rules: mentions of gender ("H/F") and elided articles are dropped, names with signs ("C++", ".NET") stay
whole, inclusive endings ("développeur·se") give the common form; then each word is folded, brought to the singular and
the masculine, and stemmed by Snowball. Synonyms and compounds are not here but in the query, so that they can
change without building the index again.
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
    """The text in Unicode's form NFC, which the analyzer reads; all positions in a text count in this form."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def terms(text: str) -> list[str]:
    """The terms of a text, in order. Stop words and signs are left out, and so is a word repeated at once, as in
    "Développeur / Développeuse web"."""
    all_terms: list[str] = []
    chunks = normal(text).split()
    for rank, terms_here in enumerate(map(chunk_terms, chunks)):
        if not terms_here:
            continue
        if terms_here[0] in CONTEXTUAL:
            before = chunks[rank - 1] if rank else ""
            terms_here = tuple(token.term for token in _in_context(chunk_tokens(chunks[rank]), before))
        all_terms += terms_here
    return [term for term, _ in groupby(all_terms)]


def tokens(text: str) -> Iterator[Token]:
    """The same as `terms`, with the position of each; repeated words stay. The text must be in the form of `normal`."""
    before = ""
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        for token in _in_context(chunk_tokens(chunk[0]), before):
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
    # A stem equal to a protected name is marked, because it is another word: "réactif" must not be found by "React".
    return f"{stem}~" if stem in KEPT_WORDS else stem


def _is_stray_letter(folded: str) -> bool:
    return len(folded) == 1 and folded not in LONE_LETTERS and not folded.isdigit()


@lru_cache(maxsize=200_000)
def chunk_terms(chunk: str) -> tuple[str, ...]:
    """The terms of one chunk (what stands between two spaces). Cached: the same chunks come again and again."""
    return tuple(token.term for token in chunk_tokens(chunk))


@lru_cache(maxsize=50_000)
def chunk_tokens(chunk: str) -> tuple[Token, ...]:
    """The terms of one chunk (what stands between two spaces), with their positions in it."""
    tokens = []
    for match in _TOKEN.finditer(chunk):
        kind = match.lastgroup
        if kind == "word":
            term = "" if _is_part_of_a_mark(chunk, match.span("word")) else term_of(match["word"])
        else:
            term = "" if kind in {"gender", "elided"} else _name(match[0])
        if term:
            tokens.append(Token(term, match.start(), match.end()))
    return tuple(tokens)


def _is_part_of_a_mark(chunk: str, span: tuple[int, int]) -> bool:
    """One letter beside "&" is no language ("I&C", "C&A")."""
    start, end = span
    return end - start == 1 and "&" in chunk[max(start - 1, 0) : end + 1]


def _in_context(tokens: tuple[Token, ...], before: str) -> tuple[Token, ...]:
    """Corrects the first term by the word before it: in "catégorie C" the letter is no programming language, and a
    "business developer" is no software developer."""
    if not tokens or tokens[0].term not in CONTEXTUAL:
        return tokens
    word = fold(before)
    if tokens[0].term in LONE_LETTERS and len(tokens) == 1 and word in UNITS_BEFORE_A_LETTER:
        return ()
    if replacement := AFTER_A_WORD.get((word, tokens[0].term)):
        return (tokens[0]._replace(term=replacement), *tokens[1:])
    return tokens


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
        if match := feminine.search(word):
            return word if ending is None else word[: match.start()] + ending
    return word
