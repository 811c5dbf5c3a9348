"""Targets in English text, by the table of `targets`: content, aspect, time, modality."""

from __future__ import annotations

import re

from .english_contents import AIMED_AT, stands
from .english_tasks import COMMIT, IMPERATIVE
from .gazetteer import entries, one_of
from .patterns import any_of, pattern
from .stance import Context
from .types import FoundQuantity

_FIGURE = (0.0, "")
_OVER = pattern(
    any_of(
        r"\b(?:was|were|had|rose|grew|fell|reached|totall?ed|accounted for|so far|last year|already|currently|to date)\b",
        r"(?<!\bbe )\b(?:in|de)creased by\b",
        r"\b(?:has|have) (?:now |also |already |since )?been\b(?! committed)",
        r"\b(?:has|have) (?:already )?(?!(?:committed|pledged|promised|agreed|set|announced) to\b|targett?ed (?:\w+ing\b|$))(?:[\w-]+ed|grown|built|made(?! a (?:\w+ )?commitment)|won|led|spent|seen|put)\b",
        r"\bsince (?:19|20)\d\d",
        r"(?<!\bbe )(?<!\bbeen )(?<!\bis )(?<!\bare )(?<!\bbeing )(?<!\bnewly )(?<!\bto )\b(?:created|built|supported|received|helped|raised|invested|awarded|attracted|generated|employed|trained|produced|opened|won|hired|jumped|contributed|approved|resulting)\b(?! by\b)",
    )
)
_SO_FAR = pattern(r"[^,.;]{0,24}\b(?:so far|to date|already)\b")
_LOOKS_BACK = pattern(r"\b(?:over|in|during) the (?:past|last|previous)\b", re.I)
_YIELDS = "create|support|employ|deliver|generate|provide|train|build|house|produce|add|fund|open|install|raise|increase|reduce|cut|reach|double|triple|bring|boost|save|power|serve|supply|accommodate|host|hire|recruit|set up|need|have|secure|establish|invest|launch"
_PROMISE = pattern(
    any_of(
        r"\btargeting\b|\b(?:targets?|goals?|aims?|ambitions?|objectives?|pledg\w+|commit(?:s|ted|ting|ments?)?\b(?! to (?:one|two|three|four|five|six|seven|eight|nine|ten)\b)|at least|up to|no less than)\b",
        r"\b(?:is|are|was|were) (?:now |also )?(?:expected|projected|forecast|set|due|on track|scheduled|poised|planned|estimated) to\b(?! (?:have|contain|hold|account|number|cost|total|be worth)\b)",
        r"\bexpects? to (?:see|raise|generate|receive|reach|employ|create|hire|invest|build|open|add|train|spend|produce|deliver)\b",
        r"\bin a bid to\b|\b(?:is|are) keen to\b|\b(?:is |are )?set to (?=woo\b|attract\b|draw\b)|\bha(?:s|ve) targett?ed(?= (?:\w+ing\b|$))|\bplans? to\b|[a-z][’']ll\b|\b(?:wants?|would like|intend(?:s|ed)?|tr(?:y|ies)|hope(?:s|d)?)\b(?: (?:[\w’']+|\([^()]*\))){0,4} to\b",
        rf"\bwill (?:also |then |eventually |directly |in turn )?(?:{_YIELDS})\b",
        r"\bannounce[sd]?(?: plans for)? (?:the )?(?:establishment|creation|construction|recruitment) of\b",
    ),
    re.I,
)
# Behind a modal: what is only so, is seen or is never to be.
_NOT_PROMISED = pattern(
    r"(?:\S+ (?:to )?)(?:(?:also|then|now|soon|still|likely|probably) )*(?:not\b(?! only)|never|no longer|involve|bring together|consist|comprise|see\b|find|apply|exceed|benefit|look|lead\b|join|meet\b|face\b|lose|compete|remain|consider|be (?:almost|about|as|around|nearly|roughly|over|more|less|one|in|at|on|located|based|held|the|lost|affected|joined)\b)",
    re.I,
)
_OWN_CLAUSE = pattern(
    r"[;:] |\b(?:that|which|who|whose|where|when|if|because|while|since|although|whether) |, (?:and |but |so |as )?(?:the|an?|it|they|we|he|she|this|there|its|our|their) [^,]*\b(?:is|are|was|were|has|have|had|can|could|would)\b",
    re.I,
)
_WOULD, _SAID = (
    pattern(r"\bwould\b(?! (?:like|have|be able)\b)"),
    pattern(r"\b(?:said|announced|told|says|stated|states|according to)\b"),
)
_OF_YOU = pattern(r"\byou$|\byou \w*$", re.I)
_YIELDING = pattern(
    r" ?(?:thereby |directly )?(?:creating|adding|supporting|generating|delivering|training)\b"
)
_PURPOSE, _SOON = (
    pattern(rf"\bto (?:plant|{_YIELDS}) [^,;.]*$"),
    pattern(r"\b(?:over|in|within) the (?:next|coming) \w+"),
)
_COMING = pattern(r"\bover the next\b|\bwill\b|\bby 20\d\d\b")
_LEAST = frozenset(["at least", "up to", "no less than"])  # no goal where nothing is promised
_HEADLINE = pattern(r"^(?:[A-Z][\w’'.&-]*,? ){1,6}[Tt]o [A-Za-z]+ (?:[\w-]+ ){0,4}$")  # City to invest
_GIVEN = pattern(
    any_of(
        r"(?:(?!\b(?:which|that|who)\b)[\w€$£#’' -]){0,90} (?:will|shall|(?:is|are) (?:set |due |expected )?to) be (?:\w+ly )?(?:set aside|spent|put|given|made available|invested|provided|allocated|used|created|added|built|trained|delivered|employed|hired|recruited|appointed|installed|offered|awarded|established|released|raised|earmarked|directed|distributed|supported|generated|planted|opened|set up)\b",
        r"(?:(?!\b(?:which|that|who)\b)[\w -]){0,60} (?:will|would) (?:also )?(?:be (?:set up|established|created|built|opened|added|launched)|come up|spring up|open|follow)\b",
        r"[\w -]{0,20} (?:being|set to be|to be) (?:\w+ly )?(?:created|added|built|trained|delivered|supported|established|opened|set up)\b",
    )
)
# Increase the number of pilots from 40 to: also where the line is a heading.
_HEAD_ORDERS = pattern(
    r"(?:Increase|Raise|Reduce|Cut|Grow|Expand|Double|Triple|Lower|Boost|Lift|Improve|Train|Build|Plant|Create|Invest|Recruit|Deliver)\b(?!.*\b(?:is|are|was|were|has|have|had|will)\b).* (?:by|to) $|(?:Train|Build|Plant|Create|Recruit|Install|Open|Invest) $"
)
_SHARE_GIVEN = pattern(r" of [\w’' -]{1,40} (?:will|shall|(?:is|are) to)\b")  # 40% of boats will
# A state that is to come, with its time at the end: The site is due to open next year.
ENGLISH_DUE = pattern(
    any_of(
        r"(?<!\bwas )(?<!\bwere )\b(?:(?:(?:is|are) (?:now )?)?(?:due|scheduled|expected|set|slated|planned|poised|on track|on schedule) to|will|(?:plan|hope|aim|expect|intend|want)s? to) "
        r"(?:open|commence|begin|come into (?:effect|force)|take effect|be (?:fully )?(?:completed|finished|operational|ready|open(?:ed)?|built|in place|up and running|launched|established|delivered|rolled out|set up|introduced|published|constructed|unveiled|inaugurated|commissioned|installed|phased out)|be in (?:\w+ )?(?:production|operation|service|use)|enter (?:service|validation|production|operation|use)|complete|start|begin|break ground|launch|enter service|go live|go on sale|go into (?:service|production)|come online|start[ -]\w+ing)\b",
        r"\b(?:scheduled|slated|[Dd]ue|set|planned|expected) for (?:completion|delivery|launch|opening)\b",
        r"\b(?:plan|hope|aim|expect|intend|want)s? to have [^,;.]{2,60} (?:up and running|ready|completed?|open|built|running|in place|operational)\b",
        r"\bplans? to\b[^,;.]* and have [^,;.]* (?:complete|ready|open|built|running)\b",
        r"\b(?:is|are) (?:now )?(?:targett?ed|slated|scheduled|planned|due|on track) (?:for|in)\b",
        r"\b(?:will|shall|to|wants?|would like)\b[^,;.]* (?:be(?:come)? (?:an?|the|among|one of|home to|known|net|carbon|fully|climate)|reach|achieve|(?:move|switch|shift|transition) (?:to|towards?)|phase out|make (?:the )?[A-Z]\w+)\b[^,;.:]*$",
    )
)
# Where another clause with a subject of its own begins.
_OTHER_CLAUSE = pattern(
    r"[;:] |(?:, (?:(?:and|but|while|with) )?| and )(?=(?:the|an?|its?|they|this|these|work|construction|production|[A-Z]\w+) [^,;]*?\b(?:is|are|was|were|will|has|have|had|can|could)\b)"
)


