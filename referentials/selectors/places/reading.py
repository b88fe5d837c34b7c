"""What a person typed to say where: several places, a distance, words around them, a slip.

The text is first read as one place; only then are the words around it taken off, and its parts read one by one. What is
left unread is said, never left out in silence: who shows the answer must not show it as a filter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from referentials.enums import PlaceLevel
from referentials.place_names import WrittenPlace, bare_key, district_alone, is_address, place_key, read_place
from referentials.place_words import CHOICE, LIST, plain, read_asked, without_words_around
from referentials.selectors.places import spelling
from referentials.selectors.places.finding import LONGEST, find_whole, homonyms, inside, is_inside
from referentials.selectors.places.place import Place
from referentials.selectors.places.tables import PlaceTables

MOST_PLACES = 10
_MOST_OTHERS = 4
# A place whose name only begins like what was typed is proposed beside the one taken from so many people on.
_PROPOSED = 5_000
_MOST_WORDS = 30
_LONGEST_NAME = 8
_LINKS = frozenset({"de", "du", "des", "d", "et", "ou", "a", "au", "aux", "en", "sur", "dans", "and", "or"})


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` says the same plainly, so that it is read as the same again. `corrections`: what was typed and the place
    taken for it. `others`: more places of the name, when one was chosen. `ignored`: words that mean nothing here.
    `unknown`: names that no place has, and `nearest` what they may have meant."""

    text: str
    places: tuple[Place, ...] = ()
    radius: int | None = None
    corrections: tuple[tuple[str, Place], ...] = ()
    others: tuple[Place, ...] = ()
    ignored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nearest: tuple[Place, ...] = ()


@dataclass(slots=True)
class _Part:
    text: str
    place: Place | None = None
    corrected: bool = False
    chosen: bool = False
    between: str = ","


def read(tables: PlaceTables, text: str) -> Reading:
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return Reading(text, unknown=(text,) if text else ())
    asked = read_asked(text)
    if not asked.text:
        return Reading(text, unknown=(text,))
    parts = _whole(tables, asked.text) or _several(tables, asked.text)
    found = _distinct(part.place for part in parts if part.place)
    unknown = tuple(part.text for part in parts if part.place is None)
    is_plain = asked.text == text and not unknown and not any(part.corrected for part in parts)
    reading = Reading(
        text=text if is_plain and len(parts) == 1 else " ou ".join(place.label for place in found) or text,
        places=found,
        radius=asked.radius if found else None,
        corrections=tuple((part.text, part.place) for part in parts if part.corrected and part.place),
        ignored=asked.ignored,
        unknown=unknown or (() if found else (text,)),
    )
    if reading.unknown:
        return replace(reading, nearest=tuple(spelling.nearest(tables, reading.unknown[0])))
    return replace(reading, others=_others(tables, parts[0])) if len(parts) == 1 else reading


def _whole(tables: PlaceTables, text: str) -> list[_Part]:
    """The text as one place, perhaps with words around it; empty where it is none, or a choice of several."""
    bare = without_words_around(text)
    for each in dict.fromkeys((text, bare)):
        place = None if CHOICE.search(f" {plain(each)} ") else find_whole(tables, each)
        if place and not _is_partial(tables, each, place):
            return [_Part(each, place)]
    return []


def _is_partial(tables: PlaceTables, text: str, place: Place) -> bool:
    """Was only the number of a département understood, or one arrondissement of those listed?"""
    written = read_place(text)
    if place.level == PlaceLevel.DEPARTMENT:
        return bool(written.name) and bool(written.department) and tables.area(written.name) != place
    return bool(written.district) and LIST.search(plain(text)) is not None


def _several(tables: PlaceTables, text: str) -> list[_Part]:
    parts = list(_read_parts(tables, text))
    if len(parts) == 1 and parts[0].place is None:
        return _word_by_word(tables, parts[0].text) or [_with_correction(tables, parts[0])]
    joined = _joined(tables, parts)
    if any(part.place for part in joined):
        joined = [part for part in joined if part.place or not is_address(read_place(part.text).name)]
    return [_with_correction(tables, part) for part in joined][:MOST_PLACES]


