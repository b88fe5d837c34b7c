"""A picture from somebody's disk made safe to show: known type, bounded size, drawn again without its metadata."""

from io import BytesIO

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_MIME_TYPES = {"image/png", "image/jpeg", "image/webp", "image/gif"}
LARGEST_SIDE = 4000
LARGEST_FILE = 1024 * 1024


class ImageError(ValueError):
    """Why a picture is refused: `code` is "type", "size" (bytes), "pixels" or "broken"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def redraw(data: bytes, *, side: int = 512) -> bytes:
    """The picture as WebP, at most `side` pixels wide and high, upright, without EXIF, profile or animation.

    Accepts PNG, JPEG, WebP and GIF up to `LARGEST_FILE` bytes and `LARGEST_SIDE` pixels a side, by content, whatever
    the file is called; raises `ImageError` otherwise.
    """
    if len(data) > LARGEST_FILE:
        raise ImageError("size")
    if not _MIME_TYPES.intersection(_sniffed(data)):
        raise ImageError("type")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            # Before any pixel is decoded: a small file may claim an enormous canvas.
            if max(image.size) > LARGEST_SIDE:
                raise ImageError("pixels")
            return _webp(ImageOps.exif_transpose(image), side)
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        raise ImageError("pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ImageError("broken") from error


def _sniffed(data: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()


def _webp(image: Image.Image, side: int) -> bytes:
    image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    image.thumbnail((side, side))
    out = BytesIO()
    image.save(out, "WEBP", quality=90, method=6)
    return out.getvalue()
