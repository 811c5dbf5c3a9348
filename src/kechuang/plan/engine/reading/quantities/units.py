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

MONEY_SIGNS = "|".join(_TABLE["money_signs"])
# One letter is money where the amount says so: N180bn, R5,000, P2.5 million.
_MONEY_LETTER = r"[NRPK](?=\d{1,3}(?:,\d{3}|(?:\.\d+)?\s?(?:[mb]n|tn|[mb]|(?:m|b|tr)illion)\b))"
ENGLISH_MONEY = rf"(?-i:{MONEY_SIGNS}|{_MONEY_LETTER})"
ENGLISH_MEASURES: list[str] = _TABLE["english_measures"]
ENGLISH_LABELS = _words("english_labels")
ENGLISH_STOPS = _words("english_stops")
ENGLISH_PLURALS = _words("english_plurals")
ENGLISH_NO_PLURALS = _words("english_no_plurals")
ENGLISH_MILLIONS = _words("english_millions")
