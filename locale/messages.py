"""Extract, check and update the English catalogue without GNU gettext: `messages.py update|check|french`.

`french` writes two catalogues of French for French, from the strings that English has: `locale/fr` with the plural
rules of the language ("0 offre"), `locale/typography/fr` with non-breaking spaces too ("Quoi ?", "« ici »"). Tests read
the first only, so that they can compare with what the sources say.

Django's `templatize` turns a template into text that Babel's Python extractor reads. `check` fails on a string that the
catalogue lacks, leaves empty, or marks fuzzy, and on one that no source uses any more.
"""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
# Spaces that may not begin or end a line, before a sign that ends something and after an opening guillemet.
BEFORE_SIGN = re.compile(r"(?:^|(?<=\S)) (?=(?:[;:!?»€]|%%)(?:[\s.,)»<]|$))")
AFTER_GUILLEMET = re.compile(r"« (?=\S)")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> list[Path]:
    """The project's own Python files and templates, tests left out, as git knows them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.html", "*.txt"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    kept = [n for n in names if not re.match(r"(tests|bench|locale|docs|requirements)/|.*/migrations/", n)]
    return [ROOT / n for n in sorted(kept) if (ROOT / n).exists()]


def messages(path: Path) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves of a page's indentation would not be Python's.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for line, found, _comments, context in extract(
        "python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield str(path.relative_to(ROOT)), line, found, context


def template() -> Catalog:
    catalog = Catalog(project="Medinjob", charset="utf-8")
    for path in sources():
        for name, line, found, context in messages(path):
            catalog.add(found, locations=[(name, line)], context=context)
    return catalog


def catalogue() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="Medinjob", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(strings) and not message.fuzzy


def faults(known: Catalog, wanted: Catalog) -> list[str]:
    # A fuzzy header would leave the whole of English out, in silence.
    found = ["the catalogue's header is fuzzy"] if known.fuzzy else []
    for message in wanted:
        if not message.id:
            continue
        ours = known.get(message.id, message.context)
        if ours is None or not is_translated(ours):
            where = message.locations[0]
            found.append(f"{where[0]}:{where[1]}: no English for {message.id!r}")
        elif message.python_format and any(ours.check()):
            found.append(f"placeholders differ in {message.id!r}")
    unused = [m.id for m in known if m.id and wanted.get(m.id, m.context) is None]
    return found + [f"no source uses {name!r}" for name in unused]


def typeset(text: str) -> str:
    return AFTER_GUILLEMET.sub("«\u00a0", BEFORE_SIGN.sub("\u00a0", text))


def french(known: Catalog, *, spaces: bool) -> Catalog:
    """Each string of the sources as French writes it; with the plural of the language, where 0 is singular."""
    made = Catalog(locale="fr", project="Medinjob", charset="utf-8", fuzzy=False)
    for message in known:
        if message.id:
            said: list[str] = [message.id] if isinstance(message.id, str) else list(message.id)
            said = [typeset(each) for each in said] if spaces else said
            made.add(message.id, said[0] if isinstance(message.id, str) else tuple(said), context=message.context)
    return made


def write_french(folder: Path) -> None:
    for name, spaces in (("fr", False), ("typography/fr", True)):
        path = folder / name / "LC_MESSAGES/django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, french(catalogue(), spaces=spaces))


def main(action: str) -> int:
    if action == "french":
        write_french(CATALOGUE.parents[2])
        return 0
    known, wanted = catalogue(), template()
    if action == "update":
        known.update(wanted, no_fuzzy_matching=True)
        known.obsolete.clear()
        known.header_comment = ""
        known.fuzzy = False
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("wb") as file:
            write_po(file, known, width=110, sort_output=True, include_lineno=False)
    found = faults(known, wanted)
    print("\n".join(found) or f"{len(wanted)} strings, all in English too")
    return bool(found)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("check", "update", "french"):
        sys.exit("usage: messages.py check|update|french")
    sys.exit(main(sys.argv[1]))
