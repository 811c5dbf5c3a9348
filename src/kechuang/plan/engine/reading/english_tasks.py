"""Tasks in English text."""

from __future__ import annotations

import re

from .gazetteer import entries, one_of
from .patterns import pattern
from .stance import Context, Stance

_WILL = pattern(
    r"\bwill (?:not |also |then |further |now |soon |always |never |still |jointly |continue to |work to |seek to |\w+ly )*(?P<rest>[^,;.]*)"
)
_EFFECTS = pattern(
    r"(?:allow|enable|make|give|bring(?! together)|mean|lead|contribute|raise|unlock|catalyse|stimulate|accelerate|fuel|ensure|create)\b",
    re.I,
)
# What "it", "this" or a sum of money will do for others is what comes of it.
_OUTCOMES = pattern(
    r"(?:enhance|facilitate|strengthen|boost|improve|support|help|benefit|foster|attract|reduce|increase|provide|deliver|generate|promote|complement|drive|build on)\b",
    re.I,
)
_THINGS = frozenset(entries("english_things"))
_ACTING = frozenset(
    ["we", "i", "they", "you", "government", "ministers", "minister", "ministry", "department"]
)
_NEEDED = pattern(
    r"\b(?:how|what|where|when) (?!(?:we|they|you|it|I) )[\w’' ]{1,30}? will\b|\b(?:the|an?|any|every|all|some|this) \w+(?: \w+)? that (?:we|they|you) (?:must|should|will|need)\b|\b(?:I|we|he|she) believe\b[^.;]*? will\b|\b(?:projects?|expects?|estimates?|predicts?|forecasts?) (?:that )?[\w’', -]{1,40}? will\b|\b(?:which|how|why|where|what|when) (?:we|they|you|it|I) (?:\w+ly |also )?(?:must|should|shall|will|can|needs? to|have to)\b|\b(?:what|all) [\w’' ]{1,30}? needs? to\b|\b(?:room|time|tools|skills|support|everything|what|all|that|resources) (?:we|they|you|it) needs? to\b|\b(?:we|they|you|it) needs? to \w+[.”\"]|"
    r"\b(?:the|an?|its) (?:[\w-]+ ){0,3}(?:aim|goal|target|objective|plan|idea|intention|focus|key|way|priority)(?: (?:of|for) [\w ]{2,30})? (?:is|was) to\b|"
    r"\b(?:(?:in the )?hop(?:e|es|ed|ing)|believ\w+|confident|if|when|where|once|until|unless) (?:that )?[\w’' ]{1,30}? will\b|"
    r"\b(?:is|are) to (?:be able|become|benefit|remain|receive|gain|have)\b|\b(?:is|are) set to\b|"
    r"\b(?:[Pp]lan|[Ss]trategy|[Pp]rogramme?|[Ff]ramework|[Bb]ill|[Aa]ct|[Pp]olicy|[Ss]cheme|[Rr]oadmap)\b(?: \([^)]*\))? (?:seeks|aims) to\b|"
    r"\b(?:do|does|did|will) not (?:need|have) to\b|\b(?:mission|purpose|role|job|vision|challenge|part|element|aspect|component|feature)(?: of [\w ]{2,30})? (?:is|was) to\b",
    re.I,
)
_AGENTS = frozenset(entries("english_agents"))
_STATES = pattern(rf"(?:{one_of(entries('english_states'))})(?![a-z])", re.I)
# What a thing is expected to bring about: The plant should create 500 jobs.
_EXPECTED = pattern(
    r"\b(?:it|this|that|which|plant|factory|facility|project|plan|scheme|investment|technology|move|line|centre|center|site)\b[\w ,]{0,12}\bshould (?:also )?(?:create|be able|help|mean|make|bring|give|lead|allow|enable|be (?:completed|finished|ready|operational|complete)|see|become|take|start|open|provide|reach)\b[^,;.]*",
    re.I,
)
_PASSIVE = pattern(
    r"be (?:\w+ly |also )?\w+(?:ed|en|nt|ilt|ade|et|un|ut|aid|old|ound|ought|aught|ept)\b(?! (?:for|to have)\b)"
)
_DOING = pattern(r"be (?:\w+ly |also )?(?!looking|seeing|facing|having|being|going)\w+ing\b")
_BEFORE_SUBJECT = pattern(
    r".*(?:[,;:—–] |\b(?:that|and|but|which|who|because|so|while|as|if|when|where|whether) )"
)
_RELATIVE = pattern(r", (?:which|who|whose|where|an?|the) [^,]*,$")
_POINTS = pattern(r"(?:These|Those|This|That|There|Here)\b")
_PROPER = pattern(r"[A-Z][\w'’&.\-]*$")
_IF = pattern(
    r"[“\"]?(?:If (?!we (?:want|wish|are going|are to)\b)|(?:Once|When)(?: (?:it|they|the [\w ]{2,30}))?(?: (?:is|are))?(?: fully)? (?:complete|completed|finished|built|open|operational|up and running))"
)
_ANNOUNCES = pattern(r"(?<!will)(?<!must)(?<!shall)(?<!should)(?<!to):$")  # a list follows
_ABSTRACT = pattern(r"(?:tion|ment|ness|ity|ance|ence|ing|ship|sm|cy)$")
_ACRONYM = pattern(r"\b[Tt]he [A-Z]{3,}$|^(?:UK|US|USA|EU|UN)$")  # a body known by its letters
_SET_OF = pattern(r"\b(?:series|number|group|range|network|set|team) of (?=[\w-]+ )")
_OF = pattern(
    r"(?!.* (?:we|they)$) (?:of|for|in|on|at|to|with|from|by|under|across|within|between|based) .*$"
)
COMMIT = pattern(
    r"(?<!that )(?<!which )(?<!who )\b(?:will(?! (?:be an? |be the |be remembered|have been|likely|probably))|shall|must|should|needs? to|have to|ought to|(?:is|are) to\b|aims? (?:to|at)|"
    r"(?:is|are|has|have) (?:aiming|committed|determined|going|planning) to|(?<!^)(?<!\ba )(?<!\b(?:no|of|on) )(?<!\b(?:the|its|our|new|New|any|for|has|had) )(?<!\b(?:term|with|bold|have) )(?<!\btheir )(?<!\b(?:future|backed) )(?<!\b(?:without|current|details) )(?<!\b(?:unveiled|outlined|approved|revealed|announce) )(?<!\b(?:ambitious|announced) )(?:plans to|(?<=\bwe )plan to|(?<=\bthey )plan to|(?<=ministers )plan to|(?<=officials )plan to|(?<=leaders )plan to|(?<=companies )plan to|(?<=partners )plan to)|intends? to|commits? to|pledge[sd]? to|vow(?:s|ed) to|promise[sd]? to|agreed to|"
    r"let us|let's|we aim|we plan|are required to|seeks? to)\b",
    re.I,
)
IMPERATIVE = pattern(
    rf"^(?:[-•*–]\s*|\(?[a-z\d]{{1,3}}[.)]\s*)?(?:[A-Z]{{1,4}}[-. ]?\d{{1,3}}(?:\.\d+)?[:.)]\s*)?(?:{one_of(entries('english_actions'))}) [\w$€£¥“\"]"
)
# An item under "The strategy aims to:" begins with its verb.
_LISTED_VERB = pattern(
    r"\s*(?:[-•*–·▪●]\s*|\(?[a-z\d]{1,3}[.)]\s*)?(?!(?:the|an?|our|its|their|all|more|new)\b)[a-z]+(?<!ed)(?<!ing)\b",
    re.I,
)
_SHORT = pattern(r"(?<=[a-z])[’']ll\b")
_WILL_NEED = pattern(r"\bwill (?:need|have) to\b")
_REPORTED = pattern(
    r"\b(?:said|says|announced|pledged|promised|vowed|confirmed|agreed|decided|added|told \w+|revealed)(?: (?!if\b|whether\b|could\b|had\b)[\w’'-]+){1,8}? (?P<would>would)\b"
)
# Whom somebody tells to do something.
_TOLD = pattern(
    r"\b(?:directs?|instructs?|urge[sd]?|call(?:s|ed) (?:on|upon)|calling (?:on|upon)) (?!(?:me|us|him|her)\b)[\w’', -]{2,80}? to (?!be\b)[a-z]+\b"
)
_WISH = pattern(
    r"\b(?:would|could|might|thank|welcome|whether|argued|warned|feared)\b|^(?:It|This|That|These|There) (?:is|are|was|were|will be|should be)\b",
    re.I,
)
_CJK = pattern(r"[\u4e00-\u9fff]")


