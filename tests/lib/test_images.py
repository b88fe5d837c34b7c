from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image

from medinjob.lib.images import LARGEST_FILE, ImageError, redraw
from tests.lib.pictures import picture


def opened(data):
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_known_pictures_become_webp(kind):
    assert opened(redraw(picture(kind))).format == "WEBP"


@pytest.mark.parametrize(("size", "drawn"), [((1024, 512), (512, 256)), ((100, 2000), (26, 512)), ((40, 20), (40, 20))])
def test_pictures_shrink_in_proportion_and_never_grow(size, drawn):
    assert opened(redraw(picture("PNG", size=size))).size == drawn


@pytest.mark.parametrize(
    ("mode", "drawn"), [("RGBA", "RGBA"), ("LA", "RGBA"), ("P", "RGB"), ("L", "RGB"), ("1", "RGB")]
)
def test_transparency_is_kept_and_other_modes_become_colour(mode, drawn):
    half_clear = Image.new(mode, (8, 8), 0 if mode not in {"RGBA", "LA"} else (0,) * len(mode))
    out = BytesIO()
    half_clear.save(out, "PNG")
    assert opened(redraw(out.getvalue())).mode == drawn


def test_place_and_camera_are_forgotten_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    exif[0x010F] = "Appareil de Nora"
    clean = redraw(picture("JPEG", size=(40, 20), exif=exif))
    assert opened(clean).size == (20, 40)
    assert dict(opened(clean).getexif()) == {}
    assert b"Nora" not in clean


def test_only_the_first_image_of_an_animation_stays():
    out = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(opened(redraw(out.getvalue())), "n_frames", 1) == 1


def claimed_size(data: bytes, width: int) -> bytes:
    """A PNG whose header claims another width: a small file for an enormous canvas."""
    header = b"IHDR" + width.to_bytes(4, "big") + data[20:29]
    return data[:12] + header + crc32(header).to_bytes(4, "big") + data[33:]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "type"),
        (b"x", "type"),
        (b"<html><script>alert(1)</script></html>", "type"),
        (picture("BMP"), "type"),
        (picture("TIFF"), "type"),
        (picture("PNG")[:60], "broken"),
        (picture("JPEG")[:200], "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "broken"),
        (b"GIF89a", "broken"),
        (picture("PNG", size=(4001, 1)), "pixels"),
        (claimed_size(picture("PNG"), 2_000_000_000), "pixels"),
        (b"\0" * (LARGEST_FILE + 1), "size"),
    ],
)
def test_what_is_no_fit_picture_is_refused_with_its_reason(data, code):
    with pytest.raises(ImageError) as error:
        redraw(data)
    assert error.value.code == code
