"""The file in which people take their data away."""

import json
import shutil
import tempfile
import zipfile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from candidates.models import CV
from candidates.selectors.export import cv_path, everything_about


def export_of(*, user: Any) -> IO[bytes]:
    """A ZIP open for reading, which goes when it is closed: `data.json` and the CVs. A file lost from the disk is left
    out: the rest is due all the same."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(everything_about(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
        for cv in CV.objects.filter(owner=user):
            if cv.file.storage.exists(str(cv.file.name)):
                with cv.file.open("rb") as source, archive.open(cv_path(cv), "w") as copy:
                    shutil.copyfileobj(source, copy)
    target.seek(0)
    return target
