import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as DocxDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.cv_files import docx_file
from medinjob.lib.documents import DOCX, Refusal, read_here
from tests.lib.documents.test_pdf import outcome, refusal_of


def repacked(changes: dict[str, bytes]) -> bytes:
    """The sample with members added or replaced."""
    target = BytesIO()
    with ZipFile(BytesIO(docx_file())) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, changes.pop(name, None) or source.read(name))
        for name, content in changes.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_docx_gives_its_words_tables_included():
    document = DocxDocument()
    document.add_paragraph("Camille Exemple\tMarseille")
    document.add_table(1, 1).cell(0, 0).text = "Kubernetes"
    target = BytesIO()
    document.save(target)
    assert read_here(target.getvalue()) == (DOCX, 1, "Camille Exemple Marseille\nKubernetes")


def test_docx_bomb_is_refused_before_it_is_opened():
    assert refusal_of(repacked({"word/media/zeros.bin": b"\0" * (35 * 1024 * 1024)})) is Refusal.TOO_COMPLEX


def test_docx_with_one_member_that_swells_is_refused():
    padding = bytes(range(256)) * 400
    swollen = repacked({"word/media/photo.bin": padding, "word/media/zeros.bin": b"\0" * 4_000_000})
    assert refusal_of(swollen) is Refusal.TOO_COMPLEX


def test_docx_of_very_many_members_is_refused():
    assert refusal_of(repacked({f"word/media/{n}.xml": b"<a/>" for n in range(500)})) is Refusal.TOO_COMPLEX


def test_docx_that_lies_about_its_sizes_is_refused():
    whole = bytearray(repacked({"word/media/zeros.bin": b"\0" * 500_000}))
    for found in list(re.finditer(rb"PK\x01\x02", whole)):
        whole[found.start() + 24 : found.start() + 28] = (10).to_bytes(4, "little")
    assert refusal_of(bytes(whole)) is Refusal.BROKEN


def test_docx_with_macros_is_refused():
    assert refusal_of(repacked({"word/vbaProject.bin": b"x"})) is Refusal.ACTIVE


def test_docx_with_an_embedded_object_is_refused():
    assert refusal_of(repacked({"word/embeddings/sheet.xlsx": b"x"})) is Refusal.ATTACHMENTS


def test_docx_with_a_remote_template_is_refused():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    link = f'<Relationship Id="r" Type="{kind}" Target="http://x.example" TargetMode="External"/>'
    rels = f"<Relationships>{link}</Relationships>".encode()
    assert refusal_of(repacked({"word/_rels/settings.xml.rels": rels})) is Refusal.ACTIVE


def with_entity(size: int, uses: int) -> bytes:
    declared = b'<!DOCTYPE a [<!ENTITY x "' + b"lol" * size + b'">]>'
    with ZipFile(BytesIO(docx_file())) as source:
        xml = source.read("word/document.xml")
    changed = xml.replace(b"?>", b"?>" + declared, 1).replace(b"PostgreSQL", b"&x;" * uses)
    return repacked({"word/document.xml": changed})


def test_docx_that_declares_a_document_type_is_refused():
    assert refusal_of(with_entity(9, 1)) is Refusal.NOT_PLAIN


def test_docx_with_an_entity_bomb_is_refused():
    assert refusal_of(with_entity(1000, 1000)) is Refusal.BROKEN


def test_plain_archive_is_no_document():
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert refusal_of(target.getvalue()) is Refusal.OTHER_KIND


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_truncated_docx_is_refused(share):
    whole = docx_file()
    assert refusal_of(whole[: int(len(whole) * share)]) is Refusal.BROKEN


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damaged_docx_is_read_or_refused_and_nothing_else(data):
    whole = bytearray(docx_file())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(whole)) in {DOCX, *Refusal}
