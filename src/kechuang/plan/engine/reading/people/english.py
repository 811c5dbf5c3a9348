"""People with their titles in English: before the name, behind it between commas, or on the line below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..types import Sentence
from .english_roles import divided, office, own, trim
from .english_rows import in_a_row, signed
from .english_words import (
    AFTER_NAME,
    ANOTHER,
    ANY_HEAD,
    ANY_OFFICE,
    BEFORE_NAME,
    CHUNK,
    CLAUSE_BEFORE,
    ENVOY,
    FIELD,
    FIRST_NAME,
    HEARD_BEFORE,
    HEARD_BEHIND,
    IN_CHARGE,
    ITS_WORDS,
    JUNIOR,
    LATIN,
    LED_BY,
    LISTED,
    LONGEST,
    MEMBER,
    MINISTER,
    NAME_AT,
    NAMED_BEFORE,
    NAMED_FOR,
    NOT_A_NAME,
    OCCUPATION,
    OF_BODY,
    OTHER_BODY,
    OTHER_PERSON,
    PARTY,
    PERSON_LAST,
    PLACE_BEFORE,
    POSSESSIVE,
    RELATIVE,
    ROLE_END,
    SMALL,
    SMALL_CHUNK,
    SMALL_STOP,
    SPEECH,
    STYLED_NAME,
    STYLED_SURNAME,
    TITLED_NAME,
    TWO,
    WEAK,
    WORD,
)

Person = tuple[str, str, int, int]
_TITLE_AND_NAME = 6  # words of a line that only names somebody
_BEFORE = 40  # characters in which words stand that only refer to somebody


def find_english(sentences: Sequence[Sentence]) -> Iterator[Person]:
    """(person, role, start, end) in clean offsets for each person named with an English title; a style such as
    Professor is none where the person bears another."""
    found: list[Person] = []
    for at, sentence in enumerate(sentences):
        if LATIN.search(sentence.text) and not _headline(sentence):
            found += _in_sentence(sentence)
            found += _by_surname(sentence, sentences)
            if at + 1 < len(sentences):
                found += signed(sentence, sentences[at + 1])
    found = [(JUNIOR.sub("", name), *rest) for name, *rest in found]
    titled = {name for name, role, *_ in found if role not in WEAK}
    return (person for person in found if person[1] not in WEAK or person[0] not in titled)


def _headline(sentence: Sentence) -> bool:
    """Whether verbs are printed like names: Senator Reed Welcomes New Laboratory."""
    words = sentence.text.split() if sentence.is_heading else []
    if (named := AFTER_NAME.match(sentence.text)) and ANY_OFFICE.match(sentence.text, named.end()):
        return False  # Ann Reed, Minister for Ports and Harbours
    return len(words) > _TITLE_AND_NAME and sum(word[:1].isupper() for word in words) > 0.7 * len(words)


def _in_sentence(sentence: Sentence) -> Iterator[Person]:
    text, shift = sentence.text, sentence.start
    taken: list[tuple[int, int]] = []
    found = sorted((*in_a_row(text), *_behind(text), *_ahead(text)), key=lambda person: person[1] in WEAK)
    for name, role, start, end in found:
        if any(start < last and first < end for first, last in taken):
            continue
        if OCCUPATION.search(role) and not (
            HEARD_BEHIND.match(text, end) or HEARD_BEFORE.search(text, 0, start)
        ):
            continue
        taken.append((start, end))
        if (two := TWO.match(role)) and _no_body(two["name"]):
            yield *divided(trim(two["role"]), two["name"]), shift + start, shift + end
            role = trim(two["rest"])
        yield name, role, shift + start, shift + end


def _by_surname(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[Person]:
    """“Dr Reed, director of the institute, said”: in full, where the document names them so."""
    for styled in STYLED_SURNAME.finditer(sentence.text):
        name, role = styled["name"], _apposition(sentence.text, styled.end())
        other = TITLED_NAME.match(role)  # Dr Reed, Minister Holt, ladies and gentlemen
        salutation = bool(other) and _no_body(other["name"])
        if role and not (salutation or NOT_A_NAME.search(name) or _referred(sentence.text, styled.start())):
            full = re.compile(rf"(?<!['’.] )\b(?!{SPEECH}\b){WORD} (?:[A-Z]\. )?{re.escape(name)}\b")
            named = (found for one in sentences for found in full.finditer(one.text))
            whole = (
                found
                for found in named
                if NAME_AT.fullmatch(found.group()) and not NOT_A_NAME.search(found.group())
            )
            person = next((found.group() for found in whole), name)
            yield person, role, sentence.start + styled.start(), sentence.start + styled.end() + len(role)


def _behind(text: str) -> Iterator[Person]:
    """“Anna Berg, director of X, said”, “said Anna Berg, Director, Skills and Training.”"""
    for match in AFTER_NAME.finditer(text):
        first = match["name"].split()[0]
        if NOT_A_NAME.search(match["name"]) or FIELD.fullmatch(first) or _referred(text, match.start("name")):
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
    stop = next((one for one in ROLE_END.finditer(window) if not _goes_on(one, window)), None)
    whole = window[: stop.start() if stop else len(window)].rstrip(" ,.")
    first = whole.split(",")[0]
    if "(" in first and ")" not in first and ")" in whole:  # Permanent Secretary (Planning, Land and Sea)
        first = whole[: whole.index(")") + 1]
    head = ANY_HEAD.search(first)
    if not head or RELATIVE.match(first) or LED_BY.search(first, 0, head.start()):
        return ""
    end = len(first)
    while chunk := CHUNK.match(whole, end):
        end = chunk.end()
    if MINISTER.match(first) and first[-1].isalpha() and " and " in whole[end:]:
        while chunk := SMALL_CHUNK.match(whole, end):
            end = chunk.end()
    closed = stop and re.match(rf",? {SPEECH}", stop.group())
    return trim(whole if closed and len(whole) <= LONGEST - 20 else whole[:end])


def _goes_on(stop: re.Match[str], window: str) -> bool:
    """Whether what looks like the next person is the rest of the body's name (Business, Energy and Industrial Strategy)."""
    joins = "and " in stop.group()
    name = NAME_AT.match(window, stop.end()) if joins or stop.group() == ", " else None
    listed = joins and LISTED.search(window, 0, stop.start())
    return bool(name and (listed or NOT_A_NAME.search(name.group()) or FIELD.search(name.group())))


