"""Footnotes of the Word brief: what Word asks of a document with footnotes, checked in the file itself."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from kechuang.plan.web.word_footnotes import mark, set_footnotes

NOTES = {n: (f"记录 {n} <&>", f"https://example.org/a?b={n}&c=1") for n in range(1, 6)}
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def marked(book, *keys: int, text: str = "字") -> None:
    paragraph = book.add_paragraph(text)._p
    for key in keys:
        paragraph.append(parse_xml(f"<w:p {nsdecls('w')}>{mark(key)}</w:p>")[0])


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {
            name: etree.fromstring(pack.read(name))
            for name in pack.namelist()
            if name.endswith((".xml", ".rels"))
        }


def check(data: bytes) -> list[str]:
    """Fails where Word would repair the file; returns the texts of the footnotes in the order of their marks."""
    found = parts(data)
    document, notes, styles = (
        found["word/document.xml"],
        found["word/footnotes.xml"],
        found["word/styles.xml"],
    )
    types = {e.get("PartName"): e.get("ContentType") for e in found["[Content_Types].xml"]}
    assert types["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    links = [r for r in found["word/_rels/document.xml.rels"] if r.get("Type").endswith("/footnotes")]
    assert [r.get("Target") for r in links] == ["footnotes.xml"]
    by_id = {note.get(qn("w:id")): note for note in notes}
    assert len(by_id) == len(notes)
    kinds = {note.get(qn("w:type")): key for key, note in by_id.items() if note.get(qn("w:type"))}
    assert set(kinds) == {"separator", "continuationSeparator"}
    settings = found["word/settings.xml"]
    named = {e.get(qn("w:id")) for e in settings.find(qn("w:footnotePr"))}
    assert named == set(kinds.values())
    order = [etree.QName(e).localname for e in settings]
    assert "compat" not in order or order.index("footnotePr") < order.index("compat")
    used = [e.get(qn("w:id")) for e in document.iter(qn("w:footnoteReference"))]
    assert sorted(used) == sorted(set(by_id) - set(kinds.values())), (
        "each footnote is referred to exactly once"
    )
    known = {s.get(qn("w:styleId")) for s in styles.iter(qn("w:style"))}
    for tree in (document, notes):
        for name in ("rStyle", "pStyle"):
            assert {e.get(qn("w:val")) for e in tree.iter(qn(f"w:{name}"))} <= known
    rels = {r.get("Id"): r for r in found.get("word/_rels/footnotes.xml.rels", [])}
    for link in notes.iter(qn("w:hyperlink")):
        assert rels[link.get(f"{{{R}}}id")].get("TargetMode") == "External"
    starts = [b.get(qn("w:id")) for b in document.iter(qn("w:bookmarkStart"))]
    ends = [b.get(qn("w:id")) for b in document.iter(qn("w:bookmarkEnd"))]
    assert sorted(starts) == sorted(ends) and len(set(starts)) == len(starts)
    names = {b.get(qn("w:name")): b for b in document.iter(qn("w:bookmarkStart"))}
    for field in document.iter(qn("w:instrText")):
        start, run = names[field.text.split()[1]], field.getparent()
        own = start.getnext().find(qn("w:footnoteReference")).get(qn("w:id"))
        result = run.getnext().getnext()
        ends = [each.find(qn("w:fldChar")) for each in (run.getprevious(), run.getnext(), result.getnext())]
        assert [end.get(qn("w:fldCharType")) for end in ends] == ["begin", "separate", "end"]
        assert "".join(result.itertext()) == str(used.index(own) + 1), "it prints its note's number"
    assert not list(document.iter(qn("w:noteMark")))
    return ["".join(by_id[key].itertext()).strip() for key in used]


def texts(*keys: int) -> list[str]:
    return [" ".join(NOTES[key]) for key in keys]


def test_the_first_mark_becomes_the_footnote_and_further_ones_refer_to_it():
    book = Document()
    marked(book, 3, 1)
    marked(book, 3)
    table = book.add_table(1, 1)
    table.cell(0, 0).paragraphs[0]._p.append(parse_xml(f"<w:p {nsdecls('w')}>{mark(5)}</w:p>")[0])
    marked(book, 1, 5)
    set_footnotes(book, NOTES)
    data = saved(book)
    assert check(data) == texts(3, 1, 5)
    assert len(list(parts(data)["word/document.xml"].iter(qn("w:instrText")))) == 3


def test_a_document_without_marks_is_left_alone():
    book = Document()
    set_footnotes(book, NOTES)
    assert "word/footnotes.xml" not in parts(saved(book))


def test_a_template_that_has_footnotes_and_styles_of_its_own_keeps_them():
    first = Document()
    marked(first, 1)
    set_footnotes(first, NOTES)
    style = next(
        s for s in first.styles.element.iter(qn("w:style")) if s.get(qn("w:styleId")) == "FootnoteText"
    )
    style.set(qn("w:styleId"), "a3")
    data = saved(first)
    book = Document(io.BytesIO(data))
    part = next(r.target_part for r in book.part.rels.values() if r.reltype.endswith("/footnotes"))
    part._blob = part.blob.replace(b'"FootnoteText"', b'"a3"')
    marked(book, 4, 2)
    marked(book, 4)
    set_footnotes(book, NOTES)
    data = saved(book)
    assert check(data) == texts(1, 4, 2)
    ids = [s.get(qn("w:styleId")) for s in parts(data)["word/styles.xml"].iter(qn("w:style"))]
    assert "a3" in ids and "FootnoteText" not in ids and len(ids) == len(set(ids))


def test_headers_hold_no_footnote():
    book = Document()
    header = book.sections[0].header.paragraphs[0]._p
    header.append(parse_xml(f"<w:p {nsdecls('w')}>{mark(1)}</w:p>")[0])
    marked(book, 2)
    set_footnotes(book, NOTES)
    data = saved(book)
    assert check(data) == texts(2)
    assert not any(list(tree.iter(qn("w:noteMark"))) for tree in parts(data).values())


@pytest.mark.parametrize("keys", [range(1, 6), range(5, 0, -1)])
def test_numbers_follow_the_place_in_the_text(keys):
    book = Document()
    marked(book, *keys)
    marked(book, *NOTES)
    set_footnotes(book, NOTES)
    assert check(saved(book)) == texts(*keys)
