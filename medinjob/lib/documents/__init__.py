"""Documents that strangers send: what they really are, whether they are safe to keep, and their words.

`read` is for everybody: it parses in a child process with little memory and time, since a file made on purpose can make
any parser loop or swell (docs/adr/0004). Two children at once on this machine: who comes while others wait is asked
to try again, so that no crowd of files holds up visitors. `read_here` does the same work in the current process.
"""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from medinjob.lib.documents.kinds import DOCX, EXTENSIONS, MAX_BYTES, PDF, Document, DocumentError, Refusal
from medinjob.lib.documents.reading import read_here
from medinjob.lib.turns import NoTurnError, turn

__all__ = ["DOCX", "EXTENSIONS", "MAX_BYTES", "PDF", "Document", "DocumentError", "Refusal", "read", "read_here"]

SECONDS = 15
READERS, WAITING, PATIENCE = 2, 2, 6.0
_ROOT = Path(__file__).resolve().parents[3]


def read(data: bytes) -> Document:
    """Reads a PDF or DOCX file; raises `DocumentError` for all that should not be kept."""
    if not data:
        raise DocumentError(Refusal.EMPTY)
    if len(data) > MAX_BYTES:
        raise DocumentError(Refusal.TOO_BIG)
    try:
        with turn(settings.READERS_DIR, most=READERS, waiting=WAITING, patience=PATIENCE):
            answer = json.loads(_answer_of_child(data))
    except NoTurnError as error:
        raise DocumentError(Refusal.BUSY) from error
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError) as error:
        raise DocumentError(Refusal.TOO_COMPLEX) from error
    if "refusal" in answer:
        raise DocumentError(Refusal(answer["refusal"]), answer["found"])
    return Document(**answer)


def _answer_of_child(data: bytes) -> bytes:
    command = [sys.executable, "-m", "medinjob.lib.documents"]
    done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=_ROOT, check=True)  # noqa: S603
    return done.stdout
