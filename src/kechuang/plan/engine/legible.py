"""Whether decoded characters are writing: bytes of anything can be read as UTF-16, and show as characters nobody writes."""

from __future__ import annotations

import re

from kechuang.plan.engine.reading.encodings import COMMON

FEW = 40  # so few characters prove nothing
LEAST = 0.05
_FAMILIAR = re.compile("[\u00a0-\u052f\u2000-\u206f\u2160-\u249b\u3000-\u30ff\uff00-\uff5e]")
_HAN = re.compile("[\u3400-\u9fff]")


def legible(text: str) -> bool:
    """False where of many characters beyond ASCII hardly one is common, or more are of no script that is read here."""
    beyond = [char for char in text[:100_000] if char > "\x7f"]
    familiar = sum(char in COMMON or _FAMILIAR.match(char) is not None for char in beyond)
    strange = sum(not (_FAMILIAR.match(char) or _HAN.match(char)) for char in beyond)
    return len(beyond) < FEW or familiar >= max(strange, LEAST * len(beyond))
