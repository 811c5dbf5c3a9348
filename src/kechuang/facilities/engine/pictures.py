"""Pictures that people upload: checked by decoding them, freed of what the camera wrote along, and made small enough."""

from __future__ import annotations

import io
from dataclasses import dataclass

LONGEST, LONGEST_SMALL = 1600, 320  # pixels of the longer side, shown alone and in a list
MOST_PIXELS = 80_000_000  # more would fill the memory when unpacked


class BadPicture(ValueError):
    """`code` says why: "not_a_picture", "broken" or "too_many_pixels"."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """`data` as it is shown, `small` for lists; both end in `ending` (.png or .jpg)."""

    data: bytes
    small: bytes
    ending: str


def prepared(data: bytes) -> Picture:
    """The picture upright, at most `LONGEST` pixels long, without place, camera and other hidden words."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadPicture("not_a_picture") from error
    if image.width * image.height > MOST_PIXELS:
        raise BadPicture("too_many_pixels")
    form = image.format
    try:
        upright = ImageOps.exif_transpose(image).convert("RGB" if form == "JPEG" else "RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise BadPicture("broken") from error
    if form == "PNG" and upright.getextrema()[3] == (255, 255):
        upright = upright.convert("RGB")
    data, small = (_encoded(upright, form, longest) for longest in (LONGEST, LONGEST_SMALL))
    return Picture(data, small, ".jpg" if form == "JPEG" else ".png")


def _encoded(image, form: str, longest: int) -> bytes:
    shown, buffer = image.copy(), io.BytesIO()
    shown.thumbnail((longest, longest))
    shown.save(buffer, form, optimize=True, quality=85)
    return buffer.getvalue()
