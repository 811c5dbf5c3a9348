"""Tasks in English text."""

from __future__ import annotations

import re

from .english_bodies import acts, head, office_of
from .english_clauses import clause_before, is_question
from .english_lists import begins_with_act
from .english_narration import AIMS, BEING, BELIEVES, EXPECTED, IF, NAMES_AN_ACT, NOUN_FIRST, SPEAKING, UNDONE
from .english_promises import as_said
from .gazetteer import entries, one_of
from .patterns import pattern
from .stance import Context, Stance

_ACTION = one_of(entries("english_actions"))
_WILL = (
    r"(?<!political )(?<!good )(?<!free )(?<!strong )(?<!the )will(?! (?:as\b|of\b|be an? |be the |be remembered|have been|likely|probably))|(?:is|are|am) (?:now |also )?(?:going |aiming |determined |planning )?to|(?:has|have) (?:pledged|promised|vowed|committed|agreed|undertaken) to|"
    rf"aims? (?:to|at)|(?:is|are) committed to(?= (?:{_ACTION}|\w+ing)\b)|intends? to|commits? to|committed to(?= (?:{_ACTION})\b)|pledge[sd]? to|vow(?:s|ed) to|promise[sd]? to|agreed to(?! by)|we plan|seeks? to"
)
_MUST = r"shall|must|should|needs? to|ha(?:ve|s)(?: got)? to|ought to|let us|let[’']s"
COMMIT = pattern(rf"(?<![\w-])(?:{_WILL}|{_MUST})\b(?!-)", re.I)
_ADVERBS = r"(?: (?:not|only|each|all|both|today|tomorrow|(?:on )?\w+day,?|also|then|further|now|soon|always|never|still|jointly|together|in turn|continue to|work to|seek to|therefore|first|once again|\w+ly)(?=,? [a-z]),?)*"
_MODAL = pattern(
    rf"(?<![\w-])(?:(?P<must>{_MUST})|(?P<will>{_WILL}))\b(?!-)(?:,[^,]*,)?{_ADVERBS} (?=(?P<rest>[“‘\"]?[a-z][^;]*))",
    re.I,
)
_FIRST_SUBJECT = pattern(
    r"[“\"]?(?P<subject>[A-Za-z][^;]*?)(?:, which [^,]*,)? (?:is|are|was|were|has|have|had|will|currently|already|also|now)\b"
)
# The commitment of firms, schools and towns: no clause begins at the comma.
_OF_SEVERAL = pattern(
    r"(?:The|Our|Its|This|These|An?|Their) (?!.*\b(?:is|are|was|were|has|have|had|can|that|which|who|as|when)\b)[^,;:“”()]* (?:of|for|between|from|by) [^;:“”]*, [^;:“”]* and [\w ]+ $"
)
_NOUNS = pattern(r"(?:need|aim)s?\b", re.I)
# A list follows, and nothing is said before it.
_ANNOUNCES = pattern(
    r"(?:\b(?:to|will|must|should|shall|are|is|include|includes|including|namely)|\b(?:following|these|below|priorit|objective|action|goal|target|measure|step|aim|commit)\w*\b[^,;]*):$"
)
IMPERATIVE = pattern(
    rf"^(?:[-•*–]\s*(?:[A-Z][A-Za-z, &-]{{3,50}}: (?=[A-Z]))?|\(?[a-z\d]{{1,3}}[.)]\s*(?:[A-Z][A-Za-z, &-]{{3,50}}: (?=[A-Z]))?)?(?:[A-Z]{{1,4}}[-. ]?\d{{1,3}}(?:\.\d+)?[:.)]\s*|(?:[A-Z]{{1,3}}\d{{1,2}}[.-]?){{1,4}}(?:[A-Z]\w+ \d+)?\s*[–—:-]?\s+|(?:Each|Every|This|Next) \w+, |By (?:the end of )?(?:\w+ )?20\d\d, |[A-Z][a-z]+ \d{{1,2}}\s*[–—:-]\s*)?(?:Further |Actively |[A-Z]\w+ly )?(?i:{_ACTION})(?:(?:, \w+)*,? and \w+)? [\w$€£¥“\"‘]"
)
# Through grants for firms, enhance the fleet: how stands before the verb.
_LED_BY_HOW = pattern(
    rf"\W*In (?:cooperation|co-operation|partnership|collaboration|coordination|consultation|the event|line|support|response) (?:with|of|to) [^;:.]{{3,200}}?, (?=(?:{_ACTION.lower()}) (?:the|an?|our|its|their)\b)|\W*(?:Through|By|With|Using|Building on|Working with) [^,;:.]{{3,120}}, (?=(?:{_ACTION.lower()}) (?:the|an?|our|its|their|[A-Z]\w+|[a-z]+(?:al|ic|ive|ing|ed|s|able)?)\b)"
)
_FINITE_AHEAD = pattern(
    r"\b(?:is|are|was|were|has|have|had|will|can|could|would|may|must|should|shall|we|they|it|I)\b"
)
# A body known by its name did something: Invest Ghent offered £2 million.
_NAME_ACTED = pattern(
    r"\W*Set to\b|\W*(?:[A-Z][\w&]* ){2,6}[–—-] |\W*[A-Z]\w+ (?:(?:and |of |for )?[A-Z][\w&]*\.? ){1,7}(?:has |have |had )?(?:\w+ed|won|gave|built|made|said)\b"
)
# An item under "The strategy aims to:" begins with its verb.
_LISTED_VERB = pattern(
    r"\s*(?:[-•*–·▪●]\s*|\(?[a-z\d]{1,3}[.)]\s*)?(?!(?:the|an?|our|its|their|all|more|new|by|in|on|with|through|for|at|from|this|these|those|it|they|we|if|when|while|as|to|each|there|no|many|some|most)\b)[a-z]+(?<!ed)(?<!ing)(?<!ly)\b",
    re.I,
)
# Whom somebody tells to do something.
_TOLD = pattern(
    r"\b(?:directs|(?<=[Ww]e )direct|(?<=hereby )direct|directed|instruct(?:s|ed)?|mandat(?:es|ed)|task(?:s|ed)(?= [a-z])|enjoin(?:s|ed)|implore[sd]?|appeal(?:s|ed) to|urge[sd]?|call(?:s|ed) (?:on|upon)|(?:request|order|advis)(?:es|s|ed)|ask(?:s|ed)(?! (?:what|how|why|whether|if|when|who)\b)|(?:[Ww]e|they|I)(?: also| therefore)? call (?:on|upon)|calling (?:on|upon)) (?!(?:me|us|him|her|an end)\b)[\w’', ()-]{2,160}? to (?!(?:be|appreciate|understand|recogni[sz]e|remember|believe|note|know|think|imagine)\b)[a-z]+\b"
)
_GOING_ON = pattern(
    r"^(?:(?:However|Also|In addition|Additionally|Moreover|Furthermore|Meanwhile|Then),? )?(?:[Ii]t|[Tt]hey)(?: also)? (?:will|would)\b"
)  # a body just named
_CJK = pattern(r"[\u4e00-\u9fff]")