# Another goal behind one with a number: and reaching net zero by 2040
_SECOND_GOAL = pattern(
    r" and (?=(?:reach|achiev|becom|eliminat|end|finish|complet|phas)(?:ing|e)? (?:out )?[^,;.]*$)"
)


def due_clause(text: str, at: int, end: int, numbered: bool = False) -> tuple[int, int]:
    """The clause that promises a state by the time at `at:end`; `numbered`: others promise numbers, so that it ends
    at its comma."""
    edges = list(_OTHER_CLAUSE.finditer(text))
    begin = max((edge.end() for edge in edges if edge.end() <= at), default=0)
    close = min((edge.start() for edge in edges if edge.start() >= end), default=len(text))
    if numbered and text.startswith(", ", end):
        close = end
    if ENGLISH_DUE.search(text, begin, at):
        return begin, close
    second = _SECOND_GOAL.search(text[:at])
    return (second.end(), end) if second and numbered else (0, len(text))


# What is aimed at by a deadline: we have a goal to be judged so by 2040.
ENGLISH_GOAL = pattern(
    r"\b(?:goals?|targets?|aims?|ambitions?) of [a-z]+ing [^;.]*$|\b(?:goals?|plans?|aims?|ambitions?|targets?|objectives?|pledge[sd]?|vow(?:s|ed)?|seeks?|intends?) (?:\w+ )?to [a-z]+ [^;.]*$|(?<!able )(?<!failed )\bto (?:complete|finish|finali[sz]e|conclude|reach|achieve|become),? [^;.]*$|\b(?:commits?|committed) to \w+ing [^;.]*$"
)
_DUE = pattern(r"(?: [\w-]+){0,6} by (?:the end of )?20\d\d\b")
_DEADLINE = pattern(
    r"\b(?:by|before|until|in time for|no later than) (?:the (?:end|middle) of )?(?:\w+ )?20\d\d\b|\bby the end of\b"
)
_NEXT_CLAUSE = pattern(
    r"[;:] |, (?=(?:and |but |now |so )?(?:I|we|it|they|he|she|the|an?|is|are|was|were|has|have(?= \w+(?:ed|en)\b)|had|will|[A-Z])\b)|\b(?:that|which|who|where|while)\b| and (?:plan|will|aim|intend|hope|expect|want)"
)
_JOINED = pattern(
    r"[;:] |, (?!(?:such as|including|namely) |(?:and |or )?(?:(?:about|around|nearly|over|up to|more than|some|a further|another|a minimum of|an additional) )?[$€£\d])| and (?=(?:(?:he|she|it|they|we|I) )?(?:now )?(?:plan|will|aim|is to|are to|pledg|intend|expect|hope|want))"
)


