"""Promises in other words than "will": what somebody plans to do, said they would do, and will need to do."""

from __future__ import annotations

import re

from .gazetteer import entries, one_of
from .patterns import pattern

AGENTS = frozenset(entries("english_agents"))
# Whoever plans, and no plans: it plans to build, but not: ambitious plans to build; universities are required to.
_PLANS = pattern(
    r"(?<![\w’'])(?<!policies )(?<!strategies )(?<!proposals )(?<!goals )(?<!ideas )(?P<who>[\w&.)’'-]+) (?:also |now )?(?:plans? to\b(?![^,;.]*? (?:would|will|has|have|were|was|are|is|could)\b)|(?:is|are) required to\b)"
)
_PLANNERS = frozenset(
    ["it", "he", "she", "they", "we", "i", "you", "who", "which", "also", "now", "still", "but", "and"]
)
_NO_PLANNER = frozenset(
    [
        "the",
        "its",
        "his",
        "her",
        "our",
        "their",
        "my",
        "new",
        "any",
        "no",
        "bold",
        "future",
        "current",
        "these",
    ]
)
_DEMANDED = pattern(
    r"\b[Ii]t(?:['’]s| is) (?:also )?(?:essential|vital|crucial|imperative|critical)(?: that)? we(?= [a-z])"
)
_WILL_NEED = pattern(r"\bwill (?:need|have) to\b")
_SHORT = pattern(r"(?<=[a-z])[’']ll\b")
_REPORTED = pattern(
    r"\b(?<!\bI )(?:said|says|announced|pledged|promised|vowed|confirmed|agreed|decided|added|told \w+|revealed)(?: (?!if\b|whether\b|could\b|had\b)[\w’'-]+){1,8}? (?P<would>would)\b(?! (?:not|never)\b)"
)
_WOULD = pattern(
    r"(?P<subject>(?:that )?(?!if\b|whether\b|I\b|this\b|it\b)(?:[\w’'-]+ ){1,8}?)would (?P<verb>(?!like\b|have\b)[a-z]+)"
)

_DECIDED = pattern(
    r"be (?:\w+ly |also |soon )?(?:(?:re)?built|set up|set aside|established|created|constructed|opened|launched|introduced|rolled out|appointed|hired|published|developed|extended|expanded|upgraded|installed|given|spent|invested|provided|allocated|made available|carried out|completed|trained|implemented|formed|drawn up|prepared|merged|scrapped|banned|closed|phased out)\b"
)
_SAID_BEHIND = pattern(
    r"\bwould\b(?= [^.;]*,[”\"]? (?:said|says|[\w ]{2,40} said)\b)"
)  # … would be set up, said the minister
# A body that can decide says what it would do, in what is told of it.
_BODY_WOULD = pattern(
    rf"(?<=\b)(?P<body>(?:government|ministry|council|company|firm|university|agency|authority|department|commission|board|state|city|province|administration|office|institute|foundation|bank)(?: (?:also|then))?) would (?=(?:also |then )?(?:{one_of(entries('english_actions'))})\b)",
    re.I,
)
_IF = pattern(r"\b(?:if|could|might|unless|whether|otherwise|critics|opponents)\b", re.I)
_WOULD_BE = pattern(
    r"\bwould (?=(?:also )?be (?:set up|established|launched|created|constructed|introduced|rolled out)\b)"
)


# What leads to a demand, and whom it is about: That is why we need to · Acme alone will.
_LEADS = pattern(
    r"^[“\"]?(?:(?:And|But|So) )?(?:[Tt]hat|[Tt]his)(?:[’']s| is) (?:exactly |precisely )?why (?=we\b)"
)
_ALONE = pattern(r"(?<=\w) (?:alone|itself|themselves|ourselves)(?= (?:will|would|plans?|must)\b)")
# Acme, the maker of boats, plans to: promised like any other.
_APART = pattern(r"(?<=\w, )(?:also |now )?plans? to\b(?=.*\w)")


def as_said(text: str) -> str:
    """`text` with "said it would build" as "said it will build": the promise was made, only its telling is past."""
    text = _DEMANDED.sub("we must", text)
    text = _ALONE.sub("", _LEADS.sub("", text))
    if text.count(", ") > 1:
        text = _APART.sub("will", text, count=1)
    text = _PLANS.sub(_will_act, _WILL_NEED.sub("must", _SHORT.sub(" will", text)))
    if not _IF.search(text):
        text = _WOULD_BE.sub("will ", _SAID_BEHIND.sub("will", text))
        text = _BODY_WOULD.sub(lambda found: f"{found['body']} will ", text)
    return _REPORTED.sub(lambda found: found[0][: found.start("would") - found.start()] + "will", text)


def _will_act(found: re.Match[str]) -> str:
    """“it plans to” as “it shall”, where the word before is somebody who plans."""
    who = found["who"].strip(")")
    low = who.lower()
    named = who[0].isupper() and low not in _NO_PLANNER and not low.endswith(("’s", "'s", "s’", "s'"))
    if "plan " in found.group() and low not in _PLANNERS and not low.endswith("s"):  # its launch plan to
        return found.group()
    return f"{who} shall" if named or low in _PLANNERS or low in AGENTS else found.group()


def reported(text: str) -> str:
    """What somebody is quoted to have promised, told as a promise: she said | the port would build."""
    told = _WOULD.match(text)
    if not told or (told["verb"] == "be" and not _DECIDED.match(text, told.start("verb"))):
        return text
    return f"{told['subject']}will {text[told.start('verb') :]}"
