"""What a DOCX may hold (ECMA-376): a list of the harmless, since whatever Word may open or run is never complete."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_OFFICE}wordprocessingml."
MAIN = f"{_WORD}document.main+xml"

_WORD_PARTS = (
    "styles settings webSettings fontTable numbering footnotes endnotes comments header footer document.glossary "
    "people commentsExtended commentsIds commentsExtensible"
)
_DRAWINGS = "chart chartshapes diagramData diagramLayout diagramStyle diagramColors"
ACTING_XML = frozenset(
    {
        MAIN,
        *(f"{_WORD}{name}+xml" for name in _WORD_PARTS.split()),
        *(f"{_OFFICE}drawingml.{name}+xml" for name in _DRAWINGS.split()),
        f"{_OFFICE}vmlDrawing",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    }
)
"""Parts that Word lays out: what their elements ask for is looked at."""

DATA_XML = frozenset(
    {
        f"{_OFFICE}theme+xml",
        f"{_OFFICE}themeOverride+xml",
        f"{_OFFICE}customXmlProperties+xml",
        f"{_OFFICE}custom-properties+xml",
        f"{_OFFICE}extended-properties+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.ms-office.chartstyle+xml",
        "application/vnd.ms-office.chartcolorstyle+xml",
        "application/vnd.ms-office.classificationlabels+xml",
        "application/inkml+xml",
        "application/xml",
        "text/xml",
    }
)
_FONTS = (f"{_OFFICE}obfuscatedFont", "application/x-fontdata", "application/x-font-ttf", "application/x-font-otf")
_IMAGES = "png jpeg jpg gif bmp tiff svg+xml webp x-emf x-wmf emf wmf x-icon vnd.ms-photo pjpeg x-png"
DATA = frozenset({*_FONTS, *(f"image/{name}" for name in _IMAGES.split()), f"{_WORD}printerSettings"})

# Instructions that only show something of the document itself, or a link.
_FIELDS = """
    HYPERLINK PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF SEQ TOC TC XE INDEX LISTNUM DATE TIME
    CREATEDATE SAVEDATE PRINTDATE EDITTIME AUTHOR LASTSAVEDBY TITLE SUBJECT KEYWORDS COMMENTS FILENAME FILESIZE TEMPLATE
    NUMWORDS NUMCHARS REVNUM DOCPROPERTY INFO USERNAME USERINITIALS USERADDRESS SYMBOL EQ ADVANCE SHAPE QUOTE FORMTEXT
    FORMCHECKBOX FORMDROPDOWN MERGEFIELD BIBLIOGRAPHY CITATION PRIVATE"""
FIELDS = frozenset(_FIELDS.split())
