"""Bytes to text: encodings, formats and what is refused."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.reading import signatures
from kechuang.plan.engine.reading.encodings import decode
from kechuang.plan.engine.reading.errors import ReadingError
from kechuang.plan.engine.reading.source import MAX_BYTES, open_source
from tests.plan.engine.texts import ARTICLE, ENGLISH, TRADITIONAL

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs: str, extra: dict[str, bytes] | None = None) -> bytes:
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>" for text in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>"
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(text: str, blank: bool = False) -> bytes:
    """A minimal PDF with one page of Latin text, or with none."""
    stream = b"" if blank else f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table)


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (ARTICLE, "utf-8", "utf-8"),
        (ARTICLE, "utf-8-sig", "utf-8"),
        (ARTICLE, "gb18030", "gb18030"),
        (ARTICLE, "utf-16", "utf-16-le"),
        (ARTICLE, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH.replace("The plan", "The city’s “plan”"), "cp1252", "cp1252"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_are_recognised(text, encoding, expected):
    assert decode(text.encode(encoding), "a.txt") == (text, expected)


@given(st.sampled_from(["gb18030", "big5"]), st.integers(6, 40), st.integers(0, 30))
def test_short_chinese_texts_are_recognised(encoding, length, start):
    text = (ARTICLE if encoding == "gb18030" else TRADITIONAL)[start : start + length]
    assert decode(text.encode(encoding), "a.txt")[0] == text


def test_newlines_and_bom_follow_the_file():
    source = open_source(b"\xef\xbb\xbf" + "一。\r\n二。\n".encode(), "a.txt")
    assert source.raw == "一。\r\n二。\n"


def test_a_few_broken_bytes_do_not_stop_the_reader():
    data = ARTICLE.encode() * 20
    raw = open_source(data[:3001] + data[3002:], "a.txt").raw
    assert "\ufffd" in raw and "到2025年建成10个开放平台" in raw


def test_a_page_declares_its_charset():
    page = f"<html><head><meta charset='gbk'></head><body><p>{ARTICLE}</p></body></html>"
    source = open_source(page.encode("gbk"), "a.html")
    assert (source.form, source.encoding) == ("html", "gb18030")
    assert source.raw == page


def test_word_file_gives_its_paragraphs():
    source = open_source(docx("第一段。", "到2025年建成10个平台。"), "a.docx")
    assert (source.form, source.raw) == ("docx", "第一段。\n到2025年建成10个平台。")


def test_word_file_of_another_program_gives_paragraphs_and_cells_in_order():
    from docx import Document

    document = Document()
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("到2025年建成").add_run("10个平台。").bold = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "研发投入", "6%"
    document.add_paragraph("完。")
    out = io.BytesIO()
    document.save(out)
    expected = ["一、总体要求", "到2025年建成10个平台。", "研发投入", "6%", "完。"]
    assert open_source(out.getvalue(), "a.docx").raw.split("\n") == expected


def test_pdf_gives_its_text_layer():
    source = open_source(pdf("The centre opens 11 laboratories by 2027."), "a.pdf")
    assert source.form == "pdf" and "11 laboratories by 2027" in source.raw


REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t ", "empty"),
    "too large": (b"a" * (MAX_BYTES + 1), "MB"),
    "scanned": (pdf("", blank=True), "no text"),
    "broken pdf": (b"%PDF-1.4 nothing", "damaged"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "97"),
    "bomb": (docx("文", extra={"word/media/zeros.bin": b"\0" * 210_000_000}), "unpacks"),
    "cut zip": (docx("文")[:120], "damaged"),
    "broken xml": (docx("<w:p>"), "damaged"),
    "junk": (bytes(range(256)) * 40, "not text"),
    "broken utf-16": (b"\xff\xfe" + "计划书".encode("utf-16-le") + b"\x01", "not text"),
    "half a surrogate": (b"\xfe\xff\x00\xd8\x00\xd8abc", "not text"),
    "utf-16 without its mark": (b"\x00\xd8" * 4 + b"\x00", "not text"),
    "Russian in KOI8": ("Правительство утвердило план развития науки. ".encode("koi8-r") * 20, "not text"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(7, 200)) * 30 + b"\0" * 400, "picture"),
    "the head of a picture": (b"\x89PNG\r\n\x1a\n", "picture"),
    "photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
    "web picture": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "picture"),
    "bitmap": (b"BM\x36\x00\x0c\x00\x00\x00\x00\x006\x00", "picture"),
    "film": (b"\x00\x00\x00\x18ftypmp42\x00", "sound or film"),
    "sound": (b"ID3\x03\x00\x00\x00", "sound or film"),
    "gzip": (b"\x1f\x8b\x08\x00\x00", "archive"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "archive"),
    "program": (b"\x7fELF\x02\x01\x01\x00", "program"),
    "database": (b"SQLite format 3\x00\x10\x00", "database"),
    "font": (b"wOF2\x00\x01\x00\x00", "font"),
    "rich text": (b"{\\rtf1\\ansi ...}", "rich text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_where_and_remedy(case):
    data, words = REFUSED[case]
    with pytest.raises(ReadingError) as caught:
        open_source(data, "plan.bin")
    error = caught.value
    assert words in error.what and error.where == "plan.bin" and error.remedy
    assert str(error).startswith("plan.bin: ")


def test_an_archive_without_a_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ReadingError, match="not a Word document"):
        open_source(out.getvalue(), "a.docx")


@given(st.text(min_size=1))
def test_what_people_write_is_no_signature(text):
    kind = signatures.known_as(text.encode())
    assert kind is None or text.startswith(
        ("GIF8", "8BPS", "ID3", "OggS", "fLaC", "BZh", "PAR1", "wOF", "{\\rtf", "%!PS")
    )


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(ReadingError):
        assert open_source(data, "x").raw.strip()
