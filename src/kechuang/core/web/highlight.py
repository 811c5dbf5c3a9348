"""A document with marked places: text and spans in, safe HTML out. Spans may nest and overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kechuang.core.kernel import State


@dataclass(frozen=True)
class Span:
    """A place in the text, [start, end) in code points.

    id      of what stands there; every piece of the span carries it as data-span, the first piece as element id
    state   one of the five, shows as underline and as a mark in the margin
    css     further class: repaired, noise, quantity, heading
    url     where selecting leads (makes it a link); with `panel` it opens in the right panel
    title   what hovering says
    """

    start: int
    end: int
    id: str = ""
    state: State | str = ""
    css: str = ""
    url: str = ""
    title: str = ""
    panel: bool = True
    data: Mapping[str, str] = field(default_factory=dict)


def highlighted(
    text: str, spans: Iterable[Span], css: str = "", within: tuple[int, int] | None = None
) -> SafeString:
    """HTML of the document, or of a stretch of it: a <div> a paragraph, marks in its margin. Spans are clipped.

    Where spans overlap, each piece is inside all spans that cover it, the longer outside; a link never
    stands inside a link, so of overlapping links the innermost wins.
    """
    first, last = within or (0, len(text))
    sound = [s for s in spans if 0 <= s.start < min(s.end, len(text)) and s.start < last and first < s.end]
    sound.sort(key=lambda s: (s.start, -s.end, s.id))
    begun: set[int] = set()
    blocks = [_paragraph(text, a, b, here, begun) for a, b, here in _by_paragraph(text, sound, first, last)]
    return mark_safe(f'<div class="document {escape(css)}" data-rows>{"".join(blocks)}</div>')


def _by_paragraph(
    text: str, spans: Sequence[Span], first: int, last: int
) -> Iterator[tuple[int, int, list[Span]]]:
    """Each paragraph with the spans that touch it, in one walk over spans sorted by their start."""
    open_spans: list[Span] = []
    following = 0
    for start, end in paragraphs(text, first, last):
        while following < len(spans) and spans[following].start < end:
            open_spans.append(spans[following])
            following += 1
        open_spans = [span for span in open_spans if span.end > start]
        yield start, end, open_spans


def paragraphs(text: str, first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
    """Where the lines that hold something stand, without their line ends."""
    found, start = [], first
    for line in text[first:last].splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))
        if text[start:end].strip():
            found.append((start, end))
        start += len(line)
    return found


def _paragraph(text: str, start: int, end: int, here: Sequence[Span], begun: set[int]) -> str:
    margin = "".join(_mark(s) for s in here if s.state and start <= s.start)
    cuts = sorted({start, end, *(p for s in here for p in (s.start, s.end) if start < p < end)})
    body = "".join(
        _piece(text[a:b], [s for s in here if s.start <= a and b <= s.end], begun)
        for a, b in itertools.pairwise(cuts)
    )
    return f'<div class="paragraph"><span class="margin">{margin}</span>{body}</div>'


def _mark(span: Span) -> str:
    state = State(span.state)
    return f'<a class="mark s-{state.value}" href="#s-{escape(span.id)}" title="{escape(span.title)}">{state.mark}</a>'


def _piece(text: str, covering: Sequence[Span], begun: set[int]) -> str:
    """One stretch of text inside all the spans that cover it, the shortest innermost."""
    html = str(escape(text))
    inside_link = False
    for span in sorted(covering, key=lambda s: (s.end - s.start, -s.start)):
        linked = bool(span.url) and not inside_link
        inside_link = inside_link or linked
        html = _wrap(html, span, linked, begun)
    return html


def _wrap(html: str, span: Span, linked: bool, begun: set[int]) -> str:
    first = id(span) not in begun
    begun.add(id(span))
    css = " ".join(part for part in ("span", span.state and f"s-{State(span.state).value}", span.css) if part)
    attributes = {"class": css, "data-span": span.id, "title": span.title}
    if first and span.id:
        attributes["id"] = f"s-{span.id}"
    if linked:
        attributes["href"] = span.url
        if span.panel:
            attributes |= {"hx-get": span.url, "hx-target": "#panel", "hx-push-url": "false"}
        if not first:
            attributes["tabindex"] = "-1"
    attributes |= {f"data-{name}": value for name, value in span.data.items()}
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    tag = "a" if linked else "span"
    return f"<{tag}{given}>{html}</{tag}>"
