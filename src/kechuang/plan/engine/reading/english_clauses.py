"""The clause in which an English modal stands: its subject, and whether it only tells of what is asked or promised.

What is said or decided counts ("she said that the agency will …"); a clause that asks, conditions, explains or believes
("how we will", "if it will", "I hope it will") and one that describes a noun ("the tools they will need") do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .english_bodies import is_body
from .gazetteer import entries, one_of
from .patterns import pattern

_SUBORDINATE = "which|who|whom|whose|what|how|why|where|when|whenever|if|whether(?: or not)?|once|until|unless|before|after|than|while|whilst|whereas|although|though|because|since|as"
_EDGE = pattern(rf"--|[,;:—–(“”\"‘] ?|(?<=\w) - |\b(?P<word>and|but|or|so|yet|that|{_SUBORDINATE})\b ?", re.I)
_COORDINATE = frozenset(["and", "but", "or", "so", "yet"])
_SAYING = (
    r"(?:said|say|says|told|announced?|announces|pledged?|promised?|confirm(?:s|ed)|agreed?|decided?|stated?|states|noted?|notes|added|adds|stress(?:es|ed)?|emphasi[sz]e[sd]?|insist(?:s|ed)?|reiterated?|"
    r"declare[sd]?|recommend(?:s|ed)?|propose[sd]?|urge[sd]?|reveal(?:s|ed)|explain(?:s|ed)|vow(?:s|ed)|require[sd]?|directed|ordered|affirm(?:s|ed)?|assured?|assure you|underlined|underscored|specif(?:y|ies|ied)|stipulate[sd]?)"
)
_TELLS = pattern(rf"\b{_SAYING}\b[^,;:.]{{0,50}},? ?$")
_CLEAR = pattern(r"\b(?:clear|vital|essential|crucial|plan|clear is|plan is|message is|point is) $")
_SAID_SO = pattern(
    rf".*\b(?P<says>{_SAYING})(?: (?:today|yesterday|(?:on )?\w+day|\w+ly|reporters|us|me|you))? (?!(?:of|for|to|by|in|on|with|from|as|and)\b)"
)
_THINKS = pattern(
    r"\b(?:believe[sd]?|think[s]?|thought|hope[sd]?|hoping|expect(?:s|ed|ing)?|feels?|felt|guess|predict(?:s|ed)?|project(?=s? (?:that |the |an? |its )\w)|projects(?= (?:that|many|some|more))|forecasts?|estimate[sd]?|sure|confident|doubt|fear(?:s|ed)?|suspect|claim(?:s|ed)?|know|knew|wish|(?-i:trust)|worr(?:y|ied)|wonder|understand|argue that|it is true)\b",
    re.I,
)
_PRONOUN = pattern(
    r"(?:^|(?P<before>.*?) )(?P<who>we|I|they|you|he|she|it)(?: (?:all|both|also|each|together|\w+ly))*$",
    re.I,
)
# What may stand before a pronoun that begins its clause: Today we will, In 2030 they will.
_ADVERB_LAST = pattern(
    r"(?<=\w)(?: (?:also|now|then|still|both|each|together|therefore|\w{3,}ly))+$"
)  # the department also | will
_ADVERBIAL = pattern(
    r"(?:\W*(?:today|tomorrow|now|then|here|there|together|later|next|this|in|by|over|from|with|without|through|throughout|at|on|for|to|under|during|within|across|alongside|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|last(?:ly)?|finally|also|additionally|instead|meanwhile|however|therefore|thus|hence|indeed|moreover|furthermore|so|and|but|yes|only|not|\w+ly|\w*ward|going|working|building|looking|moving|starting|beginning)\b|[\W\d]+$)",
    re.I,
)
_ASIDE = pattern(r"(?:,[^,]*,|\([^()]*\)|[—–][^—–]*[—–]| - .* -) ?$")
# A noun goes on behind "and": … of research and | energy centres will
FINITE = pattern(
    r"\b(?:is|are|was|were|has|have|had|will|can|must|should|would|could|may|might|do|does|did|said|says|\w+ed)\b"
)
_OWN_VERB = pattern(
    rf"(?:\w+ly |also )?(?:is|are|was|were|has|have|had|do|does|did|can|could|may|might|(?i:{one_of(entries('english_actions'))})(?:e?s)?|\w+ed)\b"
)
_BEGINS_CLAUSE = pattern(
    r"(?:the|an?|this|these|that|those|our|its|their|his|her|my|we|I|they|you|he|she|it|each|all|some|more|other|[A-Z]\w+)\b"
)
# A firm by its name: Orbis Pharmaceuticals
_NAMED = pattern(
    r"(?:[A-Z][\w&.-]*,? ){1,3}(?:[A-Z]\w*(?:als|ics|ems|ies|nes|ors|rks|bs)|Inc\.?|Corp\.?|Ltd|Group|plc|PLC|AG|SA|Bank|Energy|Motors?|Electric|Steel|Air|Space|Power) ?(?:has|have|also)?"
)
_EMPTY = pattern(
    r"\W*(?:(?:also|then|now|still|further|currently|each|all|both|in turn|today|\w+ly) ?)*\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The subject of a modal, "" where it is shared with a clause before; `free`: the clause is not subordinate."""

    subject: str
    free: bool


def clause_before(text: str, at: int) -> Clause:
    """The clause whose modal stands at `at`."""
    before = text[:at].rstrip()
    if aside := _ASIDE.search(before):  # The agency, which opened in May, will …
        return clause_before(text, aside.start())
    edge = next(reversed(list(_EDGE.finditer(before))), None)
    if edge is None:
        return _judged(before, True)
    subject, word = before[edge.end() :], (edge["word"] or "").lower()
    if _EMPTY.fullmatch(subject):
        if word in _COORDINATE:
            return Clause("", clause_before(text, edge.start()).free)
        return Clause("", False) if word else clause_before(text, edge.start())
    if word in ("that", "which", "who") and _OWN_VERB.match(subject):  # firms that employ people will
        return clause_before(text, edge.start())
    if word == "that":
        told = _TELLS.search(before, 0, edge.start())
        if told and subject.strip() == "it" and is_body(before[: told.start()]):
            return Clause("the company", True)
        return _judged(subject, bool(told or _CLEAR.search(before, 0, edge.start())))
    if word and word not in _COORDINATE:
        return Clause(subject, False)
    if word and not _BEGINS_CLAUSE.match(subject):
        outer = clause_before(text, edge.start())
        if outer.subject and not FINITE.search(outer.subject):
            return _judged(f"{outer.subject} {word} {subject}", outer.free)
    return _judged(subject, True)


def _judged(subject: str, free: bool) -> Clause:
    """The clause with this subject, without what only says who said or believes it."""
    subject = _ADVERB_LAST.sub("", subject)
    if free and _THINKS.search(subject):
        return Clause(subject, False)
    if said := _SAID_SO.match(subject):
        whose = subject[said.end() :]
        before = subject[: said.start("says")].strip()
        body = whose.strip() == "it" and (is_body(before) or _NAMED.fullmatch(before))  # NSF said it will
        return Clause("the company" if body else whose, free)
    pronoun = _PRONOUN.match(subject)
    if pronoun and pronoun["before"] and not _ADVERBIAL.match(pronoun["before"]):
        return Clause(pronoun["who"], False)  # the tools | they will need
    return Clause(pronoun["who"] if pronoun else subject, free)


def is_question(text: str) -> bool:
    return text.rstrip(" ”\"’'").endswith("?")
