from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document as DocxDocument
from docx.oxml.ns import qn

from medinjob.lib.documents.kinds import DOCX, MAX_TEXT, Document, DocumentError, Refusal
from medinjob.lib.documents.package import refuse_unsafe

MAX_MEMBERS = 400
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 60
"""Deflated text seldom passes 20; the megabytes of a bomb pass 1 000."""
_ENCRYPTED_BIT = 0x1
_WORDS = (qn("w:t"), qn("w:tab"), qn("w:br"))


def read_docx(data: bytes) -> Document:
    """Raises `DocumentError`, or whatever zipfile, lxml and python-docx raise on a broken file."""
    with ZipFile(BytesIO(data)) as archive:
        _refuse_bomb(archive, len(data))
        if archive.testzip() is not None:
            raise DocumentError(Refusal.BROKEN)
        _refuse_others(archive)
    text = "\n".join(_paragraphs(data))[:MAX_TEXT]
    return Document(DOCX, 1, text)


def _refuse_bomb(archive: ZipFile, packed: int) -> None:
    """From the directory alone. Its sizes bind: zipfile reads no further than what they announce."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & _ENCRYPTED_BIT for member in members):
        raise DocumentError(Refusal.ENCRYPTED)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise DocumentError(Refusal.TOO_COMPLEX)
    if any(member.compress_size * MAX_RATIO * 10 < member.file_size for member in members):
        raise DocumentError(Refusal.TOO_COMPLEX)


def _refuse_others(archive: ZipFile) -> None:
    names = archive.namelist()
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise DocumentError(Refusal.OTHER_KIND)
    refuse_unsafe(archive)


def _paragraphs(data: bytes) -> Iterator[str]:
    """Every paragraph in the order of the file: those of tables and text boxes too, where CVs put most words."""
    for paragraph in DocxDocument(BytesIO(data)).element.body.iter(qn("w:p")):
        words = "".join(_word(node) for node in paragraph.iter(*_WORDS) if _belongs(node, paragraph))
        if words.strip():
            yield words.strip()


def _word(node: Any) -> str:
    return str(node.text or "") if node.tag == _WORDS[0] else " "


def _belongs(node: Any, paragraph: Any) -> bool:
    """A text box is a paragraph inside a paragraph, written twice for old readers ("Fallback")."""
    return next(node.iterancestors(qn("w:p"))) is paragraph and not any(
        True for _ in node.iterancestors("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
    )
