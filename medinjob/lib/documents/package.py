"""Is a DOCX made of harmless parts only? Each is parsed as Word would, whatever its encoding and its spaces."""

from collections.abc import Iterator
from posixpath import splitext
from typing import Any
from zipfile import ZipFile

from lxml import etree

from medinjob.lib.documents.fields import refuse_fields
from medinjob.lib.documents.kinds import DocumentError, Refusal
from medinjob.lib.documents.links import is_plain_link
from medinjob.lib.documents.ooxml import ACTING_XML, DATA, DATA_XML, MAIN

TYPES = "[content_types].xml"
_HELD = {"OLEObject": Refusal.ATTACHMENTS, "altChunk": Refusal.ATTACHMENTS, "subDoc": Refusal.EXTERNAL,
         "control": Refusal.ACTIVE, "ocx": Refusal.ACTIVE, "mailMerge": Refusal.EXTERNAL}  # fmt: skip
# What is in a type or a name says which reason to give; without such a word it is still refused.
_REASONS = (
    (("vba", "macro", "activex", "control", "attachedtemplate"), Refusal.ACTIVE),
    (("oleobject", "/embeddings/", "package", "afchunk", "bin"), Refusal.ATTACHMENTS),
)


def refuse_unsafe(archive: ZipFile) -> None:
    """Raises `DocumentError` for a part, a relation, an element or a field that is not known to be harmless."""
    names = [name for name in archive.namelist() if not name.endswith("/")]
    lower = [name.lower() for name in names]
    if len(set(lower)) != len(lower) or any("\\" in name or ".." in name.split("/") for name in names):
        raise DocumentError(Refusal.BROKEN)
    kinds = _Kinds(_parsed(archive.read(names[lower.index(TYPES)])))
    for name in names:
        if name.lower() == TYPES:
            continue
        if name.lower().endswith(".rels"):
            _refuse_relations(_parsed(archive.read(name)))
        else:
            _refuse_part(archive, name, kinds.of(name))
    if MAIN not in kinds.by_name.values():
        raise DocumentError(Refusal.OTHER_KIND)


class _Kinds:
    """The type of each part: its own, or that of its extension."""

    def __init__(self, root: Any) -> None:
        self.by_name: dict[str, str] = {}
        self.by_extension: dict[str, str] = {}
        for node in _elements(root):
            given = _attributes(node)
            kind = given.get("contenttype", "").strip()
            if _local(node) == "Override":
                self.by_name[given.get("partname", "").lstrip("/").lower()] = kind
            elif _local(node) == "Default":
                self.by_extension[given.get("extension", "").lower()] = kind

    def of(self, name: str) -> str:
        low = name.lower()
        return self.by_name.get(low) or self.by_extension.get(splitext(low)[1].lstrip("."), "")


def _refuse_part(archive: ZipFile, name: str, kind: str) -> None:
    low = f"/{name.lower()}"
    if "/embeddings/" in low or "/activex/" in low or low.endswith("vbaproject.bin"):
        raise DocumentError(_reason(low))
    if kind not in ACTING_XML | DATA_XML | DATA:
        raise DocumentError(_reason(f"{kind.lower()} {low}"))
    if kind in DATA:
        return
    root = _parsed(archive.read(name))
    if kind in ACTING_XML:
        _refuse_elements(root)
        refuse_fields(root)


def _refuse_relations(root: Any) -> None:
    for node in _elements(root):
        given = _attributes(node)
        if _local(node) != "Relationship":
            continue
        kind, target = given.get("type", "").strip(), given.get("target", "")
        mode = given.get("targetmode", "").strip().lower()
        is_link = kind.rpartition("/")[2].lower() == "hyperlink"
        if mode == "external" and not (is_link and is_plain_link(target)):
            raise DocumentError(Refusal.ACTIVE if "attachedtemplate" in kind.lower() else Refusal.EXTERNAL)
        if mode not in {"", "internal", "external"} or (mode != "external" and _leads_out(target)):
            raise DocumentError(Refusal.EXTERNAL)


def _refuse_elements(root: Any) -> None:
    for node in _elements(root):
        if refusal := _HELD.get(_local(node)):
            raise DocumentError(refusal)
        given = _attributes(node)
        if _leads_out(given.get("src", "")) or not is_plain_link(given.get("href", "") or "#"):
            raise DocumentError(Refusal.EXTERNAL)


def _leads_out(target: str) -> bool:
    target = target.strip()
    return ":" in target.partition("#")[0] or target.startswith(("//", "\\")) or "\\\\" in target


def _reason(words: str) -> Refusal:
    return next((refusal for signs, refusal in _REASONS if any(sign in words for sign in signs)), Refusal.NOT_PLAIN)


def _parsed(data: bytes) -> Any:
    """No entity is read and nothing fetched; a part that declares a document type is refused as a whole."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None or root.getroottree().docinfo.doctype:
        raise DocumentError(Refusal.NOT_PLAIN)
    return root


def _elements(root: Any) -> Iterator[Any]:
    return (node for node in root.iter() if isinstance(node.tag, str))


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _attributes(node: Any) -> dict[str, str]:
    """By their lower-case name without namespace."""
    return {str(name).rpartition("}")[2].lower(): str(value) for name, value in node.attrib.items()}
