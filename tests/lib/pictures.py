from io import BytesIO
from typing import Any

from PIL import Image


def picture(format: str, *, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:  # noqa: A002
    """A plain picture as bytes."""
    out = BytesIO()
    Image.new(mode, size).save(out, format, **options)
    return out.getvalue()
