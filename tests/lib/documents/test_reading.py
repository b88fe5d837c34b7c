import pytest

from demo.cv_files import docx_file, pdf_file
from medinjob.lib import documents
from medinjob.lib.documents import DOCX, MAX_BYTES, PDF, DocumentError, Refusal, read


def refused(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(data)
    return caught.value


@pytest.mark.parametrize(("data", "kind"), [(pdf_file(), PDF), (docx_file(), DOCX)])
def test_child_gives_what_the_process_would(data, kind):
    assert read(data) == documents.read_here(data)
    assert read(data).content_type == kind


def test_image_called_pdf_is_named_for_what_it_is():
    error = refused(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    assert (error.refusal, error.found) == (Refusal.OTHER_KIND, "image/png")


@pytest.mark.parametrize("data", [b"Bonjour", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_other_kinds_are_refused(data):
    assert refused(data).refusal is Refusal.OTHER_KIND


def test_empty_file_is_refused():
    assert refused(b"").refusal is Refusal.EMPTY


def test_file_past_the_cap_is_refused_unread():
    assert refused(b"%PDF-" + b"0" * MAX_BYTES).refusal is Refusal.TOO_BIG


def test_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "SECONDS", 0.001)
    assert refused(pdf_file()).refusal is Refusal.TOO_COMPLEX


def test_very_long_text_is_cut():
    assert len(read(pdf_file(["x" * 1000] * 300)).text) == documents.kinds.MAX_TEXT
