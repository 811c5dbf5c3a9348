"""What an English number counts: the plural of the noun phrase behind it, with its adjectives."""

from __future__ import annotations

import re

from ..gazetteer import entries
from ..patterns import pattern
from . import units

# A word of the noun phrase behind a number; adjectives may be joined: 180 new, highly-paid and secure jobs.
_WORD = pattern(
    r"(?P<join>,?\s(?:\([A-Z][A-Z&]{1,7}\)\s)?(?:(?:and|or)\s)?)[‘“'\"]?(?P<word>(?:[A-Z]\.){2,}|[A-Za-z][A-Za-z'’&-]*|&)"
)
_ADJECTIVE = pattern(
    r"(?:\w+-\w[\w-]*|new|existing|extra|more|big|large|small|young|old|good|great|high|low|short|long|full|key|major|top|safe|clean|green|smart|secure|\w+(?:al|ic|ive|ous|ful|ary|ed|ing|ent|ant|able|ible|ty))$",
    re.IGNORECASE,
)
_BODIES = frozenset(entries("english_agents")) | {
    "individuals",
    "people",
    "residents",
    "students",
    "jobs",
    "homes",
}
_ATTRIBUTIVE = frozenset(
    [
        "skills",
        "systems",
        "services",
        "sales",
        "sports",
        "communications",
        "operations",
        "resources",
        "arts",
        "news",
        "savings",
        "electronics",
        "materials",
        "women’s",
        "rights",
        "careers",
    ]
)
_COMPOUND = pattern(
    r"(?:\s[a-z]+){0,2}?\s(?P<last>(?!(?:is|was|has|as|this|its|across|towards)\b)[a-z]{3,}(?<!s)s)\b"
)
# The rest of a name that a plural begins.
_NAMED_BODIES = pattern(r"(?:\s(?:[A-Z][a-z]+|&|and|of)){0,6}\s(?P<last>[A-Z][a-z]+s)\b")


def counted(text: str, end: int) -> tuple[int, str, str]:
    """What a number that ends at `end` counts: the last plural of the noun phrase behind it."""
    at, before = end, ""
    for far in range(6):
        word = _WORD.match(text, at)
        if not word or word["word"].lower() in units.ENGLISH_STOPS:
            break
        pair = before[:1].isupper() and word["word"][0].isupper()  # Food and Beverage premises
        if not word["join"].isspace() and "(" not in word["join"] and not (pair or _ADJECTIVE.match(before)):
            break
        before, at = word["word"], word.end()
        if _is_plural(before):
            if (
                before[0].isupper()
                and before.lower() not in _BODIES
                and (name := _NAMED_BODIES.match(text, at))
            ):  # Materials Research Centers
                return end, name["last"], "count"
            if before.lower() in _ATTRIBUTIVE and (compound := _COMPOUND.match(text, at)):
                return end, compound["last"], "count"  # skills training places
            further = _WORD.match(text, at)  # fuels stations
            if (
                further
                and further["join"].isspace()
                and further["word"].islower()
                and _is_plural(further["word"])
            ):
                return end, further["word"], "count"
            return (at if far == 0 else end), before, "count"
    return end, "", "count"


def _is_plural(word: str) -> bool:
    low = word.lower()
    if low in units.ENGLISH_PLURALS or low.endswith(("children", "people", "women")):
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "ous", "'s", "’s"))
        and low not in units.ENGLISH_NO_PLURALS
    )
