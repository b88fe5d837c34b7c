"""Only what is known to be harmless is kept: the many ways out of a document, and the CVs that people really have."""

from io import BytesIO
from zipfile import ZipFile

import pytest
import typst
from docx import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)  # fmt: skip

from demo.cv_files import pdf_file, written
from medinjob.lib.documents import DOCX, PDF, Refusal, read_here
from medinjob.lib.documents.links import is_plain_link
from tests.lib.documents.test_docx import repacked
from tests.lib.documents.test_pdf import refusal_of, writer
from tests.lib.pictures import picture

UNC = "\\\\evil.example\\share\\x"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rels(kind: str, target: str, mode: str = ' TargetMode="External"', encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'{head}<Relationships xmlns="{space}">{link}</Relationships>'.encode(encoding)


@pytest.mark.parametrize(
    "kind", ["oleObject", "image", "frame", "subDocument", "aFChunk", "package", "mailMergeSource"]
)
def test_docx_that_fetches_something_is_refused(kind):
    assert refusal_of(repacked({"word/_rels/header9.xml.rels": rels(kind, "http://x.example/a")})) is Refusal.EXTERNAL


@pytest.mark.parametrize(
    "changes",
    [
        {"word/_rels/settings.xml.rels": rels("attachedTemplate", UNC, '  TargetMode = "External" ')},
        {"word/_rels/settings.xml.rels": rels("attachedTemplate", UNC, "\n TargetMode\n=\n'External'")},
        {"word/_rels/settings.xml.rels": rels("attachedTemplate", UNC, encoding="utf-16")},
        {"word/_RELS/SETTINGS.XML.RELS": rels("attachedTemplate", UNC)},
        {"word/_rels/settings.xml.rels": rels("attached&#84;emplate", UNC)},
        {"word/_rels/settings.xml.rels": rels("attachedTemplate", UNC, ' TargetMode="&#69;xternal"')},
    ],
)
def test_docx_with_a_template_from_elsewhere_is_refused_however_it_is_written(changes):
    assert refusal_of(repacked(changes)) is Refusal.ACTIVE


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("hyperlink", UNC, ' TargetMode="External"'),
        ("hyperlink", "file:///c:/windows", ' TargetMode="External"'),
        ("hyperlink", "//evil.example/a", ' TargetMode="External"'),
        ("hyperlink", "search-ms:query=x", ' TargetMode="External"'),
        ("image", "http://x.example/a.png", ""),
        ("image", UNC, ' TargetMode="Internal"'),
        ("image", "media/a.png", ' TargetMode="Elsewhere"'),
    ],
)
def test_docx_with_a_relation_that_leads_out_is_refused(kind, target, mode):
    assert refusal_of(repacked({"word/_rels/document.xml.rels": rels(kind, target, mode)})) is Refusal.EXTERNAL


def docx_with(xml: str) -> bytes:
    document = DocxDocument()
    document.add_paragraph("Camille Exemple")
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r')} {VML}>{xml}</w:p>"))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def field(*pieces: str) -> str:
    words = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{mark.format('begin')}{words}{mark.format('separate')}<w:r><w:t>x</w:t></w:r>{mark.format('end')}"


