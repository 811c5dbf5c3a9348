"""A brief as files: Word filled into a template that the office may edit, PDF set by typst."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kechuang.core.assets import pdf_font_folder
from kechuang.core.errors import Refusal
from kechuang.plan.web.brief_words import Line, Pages

FONT = "Noto Sans CJK SC"
TYPST = Path(__file__).parents[1] / "templates/plan/brief.typ"


def pdf(pages: Pages, language: str) -> bytes:
    """The brief as PDF/UA-ready pages with a footnote for every number."""
    import typst

    inputs = {"data": json.dumps(asdict(pages), ensure_ascii=False), "lang": language[:2]}
    return typst.compile(
        TYPST.read_bytes(), font_paths=[str(pdf_font_folder(settings.ROOT))], sys_inputs=inputs
    )


def default_template() -> bytes:
    """The template as it comes: an officer downloads it, edits it in Word and uploads it again."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    book = Document()
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(24)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 13), ("List Bullet", 10.5)):
        style = book.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0x1B, 0x1B, 0x1F)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FONT)
    book.add_heading("{{ title }}", 0)
    for text in ("{{ period }}", "{{r summary }}", "{{ synthetic }}", "{%p for section in sections %}"):
        book.add_paragraph(text)
    book.add_heading("{{ section.title }}", 1)
    for text in (
        "{%p if not section.lines %}",
        "{{ section.nothing }}",
        "{%p endif %}",
        "{%p for line in section.lines %}",
    ):
        book.add_paragraph(text)
    book.add_paragraph("{{r line }}", style="List Bullet")
    for text in ("{%p endfor %}", "{%p endfor %}"):
        book.add_paragraph(text)
    _number_pages(page.footer.paragraphs[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number_pages(foot) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(number)


def word(pages: Pages, template: bytes) -> bytes:
    """The brief filled into a template, its notes as footnotes. Raises Refusal when the template cannot be filled."""
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    from kechuang.plan.web.word_footnotes import set_footnotes

    facts = asdict(pages)
    facts["summary"] = _rich(pages.summary)
    facts["sections"] = [{**s, "lines": [_rich(line) for line in s["lines"]]} for s in pages.sections]
    try:
        book = DocxTemplate(io.BytesIO(template))
        book.render(facts, SandboxedEnvironment(), autoescape=True)
        set_footnotes(book.docx, {note["number"]: (note["text"], note["url"]) for note in pages.notes})
        out = io.BytesIO()
        book.save(out)
    except Exception as error:  # a template written by people fails in many ways
        raise Refusal(
            _("The Word template cannot be filled: %(why)s.") % {"why": str(error)[:200]},
            field="file",
            remedy=_("Download the template again and change only its words and styles."),
        ) from error
    return out.getvalue()


def _rich(line: Line):
    from docxtpl import RichText

    from kechuang.plan.web.word_footnotes import mark

    text = RichText()
    for piece in line:
        if "note" in piece:
            text.xml += mark(piece["note"])
        else:
            text.add(piece["text"])
    return text
