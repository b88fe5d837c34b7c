from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from demo.cv_files import pdf_file, written
from medinjob.lib.documents import PDF, DocumentError, Refusal, read, read_here
from medinjob.lib.documents.kinds import MAX_PAGES


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(DocumentError) as caught:
        read_here(data)
    return caught.value.refusal


def outcome(data: bytes) -> str:
    """In the child, as in production: files damaged at random make parsers loop, swell or crash."""
    try:
        return read(data).content_type
    except DocumentError as error:
        return error.refusal


def writer() -> PdfWriter:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf_file())))
    return writer


def test_pdf_gives_its_words_and_pages():
    document = read_here(pdf_file(["Développeuse Python", "5 ans (Marseille)"], pages=2))
    assert document == (PDF, 2, "Développeuse Python\n5 ans (Marseille)")


def test_pdf_without_words_is_kept_with_an_empty_text():
    assert read_here(pdf_file([])).text == ""


def test_pdf_with_an_open_action_script_is_refused():
    pdf = writer()
    pdf.add_open_action(JavaScript("app.alert(1)"))
    assert refusal_of(written(pdf)) is Refusal.ACTIVE


def test_pdf_with_a_script_behind_an_escaped_name_is_refused():
    pdf = writer()
    pdf.add_open_action(JavaScript("app.alert(1)"))
    assert refusal_of(written(pdf).replace(b"/JavaScript", b"/J#61vaScript")) is Refusal.ACTIVE


@pytest.mark.parametrize("kind", ["Launch", "SubmitForm", "ImportData"])
def test_pdf_with_an_action_on_a_page_is_refused(kind):
    pdf = writer()
    action = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), NameObject("/F"): TextStringObject("x")})
    pdf.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    assert refusal_of(written(pdf)) is Refusal.ACTIVE


def test_pdf_with_an_xfa_form_is_refused():
    pdf = writer()
    form = DictionaryObject({NameObject("/XFA"): ArrayObject()})
    pdf.root_object[NameObject("/AcroForm")] = form
    assert refusal_of(written(pdf)) is Refusal.ACTIVE


def test_pdf_with_an_attached_file_is_refused():
    pdf = writer()
    pdf.add_attachment("facture.exe", b"MZ")
    assert refusal_of(written(pdf)) is Refusal.ATTACHMENTS


def test_pdf_that_opens_at_a_page_is_kept():
    pdf = writer()
    action = DictionaryObject({NameObject("/S"): NameObject("/GoTo")})
    pdf.root_object[NameObject("/OpenAction")] = action
    assert read_here(written(pdf)).pages == 1


@pytest.mark.parametrize("password", ["secret", ""])
def test_encrypted_pdf_is_refused_even_with_an_empty_password(password):
    pdf = writer()
    pdf.encrypt(password, "owner", algorithm="RC4-128")
    assert refusal_of(written(pdf)) is Refusal.ENCRYPTED


def test_pdf_of_too_many_pages_is_refused():
    assert refusal_of(pdf_file(pages=MAX_PAGES + 1)) is Refusal.TOO_MANY_PAGES


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated_pdf_is_refused(share):
    whole = pdf_file()
    assert refusal_of(whole[: int(len(whole) * share)]) is Refusal.BROKEN


def test_pdf_whose_page_tree_loops_is_refused():
    pdf = writer()
    pages = pdf.root_object["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject([pages.indirect_reference])
    assert refusal_of(written(pdf)) in {Refusal.BROKEN, Refusal.EMPTY, Refusal.TOO_COMPLEX}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_pdf_is_read_or_refused_and_nothing_else(data):
    whole = bytearray(pdf_file())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(5, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(whole)) in {PDF, *Refusal}
