"""Simple marks for made-up companies: a shape on a colour, drawn, so that no file is shipped."""

import io
from collections.abc import Callable
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

_SIDE = 256
_PAIRS = (
    ("#0b3d66", "#f4f1e8"),
    ("#f2e3c6", "#7a3e12"),
    ("#e3eef2", "#0d5c63"),
    ("#284b3a", "#e9f2d0"),
    ("#f6e1dc", "#8a2b3a"),
    ("#ece7f6", "#43307a"),
    ("#fdf3d4", "#1f3a5f"),
)


def draw_logo(rng: Random) -> ContentFile:
    """A WebP picture of 256 pixels."""
    ground, ink = rng.choice(_PAIRS)
    image = Image.new("RGB", (_SIDE, _SIDE), ground)
    rng.choice(_SHAPES)(ImageDraw.Draw(image), ink, rng)
    file = io.BytesIO()
    image.save(file, "WEBP", lossless=True)
    return ContentFile(file.getvalue())


def _waves(draw: ImageDraw.ImageDraw, ink: str, rng: Random) -> None:
    for row in range(3):
        top = 70 + 46 * row
        for column in range(3):
            draw.arc(
                (20 + 72 * column, top, 92 + 72 * column, top + 50),
                180 * (column % 2),
                180 + 180 * (column % 2),
                ink,
                14,
            )


def _sun(draw: ImageDraw.ImageDraw, ink: str, rng: Random) -> None:
    draw.pieslice((58, 78, 198, 218), 180, 360, ink)
    draw.rectangle((36, 160, 220, 174), ink)


def _dots(draw: ImageDraw.ImageDraw, ink: str, rng: Random) -> None:
    left_out = rng.randrange(9)
    for place in set(range(9)) - {left_out}:
        x, y = 52 + 58 * (place % 3), 52 + 58 * (place // 3)
        draw.ellipse((x, y, x + 36, y + 36), ink)


def _peaks(draw: ImageDraw.ImageDraw, ink: str, rng: Random) -> None:
    draw.polygon([(28, 196), (98, 70), (168, 196)], ink)
    draw.polygon([(150, 196), (188, 124), (228, 196)], ink)


def _steps(draw: ImageDraw.ImageDraw, ink: str, rng: Random) -> None:
    for step in range(4):
        draw.rectangle((44 + 44 * step, 184 - 38 * step, 76 + 44 * step, 208), ink)


def _ring(draw: ImageDraw.ImageDraw, ink: str, rng: Random) -> None:
    draw.ellipse((52, 52, 204, 204), outline=ink, width=26)
    draw.ellipse((110, 110, 146, 146), ink)


_SHAPES: tuple[Callable[[ImageDraw.ImageDraw, str, Random], None], ...] = (_waves, _sun, _dots, _peaks, _steps, _ring)
