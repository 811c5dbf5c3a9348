"""English lists of what is to be done: the line above them, and items that name their act (building a quay)."""

from __future__ import annotations

import re

from .gazetteer import entries, one_of
from .patterns import pattern

# Priorities · Key aspects of the plan include: · What the board will look at:
_NAMES_ACTS = pattern(
    r"\b(?:priorit(?:y|ies)|actions?|objectives?|goals?|aims?|commitments?|initiatives?|measures|steps|strateg(?:y|ies)|recommendations?|aspects?|elements?|components?|deliverables|tasks|activities|areas|focus(?:es|ed)?|pillars?|plans?|proposals?|pledges?|workstreams?|roadmap|agenda|mandate|remit|responsibilities|reforms?|what we will do|how we will|(?:will|would|should|must) [^.:]{2,160}:)(?![^:.]{60})",
    re.I,
)
_OVER = pattern(
    r"\b(?:has|have|had|were|was|achieve(?:d|ments?)|progress|highlights|so far|to date|completed|previous|last year)\b|\b(?:results|outcomes|background|benefits?|challenges?|lessons|findings|examples?|risks?|barriers|strengths|weaknesses|opportunities)(?: (?:of|for|in|to|include|are)\b[^.]*)?\W*$",
    re.I,
)
_MARK = r"\W*(?:[-•*–·▪●]\s*|\(?[a-z\d]{1,3}[.)]\s*)?"


def _doing(verb: str) -> str:
    word, *rest = verb.lower().split()
    stem = word[:-1] if word.endswith("e") and not word.endswith("ee") else word
    return " ".join([rf"{stem}{word[-1]}?ing" if stem == word else f"{stem}ing", *rest])


_ACTS = "|".join(sorted({_doing(verb) for verb in entries("english_actions")}, key=len, reverse=True))
_NOT_FINITE = r"(?! (?:is|are|was|were|has|have|had|will|can|may|becomes?|comes?|remains?|means?|helps?|needs?|gives?|makes?|takes?|allows?|provides?)\b)"
# Building a new quay · Further developing and testing the register
_DOING = pattern(
    rf"{_MARK}(?:further |actively |jointly |continuing to |[a-z]+ly )?(?:{_ACTS}|[a-z]+ing(?= (?:an?|the|our|its|their|more|new|all|local|young|public|high)\b)){_NOT_FINITE}(?:(?:,? (?:and |or |& )?\w+ing)*)[ ,]",
    re.I,
)
# A bullet that begins with a verb, for an article stands right behind it: plan a quay, co-design the register.
_BULLET_VERB = pattern(
    r"\s*[-•*–·▪●]\s*(?!(?:in|on|at|by|for|from|to|of|with|as|all|both|half|under|over|through|throughout|across|within|about|between|into|is|are|was|and|or|not|that|when|where|while|if|after|before|during|despite|since|until|given|what|who|why|how|plus|except|without|against|per|than|only|even|such|see|read|find|click|learn|view|visit|download|share|follow|watch)\b)[a-z]+(?:-[a-z]+)?(?<!ed)(?<!ing)(?<!ion)(?<!ment) (?:an?|the|our|its|their|more) [a-z]",
    re.I,
)

# Powering more jobs: building yards means cheaper boats.
_LABEL = pattern(r"[^:]{4,80}: (?:(?!\w+ing\b)[a-z]|.*\b(?:means?|delivers?|is|are|will|can|helps?)\b)")

# • To build a new quay
_AIM = pattern(
    rf"\s*[-•*–·▪●]\s*(?:[A-Z][^:.]{{2,40}}: )?To (?:(?:\w+ly|also|further) )?(?:{one_of(entries('english_actions'))}|[a-z]+(?= (?:an?|the|our|its|their)\b))(?: and \w+)? (?!.*, (?:we|they|it|I|the \w+) )",
    re.I,
)


def names_acts(line: str) -> bool:
    """Whether a heading, or a line that ends in a colon, says that what is listed below it is to be done."""
    return bool(_NAMES_ACTS.search(line) and not _OVER.search(line))


def begins_with_act(text: str, planned: bool) -> bool:
    """Whether an item begins with its verb; `planned`: the line above the list says that it is to be done."""
    return bool(
        _AIM.match(text)
        or _BULLET_VERB.match(text)
        or (planned and _DOING.match(text) and not _LABEL.match(text))
    )