def is_english(text: str) -> bool:
    """Whether the stretch is English: no Chinese character and some Latin letters."""
    if _CJK.search(text):
        return False
    letters = sum(char.isascii() and char.isalpha() for char in text[:40])
    return letters > 8 or (letters > 3 and text[:1].islower() and text.isascii())


def english_task(text: str, context: Context) -> tuple[float, str]:
    """Confidence and rule of an English task, (0, "") when the stretch says nothing that is to be done."""
    if len(text.split()) < 4 or _ANNOUNCES.search(text) or is_question(text):
        return 0.0, ""
    led = _LED_BY_HOW.match(text)
    if led and not _FINITE_AHEAD.search(text, led.end()):
        return 0.85, "task.en-imperative"
    ordered = IMPERATIVE.match(text) or (context.listed and _LISTED_VERB.match(text))
    if not ordered and context.stance is not Stance.REVIEW:
        ordered = begins_with_act(text, context.planned)
    if ordered and text[:1].islower() and not (context.listed or context.planned or context.promised):
        ordered = None  # the rest of a sentence
    if ordered and not (NOUN_FIRST.match(text) or _NAME_ACTED.match(text)):
        return 0.85, "task.en-imperative"
    text = as_said(text)
    if IF.match(text) or context.stance is Stance.REVIEW:
        return 0.0, ""
    if _TOLD.search(text):
        return 0.75, "task.en-told"
    if context.promised:
        text = _GOING_ON.sub("they will", text)
    if any(_orders(text, modal) for modal in _MODAL.finditer(text)):
        return 0.8, "task.en-modal"
    return 0.0, ""


def _orders(text: str, modal: re.Match[str]) -> bool:
    """Whether a modal orders or promises an action, of a body that can act or in the passive, which names none.

    Must, should and the like demand it of whatever stands before them, unless it is merely to be so.
    """
    clause = clause_before(text, modal.start())
    if not modal.start() or not clause.free or UNDONE.search(text, 0, modal.start()):
        return False
    if BELIEVES.match(text[: modal.start()]):
        return False
    if SPEAKING.match(text, modal.start()) and clause.subject.lower() in ("i", ""):
        return False
    noun = _NOUNS.match(modal.group()) and NAMES_AN_ACT.search(text[: modal.start()])  # an aim to
    if modal["must"]:
        thing = modal["must"].lower() == "should" and EXPECTED.match(modal["rest"])
        return not (noun or thing or BEING.match(modal["rest"]))
    if noun:
        return False
    before = text[: modal.start()]
    subject = office_of(before) or (before if _OF_SEVERAL.match(before) else clause.subject)
    subject = subject or _first_subject(before)
    if modal["will"].lower() in ("is to", "are to") and AIMS.match(head(subject)):
        return False
    return acts(subject, modal["rest"], modal["will"].lower(), before)


def _first_subject(clauses: str) -> str:
    """The subject of the first of several clauses, which is that of the others too."""
    found = _FIRST_SUBJECT.match(clauses)
    return found["subject"] if found else ""
