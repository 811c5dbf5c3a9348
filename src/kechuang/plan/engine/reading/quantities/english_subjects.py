"""What an English quantity is of: what is counted, what changes or stands at it, or what the money is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..patterns import pattern
from ..types import FoundQuantity
from .numerals import ENGLISH_TENS, ENGLISH_UNITS
from .units import ENGLISH_MEASURES

_CLAUSE_END = pattern(
    r"[;:()“”\"]|[.!?](?=\s)| – | — |, (?=(?:and|but|while|with|which|who|where|up|down|as|because|so)\b)| and (?=(?:its|their|our|the|his|her) )"
)
_CHANGES = (
    r"rose|rises|grew|grows|fell|falls|reached|reaches|stood|stands|totall?ed|totals|accounted|accounts|increased|increases|decreased|"
    r"declined|climbed|dropped|amounted|amounts|exceeded|exceeds|jumped|expanded|shrank|doubled|tripled|surged|edged|slipped|"
    r"ranked|ranks|came|remained|remains|averaged|hit|topped|cost|costs|makes? up|made up|represents?|represented|was|were|is|are|"
    r"has|have|had|will|would|should|must|shall|to|can|could|aims?|received|receives|covers|covered|generates?|generated"
)
_VERB = pattern(rf"\b(?:{_CHANGES})\b")
_SPENDS = pattern(
    r"\b(?:invest(?:s|ed|ing)?|spends?|spent|commit(?:s|ted)?|allocat(?:es?|ed)|provid(?:es?|ed|ing)|award(?:s|ed)?|pledg(?:es?|ed)|contribut(?:es?|ed)|set aside|earmark(?:s|ed)?|raise[ds]?|secured?)\b[^,;]*$",
    re.IGNORECASE,
)
# What a verb changes: cut emissions by half, raising total investment to 2.4%.
_CHANGED = pattern(
    r"\b(?:cut|cutting|rais(?:es?|ed|ing)|increas(?:es?|ed|ing)|reduc(?:es?|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|expand(?:s|ed|ing)?|improv(?:es?|ed|ing)|lower(?:s|ed|ing)?|bring(?:s|ing)?|brought|grow|doubl(?:es?|ed|ing)|tripl(?:es?|ed|ing)) "
    r"(?P<what>[^,;]{3,80}?) (?:by|to|from)\b[^,;]*$",
    re.IGNORECASE,
)
_MULTIPLIES = pattern(r"(?:doubl|tripl|quadrupl|halv)\w*$", re.IGNORECASE)
_OF_GDP = pattern(r" of (?:the |its |our )?(?:\w+ )?GDP(?: (?:on|in|to|for) (?P<noun>[^,;:.()“”\"]{3,60}))?")
_LABEL = pattern(r"(?P<noun>[^:.;\n]{3,60}): ?$")
_DATED = pattern(
    r"^(?:(?:In|By|Since|From|Until)(?: early| late| mid)?(?: \w+)? \d{4}(?:[–-]\d+)?|Between \d{4} and \d{4}|(?:Over|In|During) the (?:past|last|next|coming) \w+ (?:years?|decades?|months?)),? ",
    re.IGNORECASE,
)
_LEAD = pattern(
    r"^(?:(?:In|By|Since|During|Over|Between|From|At|Last|This|Next|Within|Through|Under|Of these|Meanwhile|However|Today|Currently|Already|Overall|Also|Here|Now|As a result)\b[^,]*, |"
    r"(?:that|and|but|with|while|which|who|where|because|so|as)\s+)+"
)
_DETERMINER = pattern(
    r"^(?:(?:the|a|an|our|its|their|his|her|this|these|those|that|some|all|each|every|total|overall|nearly|about|more than|at least) )+",
    re.IGNORECASE,
)
_AFTER = pattern(r"^ (?:of|in|for|on|to|towards?|into) (?P<noun>[^,;:.()“”\"]{3,80})")
_NOUN_END = pattern(
    r" (?:by|in|from|since|to|at|on|over|under|during|between|until|through|within|across|that|which|who|and will|will|would|is|are|was|were|has|have|had|as|per|with|for|while|last|this|next|a year)\b.*$"
)
_NAMED = pattern(r"^ (?P<noun>(?:[A-Za-z][\w'’&\-]* ?){1,6})")
# Units that measure something else; any other unit is itself what is counted.
_MEASURED = pattern(
    rf"%|per ?cent|[Pp]ercentage points?|个百分点|times|rank|place|{'|'.join(ENGLISH_MEASURES)}|.*(?:yuan|dollars?|euros?|pounds?|won|yen|rupees?|[$€£¥₹₩]|[A-Z]{{3}}).*"
)
_TIME = pattern(r"(?:year|month|week|day|hour|minute|decade)s?$")
_NUMBER = pattern(
    rf"^(?:(?:{'|'.join((*ENGLISH_UNITS, *ENGLISH_TENS))})\b[\s-]?|[^A-Za-z])*(?:(?:hundred|thousand|million|billion|trillion|bn|dozen|half|third|quarters?|fifths?)\b[\s-]*(?:a |an |of )?)*"
)
_SAID = pattern(
    r"^(?:.*\b(?:said|says|noted|added|announced|estimated|expects?|showed?|shows|reported) (?:that )?)"
)
_PRONOUNS = frozenset(
    [
        "it",
        "they",
        "we",
        "he",
        "she",
        "this",
        "that",
        "there",
        "these",
        "those",
        "which",
        "who",
        "you",
        "i",
        "our",
        "its",
        "their",
        "his",
        "her",
    ]
)


def with_english_subjects(text: str, found: Sequence[FoundQuantity]) -> list[FoundQuantity]:
    """`found` with `subject` filled where the sentence names one."""
    named: list[FoundQuantity] = []
    last = ""
    for quantity in found:
        counts = not _MEASURED.fullmatch(quantity.unit or "%")
        subject = _counted(text, quantity) if counts else _subject(text, quantity) or last
        named.append(replace(quantity, subject=subject))
        last = last if counts else subject
    return named


def _counted(text: str, quantity: FoundQuantity) -> str:
    """“348 high quality jobs” → high quality jobs; a stretch of time is of nothing."""
    if _TIME.search(quantity.unit):
        return ""
    noun = re.match(
        rf"[\s-]?(?:(?:[\w'’&/\-]+) ){{0,4}}?{re.escape(quantity.unit)}\b",
        text[quantity.start + len(_NUMBER.match(text[quantity.start : quantity.end]).group()) :].lstrip(" -"),
        re.IGNORECASE,
    )
    return _DETERMINER.sub("", noun.group().removeprefix("more ")) if noun else quantity.unit


def _subject(text: str, quantity: FoundQuantity) -> str:
    """What grows, stands at or receives a share, sum or multiple."""
    cuts = [cut.end() for cut in _CLAUSE_END.finditer(text, 0, quantity.start)]
    before = _SAID.sub("", text[cuts[-1] if cuts else 0 : quantity.start].strip())
    behind = text[quantity.end : quantity.end + 100]
    if _MULTIPLIES.search(text[quantity.start : quantity.end]) and (object_ := _NAMED.match(behind)):
        return _noun(object_["noun"])
    if label := not before and _LABEL.search(text, 0, quantity.start):
        return _noun(label["noun"])
    if changed := _CHANGED.search(before):
        return _noun(changed["what"])
    gdp = _OF_GDP.match(behind)
    if gdp and gdp["noun"]:
        return _noun(gdp["noun"])
    spent, after = _SPENDS.search(before), None if gdp else _AFTER.match(behind)
    named = _NAMED.match(behind)
    if named and named["noun"][0].isupper():  # a $15 billion Reconstruction Fund
        return _noun(named["noun"])
    for found in (after, spent and named):
        if found and (spent or not _VERB.search(before)) and (noun := _noun(found["noun"])):
            return noun
    return _grammatical(before) or (_noun(after["noun"]) if after else "")


def _grammatical(before: str) -> str:
    """The subject of the clause that ends before the quantity, unless it is a pronoun."""
    for lead in (_LEAD, _DATED):
        if found := lead.match(before):
            before = before[found.end() :]
    subjects = (_noun(before[: verb.start()]) for verb in _VERB.finditer(before))
    return next((subject for subject in subjects if subject), "")


def _noun(text: str) -> str:
    """The noun phrase at the head of a stretch, without its article and what follows it."""
    bare = _NOUN_END.sub("", " " + text.strip(" ,")).strip(" ,")
    bare = _DETERMINER.sub("", bare)
    if bare.split(" ")[0].lower() in _PRONOUNS:
        return ""
    return bare if 2 < len(bare) <= 80 and re.search("[A-Za-z]{2}", bare) else ""
