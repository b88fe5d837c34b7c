import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from medinjob.lib.documents.actions import refuse_unsafe
from medinjob.lib.documents.kinds import MAX_PAGES, MAX_TEXT, PDF, Document, DocumentError, Refusal

MAX_OBJECTS = 20_000
# A script may also lie in a part that only a repairing reader reaches.
_RAW_SCRIPT = re.compile(rb"/JavaScript\b|/Launch\b|/SubmitForm\b|/ImportData\b|/RichMedia\b")

_RAW_WAY_OUT = re.compile(rb"/GoTo[RE]\b")


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
    pieces = [data, *_packed(reader)]
    if any(_RAW_SCRIPT.search(piece) for piece in pieces):
        raise DocumentError(Refusal.ACTIVE)
    if any(_RAW_WAY_OUT.search(piece) for piece in pieces):
        raise DocumentError(Refusal.EXTERNAL)
    for holder in _dictionaries(reader):
        refuse_unsafe(holder)


def _packed(reader: PdfReader) -> Iterator[bytes]:
    """Streams of objects, unpacked: of a key written twice a reader may see the other one."""
    for number in sorted({number for number, _ in reader.xref_objStm.values()}):
        stream = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(stream, StreamObject):
            yield stream.get_data()


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
