import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress, count

from referentials.models import Skill
from referentials.skill_names import skill_key

# Names of technologies that are also ordinary words: alone in a text they prove nothing.
_ORDINARY_WORDS = frozenset(
    {
        "ada", "apex", "assembleur", "automatisme", "bubble", "confluence", "exchange", "hive", "maya", "make", "ml",
        "shell", "sketch", "supervision", "torch", "transformers", "transformer", "unity", "vite", "sonar",
        "tempsreel", "sas", "aix",
    }
)  # fmt: skip
_WORD = re.compile(r"\.?\w++(?:\.\w++)*+[+#]*+")
_LONGEST = 5  # words in a name
_TELLING = 3  # letters: a shorter word begins a name only as its first word ("Power BI", not "de" for "Debian")
_SHORT = 4  # letters: up to there, capitals must be capitals ("CAN", "SOC", "SAS")

_MOST_WORDS = 100_000

cached_key = lru_cache(maxsize=20_000)(skill_key)


class SkillIndex:
    """All active skills in memory, found by their label or an alias."""

    def __init__(self, skills: Iterable[tuple[str, str, list[str], bool]]) -> None:
        """`skills` are slug, label, aliases, spotted."""
        self._slugs: dict[str, str] = {}
        self._spotted: dict[str, tuple[str, str]] = {}
        self._beginnings: set[str] = set()  # of spotted names, so that most words of a text cost one look-up
        self._begins = _Begins(self._beginnings)
        rows = list(skills)
        for names in ([label] for _, label, _, _ in rows), (aliases for _, _, aliases, _ in rows):
            for (slug, _, _, spotted), written in zip(rows, names, strict=True):
                for name in written:
                    self._add(slug, name, spotted=spotted)

    @classmethod
    def load(cls) -> "SkillIndex":
        """Reads all active skills in one query."""
        return cls(Skill.objects.filter(active=True).values_list("slug", "label", "aliases", "spotted"))

    def match(self, label: str) -> str | None:
        """The slug (primary key) of the skill with this label or alias; case, accents and spaces do not count."""
        return self._slugs.get(skill_key(label))

    def find(self, labels: Iterable[str]) -> list[str]:
        """The slugs of the skills among `labels`, each once, in their order; unknown labels are dropped."""
        found = (self.match(label) for label in labels)
        return list(dict.fromkeys(slug for slug in found if slug))

    def mentioned_in(self, text: str) -> list[str]:
        """The slugs of the technologies that a text names, in order of appearance; the longest name wins."""
        return list(dict.fromkeys(self._mentions(_WORD.findall(text))))

    def _add(self, slug: str, name: str, *, spotted: bool) -> None:
        key, words = skill_key(name), _WORD.findall(name)
        if not words:
            return
        self._slugs.setdefault(key, slug)
        if spotted and key not in _ORDINARY_WORDS:
            self._spotted.setdefault(key, (slug, _exact(name)))
            first = skill_key(words[0])
            self._beginnings.update({first, key, *(key[:end] for end in range(_TELLING, len(key) + 1))})

    def _mentions(self, words: list[str]) -> Iterator[str]:
        free = 0  # the first word after the last name
        for position in compress(count(), map(self._begins.__getitem__, words)):
            if position >= free:
                slug, free = self._longest_name(words, position)
                if slug:
                    yield slug

    def _longest_name(self, words: list[str], start: int) -> tuple[str, int]:
        """The slug named by the words from `start`, and where the words after it begin; "" when they name none."""
        found, key = ("", start + 1), ""
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            key += cached_key(words[end - 1])
            if key not in self._beginnings:
                break
            known = self._spotted.get(key)
            if known and known[1] in ("", "".join(words[start:end])):
                found = known[0], end
        return found


class _Begins(dict[str, bool]):
    """Does a name begin with this word, as it is written? Remembered, since a file's texts repeat their words."""

    def __init__(self, beginnings: set[str]) -> None:
        super().__init__()
        self.beginnings = beginnings

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = skill_key(word) in self.beginnings
        return self[word]


def _exact(name: str) -> str:
    """How a short name in capitals must be written in a text; empty when case does not count."""
    letters = "".join(_WORD.findall(name))
    return letters if len(letters) <= _SHORT and letters.isupper() else ""


def find_skills(labels: Iterable[str]) -> list[str]:
    """`SkillIndex.find` on an index of its own (one query): for a form, not for a loop."""
    return SkillIndex.load().find(labels)
