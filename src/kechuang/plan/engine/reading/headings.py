"""Which lines are headings, and under which headings each line stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .patterns import pattern

_N = "[一二三四五六七八九十百零〇]{1,4}"
_LEVELS = [
    pattern(rf"第(?:{_N}|\d{{1,2}})(?:编|篇|部分)|Part (?:\d+|[IVX]+)\b", re.I),
    pattern(rf"第(?:{_N}|\d{{1,2}})章|Chapter (?:\d+|[IVX]+)\b", re.I),
    pattern(rf"第(?:{_N}|\d{{1,2}})节|Section (?:\d+|[IVX]+)\b", re.I),
    pattern(rf"{_N}、|[IVX]+\. "),
    pattern(rf"[（(]{_N}[)）]"),
    pattern(r"\d{1,2}(?:[.．、]\s*(?!\d)|\s+(?=[A-Z]))|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\s+"),
    pattern(r"[（(]\d{1,2}[)）]"),
]
_PLAIN = len(_LEVELS)  # a heading without a number
_LIST = pattern(
    r"——|[-•·●○■◆▪*]\s*|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）、.．]|[是要]|方面)|第[一二三四五六七八九十]+[,，]|[①-⑳]"
)
_BULLET = pattern(r"——|- |[•·●○■◆◇▪□★☆*–—]")
_NUMBERED = pattern(r"\(?\d{1,2}[.)] (?=[A-Z])(?:[\w’'&-]+,? ){4}")  # an English item
_MARKED = pattern(r"[●■◆◇▪□★☆▲][^,，。；;：:]{2,24}$")  # alone before prose, a heading
_PROMISES = pattern(r"(?:^|: )We (?:will|shall|must) ")  # an English line that is a sentence
_GOES_ON = tuple("。！？；;!?，,、：:")
_SECTION = pattern(r"(?:回顾|总结|重点任务|重点工作|工作安排|主要任务|总体要求|发展目标|主要目标|基本情况)$")
_QUOTES = '”’"」'
_LONGEST, _LONGEST_LATIN = 42, 90
_HAN = pattern(r"[\u3400-\u9fff]")


class Outline:
    """Walk through an article's lines in order: `enter(i)` says whether line i is a heading, and what is above it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._levels = [self._level(at) for at in range(len(lines))]
        numbered = any(level is not None and level < _PLAIN for level in self._levels)
        self._plain = _PLAIN if numbered else 3
        self._first_prose = next((at for at, line in enumerate(lines) if _is_prose(line)), 0)
        self._open: list[tuple[int, str]] = []
        self._above: tuple[str, ...] = ()  # the words of what is open
        self._announced = ""  # a line ending in a colon stands above the list that follows it

    def enter(self, at: int) -> tuple[bool, tuple[str, ...]]:
        line, level = self._lines[at], self._levels[at]
        if at < self._first_prose and level in (None, _PLAIN) and not (at and _SECTION.search(line)):
            return True, ()  # title, session, author: they frame nothing
        if self._announced and self._in_numbers(at):
            return False, (*self._above, self._announced)
        if level is not None:
            level = self._plain if level == _PLAIN else level
            self._open = [kept for kept in self._open if kept[0] < level]
            above = tuple(text for _, text in self._open)
            self._open.append((level, line))
            self._above, self._announced = (*above, line), ""
            return True, above
        if self._announced and _LIST.match(line):
            return False, (*self._above, self._announced)
        self._announced = _last_sentence(line) if line.endswith(("：", ":")) else ""
        return False, self._above

    def _level(self, at: int) -> int | None:
        """The level of a heading line, None for other lines."""
        line = self._lines[at]
        ending = line.rstrip(_QUOTES)
        if len(line) > _LONGEST_LATIN or ending.endswith(_GOES_ON):
            return None
        latin = not _HAN.search(line)
        if not latin and len(line) > _LONGEST:
            return None
        for level, shape in enumerate(_LEVELS):
            if shape.match(line):
                single = not re.search(r"[。；;]", line) and (level < 4 or not re.search("[，,]", line))
                return level if single and not (latin and ending.endswith(".")) else None
        follower = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        if _MARKED.match(line) and follower and not (_BULLET.match(follower) or self._in_list(at)):
            return _PLAIN
        if _BULLET.match(line) or re.search("[。；]", line):
            return None
        if latin:
            return (
                _PLAIN
                if not _PROMISES.search(line)
                and len(line.split()) <= 14
                and not ending.endswith(".")
                and len(follower) > len(line)
                else None
            )
        return _PLAIN if len(follower) >= 1.2 * len(line) else None

    def _in_numbers(self, at: int) -> bool:
        """Whether the line is one of the English items "1. …", "2. …"."""
        near = self._lines[max(at - 1, 0) : at] + self._lines[at + 1 : at + 2]
        return bool(_NUMBERED.match(self._lines[at])) and any(_NUMBERED.match(line) for line in near)

    def _in_list(self, at: int) -> bool:
        """Whether the line before it is a bullet too, or announces a list."""
        return at > 0 and bool(
            _BULLET.match(self._lines[at - 1]) or self._lines[at - 1].endswith(("：", ":"))
        )


def _is_prose(line: str) -> bool:
    """It ends like a sentence, or holds one (…提供信息服务。（市科技局负责）)."""
    return "。" in line or line.rstrip(_QUOTES).endswith((*_GOES_ON, "."))


def _last_sentence(line: str) -> str:
    return re.split(r"[。！？；]", line)[-1]
