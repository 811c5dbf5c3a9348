"""Who can be told to act in English text: whether a subject names a body, and what it is told is an action of its own."""

from __future__ import annotations

import re

from .english_narration import (
    DOING,
    EFFECTS,
    HELPS,
    HELPS_ALONG,
    OF_ANYBODY,
    OUTCOMES,
    PASSIVE,
    PASSIVE_STATES,
)
from .english_promises import AGENTS
from .gazetteer import entries, one_of
from .patterns import pattern

_THINGS = frozenset(entries("english_things"))
_IT = ("it", "It")  # a body or a thing
_IN_NAMES = frozenset(
    [
        "technology",
        "technologies",
        "system",
        "systems",
        "service",
        "services",
        "network",
        "product",
        "products",
        "research",
        "software",
        "line",
        "park",
        "funds",
    ]
)  # how companies are called
_BODIES_TO_COME = frozenset(
    ["centre", "center", "institute", "hub", "laboratory", "unit", "network", "academy", "school", "campus"]
)
_ACTING = frozenset(["we", "i", "they", "government", "ministers", "minister", "ministry", "department"])
# A new centre or fund is no body yet: what it will provide comes of it.
_TO_COME = pattern(r"\b(?:new|proposed|future|planned|these|those|such)\b", re.I)
_MANY_PLACES = frozenset(["hubs", "centres", "centers", "campuses", "networks", "units"])
_TO_OPEN = pattern(
    r"\b(?:which|that)\b[^,;]*\b(?:expected|due|set|scheduled|slated|planned|construction|being built|to open)\b",
    re.I,
)
_WHOEVER = frozenset(["they", "these", "those", "which", "it"])
_STATES = pattern(rf"(?:{one_of(entries('english_states'))})(?![a-z])", re.I)
_OFFICE = pattern(r"\b(?P<office>[A-Z][a-z]+) (?:of|for) (?:(?:the |and |& )?[A-Z][\w'’-]*,? ?)+$")
_MONEY = pattern(r"\b(?P<money>investment|funding|money|spending|grants?) (?:of|in|into|for|from) [^;]*$")
_REDUCED = pattern(r"(?<=\w) (?:\w+ed|led|run|made up|set up)$")
_TELLS_AHEAD = ("will", "is to", "are to")  # others promise, whatever comes of it
_POINTS = pattern(r"(?:These|Those|This|That|There|Here)\b")
_PROPER = pattern(r"[A-Z][\w'’&.\-]*$")
_ABSTRACT = pattern(r"(?:tion|ment|ness|ity|ance|ence|ing|ship|sm|cy)$")
_LETTERS = pattern(r"[A-Z][A-Z&]+(?:-[A-Z]+)*(?:s?)$")  # a body known by its letters
_NO_BODY = frozenset(
    [
        "AI",
        "ICT",
        "IT",
        "VR",
        "AR",
        "EV",
        "PV",
        "DNA",
        "RNA",
        "GDP",
        "VAT",
        "STEM",
        "ML",
        "R&D",
        "I&T",
        "LNG",
        "IP",
        "CO",
        "HIV",
        "COVID",
        "TV",
        "PC",
    ]
)
_ALSO = pattern(r"(?: (?:also|has|have|today))+$")
_SET_OF = pattern(r"\b(?:series|number|group|range|network|set|team) of (?=[\w-]+ )")
_OF = pattern(
    r"(?!.* (?:we|they)$) (?:of|for|in|into|on|at|to|towards?|with|from|by|under|across|within|between|based) .*$"
)


def office_of(before: str) -> str:
    """The office or body with what it is for, commas and all, that ends before a modal: Department of Trade, Skills and Employment."""
    office = _OFFICE.search(before.rstrip() + " ")
    return office.group().strip() if office and office["office"].lower() in AGENTS else ""


def head(subject: str) -> str:
    """The noun that a subject is of: Groups assembled by the council → Groups."""
    if money := _MONEY.search(subject):
        return money["money"]
    return _REDUCED.sub("", _OF.sub("", _SET_OF.sub("", subject.strip(' “‘"()')))).split(" ")[-1]


def is_body(subject: str) -> bool:
    """Whether the subject is an office or organisation by its noun or its letters, and no person."""
    noun = head(office_of(subject) or _ALSO.sub("", subject.strip()))
    return noun.lower() in AGENTS or bool(_LETTERS.fullmatch(noun))


def acts(subject: str, action: str, modal: str, before: str = "") -> bool:
    """Whether the subject is one of `english_agents.txt` or a proper name, and what it "will" do is an action.

    `before` is all that stands before the modal. A plan, a fund or a place that will make, allow or bring something has an effect and no order to carry out; the
    passive names nobody who acts, and counts where what is to be done is an action.
    """
    action = action.lstrip('“‘"')
    if action.rstrip('.!?”’" ') == "be":
        return False  # and it will be
    if action.startswith("be "):
        if PASSIVE.match(action):
            return not PASSIVE_STATES.match(action)
        if not DOING.match(action):
            return False
    noun = head(subject)
    word = noun.lower().strip("“”\"'’()")
    place = word.removesuffix("s") in _BODIES_TO_COME
    thing = word in _THINGS and not (noun[:1].isupper() and word in _IN_NAMES)
    to_come = word in _MANY_PLACES or (place and (_TO_COME.search(subject) or _TO_OPEN.search(before)))
    if (thing or place or word in _WHOEVER) and HELPS.match(action):
        return False
    if word not in AGENTS and HELPS_ALONG.match(action):
        return False
    effects = EFFECTS if thing or to_come or word not in AGENTS else OF_ANYBODY
    if (
        _STATES.match(action)
        or (word not in _ACTING and modal in _TELLS_AHEAD and effects.match(action))
        or (to_come and OUTCOMES.match(action))
        or (thing and (noun not in _IT or modal != "will" or OUTCOMES.match(action)))
    ):
        return False
    return word in AGENTS or not word or _is_named(noun, subject)


def _is_named(noun: str, subject: str) -> bool:
    """Whether the subject is a proper name, or the letters of a body."""
    if _POINTS.match(subject) or (noun == subject and _ABSTRACT.search(noun)):  # Competition for this money …
        return False
    if noun.isupper():
        return bool(_LETTERS.fullmatch(noun)) and noun not in _NO_BODY
    return bool(_PROPER.search(noun))