_SHARES = pattern(rf"(?:and |or |then )?(?:{one_of(entries('english_actions')).lower()}) [^.;:]*$")
_CONTENT = pattern(
    r"\b(?:chalked|drawn|worked|mapped) (?:out|up) (?:an? |the |its )?(?=plans? to\b)|\bwith (?:an?|the) (?:\w+ )?(?:goals?|aims?|targets?|ambition|view|intention) (?:of|to)\b|\b(?:advised|told|informed|said|announced|assured|shown|agreed|confirmed|learned|estimated)(?: \w+)? that\b"
)


def english_target(
    text: str,
    start: int,
    end: int,
    quantity: FoundQuantity,
    *,
    ahead: bool,
    task: bool,
    context: Context,
    told: bool = False,
) -> tuple[float, str]:
    """Like `is_target`, for English; `told`: somebody is quoted, so that "would" may promise."""
    before = text[:start]
    clause = _clause(before)
    if stands(text, start, end, clause, quantity):
        return _FIGURE
    if _DUE.match(text, end):
        return 0.85, "target.en-deadline"
    if _SO_FAR.match(text, end) or _OVER.search(_CONTENT.split(clause)[-1]) or _LOOKS_BACK.search(before):
        return _FIGURE
    if ahead or _is_due(text, start, end):
        return 0.85, "target.en-deadline"
    if _is_promised(text, start, end, clause, told):
        return 0.8, "target.en-promise"
    if context.aimed or (task and (context.listed or IMPERATIVE.match(text))) or _HEAD_ORDERS.match(before):
        return 0.75, "target.en-imperative"
    return _FIGURE