def _read_parts(tables: PlaceTables, text: str) -> Iterator[_Part]:
    end, between = 0, ","
    simple = plain(text)
    for found in [*LIST.finditer(simple), None]:
        start = found.start() if found else len(text)
        part = without_words_around(text[end:start])
        if part and place_key(part):
            yield _Part(part, _one(tables, part), between=between)
        if found:
            end, between = found.end(), found[0].strip()


def _one(tables: PlaceTables, text: str) -> Place | None:
    place = find_whole(tables, text)
    return None if place and _is_partial(tables, text, place) else place


def _joined(tables: PlaceTables, parts: list[_Part]) -> list[_Part]:
    """Parts that say the same place twice are one: "Marseille, Bouches-du-Rhône", "13100, Aix", "Marseille 1er, 2e"."""
    kept: list[_Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        if before is not None and before.place is not None and _completes(tables, before, part):
            continue
        if before is not None and before.place is not None and part.place is not None and _repeats(before, part):
            kept.pop()
        kept.append(part)
    return kept


def _completes(tables: PlaceTables, before: _Part, part: _Part) -> bool:
    """Does this part only say more of the one before? It may choose another place of that name."""
    place = before.place
    if place is None or (
        part.between in {"ou", "or", "/", "et", "and", "&", "+"} and not district_alone(place_key(part.text))
    ):
        return False
    if number := district_alone(place_key(part.text)):
        part.place = find_whole(tables, f"{_city(tables, place).name} {number}")
        return False
    if part.place is None:
        return False
    if not part.place.is_commune:
        before.place = inside(tables, before.text, place, (part.text,))
        before.chosen = is_inside(before.place, part.place)
        return before.chosen
    before.chosen = part.place == place or (_is_number(part.text) and part.place.postcode in place.postcodes)
    return before.chosen


def _city(tables: PlaceTables, place: Place) -> Place:
    return tables.commune(place.parent) or place


def _repeats(before: _Part, part: _Part) -> bool:
    """Was the part before only the postcode, or the number in the street, of this one?"""
    place, other = part.place, before.place
    if place is None or other is None or not _is_number(before.text):
        return False
    written = read_place(before.text)
    return written.postcode in place.postcodes if written.postcode else is_inside(place, other)


def _is_number(text: str) -> bool:
    written: WrittenPlace = read_place(text)
    return not written.name


def _word_by_word(tables: PlaceTables, text: str) -> list[_Part]:
    """ "Nice Cannes Antibes": names one after the other, when all words are used."""
    words = text.replace("-", " ").replace("–", " ").split()
    if not 1 < len(words) <= _MOST_WORDS:
        return []
    parts: list[_Part] = []
    rank = 0
    while rank < len(words):
        length, place = _name_at(tables, words, rank)
        if place is not None:
            parts.append(_Part(" ".join(words[rank : rank + length]), place))
        elif place_key(words[rank]) not in _LINKS:
            return []
        rank += length
    return _joined(tables, parts)


def _name_at(tables: PlaceTables, words: list[str], rank: int) -> tuple[int, Place | None]:
    for length in range(min(_LONGEST_NAME, len(words) - rank), 0, -1):
        text = " ".join(words[rank : rank + length])
        key = place_key(text)
        if len(key) > 2 and (tables.named(key) or tables.area(key) or tables.postcode(text)):
            return length, find_whole(tables, text)
    return 1, None


def _with_correction(tables: PlaceTables, part: _Part) -> _Part:
    if part.place is None and (place := spelling.corrected(tables, part.text)):
        return replace(part, place=place, corrected=True)
    return part


def _others(tables: PlaceTables, part: _Part) -> tuple[Place, ...]:
    """More places that the name alone may mean; none where a number beside it has chosen."""
    written = read_place(part.text)
    place = part.place
    if place is None or part.corrected or part.chosen or written.postcode or written.department or written.district:
        return ()
    if place == tables.area(written.name) and place.is_commune:
        return ()
    is_whole = written.name in (place.key, bare_key(place.key)) or not place.is_commune
    others = [
        other
        for other in homonyms(tables, written.name)
        if other.code != place.code
        and (
            other.key == written.name
            or ((not is_whole or other.population > place.population) and other.population >= _PROPOSED)
        )
    ]
    return tuple(others[:_MOST_OTHERS])


def _distinct(places: Iterator[Place]) -> tuple[Place, ...]:
    return tuple({(place.level, place.code): place for place in places}.values())
