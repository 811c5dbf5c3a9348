"""Paragraphs into sentences and enumerated items, each knowing the headings it stands under."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .headings import Outline
from .patterns import pattern
from .types import Sentence

Span = tuple[int, int]
Kin = frozenset[tuple[str, int]]
_HAN = pattern(r"[\u3400-\u9fff]")
_CLOSERS = "”’\"'』」）)】》"
_CHINESE_END = pattern(rf"(?:[。！？!?；;]|…{{1,2}}(?=\s|$))+[{_CLOSERS}]*")
_TITLES = r"(?! (?:Minister|MoS|Secretary|Chairman|Chair|Director|Member|President) (?:of|for|\(|[A-Z]{3}))"  # go on with a title
_LATIN_END = pattern(
    rf";(?=\s){_TITLES}|(?<=[a-z])\.\d{{1,3}}(?=\s+[A-Z])|(?:[.!?]|;{_TITLES})+[”’\"')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9•–-]|\s*$)"
)
_ABBREVIATION = pattern(
    r"(?:\b(?:Mr|Mrs|Ms|Rs|Dr|Prof|Shri|Smt|Lt|Col|Capt|Maj|Brig|St|Gen|Sen|Rep|Gov|Hon|No|Nos|vs|approx|Fig|Vol|pp|ca|cf|Inc|Ltd|Co|Corp|Rt|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|al)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z]|^\W{0,3}\d{1,2})\.$"
)
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"), ("(", ")"), ("【", "】"))
# Before an article's first words: 科技日报 2月9日 记者 某某 台北报导
_DATELINE = pattern(
    r"[^。！？；]{0,60}?记者[^。！？，,；：“「]{1,20}(?:报导|报道|[电讯])[】〕]?(?=[ \u3000])"
)
_LONGEST = 1200
_WHOLE = 60  # a longer quotation is several sentences of its own
_GOES_ON = tuple("的等与和及、,，")
_NUMERAL = "一二三四五六七八九十"
_ITEM = pattern(
    rf"(?:(?<=[,，、;；:：。！!”\n])|^)[ \t\u3000]*(?:(?P<word>[{_NUMERAL}]{{1,3}})(?=[是要则](?![否不])|方面[,，是])"
    rf"|第(?P<nth>[{_NUMERAL}]{{1,3}})(?=[,，])"
    rf"|[(（](?P<bracket>[{_NUMERAL}]{{1,3}}|\d{{1,2}})[)）]|(?P<circle>[①-⑳]))"
)
_SEPARATORS = " \t\u3000、,，"


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    enumeration: int | None


def segment(text: str, lines: Sequence[Span]) -> list[Sentence]:
    """The sentences of the article whose `lines` (ascending clean spans) are given, in order."""
    outline = Outline([text[start:end] for start, end in lines])
    kin = _kin(text)
    sentences = []
    for paragraph, (start, end) in enumerate(lines):
        heading, above = outline.enter(paragraph)
        pieces = [_Piece(start, end, None)] if heading else _pieces(text, start, end, kin)
        for piece in pieces:
            if piece.start < piece.end:
                sentences.append(
                    Sentence(
                        piece.start,
                        piece.end,
                        text[piece.start : piece.end],
                        paragraph,
                        piece.enumeration,
                        above,
                        heading,
                    )
                )
    return sentences


def _pieces(text: str, start: int, end: int, kin: Kin) -> Iterator[_Piece]:
    line = text[start:end]
    chinese = len(_HAN.findall(line)) * 10 > len(line)
    cuts = {0: None, len(line): None}
    for cut in _chinese_cuts(line) if chinese else _latin_cuts(line):
        cuts.setdefault(cut, None)
    if chinese:
        for at, ordinal in _items(line, kin):
            cuts[at] = ordinal
    for cut in _forced_cuts(line, sorted(cuts)):
        cuts[cut] = None
    order, current = sorted(cuts), None
    for begin, stop in itertools.pairwise(order):
        current = cuts[begin] if cuts[begin] is not None else current
        first, last = _trim(line, begin, stop, cuts.get(stop) is not None)
        yield _Piece(start + first, start + last, current)


def _forced_cuts(line: str, order: Sequence[int]) -> Iterator[int]:
    """Cuts of a stretch too long for any sentence, such as a table that lost its lines: behind a comma or blank."""
    for begin, stop in itertools.pairwise(order):
        while stop - begin > _LONGEST:
            limit = begin + _LONGEST
            marks = (line.rfind(mark, begin + 1, limit) for mark in "，,、 \t")
            begin = max((*marks, -1)) + 1 or limit
            yield begin


def _trim(line: str, begin: int, stop: int, before_item: bool) -> Span:
    piece = line[begin:stop]
    first = begin + len(piece) - len(piece.lstrip())
    return first, begin + len(piece.rstrip(_SEPARATORS if before_item else None))


def _chinese_cuts(line: str) -> Iterator[int]:
    whole = _protected(line)
    if dateline := _DATELINE.match(line):
        yield dateline.end()
    for found in _CHINESE_END.finditer(line):
        cut = found.end()
        if found[0][-1] in _CLOSERS and line.startswith(_GOES_ON, cut):
            continue
        if found[0][0] in ";；" and line.startswith("；", cut):
            continue
        if not any(start < cut < end for start, end in whole):
            yield cut


def _protected(line: str) -> list[Span]:
    """Quotations, titles and brackets short enough to be one expression."""
    spans = []
    for opener, closer in _PAIRS:
        at = line.find(opener)
        while at >= 0:
            close = line.find(closer, at + 1)
            if close < 0:
                break
            limit = _WHOLE if opener in "“「『" else 2 * _WHOLE
            if close - at <= limit:
                spans.append((at, close + 1))
                at = line.find(opener, close + 1)
            else:
                at = line.find(opener, at + 1)
    return sorted(spans)


def _latin_cuts(line: str) -> Iterator[int]:
    for found in _LATIN_END.finditer(line):
        if found[0] == "." and _ABBREVIATION.search(line, max(0, found.start() - 12), found.end()):
            continue
        yield found.end()


def _kin(text: str) -> Kin:
    """Which ordinals of which form of enumeration the document has."""
    return frozenset((match.lastgroup, _ordinal(match)) for match in _ITEM.finditer(text))


def _items(line: str, kin: Kin) -> Iterator[tuple[int, int]]:
    """Where enumerated items start and which they are; a lone 一是 without a 二是 opens none inside a line."""
    for match in _ITEM.finditer(line):
        form, ordinal = match.lastgroup, _ordinal(match)
        has_kin = (form, ordinal - 1) in kin or (ordinal == 1 and (form, 2) in kin)
        if has_kin or (form != "word" and not line[: match.start()].strip()):
            yield match.start(), ordinal


def _ordinal(match: re.Match[str]) -> int:
    text = match[match.lastgroup]
    if text.isdigit() and text.isascii():
        return int(text)
    if match.lastgroup == "circle":
        return ord(text) - ord("①") + 1
    tens, ten, units = text.rpartition("十")
    value = _NUMERAL.find(units) + 1 if units else 0
    return value + (10 * (_NUMERAL.find(tens) + 1 if tens else 1) if ten else 0)
