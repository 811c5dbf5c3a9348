"""HTML to the text a reader sees, each character with its place in the source. No script is ever run."""

from __future__ import annotations

import html
import re

from .layers import Layer
from .patterns import pattern

_HIDDEN = ("script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "title")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
    ]
)
_NAME = pattern(r"</?\s*([A-Za-z][A-Za-z0-9:]*)")
_RUN = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|[ \t\r\n\f]+|[^&\s]+|.", re.S)
_WIDE = pattern(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def visible(raw: str) -> Layer:
    """The visible text of an HTML source: blocks on their own lines, white space collapsed, entities decoded."""
    out = _Out()
    at, length, lower = 0, len(raw), raw.lower()
    while at < length:
        if raw[at] != "<":
            end = raw.find("<", at)
            end = length if end < 0 else end
            _text(raw, at, end, out)
        else:
            end = _tag_end(raw, lower, at)
            name = _NAME.match(raw, at)
            if end - at == 1:
                out.add("<", at, end)
            elif name and name[1].lower() not in _INLINE:
                out.newline(at, end)
        at = end
    return Layer(raw, "".join(out.chars), out.starts, out.ends)


def _tag_end(raw: str, lower: str, at: int) -> int:
    """Where the tag, comment or hidden element that opens at `at` ends; `at + 1` for a bare less-than sign."""
    if raw.startswith("<!--", at):
        end = raw.find("-->", at + 4)
        return len(raw) if end < 0 else end + 3
    if not re.match(r"[A-Za-z/!?]", raw[at + 1 : at + 2]):
        return at + 1
    end = raw.find(">", at)
    if end < 0:
        return len(raw)
    name = _NAME.match(lower, at)
    if name and name[1] in _HIDDEN and raw[at + 1] != "/" and raw[end - 1] != "/":
        close = lower.find(f"</{name[1]}", end)
        if close < 0:
            return len(raw) if name[1] in ("script", "style") else end + 1
        close_end = raw.find(">", close)
        return len(raw) if close_end < 0 else close_end + 1
    return end + 1


def _text(raw: str, at: int, end: int, out: _Out) -> None:
    for run in _RUN.finditer(raw, at, end):
        piece, start, stop = run[0], run.start(), run.end()
        if piece[0] in " \t\r\n\f":
            out.space(start, stop)
        elif piece[0] == "&" and len(piece) > 1:
            for char in html.unescape(piece).replace("\xa0", " "):
                out.add(char, start, stop)
        else:
            out.run(piece, start)


class _Out:
    def __init__(self) -> None:
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._pending: tuple[int, int] | None = None

    def add(self, char: str, start: int, end: int) -> None:
        self._flush(char)
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def run(self, piece: str, start: int) -> None:
        self._flush(piece[0])
        self.chars += piece
        self.starts += range(start, start + len(piece))
        self.ends += range(start + 1, start + len(piece) + 1)

    def space(self, start: int, end: int) -> None:
        self._pending = self._pending or (start, end)

    def newline(self, start: int, end: int) -> None:
        self._pending = None
        if self.chars and self.chars[-1] != "\n":
            self.chars.append("\n")
            self.starts.append(start)
            self.ends.append(end)

    def _flush(self, following: str) -> None:
        """White space becomes one blank, or nothing at a line's start and between Chinese characters."""
        pending, self._pending = self._pending, None
        if pending is None or not self.chars or self.chars[-1] == "\n":
            return
        if _WIDE.match(self.chars[-1]) and _WIDE.match(following):
            return
        self.chars.append(" ")
        self.starts.append(pending[0])
        self.ends.append(pending[1])
