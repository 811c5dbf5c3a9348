"""Which lines of a clean text are the article, and the day the document itself bears.

A page is taken apart by trafilatura; text that lost its HTML by the density of its lines (the stretch whose lines add
up to the largest score, prose counting for and stray lines against it) and by markers after which no article goes on.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from .chrome import CONTACT, HEADLINE, PARAGRAPH, PROSE, line_classes
from .gazetteer import entries, one_of
from .patterns import pattern
from .types import CleanText
from .wrapping import columns

Span = tuple[int, int]
_LINE = pattern(r"[^\n]*[^\s][^\n]*")
_PROSE = 12
_SHORT = pattern(r"[\u4e00-\u9fff、，,]{6,}。")  # a sentence so short is prose nevertheless
_LIST = pattern(
    r"[-•·●○■◆▪*]\s*\S|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十百]+[章节条]|——"
)
_LABEL = pattern(r"[\u4e00-\u9fff·、，, \u3000]{2,40}[:：]")  # who speaks next in a transcript
# A page's stamp run into the head of a line: date 2031-05-06 经济部…
_RUN_IN = pattern(
    r"(?:date|日期|时间|发布|发布时间|发布日期|更新|更新时间)[:： ]{0,2}(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?>(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?)[ \u3000]+(?=[^\n]{20})"
)
_STAMP = pattern(r"\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2})?")
_HEAD = pattern(
    r"\d{1,2}月\d{1,2}日在.{4,40}上|^[—―–-]{2}\s*.{0,4}[二〇一-九\d]+年"
    r"|^.{0,24}(?:省长|主席|总理|市长|州长|书记|主任|部长|院长|会长|局长|区长|县长|司长|总裁)[\s\u3000]*[\u4e00-\u9fff·\s\u3000]{2,15}$"
    r"|(?:报告|规划|纲要|建议|意见|办法|措施|通知|方案|条例|规定|讲话|白皮书|公报)(?:[（(].{2,12}[)）])?$"
)
# Who speaks, on a line of their own above an English speech or release.
_SPEAKER = pattern(
    rf"(?:(?:Remarks|Statement|Speech|Address|Keynote|Opening)\w* (?:\w+ )?(?:by|of|from) )?(?:[\w’'&,.-]+ ){{0,8}}(?:{one_of(entries('english_title_heads'))})(?: [\w’'&,-]+){{0,8}},? [A-ZÀ-Þ][\w’'-]+ (?:[A-Z]\. )?[A-ZÀ-Þ][\w’'-]+"
)
_HEAD_LINES = 24
_TAIL = 8
# Columns of a title, of the names below it that are narrower, and how many these may be.
_TITLE, _ASIDE, _ASIDES = 30, 36, 4
_SCANTY = 120  # an extraction shorter than this missed the article, where the page has more
_STRAY = {"": -12, "chrome": -30, "credit": -6, "link": -6, "stop": -60}


def text_lines(clean: CleanText) -> list[Span]:
    """The article's lines in a text without markup, ascending clean spans without surrounding blanks."""
    lines = _lines(clean.text)
    kinds = line_classes([clean.text[start:end] for start, end in lines])
    scores = [_score(clean.text[s:e], kind) for (s, e), kind in zip(lines, kinds, strict=True)]
    stop = _stop(kinds, scores)
    first, last = _densest(scores[:stop])
    if first == last:  # no prose at all: keep what is not chrome
        return [line for line, kind in zip(lines[:stop], kinds, strict=False) if not kind]
    first = _with_title(clean.text, lines, kinds, first)
    rest = [clean.text[start:end] for start, end in lines[last:]]
    last = stop if _quiet(kinds[last:], rest) else last
    return [line for line, kind in zip(lines[first:last], kinds[first:last], strict=True) if not kind]


