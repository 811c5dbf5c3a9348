"""Pieces of pages that look the same to many: drawn the first time, kept from then on."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string

from kechuang.core.language import current


def drawn_once(template: str, **given: Hashable) -> str:
    """The template with these values in today's language. It may read nothing else: no request, no person."""
    return _drawn(current(), template, tuple(given.items()))


@lru_cache(maxsize=2000)
def _drawn(language: str, template: str, given: tuple[tuple[str, Hashable], ...]) -> str:
    return render_to_string(template, dict(given))
