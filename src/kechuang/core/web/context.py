"""What the base template needs on every page."""

from __future__ import annotations

from collections.abc import Callable

from kechuang.core.language import current, is_english
from kechuang.core.web.shell import Shell

THEMES = ("light", "dark")

_sources: dict[str, Callable] = {}


def register_shell_value(name: str, read: Callable) -> None:
    """Let another part of core feed the shell: `notices` (request → unread count), `seal` (request → root)."""
    _sources[name] = read


def shell(request) -> dict:
    """Context processor."""
    theme = request.COOKIES.get("theme")
    theme = theme if theme in THEMES else "auto"
    return {
        "theme": theme,
        "page_language": current(),
        "html_language": "en" if is_english() else "zh-CN",
        "shell": Shell(request, theme, _sources),
    }
