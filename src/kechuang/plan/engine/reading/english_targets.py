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
        r"\b(?:has|have) (?:now |also |already |since )?been\b(?! (?:committed|set (?:to|at|of|for))\b)",
        r"\b(?:has|have) (?:already )?(?!(?:committed|pledged|promised|agreed|set|announced) to\b|(?:targett?ed|pledged|vowed|promised|proposed|planned|earmarked)\b)(?:[\w-]+ed|grown|built|made(?! a (?:\w+ )?commitment)|won|led|spent|seen|put)\b",
        r"\bsince (?:19|20)\d\d",
        r"(?<!\bbe )(?<!\bbeen )(?<!\bis )(?<!\bare )(?<!\bbeing )(?<!\bnewly )(?<!\bto )\b(?:created|built|supported|received|helped|raised|invested|awarded|attracted|generated|employed|trained|produced|opened|won|hired|jumped|contributed|approved|resulting)\b(?! by\b)",
    )
)
_SO_FAR = pattern(r"[^,.;]{0,24}\b(?:so far|to date|already)\b")
_LOOKS_BACK = pattern(r"\b(?:over|in|during) the (?:past|last|previous)\b", re.I)
_YIELDS = "create|support|employ|deliver|generate|provide|train|build|house|produce|add|fund|open|install|raise|increase|reduce|cut|reach|double|triple|bring|boost|save|power|serve|supply|accommodate|host|hire|recruit|set up|need|have|secure|establish|invest|launch"
_PROMISE = pattern(
    any_of(
        r"\b(?:target(?:s|t?ed|t?ing)?|goals?|aim(?:s|ed|ing)?|ambitions?|objectives?|pledg\w+|commit(?:s|ted|ting|ments?)?\b(?! to (?:one|two|three|four|five|six|seven|eight|nine|ten)\b)|at least|up to|no less than)\b",
        r"\b(?:is|are|was|were) (?:now |also )?(?:expected|projected|forecast|set|due|scheduled|poised|planned|estimated) to\b(?! (?:have|contain|hold|account|number|cost|total|be worth)\b)",
        r"\bexpects? to (?:see|raise|generate|receive|reach|employ|create|hire|invest|build|open|add|train|spend|produce|deliver)\b",
        r"\bin a bid to\b|\b(?:decisions?|money|funds?|funding) to [a-z]+\b|\bon (?:track|course) to\b|\bsights on\b|\bplans? (?:also )?(?:calls?|provides?) for\b|\bplans? to\b|[a-z][’']ll\b|\b(?:wants?|would like|intend(?:s|ed)?|tr(?:y|ies)|hop(?:es?|ed|ing)|seek(?:s|ing)?|aspires?|(?:keen|eager|determined|looking|set)(?= to\b(?! (?:have|contain|hold|account|number|cost|total)\b)))\b(?: (?:[\w’'-]+|\([^()]*\))){0,12}? to\b",
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
    pattern(r"\b(?:said|announced|told|says|stated|states|[Aa]ccording to)\b"),
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
# It wants 80 per cent of them to be trained.
_WANTED = pattern(r"\b(?:wants?|would like|aim(?:s|ing)? for|hop(?:es?|ing) for)\b[^,;.]{0,40}$")
_TO_BE = pattern(r"[^,;.]{0,60} to [a-z]+\b")
_LEAST = frozenset(["at least", "up to", "no less than"])  # no goal where nothing is promised
_HEADLINE = pattern(r"^(?:[A-Z][\w’'.&-]*,? ){1,6}[Tt]o [A-Za-z]+ (?:[\w-]+ ){0,4}$")  # City to invest
_GIVEN = pattern(
    any_of(
        r"(?:(?!\b(?:which|that|who)\b)[\w€$£#’' -]){0,90} (?:will|shall|would(?!.*\bif\b)|(?:is|are) (?:set |due |expected )?to) be (?:\w+ly )?(?!(?:located|based|guided|managed|overseen|governed|administered|supervised|reviewed|affected|joined|involved|needed|required|impacted|displaced|charged|interviewed|invited|faced|considered|expected|eliminated from)\b)(?:\w+ed|built|spent|put|given|made available|set (?:aside|up)|cut|grown|won|taken|drawn|sold|bought|taught|brought|laid|run)\b",
        r"(?:(?!\b(?:which|that|who)\b)[\w -]){0,60} (?:will|would) (?:also )?(?:be (?:set up|established|created|built|opened|added|launched)|come up|spring up|open|follow)\b",
        r"[\w -]{0,60} (?:will|shall) (?:also )?(?:have (?!been\b|\w+ed\b)|get |receive )",
        r"[\w -]{0,20} (?:being|set to be|to be) (?:\w+ly )?(?:created|added|built|trained|delivered|supported|established|opened|set up)\b",
    )
)
_NOT_SO = pattern(r"[^,;.]* (?:will|would|shall) (?:not|never|no longer)\b")
# Increase the number of pilots from 40 to: also where the line is a heading.
_HEAD_ORDERS = pattern(
    r"(?:Increase|Raise|Reduce|Cut|Grow|Expand|Double|Triple|Lower|Boost|Lift|Improve|Train|Build|Plant|Create|Invest|Recruit|Deliver)\b(?!.*\b(?:is|are|was|were|has|have|had|will)\b).* (?:by|to) $|(?:Train|Build|Plant|Create|Recruit|Install|Open|Invest) $"
)
_SHARE_GIVEN = pattern(r" of [^,;.]{1,60}? (?:will|shall|(?:is|are) to)\b")  # 40% of boats will
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


# One more of what is promised: …, and to | establish 40 hubs.
_NEXT_VERB = pattern(
    rf"(?:and |or )?(?:to )?(?:also |then |further )?(?:{_YIELDS}|{one_of(entries('english_actions')).lower()})\b"
)
_MET = pattern(
    r"\b(?:achieved|met|hit|reached|exceeded|surpassed|beaten|missed)(?: [\w’'-]+){0,3} (?:targets?|goals?)\b[^,;.]*$"
)
_PAST_VERB, _ITS_OBJECT = pattern(r"ed$"), pattern(r" (?:its|the|their|our|his|her) ")  # doubled its goal


_CONTENT = pattern(
    r"\b(?:plans?|goals?|targets?|ambitions?|aims?|strategy|pledges?|commitments?|proposals?|roadmap|intention|decision|money|funds?|funding) (?:to|of|for)\b|\bwith (?:an?|the) (?:\w+ )?(?:goals?|aims?|targets?|ambition|view|intention) (?:of|to)\b|\b(?:advised|told|informed|said|announced|assured|shown|agreed|confirmed|learned|estimated)(?: \w+)? that\b"
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
    clause = _clause_of(before)
    if _MET.search(clause) or (_PAST_VERB.search(text[start:end]) and _ITS_OBJECT.match(text, end)):
        return _FIGURE
    if stands(text, start, end, clause, quantity):
        return _FIGURE
    if _DUE.match(text, end):
        return 0.85, "target.en-deadline"
    if _GIVEN.match(text, end) and not _NOT_SO.match(text, end):
        return 0.8, "target.en-promise"
    if _SO_FAR.match(text, end) or _OVER.search(_CONTENT.split(clause)[-1]) or _LOOKS_BACK.search(before):
        return _FIGURE
    if ahead or _is_due(text, start, end):
        return 0.85, "target.en-deadline"
    if _is_promised(text, start, end, clause, told):
        return 0.8, "target.en-promise"
    if context.aimed or (task and (context.listed or IMPERATIVE.match(text))) or _HEAD_ORDERS.match(before):
        return 0.75, "target.en-imperative"
    return _FIGURE


def _clause_of(before: str) -> str:
    """What of its clause stands before the number; a verb in a row of verbs (…, build 40) goes on with the one before."""
    parts = [0, *(one.end() for one in _JOINED.finditer(before))]
    while (
        len(parts) > 1
        and _NEXT_VERB.match(before, parts[-1])
        and not _OVER.search(before, parts[-2], parts[-1])
    ):
        parts.pop()
    if before.startswith("from ", parts[-1]):  # a goal to raise the share, a measure of wealth, from 4 to 5
        return before
    return before[parts[-1] :]


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
    if AIMED_AT.match(text, end) or _HEADLINE.match(text[:start]):
        return True
    if promise := _last_promise(text, start, told):
        return not _NOT_PROMISED.match(promise)
    if (_YIELDING.match(clause) and _COMING.search(text)) or (
        _PURPOSE.search(clause) and _SOON.search(text, end)
    ):
        return True
    found = [one.group().lower() for one in _PROMISE.finditer(clause)]
    if any(word not in _LEAST for word in found) or (found and COMMIT.search(clause)):
        return True
    return bool(_WANTED.search(clause) and _TO_BE.match(text, end))


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
