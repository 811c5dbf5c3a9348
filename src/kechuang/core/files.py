"""Taking in files: type by content, size by limit, kept once by hash."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.core.models.files import StoredFile

MAX_BYTES = 50 * 1024 * 1024
_SIGNATURES = [
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"PK\x03\x04", "application/zip", (".docx", ".xlsx", ".pptx", ".zip", ".odt", ".ods")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage", (".doc", ".xls", ".docx", ".xlsx")),
]
_TEXT = (".txt", ".md", ".csv", ".tsv", ".html", ".htm", ".json", ".geojson", ".toml", ".xml")


def media_type(name: str, data: bytes) -> str:
    """Type by first bytes, checked against the name's ending. Raises Refusal when they contradict or are not taken."""
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    for signature, kind, endings in _SIGNATURES:
        if data.startswith(signature):
            if ending not in endings:
                raise Refusal(
                    f"{name}: the content is {kind}, the name says {ending or 'nothing'}", field="file"
                )
            return kind
    if ending in _TEXT:
        return "text/html" if ending.startswith(".htm") else "text/plain"
    taken = sorted({e for _, _, endings in _SIGNATURES for e in endings} | set(_TEXT))
    raise Refusal(
        f"{name}: files of this type are not taken",
        field="file",
        remedy="Take one of " + ", ".join(taken) + ".",
    )


def keep(actor: Any, name: str, data: bytes, *, secrecy: int = 1, limit: int = MAX_BYTES) -> StoredFile:
    """Store the bytes once; the same content gives the same row. Raises Refusal when empty, too large or not taken."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1][:255] or "file"
    if not data:
        raise Refusal(f"{name} is empty", field="file")
    if len(data) > limit:
        raise Refusal(f"{name} has {len(data) >> 20} MiB; the limit is {limit >> 20} MiB", field="file")
    digest = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(digest=digest).first()
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
    return row
