"""PDF by typst: tagged (PDF/UA-1), made from a template beside the code and JSON, in the fonts of the packages."""

import json
import logging
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from medinjob.lib.fonts import font_folders, latin, printable

log = logging.getLogger(__name__)

# One text alone, to learn whether typst takes it.
_PROBE = b'#set document(title: "x")\n#json(bytes(sys.inputs.data))'


def render_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """`template` reads `json(bytes(sys.inputs.data))`. It must set a document title and give images their alt text.

    Any text prints: what no font has is replaced by a mark, and a text that typst refuses all the same is printed in
    ASCII, while the others stay. `typst.TypstError` for a fault of the template."""
    shown = _texts(data, printable)
    try:
        return _compiled(template.read_bytes(), shown)
    except typst.TypstError:
        # The error quotes the text, and logs hold no names.
        log.warning("%s: a text is printed in ASCII, since typst refused it", template.name)
        return _compiled(template.read_bytes(), _texts(shown, _accepted))


def _accepted(text: str) -> str:
    """The text, or its ASCII form if typst refuses it: signs that fonts have one by one, but not together."""
    if text.isascii():
        return text
    try:
        _compiled(_PROBE, text)
    except typst.TypstError:
        return latin(text)
    return text


@cache
def _fonts() -> typst.Fonts:
    """Those of the packages and typst's own, read once a process; never the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=font_folders())


def _compiled(source: bytes, data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, default=str)
    pdf: bytes = typst.compile(
        source,
        format="pdf",
        sys_inputs={"data": text},
        pdf_standards=["ua-1"],
        font_paths=_fonts(),
        timestamp=timezone.now().replace(microsecond=0),
    )
    return pdf


def _texts(data: Any, each: Callable[[str], str]) -> Any:
    """The same data with each text passed through `each`; pictures (SVG, which is markup) stay."""
    if isinstance(data, str):
        return data if data.startswith("<svg") else each(data)
    if isinstance(data, Mapping):
        return {key: _texts(value, each) for key, value in data.items()}
    return [_texts(value, each) for value in data] if isinstance(data, list | tuple) else data
