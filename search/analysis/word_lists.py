"""The words that the analysis treats apart. All are folded (lower case, no accents); the worker builds a new
index after a change."""

from pathlib import Path

FOLDER = Path(__file__).parent


def _read(name: str) -> frozenset[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


STOP_WORDS = _read("stop_words.txt")
KEPT_WORDS = _read("names.txt")

# Words whose stem would be wrong or that of another word: advice is no adviser, "administratif" no administrator.
EXCEPTIONS = {
    "administratif": "administratif",
    "administrative": "administratif",
    "conseil": "conseil~",
    "matrice": "matrice~",
    "traval": "travail",
}

# After these a lone letter names a class, not a programming language ("catégorie C", "permis C", "RER C").
UNITS_BEFORE_A_LETTER = frozenset(
    {"permis", "categorie", "cat", "classe", "type", "niveau", "batiment", "vitamine", "plan", "serie", "rer", "grade"}
)

# Letters that are words: the languages, and the "e" of "e-commerce".
LONE_LETTERS = frozenset("cer")

# Terms that mean something else after a word, and the term they are then.
AFTER_A_WORD = {("business", "develop"): "businessdevelop"}
