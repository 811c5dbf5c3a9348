"""English titles without what stands around them: the words before them, a name they end or begin with."""

from __future__ import annotations

import re

from ..patterns import pattern
from .english_names import ENGLISH_NAME, NAME_AT, STYLES, UPPER
from .english_offices import ANY_HEAD, ANY_OFFICE, FIELD, FIELD_WORD, HEAD, HEADS, NOT_A_NAME
from .english_speech import SPEECH

TWO = pattern(
    rf"^(?P<role>.*\b{HEAD}.*?),? (?P<name>[{UPPER}][\w'’-]+ (?:[A-Z]\. )?[{UPPER}][\w'’-]+),? and (?P<rest>(?:\w+ )*{HEAD}.*)$"
)
_OWN_NAME = pattern(rf"{ENGLISH_NAME}, (?!.*,)|{ENGLISH_NAME}, of ")
_FIELD_END = pattern(
    rf"\b(?:of|for) .*\b{FIELD_WORD} (?P<first>(?!(?:{FIELD_WORD}|{HEADS})\b)[{UPPER}][a-zà-öø-ÿ]+)$"
)
# Where somebody speaks is no part of a title: … at the COS Debates 2021.
_OCCASION = pattern(
    r"(?<=.),? (?:at|during|in) (?:the |our |its )?[\w’'& -]*?\b(?:(?:19|20)\d\d|Debates?|Conference|Summit|Ceremony|Forum|Dinner|Launch|Dialogue|Awards|Opening|Exhibition|Expo|Symposium|Seminar|Festival)\b.*$"
)
_STYLE_LAST = pattern(
    r"(?<=.),? (?:Cllr|Coun)\.?$|(?<=[^,]) Councillor$|(?<=.), (?:Senator|Representative|(?:Associate |Assistant |Adjunct )?Professor)$"
)  # a style gives way to a title
_HONORIFIC = pattern(rf"(?<=.) (?:(?:{STYLES})\.? ?)+$")
_OFFICIAL = pattern(rf"{ANY_HEAD.pattern}|{NOT_A_NAME.pattern}|{FIELD.pattern}|[,(&]")


def own(role: str) -> tuple[str, bool]:
    """The role without what only stands before its comma (Spring Review, chancellor), and whether a person does, whose
    title it begins with (Ted Epperly, Director of the Family | Practice Centre)."""
    left, joined, right = role.partition(" and ")
    named = NAME_AT.search(left[left.rfind(" ", 0, max(left.rfind(" "), 0)) + 1 :]) if joined else None
    if (
        named and len(left.split()) > 2 and not _OFFICIAL.search(left)
    ):  # First Lady Ann Reed | and Director of X
        role = right
    own = _OWN_NAME.search(role)
    if own and (NOT_A_NAME.search(own.group()) or FIELD.search(own.group())):
        rest = role[own.end() :]
        return (
            rest if not own.start() and own.group().endswith(", ") and " and " not in rest else role
        ), False
    return role, bool(own) and not TWO.match(role)


def office(role: str) -> str:
    """The role from its office on, without the place before it: speaking in Dublin Castle | Mayor Ann Reed."""
    found = ANY_OFFICE.search(role)
    return role[found.start() :] if found else role


def divided(role: str, name: str) -> tuple[str, str]:
    """(name, role): a word behind what an office is of begins the name (Minister for Education | Arun Kumar Sahu)."""
    tail = _FIELD_END.search(role)
    if tail and not NOT_A_NAME.search(tail["first"]):
        return f"{tail['first']} {name}", role[: tail.start("first")].rstrip()
    return name, role


def trim(role: str) -> str:
    role = re.sub(
        rf"^(?:(?:{SPEECH}|the|an?|The|By|Under|Statement|Remarks|Opening|Closing|Welcome|Keynote|Speech|Address|Office|D\.C\. ?[-–—]+|and|of|for|by|with|today|yesterday|Its|Their|His|Her|Our|its|their|his|her|our|As|At|But|And|In|To|With|Pictured|Today|Yesterday|Meanwhile|However|Then|Now|now|On|After|During|For|From|While|Earlier|Later|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|According to),? )+",
        "",
        role.strip(),
    )
    role = re.sub(
        r"^.*['’], (?:the )?|^.*[a-z]{3}\. (?=[A-Z])|^.*\b(?:Mr|Mrs|Ms|Dr|Sir|Dame) [A-Z][\w’'-]+,? and (?:the )?",
        "",
        role,
    )
    role = re.sub(
        r"^(?!Acting|Managing)[A-Z][a-z]+ing (?:the |its |this )?[^,]{3,60}, (?:the )?(?=.*[A-Z])", "", role
    )
    role = re.sub(r"^(?:H\.?E\.? (?:the )?|\([A-Z]{2,5}\) )", "", role)
    role = re.sub(r"^(?:TD|MP|MEP|MS|MSP|MLA),? and (?:the )?", "", role)
    role = _OCCASION.sub("", role)
    bare = _HONORIFIC.sub("", role)
    role = bare if ANY_HEAD.search(bare) else role  # but: Associate Professor
    role = _STYLE_LAST.sub("", role)
    return re.sub(r"(?: of| for| at| to| on| and| the|,)+$", "", role)
