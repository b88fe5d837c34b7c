"""What a search does not want, written among its words: "-java", "sauf java et php", "NOT java"."""

import re
from typing import NamedTuple

# A dash right before a word and after a space: "front-end", "- java" and "-2 ans" exclude nothing.
_WRITTEN = re.compile(
    r"(?<![^\s,;(])(?:-(?=[^\W\d_]|[.\"«“])"
    r"|(?:[Ss]auf|SAUF|[Hh]ormis|[Ee]xcepté|(?:AND |ET )?NOT|but not) (?:les? |la )?)"
    r"(?:[\"«“]([^\"«»“”]{1,100})[\"»”]|([^\s,;\"«»“”()]{1,60}))"
)
_ANOTHER = re.compile(r" (?:et|ni|and) ([^\s,;\"«»“”()]{1,60})")
MOST = 5


class Wanted(NamedTuple):
    """`text` is what is wanted, `excluded` are the words and phrases that are not."""

    text: str
    excluded: tuple[str, ...] = ()

    def without(self, word: str) -> str:
        """The words typed less one exclusion."""
        kept = (f'-"{other}"' if " " in other else f"-{other}" for other in self.excluded if other != word)
        return " ".join(filter(None, (self.text, *kept)))


def read_wanted(text: str) -> Wanted:
    """Takes the exclusions out of the words of a search."""
    text = " ".join(text.split())
    kept: list[str] = []
    excluded: list[str] = []
    end = 0
    while len(excluded) < MOST and (found := _WRITTEN.search(text, end)):
        kept.append(text[end : found.start()])
        excluded.append((found[1] or found[2]).strip())
        end = found.end()
        while found[0][0] != "-" and (another := _ANOTHER.match(text, end)):
            excluded.append(another[1])
            end = another.end()
    kept.append(text[end:])
    return Wanted(" ".join(" ".join(kept).split()), tuple(dict.fromkeys(excluded)))
