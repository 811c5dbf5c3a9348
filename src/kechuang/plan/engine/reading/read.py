"""The reader from end to end: bytes in, statements with raw offsets out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .assembly import assemble
from .body import page_lines, text_lines
from .dating import document_date
from .extractors import Extractor, Refusal, accept
from .repair import repair
from .segments import segment
from .source import open_source
from .types import CleanText, Repair, Sentence, Statement

_CONTRADICTION_DAYS = 92


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says and how it was read. `body` are raw spans, ascending; `published` its date, if known."""

    name: str
    form: str
    encoding: str
    clean: CleanText = field(repr=False)
    body: tuple[tuple[int, int], ...] = field(repr=False)
    published: date | None
    sentences: tuple[Sentence, ...] = field(repr=False)
    statements: tuple[Statement, ...] = field(repr=False)
    warnings: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def raw(self) -> str:
        return self.clean.raw

    @property
    def repairs(self) -> list[Repair]:
        return self.clean.repairs


def read(
    data: bytes, name: str, published: date | None = None, extractors: Iterable[Extractor] = ()
) -> Reading:
    """Read one document.

    `published` is the day it appeared, where the caller knows it; else the document's own date is used, if it bears
    one. `extractors` may add statements that quote the text. Raises ReadingError when the document cannot be read.
    """
    source = open_source(data, name)
    clean = repair(source.layer)
    lines = page_lines(clean) if source.form == "html" else text_lines(clean)
    own_date = document_date(source.raw, clean.text, lines, source.form == "html")
    day = published or own_date
    sentences = segment(clean.text, lines)
    statements = assemble(clean, sentences, day)
    refused: list[Refusal] = []
    for extractor in extractors:
        added, turned_down = accept(extractor, clean, sentences, day, statements)
        statements, refused = [*statements, *added], [*refused, *turned_down]
    return Reading(
        name=name,
        form=source.form,
        encoding=source.encoding,
        clean=clean,
        body=tuple(clean.raw_span(start, end) for start, end in lines),
        published=day,
        sentences=tuple(sentences),
        statements=tuple(sorted(statements, key=lambda found: (found.start, found.q_start or found.start))),
        warnings=_warnings(published, own_date, sentences),
        refused=tuple(refused),
    )


def _warnings(published: date | None, own_date: date | None, sentences: list[Sentence]) -> tuple[str, ...]:
    found = []
    if published and own_date and abs((published - own_date).days) > _CONTRADICTION_DAYS:
        found.append(
            f"published {published} was given, but the text is dated {own_date}; the given date is used"
        )
    if published is None and own_date is None:
        found.append("the text bears no date: give --published to place 今年, 年底前 and the like in time")
    if not sentences:
        found.append("no article was found on this page")
    return tuple(found)
