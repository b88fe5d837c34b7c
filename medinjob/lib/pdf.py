"""PDF by typst: tagged (PDF/UA-1), made from a template beside the code and JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def render_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """`template` reads `json(bytes(sys.inputs.data))`. It must set a document title and give images their alt text,
    else `typst.TypstError`."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    pdf: bytes = typst.compile(str(template), format="pdf", sys_inputs={"data": text}, pdf_standards=["ua-1"])
    return pdf
