"""Looks a unit up at a place in a text: by its first character, the longest word first."""

from __future__ import annotations

from collections import defaultdict

from ..patterns import pattern
from . import units

_ANY_NUMERAL = units.MEASURES | units.DURATIONS | units.COUNTERS


def _by_first(words: frozenset[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        table[word[0]].append(word)
    return dict(table)


_COUNTERS = units.COUNTERS | units.ARABIC_COUNTERS
_ALL = _by_first(_ANY_NUMERAL | units.ARABIC_COUNTERS | units.THINGS)
_PEOPLE = _by_first(units.PEOPLE)
_QUALIFIERS = pattern(
    r"(?:农村|城镇|城乡|贫困|困难|低收入|高校|在校|留守|失能|残疾|适龄|各族|外来|进城|普通|脱贫|一线|基层|青年|高技能)*"
)
_DENOMINATORS = _by_first(units.DENOMINATORS | _ANY_NUMERAL)
_COUNTED_AGAIN = pattern(r"次(?![于要日品级序数])|[天月年](?![以来内前后份底初])")  # 天次, 册次, 人月
_PER_TIME = pattern(r"·[月年天日]")


def _longest(table: dict[str, list[str]], text: str, at: int) -> str:
    for word in table.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            follower = text[at + len(word) : at + len(word) + 1]
            if follower and follower in units.NOT_BEFORE.get(word, ""):
                continue
            if word.isascii() and word[-1].isalpha() and follower.isascii() and follower.isalpha():
                continue
            return word
    return ""


def unit_at(text: str, at: int) -> str:
    """The unit word that starts at `at`, compound (天次) and with its denominator (元/人), or ""."""
    word = _longest(_ALL, text, at)
    end = at + len(word)
    if _compounds(word) and (again := _COUNTED_AGAIN.match(text, end)) and (again[0] == "次" or word == "人"):
        end = again.end()
    elif word and text[end : end + 1] == "/" and "/" not in word:
        below = _longest(_DENOMINATORS, text, end + 1)
        end += 1 + len(below) if below else 0
        if below and (time := _PER_TIME.match(text, end)):
            end = time.end()
    return text[at:end]


def _compounds(word: str) -> bool:
    """Whether a counter may be counted in turns: every single one but those of time."""
    return len(word) == 1 and (word == "天" or (word in _COUNTERS and word not in "次届"))


def is_measure(unit: str) -> bool:
    """Whether the unit measures (元, 吨, %) rather than counts."""
    unit = unit.partition("/")[0]
    return unit in units.MEASURES or (len(unit) == 2 and unit[1] == "次" and _compounds(unit[0]))


def may_be_a_name(unit: str) -> bool:
    """Whether a number like a year before the unit is one: 2023车展, 2024台北 and 2025年 against 2023家."""
    return not is_measure(unit) and (len(unit) > 1 or unit == "台" or unit in units.ARABIC_COUNTERS)


def is_duration(unit: str) -> bool:
    return unit in units.DURATIONS


def takes_chinese_numeral(unit: str) -> bool:
    """Whether a Chinese numeral before the unit counts: 两家 does, 两市 is a name."""
    return is_measure(unit) or unit.partition("/")[0] in _ANY_NUMERAL


def counts_people(text: str, at: int) -> bool:
    """Whether a noun for people starts at `at` (33万农民工)."""
    return bool(_longest(_PEOPLE, text, _QUALIFIERS.match(text, at).end()) or _longest(_PEOPLE, text, at))
