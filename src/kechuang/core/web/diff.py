"""What changed between two texts, word by word (Chinese: character by character)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_TOKENS = re.compile(r"[A-Za-z]+|\d[\d.,]*\d|\d|\s+|.", re.S)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """("same" | "old" | "new", text) pieces; the old pieces join to `old`, the new ones to `new`."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(before[a:b])))
            continue
        pieces += [
            (side, text)
            for side, text in (("old", "".join(before[a:b])), ("new", "".join(after[c:d])))
            if text
        ]
    return pieces


def to_html(old: str, new: str) -> SafeString:
    """The pieces with <del> and <ins>."""
    tags = {"same": "span", "old": "del", "new": "ins"}
    rows = ((tags[kind], text, tags[kind]) for kind, text in changes(old, new))
    return format_html('<div class="diff">{}</div>', format_html_join("", "<{}>{}</{}>", rows))
