"""What reading a document gives, and why one is refused."""

from enum import StrEnum
from typing import NamedTuple

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {PDF: "pdf", DOCX: "docx"}

MAX_BYTES = 5 * 1024 * 1024
MAX_PAGES = 20
MAX_TEXT = 60_000


class Refusal(StrEnum):
    """Why a file is not kept; whoever shows it to a person gives it words."""

    EMPTY = "empty"
    TOO_BIG = "too-big"
    OTHER_KIND = "other-kind"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    ATTACHMENTS = "attachments"
    EXTERNAL = "external"
    NOT_PLAIN = "not-plain"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_COMPLEX = "too-complex"
    BUSY = "busy"


class DocumentError(Exception):
    """`refusal` says why; `found` is the MIME type that was recognised instead, if any."""

    def __init__(self, refusal: Refusal, found: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.found = found


class Document(NamedTuple):
    """`content_type` is what the bytes are, whatever the file was called; `text` may be empty (a scan)."""

    content_type: str
    pages: int
    text: str
