"""The fields of a Word text: `PAGE` or `HYPERLINK`, but also `DDEAUTO`, which runs a program."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from medinjob.lib.documents.kinds import DocumentError, Refusal
from medinjob.lib.documents.links import is_plain_link
from medinjob.lib.documents.ooxml import FIELDS

_RUNNING = frozenset({"DDE", "DDEAUTO", "MACROBUTTON", "MACRO", "IMPORT"})
_WORD = re.compile(r'"([^"]*+)"|(\S++)')
# Switches whose next word is a tip, a frame or a bookmark.
_WITH_WORD = frozenset({"\\o", "\\t", "\\l"})
_INSIDE = "\0"


def refuse_fields(root: Any) -> None:
    """Instructions may be cut into pieces over several runs, and a field may lie inside another's instruction."""
    open_fields: list[_Field] = []
    for node in root.iter():
        name = str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name == "fldSimple":
            _judge(_attribute(node, "instr"))
        elif name in {"instrText", "delInstrText"}:
            _say(open_fields, str(node.text or ""))
        elif name == "fldChar":
            _turn(open_fields, _attribute(node, "fldCharType"))
    for field in open_fields:
        _judge(field.said)


class _Field:
    """One that has begun: its words until its result begins."""

    def __init__(self) -> None:
        self.said = ""
        self.shown = False


def _say(open_fields: list[_Field], words: str) -> None:
    if not open_fields:
        _judge(words)
    elif not open_fields[-1].shown:
        open_fields[-1].said += words


def _turn(open_fields: list[_Field], kind: str) -> None:
    if kind == "begin":
        if open_fields and not open_fields[-1].shown:
            open_fields[-1].said += _INSIDE
        open_fields.append(_Field())
    elif kind == "separate" and open_fields:
        open_fields[-1].shown = True
    elif kind == "end" and open_fields:
        _judge(open_fields.pop().said)


def _judge(instruction: str) -> None:
    name = next(iter(instruction.split()), "").partition("\\")[0].upper()
    if not name or name.startswith("="):
        return
    if name not in FIELDS:
        raise DocumentError(Refusal.ACTIVE if name in _RUNNING or _INSIDE in name else Refusal.EXTERNAL)
    if name == "HYPERLINK" and not all(map(is_plain_link, _targets(instruction))):
        raise DocumentError(Refusal.EXTERNAL)


def _targets(instruction: str) -> Iterator[str]:
    """The words of a link's instruction that are neither its name, nor a switch, nor what belongs to one."""
    words = [quoted or bare for quoted, bare in _WORD.findall(instruction)][1:]
    for before, word in pairwise(["", *words]):
        if before.lower() not in _WITH_WORD and not (len(word) == 2 and word.startswith("\\")):
            yield word


def _attribute(node: Any, wanted: str) -> str:
    return next((str(value) for name, value in node.attrib.items() if str(name).rpartition("}")[2] == wanted), "")
