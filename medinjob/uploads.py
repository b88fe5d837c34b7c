"""Files that people sent: are they still what was received?"""

import hashlib
from collections.abc import Iterator

from PIL import Image

from candidates.models import CV
from companies.models import Company


def damaged_uploads() -> Iterator[str]:
    """The names, below the data folder, of those that are absent or altered. Reads them all."""
    for cv in CV.objects.order_by("pk").iterator():
        if not _has_digest(cv):
            yield f"private/{cv.file.name}"
    for company in Company.objects.exclude(logo="").order_by("pk").iterator():
        if not _is_picture(company):
            yield f"uploads/{company.logo.name}"


def _has_digest(cv: CV) -> bool:
    try:
        with cv.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == cv.sha256
    except OSError:
        return False


def _is_picture(company: Company) -> bool:
    """Of its content nothing is known but that it was drawn by us."""
    try:
        with company.logo.open("rb") as file, Image.open(file) as image:
            image.load()
    except (OSError, ValueError, SyntaxError):
        return False
    return True
