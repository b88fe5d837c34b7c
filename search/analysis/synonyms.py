"""The synonyms of the trade, everyday words for trades and English names of occupations, as sequences of terms."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from search.analysis.analyzer import terms

# The order is the order of preference.
FILES = tuple(Path(__file__).with_name(name) for name in ("everyday.txt", "synonyms.txt", "english.txt"))
Sequence = tuple[str, ...]


@cache
def synonyms() -> Mapping[Sequence, tuple[Sequence, ...]]:
    """For each sequence of terms, the others that mean the same (the order of the files is the order of preference)."""
    equivalents: dict[Sequence, dict[Sequence, None]] = defaultdict(dict)
    for line in (line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()):
        for sequence, others in _pairs(line):
            equivalents[sequence] |= dict.fromkeys(other for other in others if other != sequence)
    return {sequence: tuple(others) for sequence, others in equivalents.items() if others}


@cache
def longest_synonym() -> int:
    """How many terms the longest of them has."""
    return max(map(len, synonyms()))


def _pairs(line: str) -> Iterator[tuple[Sequence, list[Sequence]]]:
    """ "a = b" gives a→b and b→a; "a > b = c" gives a→b, c."""
    if line.startswith("#") or not line.strip():
        return
    left, arrow, right = line.partition(" > ")
    group = [tuple(terms(name)) for name in (right if arrow else left).split(" = ")]
    if arrow:
        yield tuple(terms(left)), group
    else:
        yield from ((name, group) for name in group)
