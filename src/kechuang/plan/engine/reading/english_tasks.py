"""Tasks in English text."""

from __future__ import annotations

import re

from .english_narration import (
    BEING,
    EFFECTS,
    EXPECTED,
    IF,
    NEEDED,
    NOUN_FIRST,
    OF_ANYBODY,
    OUTCOMES,
    PASSIVE,
    WISH,
)
from .english_promises import AGENTS, as_said
from .gazetteer import entries, one_of
from .patterns import pattern
from .stance import Context, Stance

_WILL = pattern(
    r"\bwill (?:not |only |each |all |both |today |tomorrow |(?:(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )|also |then |further |now |soon |always |never |still |jointly |continue to |work to |seek to |\w+ly )*(?P<rest>[^,;.]*)"
)
_THINGS = frozenset(entries("english_things"))
_BODIES_TO_COME = frozenset(
    ["centre", "center", "institute", "hub", "laboratory", "unit", "network", "academy", "school", "campus"]
)
_ACTING = frozenset(
    ["we", "i", "they", "you", "government", "ministers", "minister", "ministry", "department"]
)
# A new centre or fund is no body yet: what it will provide comes of it.
_TO_COME = pattern(r"\b(?:new|proposed|future|planned)\b", re.I)
_STATES = pattern(rf"(?:{one_of(entries('english_states'))})(?![a-z])", re.I)
_DOING = pattern(r"be (?:\w+ly |also )?(?!looking|seeing|facing|having|being|going)\w+ing\b")
_BEFORE_SUBJECT = pattern(
    r".*(?:[,;:—–] |\b(?:that|and|but|which|who|because|so|while|as|if|when|where|whether) )"
)
_FIRST_SUBJECT = pattern(
    r"[“\"]?(?P<subject>[A-Za-z][^;]*?)(?:, which [^,]*,)? (?:is|are|was|were|has|have|had|will|currently|already|also|now)\b"
)
_SAME_SUBJECT = pattern(r"\b(?:and|but)$")
_RELATIVE = pattern(r", (?:to be|which|who|whose|where|an?|the|one of) [^,]*,$")
_OFFICE = pattern(r"\b(?P<office>[A-Z][a-z]+) (?:of|for) (?:(?:the |and |& )?[A-Z][\w'’-]*,? ?)+$")
_MONEY = pattern(r"\b(?P<money>investment|funding|money|spending|grants?) (?:of|in|for|from) [^;]*$")
_REDUCED = pattern(r"(?<=\w) (?:\w+ed|led|run|made up|set up)$")
_POINTS = pattern(r"(?:These|Those|This|That|There|Here)\b")
_PROPER = pattern(r"[A-Z][\w'’&.\-]*$")
_ANNOUNCES = pattern(r"(?<!\bby)(?<!\bthrough):$")  # a list follows
_ABSTRACT = pattern(r"(?:tion|ment|ness|ity|ance|ence|ing|ship|sm|cy)$")
_ACRONYM = pattern(r"\b[Tt]he [A-Z]{3,}$|^(?:UK|US|USA|EU|UN)$")  # a body known by its letters
_SET_OF = pattern(r"\b(?:series|number|group|range|network|set|team) of (?=[\w-]+ )")
_OF = pattern(
    r"(?!.* (?:we|they)$) (?:of|for|in|on|at|to|with|from|by|under|across|within|between|based) .*$"
)
COMMIT = pattern(
    r"(?<!that )(?<!which )(?<!who )\b(?:will(?! (?:be an? |be the |be remembered|have been|likely|probably))|shall|must|should|needs? to|have to|ought to|(?:is|are) to\b|aims? (?:to|at)|"
    rf"(?:is|are|has|have) (?:aiming|determined|going|planning) to|(?:is|are|has|have) committed to (?={one_of(entries('english_actions'))}\b)|(?:is|are) committed to (?=\w+ing\b)|"
    + r"intends? to|commits? to|pledge[sd]? to|vow(?:s|ed) to|promise[sd]? to|agreed to(?! by)|"
    r"let us|let's|we aim|we plan|seeks? to)\b",
    re.I,
)
IMPERATIVE = pattern(
    rf"^(?:[-•*–]\s*|\(?[a-z\d]{{1,3}}[.)]\s*(?:[A-Z][A-Za-z, &-]{{3,50}}: (?=[A-Z]))?)?(?:[A-Z]{{1,4}}[-. ]?\d{{1,3}}(?:\.\d+)?[:.)]\s*|[A-Z][a-z]+ \d{{1,2}}\s*[–—:-]\s*)?(?:Further |Actively |[A-Z]\w+ly )?(?i:{one_of(entries('english_actions'))})(?:(?:, \w+)*,? and \w+)? [\w$€£¥“\"‘]"
)
# An item under "The strategy aims to:" begins with its verb.
_LISTED_VERB = pattern(
    r"\s*(?:[-•*–·▪●]\s*|\(?[a-z\d]{1,3}[.)]\s*)?(?!(?:the|an?|our|its|their|all|more|new)\b)[a-z]+(?<!ed)(?<!ing)\b",
    re.I,
)
# Whom somebody tells to do something.
_TOLD = pattern(
    r"\b(?:directs?|instructs?|urge[sd]?|call(?:s|ed) (?:on|upon)|(?:ask|request|order|advis)(?:es|s|ed)|(?:[Ww]e|they|I)(?: also| therefore)? call (?:on|upon)|calling (?:on|upon)) (?!(?:me|us|him|her)\b)[\w’', ()-]{2,160}? to (?!be\b)[a-z]+\b"
)
_CJK = pattern(r"[\u4e00-\u9fff]")