def _ahead(text: str) -> Iterator[Person]:
    """“Science Minister Helen Marsh”, “the Minister for Enterprise, Trade and Employment, Micheál Martin”."""
    for match in BEFORE_NAME.finditer(text):
        if NOT_A_NAME.search(match["name"]):  # Minister of Jobs Ann Reed, Quantum City
            match = BEFORE_NAME.match(text, match.start(), match.start("name")) or match
        role = OTHER_PERSON.sub("", OTHER_BODY.sub("", PARTY.sub("", match["role"])))
        if (other := ANOTHER.match(role)) and _no_body(other["name"]):
            at = match.start("role") + len(match["role"]) - len(role)
            yield other["name"].strip(), trim(other["role"]), at, at + other.end("name")
            yield from _ahead(text[:at] + " " * other.end("name") + text[at + other.end("name") :])
            return
        role = CLAUSE_BEFORE.sub("", role)  # "over Zoom, Vice Chancellor"
        role = trim(NAMED_BEFORE.sub("", role))
        name = match["name"]
        if POSSESSIVE.search(name) and ITS_WORDS.match(text, match.end("name")):
            name = POSSESSIVE.sub("", name)
        first = FIRST_NAME.search(role) if name[1:2] in (".", " ") else None
        if ENVOY.match(role):
            role, _, given = role.rpartition(", ")
            name = f"{given} {name}"
        if first and not NOT_A_NAME.search(first["first"]):  # … Commissioner, Brian | D. Montgomery
            role, name = role[: first.start()], f"{first['first']} {name}"
        whole = (
            match["role"].lower().startswith("the ")
            and " of " in role
            and "," in text[match.end("role") : match.start("name")]
        )
        small = role[:1].islower() and not ANY_OFFICE.search(match["role"]) and not whole
        in_place = "," not in match["role"] and PLACE_BEFORE.search(text, 0, match.start("role"))
        role, of_other = own(office(role) if in_place else role)
        referred = _referred(text, match.start("role"))
        if PERSON_LAST.search(role) or small or of_other or referred or POSSESSIVE.search(name):
            continue
        if not NOT_A_NAME.search(match["name"]) and role and ANY_HEAD.search(role):
            yield *divided(role, name), match.start("role"), match.end("name")
    for match in MEMBER.finditer(text):
        if _no_body(match["name"]):
            yield match["name"], match["role"], match.start("role"), match.end("name")
    for match in IN_CHARGE.finditer(text):
        if _no_body(match["name"]):
            yield match["name"], match["role"], match.start("role"), match.end("name")
    for match in SMALL.finditer(text):
        lead = SMALL_STOP.sub("", match["lead"])
        whole = lead == match["lead"] and not (lead.startswith("and ") and _is_person(match["body"].strip()))
        other, joined, own_body = match["body"].partition(" and ")
        body = own_body if joined and _is_person(other) else match["body"]
        role = (body * whole + lead + match["head"]).strip()
        start = match.start("body") if whole else match.end("lead") - len(lead)
        name = match["name"]
        if not (_referred(text, start) or NOT_A_NAME.search(name) or POSSESSIVE.search(name)):
            yield match["name"], trim(role), start, match.end("name")


def _is_person(words: str) -> bool:
    """Whether capitalised words name somebody (Mr Howard, Ann Reed) and no field or body."""
    named = STYLED_NAME.fullmatch(words) or NAME_AT.fullmatch(words)
    return bool(named) and _no_body(words)


def _no_body(words: str) -> bool:
    return not (NOT_A_NAME.search(words) or FIELD.search(words))


def _referred(text: str, at: int) -> bool:
    """Whether who is named here is only spoken of (named after …, I would like to thank …)."""
    return bool(NAMED_FOR.search(text[max(0, at - _BEFORE) : at]))
