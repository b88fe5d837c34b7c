"""What a PDF may do when it is opened or clicked (ISO 32000-1, 12.6): turn its own pages, and open a page of the web.

Everything else is refused, known or not: a list of what runs, opens or sends something is never complete.
"""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from medinjob.lib.documents.kinds import DocumentError, Refusal
from medinjob.lib.documents.links import is_plain_link

ALLOWED_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
ALLOWED_MOVES = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward"})
ALLOWED_ANNOTATIONS = frozenset(
    {f"/{name}" for name in ("Link", "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight",
     "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "Widget", "Watermark")}
)  # fmt: skip
ALLOWED_NAMES = frozenset({"/Dests", "/AP", "/Pages", "/Templates", "/IDS"})
# XFA (12.7.8) is a program of its own, and so are the others.
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMedia", "/RichMediaContent", "/Renditions"})
ATTACHMENT_KEYS = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/Collection"})
ATTACHMENT_KINDS = frozenset({"/EmbeddedFile", "/FileAttachment"})
# They lead out of the file; wherever they stand, since a key that we do not know may hold an action.
LEADING_OUT = frozenset({"/GoToR", "/GoToE", "/Thread"})
RUNNING = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMedia", "/Movie",
                     "/RichMediaExecute", "/Sound", "/GoTo3DView", "/SetOCGState"})  # fmt: skip


def refuse_unsafe(holder: DictionaryObject) -> None:
    """Raises `DocumentError` for a dictionary that does, opens or holds what is not known to be harmless."""
    keys = set(holder)
    kinds = {str(resolved(holder, name)) for name in ("/S", "/Type", "/Subtype")}
    if keys & ACTIVE_KEYS or kinds & RUNNING:
        raise DocumentError(Refusal.ACTIVE)
    if keys & ATTACHMENT_KEYS or kinds & ATTACHMENT_KINDS:
        raise DocumentError(Refusal.ATTACHMENTS)
    if _reads_elsewhere(holder, keys, kinds):
        raise DocumentError(Refusal.EXTERNAL)
    for action in _actions(holder):
        _refuse_action(action)
    for annotation in _annotations(holder):
        if str(resolved(annotation, "/Subtype")) not in ALLOWED_ANNOTATIONS:
            raise DocumentError(Refusal.ACTIVE)
    names = resolved(holder, "/Names")
    if isinstance(names, DictionaryObject) and set(names) - ALLOWED_NAMES:
        raise DocumentError(Refusal.ACTIVE)


def resolved(holder: DictionaryObject, name: str) -> Any:
    """The value itself, however many references lead to it; None when there is none."""
    value: Any = holder.raw_get(name) if name in holder else None
    for _ in range(20):
        if not isinstance(value, IndirectObject):
            return value
        value = value.get_object()
    raise DocumentError(Refusal.TOO_COMPLEX)


def _reads_elsewhere(holder: DictionaryObject, keys: set[str], kinds: set[str]) -> bool:
    """A file specification, a stream whose bytes are in another file, an imported page, a base that is no web page."""
    if "/Filespec" in kinds or "/UF" in keys or str(resolved(holder, "/S")) in LEADING_OUT:
        return True
    if isinstance(holder, StreamObject) and keys & {"/F", "/FFilter", "/Ref", "/OPI"}:
        return True
    return "/Base" in keys and not is_plain_link(str(resolved(holder, "/Base")))


def _actions(holder: DictionaryObject) -> Iterator[DictionaryObject]:
    """What the holder does: on a click, when it opens, and after that (`/Next`)."""
    for name in ("/A", "/PA", "/OpenAction", "/Next"):
        value = resolved(holder, name)
        yield from _dictionaries(value)
    additional = resolved(holder, "/AA")
    if isinstance(additional, DictionaryObject):
        for event in additional:
            yield from _dictionaries(resolved(additional, event))


def _dictionaries(value: Any) -> Iterator[DictionaryObject]:
    items = value if isinstance(value, ArrayObject) else [value]
    found = (item.get_object() if isinstance(item, IndirectObject) else item for item in items)
    # Attributes of the document's structure are under "/A" too, without a kind of action.
    yield from (item for item in found if isinstance(item, DictionaryObject) and ("/S" in item or "/URI" in item))


def _refuse_action(action: DictionaryObject) -> None:
    kind = str(resolved(action, "/S"))
    if kind not in ALLOWED_ACTIONS:
        raise DocumentError(Refusal.ACTIVE)
    if kind == "/URI" and not is_plain_link(_text(resolved(action, "/URI"))):
        raise DocumentError(Refusal.EXTERNAL)
    if kind == "/Named" and str(resolved(action, "/N")) not in ALLOWED_MOVES:
        raise DocumentError(Refusal.ACTIVE)


def _annotations(holder: DictionaryObject) -> Iterator[DictionaryObject]:
    if str(resolved(holder, "/Type")) == "/Annot":
        yield holder
    listed = resolved(holder, "/Annots")
    for item in listed if isinstance(listed, ArrayObject) else ():
        annotation = item.get_object() if isinstance(item, IndirectObject) else item
        if isinstance(annotation, DictionaryObject):
            yield annotation


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
