"""The clauses of a line about pay, parted by signs and by words that join one sum to another."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from medinjob.lib.pay_words import Token

_ABBREVIATIONS = frozenset(
    {"min", "max", "mini", "maxi", "env", "approx", "mens", "ann", "eur", "remun", "hebdo", "sal"}
)
_BEGINS_A_CLAUSE = frozenset({"besides", "other_clause"})


@dataclass(slots=True)
class Clause:
    """`opener` is the word that it begins with; `inner` are the tokens in brackets."""

    opener: Token | None = None
    tokens: list[Token] = field(default_factory=list)
    inner: list[Token] = field(default_factory=list)

    @property
    def besides(self) -> bool:
        """It only adds to another clause."""
        return self.opener is not None and (self.opener.kind == "besides" or self.opener.text in {"et", "and"})

    def kinds(self) -> set[str]:
        return {token.kind for token in self.tokens}


def clauses_of(found: list[Token]) -> Iterator[Clause]:
    clause, depth = Clause(), 0
    for place, token in enumerate(found):
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth = max(depth - 1, 0)
        elif depth:
            clause.inner.append(token)
        elif not _begins(found, place, clause):
            clause.tokens.append(token)
        else:
            yield clause
            clause = Clause(opener=token)
    yield clause


def _begins(found: list[Token], place: int, clause: Clause) -> bool:
    """Does the token at `place` begin another clause?"""
    token, before = found[place], found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    if token.text in {"et", "and"}:
        between = {"entre", "between"} & {each.text for each in clause.tokens}
        return not between and not (after and after.text == "plus")
    if token.text == ".":
        return after is not None and not after.glued and not (before and before.text in _ABBREVIATIONS)
    if token.text in {"plus", "+"} and (_of(after) or after is None or (before and before.text in {"au", "et"})):
        return False
    if token.text in {"-", "–", "—", "−", "/"}:
        return _parts(before, after)
    return token.kind in _BEGINS_A_CLAUSE


def _of(after: Token | None) -> bool:
    """ "plus de 35 k€"."""
    return after is not None and after.text in {"de", "d"}


def _parts(before: Token | None, after: Token | None) -> bool:
    """A dash or a slash joins two amounts, or an amount and its unit; else it parts."""
    if before is None or after is None:
        return True
    if after.kind in {"number", "euro"}:
        return before.kind not in {"number", "euro", "kilo", "gross"}
    return after.kind not in {"unit", "gross", "word", "rate"}
