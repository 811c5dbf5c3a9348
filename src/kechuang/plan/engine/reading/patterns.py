"""Regular expressions that are compiled when they are first used.

Most sentences of most documents need few of the reader's grammars; compiling them all takes longer than reading a short
document. They are compiled behind a guard that turns away most characters (see `openings`).
"""

from __future__ import annotations

import re

from .openings import guarded

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Later:
    """Stands for a pattern; the first use of any attribute compiles it and keeps its methods."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str):
        compiled = guarded(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, at the first use."""
    return _Later(source, flags)  # type: ignore[return-value]


def any_of(*alternatives: str) -> str:
    """One regular expression for any of several."""
    return "|".join(alternatives)