def _clause(before: str) -> str:
    """The clause that ends `before`, with those whose infinitive it shares: a goal to add …, | open 40 boats."""
    parts = _JOINED.split(before)
    first = len(parts) - 1
    while first and _SHARES.match(parts[first]) and not _OVER.search(parts[first - 1]):
        first -= 1
    return ", ".join(parts[first:])


def _is_due(text: str, start: int, end: int) -> bool:
    """Whether a deadline stands before the number, or behind it in its clause."""
    deadline = _DEADLINE.search(text, 0, start)
    if deadline:
        return True
    deadline = _DEADLINE.search(text, end)
    return bool(deadline and not _NEXT_CLAUSE.search(text, end, deadline.start()))


def _is_promised(text: str, start: int, end: int, clause: str, told: bool) -> bool:
    if _SHARE_GIVEN.match(text, end) and not text[start:end].isalpha():
        return True
    if _GIVEN.match(text, end) or AIMED_AT.match(text, end) or _HEADLINE.match(text[:start]):
        return True
    if promise := _last_promise(text, start, told):
        return not _NOT_PROMISED.match(promise)
    if (_YIELDING.match(clause) and _COMING.search(text)) or (
        _PURPOSE.search(clause) and _SOON.search(text, end)
    ):
        return True
    found = [one.group().lower() for one in _PROMISE.finditer(clause)]
    return any(word not in _LEAST for word in found) or bool(found and COMMIT.search(clause))


def _last_promise(text: str, start: int, told: bool) -> str:
    """The verb and more behind the last modal before the number, where no clause of its own stands between."""
    would = _WOULD.finditer(text, 0, start) if told or _SAID.search(text) else ()
    modal = max((*COMMIT.finditer(text, 0, start), *would), key=lambda one: one.start(), default=None)
    promise = text[modal.start() : start] if modal else ""
    return (
        ""
        if _OWN_CLAUSE.search(promise) or _OF_YOU.search(text, 0, modal.start() if modal else 0)
        else promise
    )
