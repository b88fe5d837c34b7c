"""Documents that strangers send: what they really are, whether they are safe to keep, and their words.

`read` is for everybody: it parses in a child process with little memory and time, since a file made on purpose can make
any parser loop or swell (docs/adr/0004). `read_here` does the same work in the current process.
"""

import json
import subprocess
import sys
from pathlib import Path

from medinjob.lib.documents.kinds import DOCX, EXTENSIONS, MAX_BYTES, PDF, Document, DocumentError, Refusal
from medinjob.lib.documents.reading import read_here

__all__ = ["DOCX", "EXTENSIONS", "MAX_BYTES", "PDF", "Document", "DocumentError", "Refusal", "read", "read_here"]

SECONDS = 15
_ROOT = Path(__file__).resolve().parents[3]


def read(data: bytes) -> Document:
    """Reads a PDF or DOCX file; raises `DocumentError` for all that should not be kept."""
    if not data:
        raise DocumentError(Refusal.EMPTY)
    if len(data) > MAX_BYTES:
        raise DocumentError(Refusal.TOO_BIG)
    command = [sys.executable, "-m", "medinjob.lib.documents"]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=_ROOT, check=True)  # noqa: S603
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise DocumentError(Refusal.TOO_COMPLEX) from error
    answer = json.loads(child.stdout)
    if "refusal" in answer:
        raise DocumentError(Refusal(answer["refusal"]), answer["found"])
    return Document(**answer)