def is_english(text: str) -> bool:
    """Whether the stretch is English: no Chinese character and some Latin letters."""
    return not _CJK.search(text) and sum(char.isascii() and char.isalpha() for char in text[:40]) > 8


def _as_said(text: str) -> str:
    """`text` with "said it would build" as "said it will build": the promise was made, only its telling is past."""
    text = _WILL_NEED.sub("must", _SHORT.sub(" will", text))
    return _REPORTED.sub(lambda found: found[0][: found.start("would") - found.start()] + "will", text)


def english_task(text: str, context: Context) -> tuple[float, str]:
    """Confidence and rule of an English task, (0, "") when the stretch says nothing that is to be done."""
    if len(text.split()) < 4 or _ANNOUNCES.search(text):
        return 0.0, ""
    if IMPERATIVE.match(text) or (context.listed and _LISTED_VERB.match(text)):
        return 0.85, "task.en-imperative"
    text = _as_said(text)
    if _WISH.search(text) or _IF.match(text):
        return 0.0, ""
    if _TOLD.search(text) and context.stance is not Stance.REVIEW:
        return 0.75, "task.en-told"
    if COMMIT.search(_NEEDED.sub("", text)) and context.stance is not Stance.REVIEW and _told_to_act(text):
        return 0.8, "task.en-modal"
    return 0.0, ""