def page_lines(clean: CleanText) -> list[Span]:
    """The article's lines in an HTML page: what trafilatura extracts, found again in the visible text."""
    import trafilatura

    extracted = trafilatura.extract(
        clean.raw, include_comments=False, include_tables=True, output_format="txt"
    )
    dense = [at for at, char in enumerate(clean.text) if not char.isspace()]
    visible = "".join(clean.text[at] for at in dense)
    wanted, cursor = [], 0
    for line in (extracted or "").splitlines():
        key = "".join(_as_clean(line).split())
        if len(key) < 2:
            continue
        at = visible.find(key, cursor)
        at = visible.find(key) if at < 0 and len(key) > 12 else at
        if at >= 0:
            wanted.append((dense[at], dense[at + len(key) - 1] + 1))
            cursor = max(cursor, at + len(key))
    lines = _overlapping(_lines(clean.text), sorted(wanted))
    by_density = text_lines(clean)
    if _size(lines) < min(_SCANTY, 0.4 * _size(by_density)):
        return by_density
    kinds = line_classes([clean.text[start:end] for start, end in lines])
    scores = [_score(clean.text[s:e], kind) for (s, e), kind in zip(lines, kinds, strict=True)]
    stop = _stop(kinds, scores)
    return [line for line, kind in zip(lines[:stop], kinds, strict=False) if not kind]


def _as_clean(line: str) -> str:
    """An extracted line under the same repairs as the page."""
    from .layers import Layer
    from .repair import repair

    return repair(Layer.identity(line.strip().lstrip("-| ").rstrip("| "))).text


def _lines(text: str) -> list[Span]:
    found = []
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        stamp = _RUN_IN.match(text, start, end)
        found.append((stamp.end() if stamp else start, end))
    return found


def _score(line: str, kind: str) -> int:
    """How much a line speaks for (prose, by its length) or against standing inside the article."""
    if kind:
        return _STRAY[kind]
    if _LABEL.fullmatch(line):
        return 4
    if _STAMP.fullmatch(line) or len(line) < 4:
        return -15
    if HEADLINE.fullmatch(line):
        return _STRAY[""]
    if len(line) >= PARAGRAPH or (len(line) >= _PROSE and PROSE.search(line)) or _SHORT.fullmatch(line):
        return min(len(line), 400)
    return 4 if _LIST.match(line) else _STRAY[""]


def _stop(kinds: Sequence[str], scores: Sequence[int]) -> int:
    """Index of the first stop line with enough article before it: a third of all prose, or 200 characters."""
    total = sum(score for score in scores if score > 0)
    seen = 0
    for at, (kind, score) in enumerate(zip(kinds, scores, strict=True)):
        if kind == "stop" and seen >= min(200, total / 3) and seen:
            return at
        seen += max(0, score)
    return len(kinds)


def _densest(scores: Sequence[int]) -> tuple[int, int]:
    """The stretch with the largest sum (Kadane); empty when no line counts for the article."""
    best, best_span, total, start = 0, (0, 0), 0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, start = 0, at
        total += score
        if total > best:
            best, best_span = total, (start, at + 1)
    return best_span


def _quiet(kinds: Sequence[str], rest: Sequence[str]) -> bool:
    """A few short lines behind the last prose and no sign of a page: the article's own list or signature."""
    return len(rest) <= _TAIL and not any(kinds) and not any(map(HEADLINE.fullmatch, rest))


def _with_title(text: str, lines: Sequence[Span], kinds: Sequence[str], first: int) -> int:
    """Title, session and speaker lines above the first prose belong to the article, page chrome among them or not."""
    top, between = first, []
    for at in range(first - 1, max(-1, first - 1 - _HEAD_LINES), -1):
        line = text[slice(*lines[at])]
        if (kinds[at] == "stop" and not CONTACT.fullmatch(line)) or len(line) > 80:
            break
        if kinds[at]:
            continue
        adjacent = len(between) <= 1 and len(line) >= 5
        widest = max(between, default=0)
        headline = columns(line) >= max(_TITLE, widest + 1) and widest <= _ASIDE and len(between) <= _ASIDES
        if adjacent or headline or _HEAD.search(line) or _SPEAKER.fullmatch(line):
            top = at
        between.append(columns(line))
    return top


def _overlapping(lines: Sequence[Span], wanted: Sequence[Span]) -> list[Span]:
    """Parts of lines that lie in wanted spans."""
    starts = [start for start, _ in lines]
    found: dict[Span, None] = {}
    for begin, stop in wanted:
        at = max(0, bisect.bisect_right(starts, begin) - 1)
        while at < len(lines) and lines[at][0] < stop:
            span = max(lines[at][0], begin), min(lines[at][1], stop)
            if span[0] < span[1]:
                found[span] = None
            at += 1
    return sorted(found)


def _size(lines: Sequence[Span]) -> int:
    return sum(end - start for start, end in lines)
