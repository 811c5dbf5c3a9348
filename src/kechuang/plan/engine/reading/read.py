"""The reader from end to end: bytes in, statements with raw offsets out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from .article import Article, open_article
from .assembly import Told, assemble
from .extractors import Extractor, Refusal, accept
from .segments import segment
from .task_signs import forget
from .types import Repair, Sentence, Statement

_CONTRADICTION_DAYS = 92


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says and how it was read. `published` is its day, if known; statements are in text order."""

    article: Article
    published: date | None
    sentences: tuple[Sentence, ...] = field(repr=False)
    statements: tuple[Statement, ...] = field(repr=False)
    warnings: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def raw(self) -> str:
        """The decoded document, into which all offsets of statements, repairs and body point."""
        return self.article.clean.raw

    @property
    def repairs(self) -> list[Repair]:
        return self.article.clean.repairs

    @property
    def body(self) -> tuple[tuple[int, int], ...]:
        """Raw spans of the article's lines, ascending."""
        return self.article.body


def read(
    data: bytes, name: str, published: date | None = None, extractors: Iterable[Extractor] = ()
) -> Reading:
    """Read one document.

    `published` is the day it appeared, where the caller knows it; else the document's own date is used, if it bears
    one. `extractors` may add statements that quote the text. Raises ReadingError when the document cannot be read.
    """
    return read_article(open_article(data, name), published, extractors)


def read_article(
    article: Article,
    published: date | None = None,
    extractors: Iterable[Extractor] = (),
    told: Told | None = None,
) -> Reading:
    """Read an opened document; `told` hears now and then how many of its sentences are done."""
    forget()
    clean, day = article.clean, published or article.dated
    sentences = segment(clean.text, article.lines)
    statements = assemble(clean, sentences, day, told)
    refused: list[Refusal] = []
    for extractor in extractors:
        added, turned_down = accept(extractor, clean, sentences, day, statements)
        statements, refused = [*statements, *added], [*refused, *turned_down]
    return Reading(
        article=article,
        published=day,
        sentences=tuple(sentences),
        statements=tuple(
            sorted(statements, key=lambda one: (one.start, one.q_start or one.t_start or one.start))
        ),
        warnings=_warnings(published, article.dated, sentences),
        refused=tuple(refused),
    )


def contradicts(published: date | None, dated: date | None) -> bool:
    """Whether the day a document is said to have appeared is far from the one it bears."""
    return bool(published and dated) and abs((published - dated).days) > _CONTRADICTION_DAYS


def _warnings(published: date | None, dated: date | None, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    found = []
    if contradicts(published, dated):
        found.append(
            f"published {published} was given, but the text is dated {dated}; the given date is used"
        )
    if published is None and dated is None:
        found.append("the text bears no date: give --published to place 今年, 年底前 and the like in time")
    if not sentences:
        found.append("no article was found on this page")
    return tuple(found)
