import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from medinjob.lib.documents.kinds import MAX_PAGES, MAX_TEXT, PDF, Document, DocumentError, Refusal

MAX_OBJECTS = 20_000
# ISO 32000-1, 12.6.4: actions that run, open or send something; XFA (12.7.8) is a program of its own.
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMedia"})
ACTIVE_NAMES = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMedia", "/Movie"})
ATTACHMENT_KEYS = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/Collection"})
ATTACHMENT_NAMES = frozenset({"/EmbeddedFile", "/FileAttachment"})
# A script may also lie in a part that only a repairing reader reaches.
_RAW_SCRIPT = re.compile(rb"/JavaScript\b|/Launch\b")


def read_pdf(data: bytes) -> Document:
    """Raises `DocumentError`, or whatever pypdf raises on a broken file."""
    if b"%%EOF" not in data[-1024:]:
        raise DocumentError(Refusal.BROKEN)
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise DocumentError(Refusal.ENCRYPTED)
    if len(reader.pages) > MAX_PAGES:
        raise DocumentError(Refusal.TOO_MANY_PAGES)
    if not reader.pages:
        raise DocumentError(Refusal.EMPTY)
    _refuse_active(reader, data)
    return Document(PDF, len(reader.pages), _text(reader))


def _refuse_active(reader: PdfReader, data: bytes) -> None:
    if _RAW_SCRIPT.search(data):
        raise DocumentError(Refusal.ACTIVE)
    for holder in _dictionaries(reader):
        keys, kinds = set(holder), {str(holder.get(name)) for name in ("/S", "/Type", "/Subtype")}
        if keys & ACTIVE_KEYS or kinds & ACTIVE_NAMES:
            raise DocumentError(Refusal.ACTIVE)
        if keys & ATTACHMENT_KEYS or kinds & ATTACHMENT_NAMES:
            raise DocumentError(Refusal.ATTACHMENTS)


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Each dictionary of each object of the file, reached from a page or not."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MAX_OBJECTS:
        raise DocumentError(Refusal.TOO_COMPLEX)
    waiting: list[Any] = [reader.trailer]
    waiting += (reader.get_object(IndirectObject(*number, reader)) for number in sorted(numbers) if number[0])
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(value for value in item.values() if _is_container(value))
        elif isinstance(item, ArrayObject):
            waiting.extend(value for value in item if _is_container(value))


def _is_container(value: Any) -> bool:
    return isinstance(value, DictionaryObject | ArrayObject)


def _text(reader: PdfReader) -> str:
    parts: list[str] = []
    for page in reader.pages:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > MAX_TEXT:
            break
    return "\n".join(parts)[:MAX_TEXT].strip()
