"""Taking in files: type by content, size by limit, kept once by hash (and secrecy level). Keeping one is an act."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models.files import StoredFile
from kechuang.core.roles import signed_in

MAX_BYTES = 50 * 1024 * 1024
PROBE = 8192
_SIGNATURES = [
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"PK\x03\x04", "application/zip", (".docx", ".xlsx", ".pptx", ".zip", ".odt", ".ods")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage", (".doc", ".xls", ".docx", ".xlsx")),
]
_TEXT = (".txt", ".md", ".csv", ".tsv", ".html", ".htm", ".json", ".geojson", ".toml", ".xml")


_INSIDE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def media_type(name: str, data: bytes) -> str:
    """Type by first bytes, checked against the name's ending. Raises Refusal when they contradict or are not taken."""
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    for signature, kind, endings in _SIGNATURES:
        if data.startswith(signature):
            if ending not in endings:
                raise Refusal(
                    _("%(name)s: the content is %(kind)s, the ending of the name says otherwise")
                    % {"name": name, "kind": kind},
                    field="file",
                )
            if not _holds_what_it_says(ending, data):
                raise _no_such(name, ending)
            return kind
    if ending in _TEXT:
        if b"\x00" in data[:PROBE] and not data.startswith(_UTF16):
            raise Refusal(_("%(name)s: the content is no text") % {"name": name}, field="file")
        return "text/html" if ending.startswith(".htm") else "text/plain"
    binary = {e for *_rest, endings in _SIGNATURES for e in endings}
    if ending in binary:
        raise _no_such(name, ending)
    taken = sorted(binary | set(_TEXT))
    raise Refusal(
        _("%(name)s: files of this type are not taken.") % {"name": name},
        field="file",
        remedy=_("Take one of %(endings)s.") % {"endings": ", ".join(taken)},
    )


def _no_such(name: str, ending: str) -> Refusal:
    return Refusal(
        _("%(name)s: the content is no %(ending)s file") % {"name": name, "ending": ending}, field="file"
    )


def _holds_what_it_says(ending: str, data: bytes) -> bool:
    """An office file is an archive with its own folder; only its list of contents is read, nothing is unpacked."""
    folder = _INSIDE.get(ending)
    if folder is None or not data.startswith(b"PK"):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith(folder) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def received(upload: UploadedFile, limit: int = MAX_BYTES) -> bytes:
    """What was uploaded; refused by its size before it is read into memory."""
    _within(upload.name, upload.size, limit)
    return upload.read()


def _within(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise Refusal(
            _("%(name)s has %(size)s MiB; the limit is %(limit)s MiB.")
            % {"name": name, "size": f"{size / 2**20:.1f}".removesuffix(".0"), "limit": limit >> 20},
            field="file",
            remedy=_("Make the file smaller."),
        )


def safe_name(name: str) -> str:
    """The last part of a path without control characters, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-255:].strip() or "file"


@act("core.keep_file", may=signed_in)
def keep(actor: Any, name: str, data: bytes, *, secrecy: int = 1, limit: int = MAX_BYTES) -> StoredFile:
    """Keep a file; the same content at the same secrecy level is kept once, under its first name.

    Raises Refusal when it is empty, too large or of a type that is not taken.
    """
    name = safe_name(name)
    if not data:
        raise Refusal(_("%(name)s is empty") % {"name": name}, field="file")
    _within(name, len(data), limit)
    digest = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(digest=digest, secrecy=secrecy).first()
    if known:
        return known
    row = StoredFile(
        digest=digest,
        name=name,
        media_type=media_type(name, data),
        size=len(data),
        secrecy=secrecy,
        uploaded_by_id=getattr(actor, "pk", None),
        uploaded_at=clock.now(),
    )
    row.content.save(digest, ContentFile(data), save=False)
    row.save()
    record(actor, "core.keep_file", row, after=fields_of(row, ("name", "digest", "size", "secrecy")))
    return row
