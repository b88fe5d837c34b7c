"""When two offers are one job posted twice: same title, same contract, same employer as far as known, near-identical
text at the same place, or the very same text anywhere.

A text that names its town differs from town to town, and so stays an offer of its own there.
"""

from dataclasses import dataclass, field
from heapq import nsmallest
from zlib import crc32

from jobs.imports.titles import title_key
from medinjob.lib.text import fold

# Shared sequences of four words over those of the shorter text. On 4 005 real offers most re-posts are above 0.9, other
# jobs of one employer, which have its presentation in common, below 0.65.
AT_ONE_PLACE = 0.75
WITHOUT_A_PLACE = 0.9
_WORDS = 4
# Letters: only sequences that begin with a long word are looked at, a third of all, with the same answers.
_LONG = 7
_FEW = 6
# Fingerprints find 99 of 100 re-posts of the same offers.
_HEAD = 200
_SAMPLE = 1_500
_SMALLEST = 2


@dataclass(slots=True)
class Posting:
    """What is compared of an offer; `communes` and `departments` are those of its places."""

    pk: int
    title: str
    employer: str
    contract: str
    text: str
    communes: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    _shingles: set[int] = field(default_factory=set)

    @property
    def shingles(self) -> set[int]:
        if not self._shingles:
            self._shingles = set(_hashes(fold(self.text), first=_LONG))
        return self._shingles


def fingerprints(title: str, text: str) -> tuple[int, ...]:
    """Up to three keys, of which re-posts share at least one: of the beginning of the text, and of the sequences of
    words that have the smallest hashes, so that they are the same in both; all together with the title."""
    folded = fold(text[:_SAMPLE])
    marks = [crc32(folded[:_HEAD].encode()), *nsmallest(_SMALLEST, set(_hashes(folded, first=_LONG)))]
    base = crc32(title_key(title).encode()) << 31
    return tuple(dict.fromkeys(base ^ mark for mark in marks))


def is_same_job(one: Posting, other: Posting) -> bool:
    """Their titles and contracts are compared exactly; a missing employer or place agrees with any."""
    if one.contract != other.contract or title_key(one.title) != title_key(other.title):
        return False
    if not _same_employer(one.employer, other.employer):
        return False
    if one.text == other.text or one.shingles == other.shingles:
        return True
    smaller = min(len(one.shingles), len(other.shingles))
    shared = len(one.shingles & other.shingles)
    share = _share_asked(one, other)
    return share is not None and smaller >= _FEW and shared >= share * smaller


def _hashes(folded: str, first: int = 1) -> list[int]:
    """Of each sequence of four words whose first one has so many letters; of the whole when it is shorter."""
    words = folded.split()
    if len(words) < _WORDS:
        return [crc32(folded.encode())]
    starts = (start for start in range(len(words) - _WORDS + 1) if len(words[start]) >= first)
    return [crc32(" ".join(words[start : start + _WORDS]).encode()) for start in starts]


def _same_employer(one: str, other: str) -> bool:
    """ "Manpower" and "MANPOWER FRANCE" are; so is an unknown one."""
    words, other_words = set(fold(one).split()), set(fold(other).split())
    return words <= other_words or other_words <= words


def _share_asked(one: Posting, other: Posting) -> float | None:
    """None for two places that differ; more where a place is vague or unknown."""
    if one.communes and other.communes:
        return None if one.communes.isdisjoint(other.communes) else AT_ONE_PLACE
    apart = one.departments and other.departments and one.departments.isdisjoint(other.departments)
    return None if apart else WITHOUT_A_PLACE
