"""What changed between two texts as HTML."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kechuang.core.engine.differences import changes

TAGS = {"same": "span", "old": "del", "new": "ins"}


def to_html(old: str, new: str) -> SafeString:
    """The pieces with <del> and <ins>; lines stay lines."""
    rows = ((TAGS[kind], text, TAGS[kind]) for kind, text in changes(old, new))
    return format_html('<div class="diff">{}</div>', format_html_join("", "<{}>{}</{}>", rows))