@pytest.mark.parametrize(
    ("xml", "refusal"),
    [
        (field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'), Refusal.ACTIVE),
        (field("D", "DE", "AUTO x y"), Refusal.ACTIVE),
        ('<w:fldSimple w:instr=" dde x y "/>', Refusal.ACTIVE),
        (field("</w:instrText></w:r>" + field("QUOTE 68 68 69") + "<w:r><w:instrText> x y"), Refusal.ACTIVE),
        (field('INCLUDEPICTURE "http://x.example/a.png" \\d'), Refusal.EXTERNAL),
        (field('LINK Excel.Sheet.8 "\\\\\\\\x.example\\\\a.xls"'), Refusal.EXTERNAL),
        (field('HYPERLINK "\\\\\\\\x.example\\\\a"'), Refusal.EXTERNAL),
        (field("HYPERLINK \\\\\\\\x.example\\\\a"), Refusal.EXTERNAL),
        ('<w:r><w:pict><v:rect><v:imagedata src="http://x.example/a.png"/></v:rect></w:pict></w:r>', Refusal.EXTERNAL),
        ('<w:r><w:control r:id="rId1"/></w:r>', Refusal.ACTIVE),
    ],
)  # fmt: skip
def test_docx_whose_text_acts_is_refused(xml, refusal):
    assert refusal_of(docx_with(xml)) is refusal


def test_docx_with_an_unknown_part_is_refused():
    assert refusal_of(repacked({"word/afchunk.mht": b"MIME"})) in {Refusal.NOT_PLAIN, Refusal.ATTACHMENTS}


def test_docx_of_a_macro_document_is_refused():
    data = repacked({})
    types = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with ZipFile(BytesIO(data)) as archive:
        changed = archive.read("[Content_Types].xml").replace(plain, types)
    assert refusal_of(repacked({"[Content_Types].xml": changed})) is Refusal.ACTIVE


def test_docx_as_people_have_it_is_kept():
    """Links, a mail address, a bookmark, a table of contents, page numbers, a picture, a header, a comment."""
    document = DocxDocument()
    run = document.add_paragraph("Camille Exemple").add_run("Marseille")
    for address in ("https://exemple.example/cv?a=b:c", "mailto:camille@exemple.example", "www.exemple.example"):
        document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.add_picture(BytesIO(picture("PNG")))
    document.add_comment(run, text="À relire", author="Dan", initials="D")
    paragraph = document.sections[0].footer.paragraphs[0]._p
    for instruction in ("PAGE", 'TOC \\o "1-3" \\h', 'HYPERLINK "https://x.example" \\o "Lien : le site"',
                        'HYPERLINK \\l "_Toc1"', "= 2 + 2", ""):  # fmt: skip
        xml = f"<w:p {nsdecls('w')}>{field(instruction)}</w:p>"
        paragraph.addnext(parse_xml(xml))
    document.element.body.insert(0, parse_xml(f'<w:p {nsdecls("w")}><w:bookmarkStart w:id="1" w:name="haut"/></w:p>'))
    target = BytesIO()
    document.save(target)
    assert read_here(target.getvalue()).content_type == DOCX


def names(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in values.items()})


def action(kind: str, **more: object) -> DictionaryObject:
    return names(S=NameObject(f"/{kind}"), **more)


def put_on_annotation(pdf: PdfWriter, act: DictionaryObject) -> None:
    rect = ArrayObject(map(NumberObject, (0, 0, 9, 9)))
    link = {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): rect, NameObject("/A"): pdf._add_object(act)}  # fmt: skip
    pdf.pages[0][NameObject("/Annots")] = ArrayObject([pdf._add_object(DictionaryObject(link))])


def put_on_opening(pdf: PdfWriter, act: DictionaryObject) -> None:
    pdf.root_object[NameObject("/OpenAction")] = act


def put_on_page(pdf: PdfWriter, act: DictionaryObject) -> None:
    pdf.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})


def put_on_closing(pdf: PdfWriter, act: DictionaryObject) -> None:
    pdf.root_object[NameObject("/AA")] = pdf._add_object(DictionaryObject({NameObject("/WC"): act}))


def put_after_another(pdf: PdfWriter, act: DictionaryObject) -> None:
    second = action("Named", N=NameObject("/NextPage"), Next=ArrayObject([pdf._add_object(act)]))
    put_on_annotation(pdf, action("GoTo", D=ArrayObject(), Next=second))


def put_on_outline(pdf: PdfWriter, act: DictionaryObject) -> None:
    item = DictionaryObject({NameObject("/Title"): TextStringObject("x"), NameObject("/A"): act})
    outlines = DictionaryObject({NameObject("/First"): pdf._add_object(item)})
    pdf.root_object[NameObject("/Outlines")] = pdf._add_object(outlines)


def put_on_field(pdf: PdfWriter, act: DictionaryObject) -> None:
    text = names(FT=NameObject("/Tx"), AA=names(K=act))
    pdf.root_object[NameObject("/AcroForm")] = names(Fields=ArrayObject([pdf._add_object(text)]))


def put_where_nothing_leads(pdf: PdfWriter, act: DictionaryObject) -> None:
    pdf._add_object(DictionaryObject({NameObject("/OpenAction"): act}))


PLACES = [
    *(put_on_annotation, put_on_opening, put_on_page, put_on_closing),
    *(put_after_another, put_on_outline, put_on_field, put_where_nothing_leads),
]
KINDS = ["GoToR", "GoToE", "Thread", "Launch", "SubmitForm", "ResetForm", "ImportData", "JavaScript", "Sound", "Movie",
         "Hide", "SetOCGState", "Rendition", "Trans", "GoTo3DView", "RichMediaExecute", "Unheard"]  # fmt: skip


