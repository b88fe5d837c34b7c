import hashlib
import os
import stat
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from candidates.models import CV
from candidates.services.cvs import add_cv, remove_cv, sweep_cv_files
from demo.cv_files import docx_file, pdf_file
from demo.factories import ApplicationFactory, CVFactory, UserFactory
from medinjob.lib.documents import read_here

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def add(user, data=None, name="Mon CV.pdf"):
    data = data or pdf_file(["Python"])
    return add_cv(owner=user, filename=name, data=data, document=read_here(data))


def content(cv):
    with cv.file.open("rb") as file:
        return file.read()


def files():
    return set(storages["private"].listdir("cv")[1]) if storages["private"].exists("cv") else set()


def test_file_is_kept_privately_as_it_was_sent(user):
    data = pdf_file(["Développeuse Python"])
    cv = add(user, data)
    assert content(cv) == data
    assert (cv.sha256, cv.size, cv.text) == (hashlib.sha256(data).hexdigest(), len(data), "Développeuse Python")
    assert "Mon" not in cv.file.name


def test_file_is_readable_by_its_own_process_only(user):
    assert stat.S_IMODE(os.stat(add(user).file.path).st_mode) == 0o600


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Mon CV.pdf", "Mon CV.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\moi\\cv.docx", "cv.pdf"),
        ("cv\r\nSet-Cookie: x.pdf", "cv Set-Cookie: x.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", "x" * 99 + "….pdf"),
        ("", "CV.pdf"),
    ],
)
def test_name_is_one_clean_line_with_the_right_extension(user, given, kept):
    assert add(user, name=given).filename == kept


def test_word_file_keeps_its_extension(user):
    assert add(user, docx_file(["Python"]), "cv.pdf").filename == "cv.docx"


def test_new_file_takes_the_place_of_the_old_which_goes(user, django_capture_on_commit_callbacks):
    old = add(user)
    name = old.file.name.removeprefix("cv/")
    with django_capture_on_commit_callbacks(execute=True):
        new = add(user)
    assert list(CV.objects.filter(owner=user)) == [new]
    assert name not in files()


def test_file_held_by_an_application_stays(user, django_capture_on_commit_callbacks):
    old = add(user)
    application = ApplicationFactory(candidate=user, cv=old)
    with django_capture_on_commit_callbacks(execute=True):
        add(user)
    application.refresh_from_db()
    assert application.cv == old
    assert application.cv.removed_at is not None
    assert content(application.cv).startswith(b"%PDF")


def test_removal_leaves_no_current_file(user, django_capture_on_commit_callbacks):
    cv = add(user)
    with django_capture_on_commit_callbacks(execute=True):
        remove_cv(owner=user)
    assert not CV.objects.filter(owner=user).exists()
    assert cv.file.name.removeprefix("cv/") not in files()


def test_removal_leaves_the_files_of_others(user):
    other = CVFactory()
    remove_cv(owner=user)
    assert list(CV.objects.all()) == [other]


def test_row_that_cannot_be_written_leaves_no_file(user, monkeypatch):
    before = files()
    monkeypatch.setattr(CV, "save", _broken)
    with pytest.raises(RuntimeError):
        add(user)
    assert files() == before


def _broken(*args, **kwargs):
    raise RuntimeError


def orphan(name, hours):
    storages["private"].save(f"cv/{name}", ContentFile(b"left behind"))
    then = time.time() - hours * 3600
    os.utime(storages["private"].path(f"cv/{name}"), (then, then))


def test_sweep_deletes_what_no_row_holds_and_leaves_the_rest(user):
    sweep_cv_files()  # what other tests left there, and the run of yesterday
    before = files()
    held = add(user)
    os.utime(held.file.path, (0, 0))
    orphan("killed-before-its-row", hours=25)
    orphan("waiting-for-its-row", hours=1)
    assert sweep_cv_files() == 1
    assert files() - before == {held.file.name.removeprefix("cv/"), "waiting-for-its-row"}
    assert sweep_cv_files() == 0


def test_sweep_before_any_file(settings, tmp_path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    assert sweep_cv_files() == 0
