"""Uploaded pictures: what is taken, what is left out of it, and what is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from kechuang.facilities.engine import pictures
from kechuang.facilities.engine.pictures import BadPicture, prepared

PLACE, ORIENTATION = 0x8825, 0x0112


def encoded(form: str = "JPEG", size=(4000, 3000), **save) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, form, **save)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(("form", "ending"), [("JPEG", ".jpg"), ("PNG", ".png")])
def test_a_large_picture_is_made_small_enough_twice(form, ending):
    found = prepared(encoded(form))
    assert found.ending == ending
    assert opened(found.data).size == (1600, 1200) and opened(found.small).size == (320, 240)
    assert opened(found.data).format == opened(found.small).format == form


def test_a_small_picture_keeps_its_size():
    assert opened(prepared(encoded(size=(60, 40))).data).size == (60, 40)


def test_place_and_camera_are_left_out_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # taken with the camera turned
    exif[0x010F] = "Camera"
    exif.get_ifd(PLACE)[2] = (40.0, 20.0, 5.0)
    data = encoded(size=(80, 40), exif=exif)
    assert opened(data).getexif()
    found = opened(prepared(data).data)
    assert found.size == (40, 80) and not found.getexif()


def test_a_transparent_drawing_stays_transparent():
    buffer = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(buffer, "PNG")
    assert opened(prepared(buffer.getvalue()).data).mode == "RGBA"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_picture"),
        (b"hello", "not_a_picture"),
        (SVG, "not_a_picture"),
        (b"GIF89a" + b"0" * 40, "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20, "not_a_picture"),
        (encoded("PNG", (400, 300))[:400], "broken"),
        (encoded("JPEG", (400, 300))[:900], "broken"),
    ],
    ids=["empty", "text", "svg with a script", "gif", "only the head of a png", "half a png", "half a jpeg"],
)
def test_what_is_no_picture_is_refused(data, code):
    with pytest.raises(BadPicture) as refused:
        prepared(data)
    assert refused.value.code == code


def test_a_picture_that_would_fill_the_memory_is_refused_unread(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(BadPicture) as refused:
        prepared(encoded("PNG", (40, 30)))
    assert refused.value.code == "too_many_pixels"
