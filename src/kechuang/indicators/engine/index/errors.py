"""The one exception of the index engine."""

from __future__ import annotations


class IndexInputError(ValueError):
    """Data, framework, recipe or settings that cannot be used; the text says what, where and how to mend it."""


def refuse(what: str, remedy: str) -> IndexInputError:
    """An error that states the fault and its remedy in one line."""
    return IndexInputError(f"{what}. To mend: {remedy}.")
