"""What stands around every page. Few pages differ in it, so it is drawn once for all whom it shows the same; what is
a page's own (its address, its token) is put in afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kechuang.core.language import current
from kechuang.core.web.navigation import sections_for
from kechuang.core.web.once import drawn_once

# held by characters of no script, which stand in nobody's name
PLACES = {name: f"\ue000{name}\ue001" for name in ("here", "here_as_value", "csrf_token", "sought")}


class Shell:
    """`{{ shell.top }}` and so on: each part is made when a page asks for it, so that partial pages pay nothing."""

    def __init__(self, request: HttpRequest, theme: str, sources: Mapping[str, Callable]) -> None:
        self._request, self._theme, self._sources = request, theme, sources

    @property
    def head(self) -> str:
        return drawn_once("core/shell/head.html")

    @property
    def keys(self) -> str:
        return drawn_once("core/shell/keys.html")

    @property
    def foot(self) -> str:
        return drawn_once("core/shell/footer.html", seal_root=self._value("seal"))

    @property
    def navigation(self) -> str:
        sections = sections_for(self._person, self._request.path)
        return drawn_once("core/shell/navigation.html", sections=sections)

    @property
    def top(self) -> SafeString:
        person = self._person
        drawn = drawn_once(
            "core/shell/topbar.html",
            person=(str(person), person.email or person.username) if person.is_authenticated else None,
            language=current(),
            theme=self._theme,
            unread=self.unread,
            **PLACES,
        )
        for place, value in self._own().items():
            drawn = drawn.replace(PLACES[place], value)
        return mark_safe(drawn)

    @cached_property
    def unread(self) -> int:
        return self._value("notices")

    def _own(self) -> dict[str, str]:
        """What no other page has. What a person wrote comes last: nothing is put into it."""
        request = self._request
        here, searching = request.get_full_path(), request.path == reverse("core:search")
        return {
            "here": escape(here),
            "here_as_value": quote(here),
            "csrf_token": get_token(request),
            "sought": escape(request.GET.get("q", "")) if searching else "",
        }

    @cached_property
    def _person(self):
        return getattr(self._request, "user", None) or AnonymousUser()

    def _value(self, name: str):
        return self._sources[name](self._request) if name in self._sources else ""
