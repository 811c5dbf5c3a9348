"""Quotation marks: which stretches of a sentence stand in them, and whether the last one is still open.

Single marks count only where whole speech stands in them ('We need more engineers,' she said), in English and outside
double ones: they open a sentence or what a comma or colon announces, and close behind a mark of punctuation. All
others are apostrophes or mark expressions.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..patterns import pattern

_DOUBLE, _SINGLE = '“”「」"', "'‘’"
_MARK = pattern(
    r"’’|''|‘‘|``|[“”「」\"]|(?:(?<![^\s])|(?<=[,:] ))['‘](?=[A-Z])|(?<=[,.!?…])['’](?=\s|$)|(?<=\w)['’](?=[,.](?:\s|$))"
)
_OPENS, _CLOSES = "“「", "”」"
BULLET = pattern(r"\s*(?:[-•*–·▪●]\s*|\(?[a-z\d]{1,2}[.)]\s)")
OPENERS = ("“", "「", '"', "‘", "'", "`")
CAPTIONS = tuple("▲▼△▽")  # begin what stands under a picture
BROKEN_OFF = tuple(",，、;；)）")  # begin a line that only broke off
CLOSERS = ("”", "」", '"')
# Where an expression in single marks ends, or speech where a mark of punctuation stands before.
_SINGLE_END = pattern(r"(?P<said>[,.!?…]?)['’](?=[\s,.;:)]|$)")
_FIRST_PERSON = pattern(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us)\b")
_EXPRESSION = 60  # characters in which an expression that is no speech ends
_NEAR = 3  # paragraphs in which somebody who goes on says I or we
_SPEECH = 9  # characters from which on a quotation that opens a sentence is speech, no expression
# What may stand before the first quotation of a news item: 本报讯 (记者 甲) · Ghent (Flanders):
_BYLINE = pattern(
    r"(?:(?:Instead|But|And|So|Rather|However|Still|Yet|Also),? (?=[“\"]))|(?:[A-ZÀ-Þ][\w.'’-]*(?:(?:, |/| )[A-ZÀ-Þ][\w.'’-]*){0,4}(?:, [A-Z][a-z]+ \d{1,2})?(?: \([^)“”]{2,40}\))? ?(?::|--|[—–]|(?<= )-) ?(?=[“\"‘])"
    r"|(?:[^“”「」。,，]{0,12}[讯电]\s*)?(?:[（(][^（）()]{2,40}[）)]\s*)?)"
)
QUOTED = pattern(r"“[^”]*”|「[^」]*」")
_ANY_DOUBLE = pattern('[“”"]')
Span = tuple[int, int]


def quotations(text: str, inside: str) -> tuple[list[Span], str]:
    """Spans in quotation marks, marks included, and the kind of mark the text ends inside of, "" outside; `inside`:
    the kind it begins in."""
    spans, start, depth, kind = [], 0, int(bool(inside)), inside
    for found in _MARK.finditer(text):
        at = found.start()
        single = found.group() in tuple(_SINGLE)
        if depth and single != (kind == "'"):
            continue
        if depth and not at and inside and text[:1] == '"' and text[1:2].isalnum():
            continue  # what is said goes on in a new paragraph
        opens = not depth and _speech_in_single(text, at) if single else _opens(text, at, depth)
        if single and not opens and not depth:
            continue
        if opens and not depth:
            start, kind = at, "'" if single else '"'
        depth = depth + 1 if opens else max(depth - 1, 0)
        if not depth and not opens:
            spans.append((start, found.end()))
    if depth:
        spans.append((start, len(text)))
    return spans, kind if depth else ""


def _opens(text: str, at: int, depth: int) -> bool:
    """Whether the mark opens; one that has no direction, or the wrong one, opens before a word where none is open."""
    mark = text[at]
    if mark in _OPENS or text.startswith(("‘‘", "``"), at):
        return True
    wrong = mark in _CLOSES and (not at or text[at - 1] == " ") and text[at + 1 : at + 2].isalpha()
    return not depth and (mark == '"' or text.startswith("''", at) or wrong)


def _speech_in_single(text: str, at: int) -> bool:
    """Whether a single mark opens speech: it stands where speech begins, and what it opens is no expression."""
    if text[at] == "’" or (at and text[at - 2 : at] not in (": ", ", ")):
        return False
    end = _SINGLE_END.search(text, at + 1)
    if not end:
        return not at
    long = end.start() - at > _EXPRESSION or _FIRST_PERSON.search(text, at, end.start())
    return bool(end["said"] or long)


def holds(spans: list[Span], at: int) -> bool:
    """Whether the character at this place stands in quotation marks."""
    return any(start < at < end for start, end in spans)


def opening_speech(text: str, spans: list[Span], inside: bool) -> int:
    """Where the speech in quotation marks ends with which the sentence begins; 0 where it begins otherwise."""
    if not spans or (spans[0][0] and _BYLINE.match(text).end() != spans[0][0]):
        return 0
    return spans[0][1] if inside or is_speech(text, spans[0]) else 0


def is_speech(text: str, span: Span) -> bool:
    """Whether what stands in the marks is speech, no name or expression."""
    start, end = span
    marked = any(mark in text[start:end] for mark in ",.!?，。！？…")
    return end - start >= _SPEECH and (marked or end >= len(text.rstrip()))


def speech_before(text: str, spans: list[Span], start: int) -> Span | None:
    """Speech in quotation marks that ends where a cue begins (甲神情坚定,“…”他说:)."""
    ends = (span for span in spans if span[1] <= start and not text[span[1] : start].strip(" ,，"))
    return next((span for span in ends if is_speech(text, span)), None)


def stays_open(texts: Iterable[str]) -> bool:
    """Whether speech whose marks are still open goes on in English paragraphs that do not open them again: the next
    mark closes, or none stands there and one of the first says I or we."""
    first: list[str] = []
    for text in texts:
        if mark := _ANY_DOUBLE.search(text):
            return mark.group() == "”"
        first = [*first, text][:_NEAR]
    return any(_FIRST_PERSON.search(text) for text in first)


def closes_first(text: str) -> bool:
    """Whether the first quotation mark closes."""
    return next((mark in "”」" for mark in text if mark in "“”「」"), False)
