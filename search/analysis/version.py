"""What tells one analysis from another: a term indexed by one may not be found by the other."""

from functools import cache
from pathlib import Path

from search.analysis import analyzer, word_lists


@cache
def analysis_sources() -> tuple[str, ...]:
    """The text of all that decides the terms; synonyms are not of it, they belong to the question."""
    files = [Path(analyzer.__file__), Path(word_lists.__file__), *sorted(word_lists.FOLDER.glob("*s.txt"))]
    return tuple(file.read_text(encoding="utf-8") for file in files if file.name != "synonyms.txt")
