"""Text made comparable."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "‘": "'"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case without accents or ligatures, for comparing: "Où Œuvre l’Été" → "ou oeuvre l'ete"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def words(text: str) -> str:
    """Folded words joined by one space: "L'Isle-sur-la-Sorgue" → "l isle sur la sorgue"."""
    return _NOT_WORD.sub(" ", fold(text)).strip()
