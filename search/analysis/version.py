"""The version of the analysis. It is part of an index's name, since a term indexed by one version may not be found by
another."""

from functools import cache
from pathlib import Path

from search.analysis import analyzer, word_lists


@cache
def analysis_sources() -> tuple[str, ...]:
    """The sources of everything that decides the terms. Synonyms are left out: they are applied to the query only."""
    files = [Path(analyzer.__file__), Path(word_lists.__file__), *sorted(word_lists.FOLDER.glob("*s.txt"))]
    return tuple(file.read_text(encoding="utf-8") for file in files if file.name != "synonyms.txt")
