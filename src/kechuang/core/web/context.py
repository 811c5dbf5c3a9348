"""What the base template needs on every page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from kechuang.core.language import current, is_english
from kechuang.core.web.navigation import drawn_for

THEMES = ("light", "dark")

_sources: dict[str, Callable] = {}


def register_shell_value(name: str, read: Callable) -> None:
    """Let another part of core feed the shell: `notices` (request → unread count), `seal` (request → root)."""
    _sources[name] = read


def shell(request) -> dict:
    """Context processor. Everything is lazy, so that partial pages pay nothing."""
    theme = request.COOKIES.get("theme")
    return {
        "theme": theme if theme in THEMES else "auto",
        "page_language": current(),
        "html_language": "en" if is_english() else "zh-CN",
        "navigation": SimpleLazyObject(lambda: drawn_for(_person(request), request.path)),
        "unread_notices": SimpleLazyObject(lambda: _value("notices", request)),
        "seal_root": SimpleLazyObject(lambda: _value("seal", request)),
    }


def _person(request):
    return getattr(request, "user", None) or AnonymousUser()


def _value(name: str, request):
    read = _sources.get(name)
    return read(request) if read else ""
