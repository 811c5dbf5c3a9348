"""True footnotes in a Word document, which python-docx has no API for.

A text holds `mark(key)` where a note belongs. `set_footnotes` walks the finished document in reading order: the first
mark of a note becomes its footnote, each further one a cross-reference to it, so one note has one number however the
template orders things. Notes that no mark names are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

Note = tuple[str, str]  # what it says, and the address it leads to
_MARK = qn("w:noteMark")
_REFERENCE = qn("w:footnoteReference")
_STYLES = {
    "footnote text": f"""<w:style {nsdecls("w")} w:type="paragraph" w:styleId="FootnoteText">
        <w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240"
        w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>""",
    "footnote reference": f"""<w:style {nsdecls("w")} w:type="character" w:styleId="FootnoteReference">
        <w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>""",
}
_SEPARATORS = f"""<w:footnotes {nsdecls("w", "r")}>
    <w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
    <w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
    </w:footnotes>"""
_SETTING = f"""<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>"""
# What stands behind w:footnotePr in the settings, in the order of the schema.
_BEHIND = ("endnotePr", "compat", "docVars", "rsids", "themeFontLang", "clrSchemeMapping", "shapeDefaults")


def mark(key: int) -> str:
    """The run that stands for a note until `set_footnotes` puts the note in its place."""
    return f'<w:r><w:noteMark w:key="{key}"/></w:r>'


def set_footnotes(book: Document, notes: Mapping[int, Note]) -> None:
    """Put the notes in the place of their marks."""
    _drop_marks_of_headers(book)
    marks = list(book.element.body.iter(_MARK))
    if not marks:
        return
    part, root = _footnotes(book)
    text_style, mark_style = (_style(book, name) for name in _STYLES)
    free = max(int(note.get(qn("w:id"))) for note in root.iter(qn("w:footnote"))) + 1
    places, again = {}, []
    for found in marks:
        key, run = int(found.get(qn("w:key"))), found.getparent()
        if key in places:
            again.append((key, run))
            continue
        places[key] = free + len(places)
        root.append(_footnote(part, places[key], notes[key], text_style, mark_style))
        _replace(run, _reference(key, places[key], mark_style, _free_bookmark(book)))
    numbers = {int(r.get(qn("w:id"))): n for n, r in enumerate(book.element.body.iter(_REFERENCE), 1)}
    for key, run in again:
        _replace(run, _cross_reference(key, numbers[places[key]], mark_style))
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop_marks_of_headers(book: Document) -> None:
    """Headers and footers cannot hold footnotes."""
    for relation in book.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            for found in list(relation.target_part.element.iter(_MARK)):
                found.getparent().remove(found)


def _footnotes(book: Document) -> tuple[Part, Any]:
    """The part that holds the footnotes, made where the template has none."""
    for relation in book.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            return relation.target_part, parse_xml(relation.target_part.blob)
    package = book.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", package)
    book.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = book.settings.element
    behind = next((e for name in _BEHIND for e in settings.iter(qn(f"w:{name}"))), None)
    if behind is None:
        settings.append(parse_xml(_SETTING))
    else:
        behind.addprevious(parse_xml(_SETTING))
    return part, parse_xml(_SEPARATORS)


def _style(book: Document, name: str) -> str:
    """The id of a built-in style, which Word names by its language; made where the template has none."""
    for style in book.styles.element.iter(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")).lower() == name:
            return style.get(qn("w:styleId"))
    style = parse_xml(_STYLES[name])
    book.styles.element.append(style)
    return style.get(qn("w:styleId"))


def _free_bookmark(book: Document) -> int:
    return max((int(b.get(qn("w:id"))) for b in book.element.body.iter(qn("w:bookmarkStart"))), default=0) + 1


def _replace(run: Any, pieces: Iterator[Any]) -> None:
    for piece in pieces:
        run.addprevious(piece)
    run.getparent().remove(run)


def _parsed(xml: str) -> Iterator[Any]:
    return iter(list(parse_xml(f"<w:p {nsdecls('w', 'r')}>{xml}</w:p>")))


def _bookmark(key: int) -> str:
    return f"_Note{key}"


def _reference(key: int, note_id: int, style: str, bookmark: int) -> Iterator[Any]:
    return _parsed(
        f'<w:bookmarkStart w:id="{bookmark}" w:name="{_bookmark(key)}"/>'
        f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:footnoteReference w:id="{note_id}"/></w:r>'
        f'<w:bookmarkEnd w:id="{bookmark}"/>'
    )


def _cross_reference(key: int, number: int, style: str) -> Iterator[Any]:
    """A field with its result, as Word itself writes it."""
    instruction = f'<w:instrText xml:space="preserve"> NOTEREF {_bookmark(key)} \\f \\h </w:instrText>'
    result = f"<w:t>{number}</w:t>"
    pieces = (_field("begin"), instruction, _field("separate"), result, _field("end"))
    return _parsed(
        "".join(f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>{piece}</w:r>' for piece in pieces)
    )


def _field(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def _footnote(part: Part, note_id: int, note: Note, text_style: str, mark_style: str) -> Any:
    text, url = note
    link = quoteattr(part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return parse_xml(
        f'<w:footnote {nsdecls("w", "r")} w:id="{note_id}"><w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{mark_style}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)} </w:t></w:r>'
        f"<w:hyperlink r:id={link}><w:r><w:t>{escape(url)}</w:t></w:r></w:hyperlink></w:p></w:footnote>"
    )