@pytest.mark.parametrize("put", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_pdf_that_acts_is_refused_wherever_the_action_is(put, kind):
    pdf = writer()
    put(pdf, action(kind, F=TextStringObject(UNC)))
    assert refusal_of(written(pdf)) in {Refusal.ACTIVE, Refusal.EXTERNAL}


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_whose_action_is_spelt_with_an_escape_is_refused(kind):
    """No search for its letters finds it."""
    pdf = writer()
    put_on_annotation(pdf, action(kind, F=TextStringObject(UNC)))
    data = written(pdf)
    spelt = data.replace(f"/S /{kind}".encode(), f"/S /#{ord(kind[0]):02x}{kind[1:]}".encode())
    assert spelt != data
    assert refusal_of(spelt) in {Refusal.ACTIVE, Refusal.EXTERNAL}


@pytest.mark.parametrize("address", [UNC, "file:///c:/x", "//evil.example/x", "javascript:alert(1)", "smb://x/y"])
@pytest.mark.parametrize("put", PLACES)
def test_pdf_whose_link_is_no_web_page_is_refused(put, address):
    pdf = writer()
    put(pdf, action("URI", URI=TextStringObject(address)))
    assert refusal_of(written(pdf)) is Refusal.EXTERNAL


def test_pdf_whose_kind_of_action_is_behind_a_reference_is_refused():
    pdf = writer()
    act = action("URI", URI=TextStringObject("https://x.example"))
    act[NameObject("/S")] = pdf._add_object(NameObject("/Hide"))
    put_on_annotation(pdf, act)
    assert refusal_of(written(pdf)) is Refusal.ACTIVE


def test_pdf_whose_stream_is_in_another_file_is_refused():
    pdf = writer()
    stream = StreamObject()
    stream[NameObject("/F")] = TextStringObject(UNC)
    pdf._add_object(stream)
    assert refusal_of(written(pdf)) is Refusal.EXTERNAL


@pytest.mark.parametrize("kind", ["Screen", "3D", "RichMedia", "Sound", "Movie", "Unheard"])
def test_pdf_with_an_annotation_that_plays_is_refused(kind):
    pdf = writer()
    pdf.pages[0][NameObject("/Annots")] = ArrayObject([names(Subtype=NameObject(f"/{kind}"))])
    assert refusal_of(written(pdf)) is Refusal.ACTIVE


def test_pdf_as_people_have_it_is_kept():
    """Links to the web, to a mailbox and within the file, an outline, a form to fill, structure for screen readers."""
    pdf = writer()
    pdf.add_outline_item(title="Parcours", page_number=0)
    put_on_annotation(pdf, action("URI", URI=TextStringObject("https://exemple.example/cv?a=b:c")))
    for act in (
        action("URI", URI=TextStringObject("mailto:camille@exemple.example")),
        action("URI", URI=TextStringObject("www.exemple.example")),
        action("GoTo", D=TextStringObject("haut")),
        action("Named", N=NameObject("/FirstPage")),
    ):
        put_where_nothing_leads(pdf, act)
    pdf.root_object[NameObject("/AcroForm")] = names(Fields=ArrayObject())
    attributes = names(O=NameObject("/Layout"), Placement=NameObject("/Block"))
    pdf._add_object(names(S=NameObject("/P"), A=attributes, Marked=BooleanObject(True)))
    assert read_here(written(pdf)).content_type == PDF


def test_pdf_of_typst_tagged_with_links_and_outline_is_kept():
    source = b"""#set document(title: "CV")
= Camille Exemple <haut>
#outline()
#link("https://exemple.example")[site] #link("mailto:c@exemple.example")[ecrire] #link(<haut>)[haut]
#table(columns: 2, [Python], [5 ans])"""
    assert "Camille" in read_here(typst.compile(source)).text


@pytest.mark.parametrize(
    "address", ["http://x.example", "HTTPS://X", "mailto:a@b.example", "tel:+33491", "x.example/a:b", "#a"]
)
def test_link_to_the_web_is_plain(address):
    assert is_plain_link(address)


@pytest.mark.parametrize(
    "address", ["file:x", "\\\\x\\y", "//x/y", "/x", "c:\\x", "ms-word:ofe|u|http://x", " \\\\x", "..\\x"]
)
def test_link_to_a_file_is_not(address):
    assert not is_plain_link(address)


def test_sample_is_kept_as_it_is():
    assert (read_here(repacked({})).content_type, read_here(pdf_file()).content_type) == (DOCX, PDF)
