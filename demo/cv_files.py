"""Small real files for CVs: what the demo and the tests upload."""

from collections.abc import Iterable
from io import BytesIO

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

LEADING = 16


def pdf_file(lines: Iterable[str] = ("Développeuse Python, Django et PostgreSQL",), pages: int = 1) -> bytes:
    """An A4 PDF with these lines on its first page."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    page = writer.pages[0]
    shown = [f"({_escaped(line)}) Tj T*".encode("cp1252", "replace") for line in lines]
    content = StreamObject()
    content.set_data(b"BT /F1 11 Tf %d TL 60 780 Td " % LEADING + b" ".join(shown) + b" ET")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    return written(writer)


def docx_file(lines: Iterable[str] = ("Développeuse Python, Django et PostgreSQL",)) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def written(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
