"""Which of the two languages the reader reads, and what is written in both."""

from __future__ import annotations

from django.utils.translation import get_language


def current() -> str:
    """The reader's language, as formatters take it."""
    return get_language() or "zh-hans"


def is_english() -> bool:
    """Does the reader read English? Everybody else reads Chinese."""
    return current().startswith("en")


def in_language(zh: str, en: str) -> str:
    """The words in the reader's language, else in the other one."""
    return (en or zh) if is_english() else (zh or en)
