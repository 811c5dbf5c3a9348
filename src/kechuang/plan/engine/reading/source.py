"""Bytes to raw text: encoding and format of a document, and its visible text with offsets."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from .encodings import decode
from .errors import ReadingError
from .layers import Layer
from .markup import visible
from .patterns import pattern
from .signatures import known_as

MAX_BYTES = 50_000_000
MAX_CHARS = 5_000_000
MAX_UNPACKED = 200_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PAGE = pattern(
    r"\s*(?:\ufeff)?(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_TAGS = pattern(r"<(?:p|div|span|br|body|td|li|h[1-6]|a)\b[^<>]{0,300}>", re.I)


@dataclass(slots=True)
class Source:
    """A document as decoded: `raw` is what all offsets point into, `layer` what a reader of it sees."""

    name: str
    raw: str
    form: str  # text | html | docx | pdf
    encoding: str
    layer: Layer = field(repr=False)


def open_source(data: bytes, name: str) -> Source:
    """Decode a document. Raises ReadingError when it is empty, too large, locked, damaged or without text."""
    if len(data) > MAX_BYTES:
        what = f"the file has more than {MAX_BYTES // 1_000_000} MB"
        raise ReadingError(what, name, "Split it, or give its text without pictures")
    form, raw, encoding = _text_of(data, name)
    if not raw.strip():
        raise ReadingError("the file is empty", name, "Check that the right file was chosen")
    if len(raw) > MAX_CHARS:
        raise ReadingError(f"the text has more than {MAX_CHARS:,} characters", name, "Split it into parts")
    layer = visible(raw) if form == "html" else Layer.identity(raw)
    return Source(name, raw, form, encoding, layer)


def _text_of(data: bytes, name: str) -> tuple[str, str, str]:
    if data.startswith(b"PK\x03\x04"):
        return "docx", _docx(data, name), "utf-8"
    if data.startswith(_OLE):
        raise _ole_error(data, name)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf", _pdf(data, name), "utf-8"
    if kind := known_as(data):
        raise ReadingError(kind, name, "Give a text, HTML, DOCX or PDF file")
    raw, encoding = decode(data, name)
    return ("html" if _is_page(raw, name) else "text"), raw, encoding


def _is_page(raw: str, name: str) -> bool:
    if _PAGE.match(raw):
        return True
    tags = len(_TAGS.findall(raw[:20_000]))
    return tags >= (1 if name.lower().endswith((".html", ".htm", ".xhtml")) else 5)


def _ole_error(data: bytes, name: str) -> ReadingError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadingError(
            "the Word file is locked by a password", name, "Remove the password and try again"
        )
    return ReadingError("this is a file of Word 97–2003", name, "Save it as .docx or PDF and try again")


def _docx(data: bytes, name: str) -> str:
    """Paragraphs (also those in tables) of a DOCX, one a line; deleted text left out."""
    from lxml import etree

    remedy = "Open it in Word and save it again as .docx"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if sum(entry.file_size for entry in entries.values()) > MAX_UNPACKED:
                raise ReadingError("the archive unpacks to more than 200 MB", name, "Give the document alone")
            if "word/document.xml" not in entries:
                raise ReadingError(
                    "the archive is not a Word document", name, "Give a .docx, PDF, HTML or text file"
                )
            with archive.open("word/document.xml") as part:
                xml = part.read(MAX_UNPACKED + 1)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise ReadingError(f"the Word file is damaged ({error})", name, remedy) from error
    except Exception as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(f"the Word file is damaged ({type(error).__name__})", name, remedy) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(f"the Word file is damaged ({error.msg})", name, remedy) from error
    for copy in list(root.iter(_FALLBACK)):  # the same text box once more, for old programs
        copy.getparent().remove(copy)
    return "\n".join(_paragraph(node) for node in root.iter(f"{_W}p"))


def _paragraph(node) -> str:
    """Text of one paragraph, without that of text boxes in it, which are paragraphs of their own."""
    parts = []
    for item in node.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if next(item.iterancestors(f"{_W}p")) is not node:
            continue
        if item.tag == f"{_W}t":
            parts.append(item.text or "")
        elif item.getparent().tag == f"{_W}r":  # a tab stop of the paragraph's format is no tab
            parts.append("\t" if item.tag == f"{_W}tab" else "\n")
    return "".join(parts)


def _pdf(data: bytes, name: str) -> str:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = (
            "the PDF is locked by a password" if locked else f"the PDF is damaged ({str(error).rstrip('.')})"
        )
        raise ReadingError(what, name, "Save it again without password, or give its text") from error
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as error:
        raise ReadingError(
            f"the PDF is damaged ({str(error).rstrip('.')})", name, "Save it again, or give its text"
        ) from error
    finally:
        document.close()
    text = "\n".join(pages)
    if len("".join(text.split())) < 10 * max(1, len(pages) // 10):
        raise ReadingError(
            "the PDF holds pictures of pages and no text", name, "Run text recognition (OCR) first"
        )
    return text
