"""The fonts of printed pages: they come with packages, so that every machine prints the same, and what none of them
can draw is replaced before it is printed (PDF/UA-1 refuses a missing glyph).
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

from anyascii import anyascii
from fontTools.ttLib import TTCollection, TTFont

from medinjob.lib.text import visible

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
MARK = "□"
"""Stands for a sign that no font has."""
# They shape the signs beside them (joined emoji, Persian and Indian scripts) and draw nothing themselves.
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
_WORD = re.compile(r"\S+")
_LONGEST_LATIN = 120


def font_folders() -> list[Path]:
    return [Path(str(files(package))) for package in PACKAGES]


def printable(text: str) -> str:
    """`text` with nothing that a font lacks: controls go, line ends become spaces, and a word with a sign that no font
    has shows `MARK` for it, followed by the word in Latin letters where there is such a form: "□□□ (nko)"."""
    if text.isascii() and text.isprintable():
        return text
    return _WORD.sub(_printable_word, visible(unicodedata.normalize("NFC", text)))


def latin(text: str) -> str:
    """`text` in ASCII alone, for where all else has failed: each font has it."""
    return "".join(sign if sign.isprintable() else " " for sign in anyascii(text))


def _printable_word(match: re.Match[str]) -> str:
    word, known = match[0], _drawn()
    if all(ord(sign) in known or sign in _JOINERS for sign in word):
        return word
    shown = "".join(sign if ord(sign) in known or sign in _JOINERS else MARK for sign in word)
    spelled = latin(word).strip()[:_LONGEST_LATIN]
    return f"{shown} ({spelled})" if spelled and spelled != word else shown


@cache
def _drawn() -> frozenset[int]:
    """The code points for which some font has a glyph; a third of a second, once a process."""
    found: set[int] = set()
    for package in PACKAGES:
        for path in files(package).iterdir():
            if path.name.endswith(".ttf"):
                with TTFont(str(path), lazy=True) as font:
                    found.update(font.getBestCmap())
            elif path.name.endswith(".ttc"):
                with TTCollection(str(path), lazy=True) as collection:
                    found.update(*(font.getBestCmap() for font in collection.fonts[:1]))
    return frozenset(found)
