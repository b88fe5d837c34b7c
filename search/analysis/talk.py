"""The words of a sentence that say nothing of the work wanted. Not in `word_lists`: they are applied to the query only,
and a change of that module builds the index anew."""

from search.analysis.word_lists import FOLDER

TALK_WORDS = frozenset(
    word
    for line in (FOLDER / "talk.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
