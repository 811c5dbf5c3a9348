"""People with their titles in English: before the name, behind it between commas, or on the line below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..types import Sentence

_UPPER, _LETTER = "A-ZÀ-ÖØ-Þ", "A-Za-zÀ-ÖØ-öø-ÿ"
_WORD = rf"(?:[{_UPPER}][{_LETTER}'’\-]*[a-zà-öø-ÿ][{_LETTER}'’\-]*|(?:[{_UPPER}]\.)+)"
_STYLES = (
    r"(?:(?:Assoc(?:iate)?|Asst|Assistant|Adjunct|Emeritus|Distinguished)\.? )?(?:Professor|Prof)|A/Prof|Dr|Sir|Dame|Lord|Lady|Baroness|Mr|Mrs|Ms|"
    r"Datuk|Dato|Seri|Sri|Tan|Tun|Haji|Alhaji|Engr|Barr|(?:Rt|Right) Hon|Hon|(?:Brig|Maj|Lt)\.?[ -]Gen|Gen|Brig|Maj|Col|Capt|Cdr|Lt"
)
_STYLES_BEFORE = rf"(?:(?:{_STYLES})\.? ){{0,3}}"
_STYLED = r"(?!(?:Chief|Executive|Managing|Senior|Vice|Deputy|Marketing|Technology|Councillor|Cllr|Professor|Prof|Assoc|Asst|Dr|Sir|Dame|Mr|Mrs|Ms|Datuk|Dato|Seri|Tun|Haji|Alhaji|Engr|Barr|Hon|Gen|Brig|Maj|Col|Capt|Cdr|Lt)\b)"
ENGLISH_NAME = (
    rf"(?:{_STYLED}{_WORD}(?: (?:{_STYLED}{_WORD}|(?:van|von|der|de|da|di|la|al|bin|ibn|du|del)\b)){{1,3}})"
)
SPEECH = (
    r"(?:said|says|stated|states|told|announced|announces|added|adds|noted|notes|commented|comments|stressed|emphasi[sz]ed|explained|explains|remarked|"
    r"urged|continued|continues|wrote|argued|argues|pointed out|warned|concluded|observed|insisted|claimed|suggested|acknowledged|confirmed|declared|recalled|replied|responded|reiterated|shared|believes|promised|pledged|assured|disclosed|revealed|cautioned|advised|maintained|predicted|estimated|hoped|highlighted|underlined|underscored|reaffirmed|affirmed|mentioned|indicated|conceded|admitted|opined|lamented|vowed|agreed|quipped|tweeted|posted|points out|asked)"
)
_HEADS = one_of(entries("english_title_heads"))
_OFFICES = one_of(set(entries("english_title_heads")) - {"Dean", "Judge", "Justice", "Principal"})
_HEAD = rf"(?:{_HEADS})(?![{_LETTER}])"
_ANY_HEAD = pattern(rf"(?<![{_LETTER}])(?i:{_HEADS})(?![{_LETTER}])")
_ANY_OFFICE = pattern(rf"(?<![{_LETTER}]){_HEAD}")
_CAPITAL = rf"(?:[{_UPPER}][{_LETTER}&'’.\-/]+|&)"
_BODY = rf"(?: (?:of|for|at|to|on)(?: the| our)?(?: (?:{_CAPITAL}|and|of|for|the|&),?(?= ))*(?: {_CAPITAL}))?"
# A title before the name: capitalised words, also joined by commas, up to the office, then what the office is of.
_COUNCILLOR = r"(?:(?:Cllr|Councillor|Coun)\.? )?"  # a style behind another title
_BEFORE_NAME = pattern(
    rf"(?<![{_LETTER}])(?P<role>(?:(?:{_CAPITAL},?|of|for|and|the|state|former|acting|deputy) ){{0,9}}?(?:{_HEAD}|(?:{_HEADS.lower()})(?![{_LETTER}])){_BODY}),? {_COUNCILLOR}{_STYLES_BEFORE}"
    rf"(?P<name>{ENGLISH_NAME})(?!['’]s?\b(?! (?:said|told)))"
)
# The same in small letters: business secretary Kwasi Kwarteng.
_SMALL = pattern(
    rf"(?<![{_LETTER}])(?P<role>(?:^[{_UPPER}][a-z]+ (?:and )?)?(?:[a-z][a-z\-]+ (?:and )?){{0,4}}?(?:{_HEADS.lower()})),? {_COUNCILLOR}{_STYLES_BEFORE}"
    rf"(?P<name>{ENGLISH_NAME})(?!['’]s?\b)"
)
_SMALL_STOP = pattern(
    rf".*\b(?:{SPEECH}|by|with|as|to|after|from|of|for|in|at|on|the|an?|that|than|is|was|are|were|joined|welcomed|thanked|including|like|among|between|but|or|new|former|(?:government|council|agency|university|company|department) and|\w+ed|\w+ing)\b ?(?:and )?"
)
_AFTER_NAME = pattern(
    rf"(?P<name>{ENGLISH_NAME})(?:,? (?:OBE|MBE|CBE|MP|MEP|PhD|Ph\.D\.|MD|M\.D\.|DrPH|MPH|MBA|JD|MSc?|RN|FRS|Jr\.))*, (?:(?:the|an?|who is|our) )?(?=[{_LETTER}])"
)
# Where a title that stands behind its name is over.
_ROLE_END = pattern(
    rf"(?<![A-Z])(?<!Inc)(?<!Corp)(?<!Ltd)(?<!Rep)(?<!Sen)\.(?![{_LETTER}])|[;:“”\"]|,? (?:who|which|where|when|while|after|before|as well|during|speaking|in (?:a|an|the|his|her) |on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{SPEECH}|(?:has|have|had|will|is|was|also|today|yesterday)\b)|,? and (?={ENGLISH_NAME}, )(?![\w ]*\b(?:{_OFFICES}), )|, (?={ENGLISH_NAME}, )"
)
_CHUNK = pattern(
    rf", (?:and )?(?:(?:{_CAPITAL}|of|for|and|the|&|at|in)(?= |,|$) ?)+(?=,|$)|, (?:and )?{_CAPITAL}$"
)
_WEAK = frozenset(
    ["Professor", "Councillor", "Cllr"]
)  # a title that gives way to any other beside the same name
_OTHER_BODY = pattern(
    rf"^.*\b(?:University|College|Council|Government|Company|Inc|Corporation|Institute|Hospital|Bank|(?:{_STYLES}|{_HEADS})\.? [A-Z][\w'’-]+) and (?=[A-Z])"
)
_CLAUSE_BEFORE = pattern(r"^[^ ,]+, ")
_FIELDS = one_of(
    [
        "Affairs",
        "Agriculture",
        "Authority",
        "Board",
        "Climate",
        "Commerce",
        "Communications",
        "Culture",
        "Defence",
        "Defense",
        "Development",
        "Economy",
        "Education",
        "Employment",
        "Energy",
        "Environment",
        "Finance",
        "Health",
        "Housing",
        "Industry",
        "Infrastructure",
        "Innovation",
        "Justice",
        "Labor",
        "Labour",
        "Planning",
        "Research",
        "Resources",
        "Science",
        "Security",
        "Skills",
        "Technology",
        "Trade",
        "Transport",
        "Works",
    ]
)
_FIELD_END = pattern(
    rf"\b(?:of|for) .*\b(?:{_FIELDS}) (?P<first>(?!(?:{_FIELDS}|{_HEADS})\b)[{_UPPER}][a-z]+)$"
)
_NAMED_FOR = pattern(r"(?:named (?:after|for)|honou?r of|tributes? to|memory of|the late)(?: the| an?)? ?$")
_RELATIVE = pattern(r"(?:who(?! is\b)|whose|which|where|when)\b")
_LONGEST = 160
_TWO = pattern(
    rf"^(?P<role>.*\b{_HEAD}.*?),? (?P<name>[{_UPPER}][\w'’-]+ (?:[A-Z]\. )?[{_UPPER}][\w'’-]+),? and (?P<rest>(?:\w+ )*{_HEAD}.*)$"
)
_HONORIFIC = pattern(rf"(?<=.) (?:(?:{_STYLES})\.? ?)+$")
_LATIN = pattern(rf"[{_UPPER}][a-zà-ÿ]+ [{_UPPER}]")
NOT_A_NAME = pattern(
    rf"\b(?:{_OFFICES}|Laborator(?:y|ies)|Physics|Union|Parliament|Research|National|European|Development|Trade|Board|Fund|Bank|Programme|Program|Strategy|Report|Association|Alliance|Society|Foundation|Authority|Network|Hospital|School|College|Budget|Congress|House|Ministry|University|Government|State|States|Council|Office|The|This|Our|We|In|Agency|Institute|City|"
    r"Academy|Science|Technology|Technologies|Innovation|Department|Centre|Center|Company|Commission|Group|Inc|Corp|Ltd|Corporation|Partners|Systems|Energy|Health|Services|Solutions|County|Region|Award|Prize|Awards|Summit|Forum|Conference|Center|Act|Plan|Initiative|Project|International|Global|World|Financial|Insurance|Airlines|Airplanes|Airways|Avionics|Motors|Foods|Holdings|Capital|Media|Studios|Networks|Robotics|Aerospace|Materials|Labs|Ventures|Pharma|Pharmaceuticals|Biosciences|Therapeutics|Semiconductor|Electric|Steel|Oil|Gas|Solar|Industries|Commerce|Sheet|Committee|Subcommittee|Caucus|Assistance|Community|Administration|Court|Army|Navy|Force|Force|Guard|Police|League|Museum|Library|Press|News|Journal|Northern|Southern|Eastern|Western|Kingdom|New|January|February|March|April|"
    r"June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_NAME_LINE = pattern(
    rf"(?:(?:Senator )?(?:[Tt]he )?(?:(?:Rt|Right) )?Hon\.? |Dr\.? |Professor |Prof\.? |Sir |Dame |Mr |Mrs |Ms )?(?P<name>{ENGLISH_NAME})(?: (?:MP|OBE|CBE|MEP|PhD|FRS))*,?$"
)
_TITLE_LINE = pattern(rf"(?=.*(?<![{_LETTER}])(?:{_HEAD}))[{_UPPER}][^.!?;:“”\"]{{4,110}}$")

_STYLE_LAST = pattern(r"(?<=.),? (?:Cllr|Coun)\.?$|(?<=[^,]) Councillor$")  # a style gives way to a title
_OWN_NAME = pattern(rf"{ENGLISH_NAME}, (?!.*,)|{ENGLISH_NAME}, of ")
_POSSESSIVE = pattern(r"['’]s?(?: |$)")
_FIRST_NAME = pattern(rf",? (?P<first>[{_UPPER}][a-z]+)$")
_NAME_AT = pattern(ENGLISH_NAME)
_LISTED = pattern(rf"\b(?:of|for) {_CAPITAL}(?: {_CAPITAL})*, {_CAPITAL}$")  # Department for Business, Energy

Person = tuple[str, str, int, int]


def find_english(sentences: Sequence[Sentence]) -> Iterator[Person]:
    """(person, role, start, end) in clean offsets for each person named with an English title."""
    for at, sentence in enumerate(sentences):
        if _LATIN.search(sentence.text):
            yield from _in_sentence(sentence)
            if at + 1 < len(sentences):
                yield from _signed(sentence, sentences[at + 1])


def _in_sentence(sentence: Sentence) -> Iterator[Person]:
    text, shift = sentence.text, sentence.start
    taken: list[tuple[int, int]] = []
    found = sorted((*_behind(text), *_ahead(text)), key=lambda person: person[1] in _WEAK)
    for name, role, start, end in found:
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        if two := _TWO.match(role):
            yield *_divided(_trim(two["role"]), two["name"]), shift + start, shift + end
            role = _trim(two["rest"])
        yield name, role, shift + start, shift + end


def _behind(text: str) -> Iterator[Person]:
    """“Anna Berg, director of X, said”, “said Anna Berg, Director, Skills and Training.”"""
    for match in _AFTER_NAME.finditer(text):
        if NOT_A_NAME.search(match["name"]):
            continue
        role = _apposition(text, match.end())
        other = _BEFORE_NAME.match(text, match.end())  # the next person: "…, Professor Hosne Ara, spoke"
        if role and _ANY_HEAD.search(role) and not (other and not NOT_A_NAME.search(other["name"])):
            yield match["name"], role, match.start("name"), match.end() + len(role)


def _apposition(text: str, at: int) -> str:
    """The title that begins at `at`: its first stretch, and further ones as long as they are a list of proper names,
    or all up to the verb of speaking that closes the apposition."""
    window = text[at : at + _LONGEST]
    stop = next((one for one in _ROLE_END.finditer(window) if not _goes_on(one, window)), None)
    whole = window[: stop.start() if stop else len(window)].rstrip(" ,.")
    first = whole.split(",")[0]
    if not _ANY_HEAD.search(first) or _RELATIVE.match(first):
        return ""
    end = len(first)
    while chunk := _CHUNK.match(whole, end):
        end = chunk.end()
    closed = stop and re.match(rf",? {SPEECH}", stop.group())
    return _trim(whole if closed and len(whole) <= _LONGEST - 20 else whole[:end])


def _goes_on(stop: re.Match[str], window: str) -> bool:
    """Whether what looks like the next person is the rest of the body's name (Business, Energy and Industrial Strategy)."""
    joins = "and " in stop.group()
    name = _NAME_AT.match(window, stop.end()) if joins or stop.group() == ", " else None
    listed = joins and _LISTED.search(window, 0, stop.start())
    return bool(name and (listed or NOT_A_NAME.search(name.group())))


