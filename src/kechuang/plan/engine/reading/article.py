"""The front of the reader: bytes in, the article's lines in the repaired text out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .body import page_lines, text_lines
from .dating import document_date
from .repair import repair
from .source import Source, open_source
from .types import CleanText

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """A document opened, repaired and freed from its page. `lines` are ascending clean spans, `body` raw ones."""

    name: str
    form: str
    encoding: str
    clean: CleanText = field(repr=False)
    lines: tuple[Span, ...] = field(repr=False)
    dated: date | None

    @property
    def body(self) -> tuple[Span, ...]:
        return tuple(self.clean.raw_span(start, end) for start, end in self.lines)


def open_article(data: bytes, name: str) -> Article:
    """Open a document. `dated` is the day it bears itself. Raises ReadingError when it cannot be read."""
    return article_in(open_source(data, name))


def article_in(source: Source) -> Article:
    """The article of a decoded document."""
    clean = repair(source.layer, printed=source.form == "pdf")
    html = source.form == "html"
    lines = page_lines(clean) if html else text_lines(clean)
    dated = document_date(clean.raw, clean.text, lines, html)
    return Article(source.name, source.form, source.encoding, clean, tuple(lines), dated)