def is_english(text: str) -> bool:
    """Whether the stretch is English: no Chinese character and some Latin letters."""
    return not _CJK.search(text) and sum(char.isascii() and char.isalpha() for char in text[:40]) > 8


def english_task(text: str, context: Context) -> tuple[float, str]:
    """Confidence and rule of an English task, (0, "") when the stretch says nothing that is to be done."""
    if len(text.split()) < 4 or _ANNOUNCES.search(text):
        return 0.0, ""
    if (IMPERATIVE.match(text) and not NOUN_FIRST.match(text)) or (
        context.listed and _LISTED_VERB.match(text)
    ):
        return 0.85, "task.en-imperative"
    text = as_said(text)
    if WISH.search(text) or IF.match(text):
        return 0.0, ""
    if _TOLD.search(text) and context.stance is not Stance.REVIEW:
        return 0.75, "task.en-told"
    text = BEING.sub("", NEEDED.sub("", text))
    if context.stance is not Stance.REVIEW and _told_to_act(text):
        return 0.8, "task.en-modal"
    return 0.0, ""


def _told_to_act(text: str) -> bool:
    """Whether what is promised by "will" is an action: of a body that can act, or in the passive, which names none.

    Other modals (must, should, is to) always demand one.
    """
    text = EXPECTED.sub("", text)
    if not COMMIT.search(text):
        return False
    wills = list(_WILL.finditer(text))
    if not wills or COMMIT.search(_WILL.sub("", text)):
        return True
    return any(
        (PASSIVE.match(one["rest"]) and not _STATES.match(one["rest"]))
        or _acts(text[: one.start()], one["rest"].lstrip('“‘"'))
        for one in wills
    )


def _first_subject(clauses: str) -> str:
    """The subject of the first of several clauses, which is that of the others too."""
    found = _FIRST_SUBJECT.match(clauses)
    return found["subject"] if found else ""


def _acts(before: str, action: str) -> bool:
    """Whether the subject that ends before a modal is one of `english_agents.txt` or a proper name, and acts.

    A plan, a fund or a place that will make, allow or bring something has an effect and no order to carry out.
    """
    subject = _RELATIVE.sub("", before.rstrip(' “‘"'))
    office, money = _OFFICE.search(subject), _MONEY.search(subject)
    if money:
        subject = money["money"]
    elif office and office["office"].lower() in AGENTS:
        subject = office["office"]
    elif cut := _BEFORE_SUBJECT.match(subject + " "):
        subject = subject[cut.end() :] or (
            _first_subject(subject) if _SAME_SUBJECT.search(subject) else subject
        )
    subject = _SET_OF.sub("", subject)
    head = _REDUCED.sub("", _OF.sub("", subject)).split(" ")[-1] if subject else ""
    word = head.lower().strip("“”\"'’()")
    thing = word in _THINGS or (word in _BODIES_TO_COME and _TO_COME.search(subject))
    effects = EFFECTS if thing or word not in AGENTS else OF_ANYBODY
    if (
        (action.startswith("be ") and not PASSIVE.match(action) and not _DOING.match(action))
        or _STATES.match(action)
        or (word not in _ACTING and effects.match(action))
        or (thing and OUTCOMES.match(action))
    ):
        return False
    abstract = head == subject and _ABSTRACT.search(head)  # Competition for this money …
    named = _PROPER.search(head) and not abstract and (not head.isupper() or _ACRONYM.search(subject))
    return word in AGENTS or not word or bool(named and not _POINTS.match(subject))