def _ahead(text: str) -> Iterator[Person]:
    """“Science Minister Helen Marsh”, “the Minister for Enterprise, Trade and Employment, Micheál Martin”."""
    for match in _BEFORE_NAME.finditer(text):
        role = _OTHER_BODY.sub("", match["role"])
        role = _CLAUSE_BEFORE.sub("", role) if " and " not in role else role  # "over Zoom, Vice Chancellor"
        role = _trim(role)
        name = match["name"]
        if name[1:2] == "." and (first := _FIRST_NAME.search(role)):  # … Commissioner, Brian | D. Montgomery
            role, name = role[: first.start()], f"{first['first']} {name}"
        small = match["role"][0].islower() and not _ANY_OFFICE.search(match["role"])
        of_other = _OWN_NAME.search(role) and not _TWO.match(
            role
        )  # Ted Epperly, Director of the Family | Practice Centre
        if small or of_other or _POSSESSIVE.search(name):
            continue
        if not NOT_A_NAME.search(match["name"]) and role and _ANY_HEAD.search(role):
            yield *_divided(role, name), match.start("role"), match.end("name")
    for match in _SMALL.finditer(text):
        role = _SMALL_STOP.sub("", match["role"])
        if _NAMED_FOR.search(text[: match.end("role") - len(role)]):
            continue
        if not NOT_A_NAME.search(match["name"]) and role:
            yield match["name"], _trim(role), match.start("role"), match.end("name")


