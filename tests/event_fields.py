"""What events hold must have a name for people in both languages. Watched in every test that does an act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils import translation

from kechuang.core import kinds
from kechuang.core.acts import ACTS
from kechuang.core.web.history import field_words

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_sound: set[tuple[str, str]] = set()


def raw_fields(entries: Iterable[Any]) -> set[str]:
    """Fields of these events that a history would show under the name that code knows them by."""
    found = {
        (entry.key[0], entry.verb, name)
        for entry in entries
        if entry.verb in ACTS
        for side in (entry.before, entry.after)
        if isinstance(side, dict)
        for name in side
    }
    return {f"{verb}: {name} of {kind}" for kind, verb, name in found if _raw(kind, name)}


def _raw(kind: str, name: str) -> bool:
    if (kind, name) in _sound or kinds.get(kind).field_words:  # such names are data
        return False
    with translation.override("zh-hans"):
        chinese = field_words(kind, name, None, {})[0]
    with translation.override("en"):
        english = field_words(kind, name, None, {})[0]
    sound = (_CHINESE.search(chinese) or chinese.isupper()) and not (
        _CHINESE.search(english) or "_" in english
    )
    if sound:
        _sound.add((kind, name))
    return not sound