def _told_to_act(text: str) -> bool:
    """Whether what is promised by "will" is an action: of a body that can act, or in the passive, which names none.

    Other modals (must, should, is to) always demand one.
    """
    text = _EXPECTED.sub("", text)
    if not COMMIT.search(text):
        return False
    wills = list(_WILL.finditer(text))
    if not wills or COMMIT.search(_WILL.sub("", text)):
        return True
    return any(
        (_PASSIVE.match(one["rest"]) and not _STATES.match(one["rest"]))
        or _acts(text[: one.start()], one["rest"])
        for one in wills
    )


def _acts(before: str, action: str) -> bool:
    """Whether the subject that ends before a modal is one of `english_agents.txt` or a proper name, and acts.

    A plan, a fund or a place that will make, allow or bring something has an effect and no order to carry out.
    """
    subject = _RELATIVE.sub("", before.rstrip())
    if cut := _BEFORE_SUBJECT.match(subject + " "):
        subject = subject[cut.end() :] or subject
    subject = _SET_OF.sub("", subject)
    head = _OF.sub("", subject).split(" ")[-1] if subject else ""
    word = head.lower().strip("“”\"'’()")
    if (
        (action.startswith("be ") and not _PASSIVE.match(action) and not _DOING.match(action))
        or _STATES.match(action)
        or (word not in _ACTING and _EFFECTS.match(action))
        or (word in _THINGS and _OUTCOMES.match(action))
    ):
        return False
    abstract = head == subject and _ABSTRACT.search(head)  # Competition for this money …
    named = _PROPER.search(head) and not abstract and (not head.isupper() or _ACRONYM.search(subject))
    return word in _AGENTS or not word or bool(named and not _POINTS.match(subject))
