"""Files that are no documents, known by their first bytes."""

from __future__ import annotations

PICTURE = "this is a picture"
SOUND = "this is sound or film"
ARCHIVE = "this is an archive"
PROGRAM = "this is a program"
DATABASE = "this is a database"
FONT = "this is a font"
RICH_TEXT = "this is rich text (RTF)"
POSTSCRIPT = "this is PostScript"

_FIRST_BYTES = {
    b"\x89PNG\r\n\x1a\n": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF87a": PICTURE,
    b"GIF89a": PICTURE,
    b"II*\x00": PICTURE,
    b"MM\x00*": PICTURE,
    b"\x00\x00\x01\x00": PICTURE,
    b"8BPS": PICTURE,
    b"ID3": SOUND,
    b"OggS": SOUND,
    b"fLaC": SOUND,
    b"\x1aE\xdf\xa3": SOUND,
    b"\x1f\x8b": ARCHIVE,
    b"BZh": ARCHIVE,
    b"\xfd7zXZ\x00": ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": ARCHIVE,
    b"Rar!\x1a\x07": ARCHIVE,
    b"PK\x05\x06": ARCHIVE,
    b"\x7fELF": PROGRAM,
    b"MZ\x90\x00": PROGRAM,
    b"\xca\xfe\xba\xbe": PROGRAM,
    b"\xcf\xfa\xed\xfe": PROGRAM,
    b"SQLite format 3\x00": DATABASE,
    b"PAR1": DATABASE,
    b"wOFF": FONT,
    b"wOF2": FONT,
    b"OTTO\x00": FONT,
    b"\x00\x01\x00\x00\x00": FONT,
    b"{\\rtf": RICH_TEXT,
    b"%!PS": POSTSCRIPT,
}
_IN_RIFF = {b"WEBP": PICTURE, b"WAVE": SOUND, b"AVI ": SOUND}
_AFTER_SIZE = {b"ftypheic": PICTURE, b"ftypavif": PICTURE}


def known_as(data: bytes) -> str | None:
    """What the file is, where its first bytes say so; None for what may be a document."""
    for first, kind in _FIRST_BYTES.items():
        if data.startswith(first):
            return kind
    if data.startswith(b"RIFF"):
        return _IN_RIFF.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _AFTER_SIZE.get(data[4:12], SOUND)
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return PICTURE
    return None
