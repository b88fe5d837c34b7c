"""A candidate's files. A row and its file never change: an application keeps the very one that was sent."""

import hashlib
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from candidates.models import CV, ApplicationDraft
from candidates.models.profiles import CV_FOLDER, private_storage
from candidates.services.profiles import touch
from medinjob.lib.documents import EXTENSIONS, Document
from medinjob.lib.text import single_line

ORPHAN_KEPT = timedelta(days=1)


def add_cv(*, owner: Any, filename: str, data: bytes, document: Document) -> CV:
    """Keep a file that `medinjob.lib.documents.read` accepted; it becomes the current one in place of the former.
    Without `owner` it waits for the draft or the application that will hold it, in the caller's transaction."""
    cv = CV(
        owner=owner,
        filename=_clean_name(filename, document.content_type),
        content_type=document.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        text=document.text,
    )
    cv.file.save(cv.filename, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            if owner:
                _take_turns(owner)
                _retire(owner)
            cv.save()
            if owner:
                touch(user=owner)
    except BaseException:
        cv.file.delete(save=False)
        raise
    return cv


@transaction.atomic
def remove_cv(*, owner: Any) -> None:
    """The candidate has no current CV any more; applications keep what was sent with them."""
    _take_turns(owner)
    _retire(owner)


@transaction.atomic
def adopt_cv(*, cv: CV, owner: Any) -> None:
    """A file that came without an account is `owner`'s from now: the current one if there was none."""
    _take_turns(owner)
    has_one = CV.objects.filter(owner=owner, removed_at=None).exists()
    CV.objects.filter(pk=cv.pk, owner=None).update(owner=owner, removed_at=timezone.now() if has_one else None)


@transaction.atomic
def drop_drafts(drafts: QuerySet[ApplicationDraft]) -> int:
    """And the files that nothing else holds; how many drafts."""
    dropped = drafts.delete()[0]
    if dropped:
        drop_unheld_cvs()
    return dropped


@transaction.atomic
def drop_unheld_cvs() -> None:
    """Files of nobody that neither a draft nor an application holds any more: rows now, files once this is
    committed."""
    for cv in CV.objects.filter(owner=None, drafts=None, applications=None):
        _delete(cv)


def sweep_cv_files() -> int:
    """Delete files that no row holds: a process was killed between the file and its row, or the row and its file.

    A file younger than `ORPHAN_KEPT` may still be waiting for its row. The number of files deleted.
    """
    if not private_storage().exists(CV_FOLDER):
        return 0
    names = {f"{CV_FOLDER}/{name}" for name in private_storage().listdir(CV_FOLDER)[1]}
    names -= set(CV.objects.values_list("file", flat=True).iterator())
    return sum(_delete_if_old(name) for name in names)


def _delete_if_old(name: str) -> bool:
    if private_storage().get_modified_time(name) > timezone.now() - ORPHAN_KEPT:
        return False
    private_storage().delete(name)
    return True


def _take_turns(owner: Any) -> None:
    """Two uploads at once: the second finds the first as the current one."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)


def _retire(owner: Any) -> None:
    """The current CV is so no longer. Nobody holds it: row and file go, the file once this is committed."""
    CV.objects.filter(owner=owner, removed_at=None).update(removed_at=timezone.now())
    for cv in CV.objects.filter(owner=owner, removed_at__isnull=False, applications=None):
        _delete(cv)


def _delete(cv: CV) -> None:
    storage, name = cv.file.storage, cv.file.name
    cv.delete()
    transaction.on_commit(partial(storage.delete, str(name)))


def _clean_name(filename: str, content_type: str) -> str:
    """A name to download by: one line, no path, the extension of what the file is."""
    stem = single_line(PurePath(filename.replace("\\", "/")).stem, 100).replace("/", "-").strip(". ") or "CV"
    return f"{stem}.{EXTENSIONS[content_type]}"
