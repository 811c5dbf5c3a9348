"""The words that make a number a quantity, from the editable table `words.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_TABLE[name].split())


MEASURES = _words("measures")
DURATIONS = _words("durations")
COUNTERS = _words("counters")
ARABIC_COUNTERS = _words("arabic_counters")
PEOPLE = _words("people")
THINGS = _words("things")
DENOMINATORS = _words("denominators")
NOT_BEFORE: dict[str, str] = _TABLE["not_before"]

ENGLISH_MEASURES: list[str] = _TABLE["english_measures"]
ENGLISH_LABELS = _words("english_labels")
ENGLISH_STOPS = _words("english_stops")
ENGLISH_PLURALS = _words("english_plurals")
ENGLISH_NO_PLURALS = _words("english_no_plurals")
