"""English titles before the name: Science Minister Helen Marsh, the Minister for Enterprise, Micheál Martin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import pattern
from .english_names import COUNCILLOR, ENGLISH_NAME, LETTER, POSSESSIVE, STYLES, STYLES_BEFORE, UPPER, WORD
from .english_offices import (
    ABBREVIATED,
    AND_OFFICE,
    ANY_HEAD,
    ANY_OFFICE,
    BODY,
    CAPITAL,
    FIELD_WORD,
    FIELDS,
    HEAD,
    HEADS,
    NOT_A_NAME,
)
from .english_persons import Person, is_person, no_body, referred
from .english_roles import divided, office, own, trim
from .english_speech import SPEECH

# Capitalised words, also joined by commas, up to the office, then what the office is of.
BEFORE_NAME = pattern(
    rf"(?<![{LETTER}])(?P<role>(?:(?:{CAPITAL},?|\([A-Z][^()]{{1,40}}\)|of|for|and|cum|the|state|federal|shadow|former|acting|interim|deputy|assistant) ){{0,9}}?(?:{HEAD}|(?:{HEADS.lower()})(?![{LETTER}])){AND_OFFICE}(?: [A-Z]{{2,8}}(?=,? (?:{STYLES})\.? ))?{ABBREVIATED}{BODY}{ABBREVIATED}{BODY}),? {COUNCILLOR}{STYLES_BEFORE}"
    rf"(?P<name>{ENGLISH_NAME})(?!['’]s?\b(?! (?:said|told)))"
)
# Minister for Culture Ann Reed, Ports Secretary Tom Holt and …: another stands before the comma.
_ANOTHER = pattern(
    rf"^(?P<role>.*\b(?:{HEADS})\b.* (?:for|of) .*\b{FIELD_WORD}) (?P<name>(?:(?!(?:{FIELD_WORD}|{HEADS}|and|of|for)\b){WORD} ?){{2,3}}),? (?=.*\b(?:{HEADS})$)"
)
_OTHER_BODY = pattern(
    rf"^.*\b(?:University|College|Council|Government|Company|Inc|Corporation|Institute|Hospital|Bank|(?:{STYLES}|{HEADS})\.? [A-Z][\w'’-]+) and (?=[A-Z])"
)
# Coleman and Senator Klobuchar, Byron Dorgan and Rep. Pomeroy: the first is somebody else.
_OTHER_PERSON = pattern(rf"^(?!.*\b(?:{FIELDS}|(?i:{HEADS}))\b.* and ).* and (?=(?:{HEADS})\.?$)")
_PARTY = pattern(r"^[RD]-[A-Z][A-Za-z.]+, (?:and )?")  # John Reed, R-Texas, and …
_CLAUSE_BEFORE = pattern(
    r"^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Gov|Sen|Rep)\.? \S+ and |^(?:On|In|At|During|After|Last|This) [^,]+, |^(?!.* and )[^ ,]+, "
)
_NAMED_BEFORE = pattern(
    r"^(?!(?:.*\b(?:of|for|at|in) )?The ).*(?<!\bof)(?<!\bfor)(?<!\bat)(?<!\bin)(?<!\band)(?<!,) The (?=[A-Z])"
)  # by Tom Reed | The Energy Secretary
_ITS_WORDS = pattern(r" (?:announcement|speech|statement|remarks|address|comments)\b")
_FIRST_NAME = pattern(rf",? (?P<first>[{UPPER}][a-zà-öø-ÿ]+)$")
_ENVOY = pattern(  # High Commissioner to Norway, Ann | Maria Reed
    rf"[^,]*\b(?:{HEADS})\b[^,]* (?:of|to|at|for) (?:the )?[^,]*, (?!(?:{HEADS}|and|{FIELD_WORD})\b)[{UPPER}][a-zà-öø-ÿ]+(?: [{UPPER}][a-zà-öø-ÿ]+)?$"
)
_PLACE_BEFORE = pattern(r"\b(?:in|at|near) $")
_PERSON_LAST = pattern(rf"(?:{STYLES})\.? {WORD}$")  # advisor in Norway Professor Holt
_MEMBER = pattern(  # Member for Holm Ann Reed
    rf"\b(?P<role>Member for {CAPITAL}(?: {CAPITAL})??) (?P<name>{WORD} (?:(?:van|von|de|der|den) )*{WORD})(?= (?:said|says|has|was|is|will|and|[a-z]+ed)\b|,|\.)"
)
# The commissioner in charge of ports and boats, Ann Reed,
_IN_CHARGE = pattern(
    rf"\b[Tt]he (?P<role>(?:{CAPITAL} ){{0,4}}(?i:{HEADS}) (?:responsible for|in charge of|with responsibility for) [^;:“”.]{{3,90}}?), {STYLES_BEFORE}(?P<name>{ENGLISH_NAME})(?=,| {SPEECH})"
)
# A title in small letters: business secretary Kwasi Kwarteng.
_SMALL = pattern(
    rf"(?<![{LETTER}\-])(?P<body>(?:(?:former|acting|interim|outgoing|incoming|senior|junior) )?(?:{CAPITAL} (?:(?:of|for|and) (?={CAPITAL}))?){{0,5}}?)(?P<lead>(?:[a-z][a-z\-]+ (?:and )?){{0,4}}?)(?P<head>(?i:{HEADS})(?![{LETTER}]){ABBREVIATED}(?: (?:of|for|in|on|at) (?:the )?(?:[a-z][a-z\-]+(?:,(?= [a-z])|,? and)? ?){{1,5}}(?<= )| in (?:the )?[A-Z][a-z]+(?=, ))?),? ?{COUNCILLOR}{STYLES_BEFORE}"
    rf"(?P<name>{ENGLISH_NAME})(?!['’]s?\b)"
)
_ING = r"(?:engineering|computing|manufacturing|nursing|planning|marketing|accounting|mining|banking|training|housing|building|learning|teaching|breeding|farming|shipping|broadcasting|imaging|managing|founding|visiting|acting|programming|publishing|purchasing|policing|lighting|advertising|outgoing|incoming|leading)\b"
_SMALL_STOP = pattern(
    rf".*\b(?:{SPEECH}|by|under|with|as|to|after|from|of|for|in|at|on|the|an?|that|than|is|was|are|were|have|having|has|had|see|get|joined|introduce|welcome|invite|thank|welcomed|thanked|met|told|led|saw|gave|took|brought|sent|made|names|meets|joins|tells|visits|appoints|hails|including|like|among|between|but|or|new|former|(?:government|council|agency|university|company|department) and|\w+ed|(?!{_ING})\w+ing)\b ?(?:and )?"
)


def ahead(text: str) -> Iterator[Person]:
    """Everybody behind a title: with capitals or small letters, a member for a place, who is in charge of something."""
    for match in BEFORE_NAME.finditer(text):
        if NOT_A_NAME.search(match["name"]):  # Minister of Jobs Ann Reed, Quantum City
            match = BEFORE_NAME.match(text, match.start(), match.start("name")) or match
        role = _OTHER_PERSON.sub("", _OTHER_BODY.sub("", _PARTY.sub("", match["role"])))
        if (other := _ANOTHER.match(role)) and no_body(other["name"]):
            at = match.start("role") + len(match["role"]) - len(role)
            end = at + other.end("name")
            yield other["name"].strip(), trim(other["role"]), at, end
            yield from ahead(text[:at] + " " * other.end("name") + text[end:])
            return
        yield from _titled(text, match, role)
    for shape in (_MEMBER, _IN_CHARGE):
        for match in shape.finditer(text):
            if no_body(match["name"]):
                yield match["name"], match["role"], match.start("role"), match.end("name")
    yield from _in_small_letters(text)


def _titled(text: str, match: re.Match[str], role: str) -> Iterator[Person]:
    """The person of a match, unless the title is somebody else's, a mere occupation or part of a clause."""
    role = trim(_NAMED_BEFORE.sub("", _CLAUSE_BEFORE.sub("", role)))  # "over Zoom, Vice Chancellor"
    name = match["name"]
    if POSSESSIVE.search(name) and _ITS_WORDS.match(text, match.end("name")):
        name = POSSESSIVE.sub("", name)
    first = _FIRST_NAME.search(role) if name[1:2] in (".", " ") else None
    if _ENVOY.match(role):
        role, _, given = role.rpartition(", ")
        name = f"{given} {name}"
    if first and not NOT_A_NAME.search(first["first"]):  # … Commissioner, Brian | D. Montgomery
        role, name = role[: first.start()], f"{first['first']} {name}"
    whole = match["role"].lower().startswith("the ") and " of " in role
    whole = whole and "," in text[match.end("role") : match.start("name")]
    small = role[:1].islower() and not ANY_OFFICE.search(match["role"]) and not whole
    in_place = "," not in match["role"] and _PLACE_BEFORE.search(text, 0, match.start("role"))
    role, of_other = own(office(role) if in_place else role)
    referred_to = referred(text, match.start("role"))
    if _PERSON_LAST.search(role) or small or of_other or referred_to or POSSESSIVE.search(name):
        return
    if not NOT_A_NAME.search(match["name"]) and role and ANY_HEAD.search(role):
        yield *divided(role, name), match.start("role"), match.end("name")


def _in_small_letters(text: str) -> Iterator[Person]:
    """“business secretary Kwasi Kwarteng”"""
    for match in _SMALL.finditer(text):
        lead = _SMALL_STOP.sub("", match["lead"])
        whole = lead == match["lead"] and not (lead.startswith("and ") and is_person(match["body"].strip()))
        other, joined, own_body = match["body"].partition(" and ")
        body = own_body if joined and is_person(other) else match["body"]
        role = (body * whole + lead + match["head"]).strip()
        start = match.start("body") if whole else match.end("lead") - len(lead)
        name = match["name"]
        if not (referred(text, start) or NOT_A_NAME.search(name) or POSSESSIVE.search(name)):
            yield name, trim(role), start, match.end("name")
