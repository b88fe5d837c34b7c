"""The database or the disk takes nothing: a page says so, in the language of the reader, and never as a bug."""

import errno
import sqlite3

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError
from django.test import RequestFactory
from django.utils import translation

from medinjob.errors import bad_request, server_error


def answered(error: Exception, request):
    try:
        raise error
    except Exception:
        return server_error(request)


def malformed() -> DatabaseError:
    error = DatabaseError("database disk image is malformed")
    error.__cause__ = sqlite3.DatabaseError("database disk image is malformed")
    return error


@pytest.mark.parametrize(
    "error",
    [OperationalError("database is locked"), malformed(), OSError(errno.ENOSPC, "full"), OSError(errno.EROFS, "ro")],
)
def test_what_cannot_be_stored_is_said_and_is_no_bug(rf: RequestFactory, error):
    answer = answered(error, rf.post("/offres/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert "n’a pas été enregistré" in answer.text
    assert "n’a pas été enregistré" not in answered(error, rf.get("/offres/")).text
    with translation.override("en"):
        assert "was not saved" in answered(error, rf.post("/offres/")).text


@pytest.mark.parametrize(
    "error", [IntegrityError("x"), ProgrammingError("x"), DatabaseError("x"), OSError(errno.ENOENT, "x"), KeyError("x")]
)
def test_fault_of_the_code_stays_one(rf: RequestFactory, error):
    assert answered(error, rf.post("/offres/")).status_code == 500


def test_session_that_could_not_be_written_is_not_a_deleted_one(rf: RequestFactory):
    full = SessionInterrupted("deleted")
    full.__context__ = OperationalError("database or disk is full")
    assert bad_request(rf.post("/"), full).status_code == 503
    assert bad_request(rf.post("/"), SessionInterrupted("deleted")).status_code == 400
