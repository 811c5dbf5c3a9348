"""English titles behind the name: Anna Berg, director of the institute, said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..patterns import pattern
from ..types import Sentence
from .english_ahead import BEFORE_NAME
from .english_names import ENGLISH_NAME, LETTER, NAME_AT, POST_NOMINAL, STYLES, STYLES_BEFORE, UPPER, WORD
from .english_offices import ANY_HEAD, CAPITAL, FIELD, HEADS, NOT_A_NAME, OFFICES
from .english_persons import Person, no_body, referred
from .english_roles import trim
from .english_speech import SPEECH

AFTER_NAME = pattern(
    rf"(?<![{LETTER}])(?P<name>{ENGLISH_NAME}){POST_NOMINAL}, (?:(?:the|an?|who is|our) )?(?=[{LETTER}])"
)
_STYLED_SURNAME = pattern(
    rf"(?<![\w.’'])(?:(?:{STYLES})\.? )+(?P<name>{WORD}){POST_NOMINAL}, (?:(?:the|an?) )?(?=[{LETTER}])"
)  # Dr Reed, director of the institute
_TITLED_NAME = pattern(rf"(?:{HEADS}|{STYLES})\.? (?P<name>{WORD})(?= ?,|$)")
OF_BODY = pattern(r" (?:of|for|at) ")
LONGEST = 160
# Where a title that stands behind its name is over.
_ROLE_END = pattern(
    rf" ?[–—]\s*$|(?<![A-Z])(?<!Inc)(?<!Corp)(?<!Ltd)(?<!Rep)(?<!Sen)\.(?![{LETTER}])|[;“”\"]|:(?!\w)| \((?=[a-z])(?![^()]{{3,60}}\) and )| (?=(?:presenting|speaking|addressing|launching|visiting|announcing) )|,? (?:who|which|where|when|while|after|before|as well|during|speaking|to (?:him|her|them|us)\b|in (?:a|an|his|her) |in the (?!(?:[Mm]inistry|[Dd]epartment|[Oo]ffice|[Aa]gency|[Cc]ommission|[Pp]residency|[Gg]overnment)\b)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{SPEECH}|(?:has|have|had|will|is|was|also|today|yesterday)\b)|,? and (?={ENGLISH_NAME}, )(?![\w ]*\b(?:{OFFICES}), )(?!(?<!, and ){ENGLISH_NAME}, {SPEECH}\b)|, (?={STYLES_BEFORE}{ENGLISH_NAME}, )"
)
_CHUNK = pattern(
    rf", (?:and |the )*(?=[{UPPER}])(?:(?:{CAPITAL}|of|for|and|the|&|at|in)(?= |,|$) ?)+(?:\([A-Z]{{2,6}}\))?(?:of the [a-z]+)?(?=,|$)|, (?:and )?{CAPITAL}$"
)
_MINISTER = pattern(r"(?i:.*\b(?:minister|secretary|commissioner)\b.* (?:for|of) )")
# What else an office is of, in small letters: minister of state for ports, boats and harbours
_SMALL_CHUNK = pattern(
    r", (?:and )?(?:(?:departments?|ministry) of )?(?:the )?(?!who|which|while|in|on|at|to|for|with|after|as|is|was|said|and\b)[a-z]+(?:(?: and| of) [a-z]+)*(?=,|$)"
)
# What stands behind a name and a comma and is no title.
_LED_BY = pattern(r"\b(?:by|with|whose|to be)\b")  # a new venture to be led by President Ann Reed
_RELATIVE = pattern(
    r"(?:said|says|told|stated|added|plus|and|alongside|together|including|among|not|but|or|as well|who(?! is\b)|whose|which|from|where|when|while|in|on|by|at|after|before|upon|since|during|with|as|speaking|announcing|launching|tabling|presenting|welcoming|visiting|opening|addressing|joined|accompanied|today|yesterday|also|is|was|were|has|have|had|will)\b"
    r"|(?!appointed|elected|retired|renowned|designated|noted|distinguished|celebrated)[a-z]+ed\b|(?!acting|managing|founding|outgoing|incoming|visiting|leading|operating|marketing|engineering)[a-z]+ing\b"
)
_LISTED = pattern(rf"\b(?:of|for) {CAPITAL}(?: {CAPITAL})*, {CAPITAL}$")  # Department for Business, Energy


def by_surname(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[Person]:
    """“Dr Reed, director of the institute, said”: in full, where the document names them so."""
    for styled in _STYLED_SURNAME.finditer(sentence.text):
        name, role = styled["name"], _apposition(sentence.text, styled.end())
        other = _TITLED_NAME.match(role)  # Dr Reed, Minister Holt, ladies and gentlemen
        salutation = bool(other) and no_body(other["name"])
        if role and not (salutation or NOT_A_NAME.search(name) or referred(sentence.text, styled.start())):
            full = re.compile(rf"(?<!['’.] )\b(?!{SPEECH}\b){WORD} (?:[A-Z]\. )?{re.escape(name)}\b")
            named = (found for one in sentences for found in full.finditer(one.text))
            whole = (
                found
                for found in named
                if NAME_AT.fullmatch(found.group()) and not NOT_A_NAME.search(found.group())
            )
            person = next((found.group() for found in whole), name)
            yield person, role, sentence.start + styled.start(), sentence.start + styled.end() + len(role)


def behind(text: str) -> Iterator[Person]:
    """“Anna Berg, director of X, said”, “said Anna Berg, Director, Skills and Training.”"""
    for match in AFTER_NAME.finditer(text):
        first = match["name"].split()[0]
        if NOT_A_NAME.search(match["name"]) or FIELD.fullmatch(first) or referred(text, match.start("name")):
            continue
        role = _apposition(text, match.end())
        other = BEFORE_NAME.match(text, match.end())  # the next person: "…, Professor Hosne Ara, spoke"
        joined = text.startswith("and ", match.end())
        other = (
            other and (joined or not OF_BODY.search(other["role"])) and not NOT_A_NAME.search(other["name"])
        )
        if role and ANY_HEAD.search(role) and not other:
            yield match["name"], role, match.start("name"), match.end() + len(role)


def _apposition(text: str, at: int) -> str:
    """The title that begins at `at`: its first stretch, and further ones as long as they are a list of proper names,
    or all up to the verb of speaking that closes the apposition."""
    window = text[at : at + LONGEST]
    stop = next((one for one in _ROLE_END.finditer(window) if not _goes_on(one, window)), None)
    whole = window[: stop.start() if stop else len(window)].rstrip(" ,.")
    first = whole.split(",")[0]
    if "(" in first and ")" not in first and ")" in whole:  # Permanent Secretary (Planning, Land and Sea)
        first = whole[: whole.index(")") + 1]
    head = ANY_HEAD.search(first)
    if not head or _RELATIVE.match(first) or _LED_BY.search(first, 0, head.start()):
        return ""
    end = len(first)
    while chunk := _CHUNK.match(whole, end):
        end = chunk.end()
    if _MINISTER.match(first) and first[-1].isalpha() and " and " in whole[end:]:
        while chunk := _SMALL_CHUNK.match(whole, end):
            end = chunk.end()
    closed = stop and re.match(rf",? {SPEECH}", stop.group())
    return trim(whole if closed and len(whole) <= LONGEST - 20 else whole[:end])


def _goes_on(stop: re.Match[str], window: str) -> bool:
    """Whether what looks like the next person is the rest of the body's name (Business, Energy and Industrial Strategy)."""
    joins = "and " in stop.group()
    name = NAME_AT.match(window, stop.end()) if joins or stop.group() == ", " else None
    listed = joins and _LISTED.search(window, 0, stop.start())
    return bool(name and (listed or NOT_A_NAME.search(name.group()) or FIELD.search(name.group())))
