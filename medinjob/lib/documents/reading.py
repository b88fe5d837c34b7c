import puremagic
from pypdf.errors import LimitReachedError

from medinjob.lib.documents.docx import read_docx
from medinjob.lib.documents.kinds import Document, DocumentError, Refusal
from medinjob.lib.documents.pdf import read_pdf


def read_here(data: bytes) -> Document:
    """Reads without limits of time and memory; a parser's own errors are `BROKEN`, its giving up `TOO_COMPLEX`."""
    reader = read_pdf if data.startswith(b"%PDF-") else read_docx if data.startswith(b"PK\x03\x04") else None
    if reader is None:
        raise DocumentError(Refusal.OTHER_KIND, _sniffed(data))
    try:
        return reader(data)
    except DocumentError as error:
        if error.refusal is Refusal.OTHER_KIND:
            raise DocumentError(Refusal.OTHER_KIND, _sniffed(data)) from error
        raise
    except (MemoryError, RecursionError, LimitReachedError) as error:
        raise DocumentError(Refusal.TOO_COMPLEX) from error
    except Exception as error:
        raise DocumentError(Refusal.BROKEN) from error


def _sniffed(data: bytes) -> str:
    try:
        return str(puremagic.from_string(data, mime=True))
    except (puremagic.PureError, ValueError):
        return ""