def _divided(role: str, name: str) -> tuple[str, str]:
    """(name, role): a word behind what an office is of begins the name (Minister for Education | Arun Kumar Sahu)."""
    tail = _FIELD_END.search(role)
    if tail and not NOT_A_NAME.search(tail["first"]):
        return f"{tail['first']} {name}", role[: tail.start("first")].rstrip()
    return name, role


def _signed(line: Sentence, below: Sentence) -> Iterator[Person]:
    """A name alone on its line with a title alone on the line below, as under a foreword."""
    name, title = _NAME_LINE.match(line.text), _TITLE_LINE.match(below.text)
    if name and title and below.paragraph == line.paragraph + 1 and not NOT_A_NAME.search(name["name"]):
        yield name["name"], below.text.rstrip(" ,"), line.start, below.end


def _trim(role: str) -> str:
    role = re.sub(
        rf"^(?:(?:{SPEECH}|the|an?|The|and|of|for|by|with|today|yesterday|Its|Their|His|Her|Our|its|their|his|her|our|As|At|But|And|In|To|With|Pictured|Today|Yesterday|Meanwhile|However|Then|Now|While|Earlier|Later),? )+",
        "",
        role.strip(),
    )
    role = _HONORIFIC.sub("", role)
    role = _STYLE_LAST.sub("", role)
    return re.sub(r"(?: of| for| at| to| on| and| the|,)+$", "", role)
