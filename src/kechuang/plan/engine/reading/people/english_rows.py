"""People named on lines of their own, and those told in a row, each behind their office: by the Director of Ports, Dr Ann Reed; Secretary, DOP, Dr. Tom Holt."""

from __future__ import annotations

from collections.abc import Iterator

from ..patterns import pattern
from ..types import Sentence
from .english_names import ENGLISH_NAME, LETTER, NAME_AT, POST_NOMINAL, STYLES, UPPER
from .english_offices import ANY_HEAD, CAPITAL, FIELD, HEAD, NOT_A_NAME
from .english_persons import Person
from .english_roles import trim

# An office, also with its body behind a comma, then who holds it: Minister for Trade, Chair of the Ports Board, Dr Ann Reed
_TITLE_WORD = rf"(?:(?:{CAPITAL}|\([A-Z][^()]{{1,40}}\)|of|for|and|the|in|at|to)[,;]? )"
_IN_A_ROW = (
    rf"(?:[Tt]he )?(?P<role>(?=(?:{CAPITAL} ){{0,6}}(?:{HEAD})){_TITLE_WORD}{{1,40}}?)(?<=, )(?:(?:{STYLES})\.? |\(M[rs]+\.?\) ){{1,4}}(?P<name>{ENGLISH_NAME})"
    rf"(?= (?:has |have |had |also |today )?[a-z]+(?:ed|s|id)\b|[,;.]| and\b|$)"
)
_IN_A_ROW = pattern(
    rf"(?:^(?:[A-Z][A-Z .]{{2,24}}(?: \([^)]*\))?\s?[:–—-]+ ?)?|\b(?:by|with|including|between|were) ){_IN_A_ROW}"
)
_NEXT_IN_ROW = pattern(rf"(?:,? and|[,;]) {_IN_A_ROW}")
NAME_LINE = pattern(
    rf"(?:(?:Senator )?(?:[Tt]he )?(?:(?:Rt|Right) )?Hon(?:ou?rable)?\.? |Dr\.? |Professor |Prof\.? |Sir |Dame |Mr |Mrs |Ms )?(?P<name>{ENGLISH_NAME}){POST_NOMINAL},?$"
)
# Ann Reed – Chief Executive, Acme
_DASHED_LINE = pattern(rf"\W*(?P<name>{ENGLISH_NAME}){POST_NOMINAL} [–—-] (?P<role>[^.!?;:“”\"]{{4,110}})$")
_TITLE_LINE = pattern(rf"(?=.*(?<![{LETTER}])(?:{HEAD}))[{UPPER}][^.!?;:“”\"]{{4,110}}$")


def in_a_row(text: str) -> Iterator[Person]:
    """“Minister for Trade, Chair of the Ports Board, Dr Ann Reed said”"""
    row = _IN_A_ROW.search(text)
    while row:
        if _holds_name(row["role"]):
            row = _IN_A_ROW.search(text, row.start() + 1)
            continue
        if not NOT_A_NAME.search(row["name"]):
            yield row["name"], trim(row["role"].rstrip(" ,")), row.start("role"), row.end("name")
        row = _NEXT_IN_ROW.match(text, row.end()) or _IN_A_ROW.search(text, row.end())


def _holds_name(role: str) -> bool:
    """Whether somebody else is named between the commas of a title."""
    parts = [part.strip() for part in role.split(",")[1:]]
    return any(
        NAME_AT.fullmatch(part) and not (NOT_A_NAME.search(part) or FIELD.search(part)) for part in parts
    )


def signed(line: Sentence, below: Sentence) -> Iterator[Person]:
    """A name alone on its line with a title alone on the line below, as under a foreword, or behind a dash."""
    dashed = _DASHED_LINE.match(line.text)
    if dashed and ANY_HEAD.search(dashed["role"]) and not NOT_A_NAME.search(dashed["name"]):
        yield dashed["name"], dashed["role"].rstrip(" ,"), line.start, line.end
    name, title = NAME_LINE.match(line.text), _TITLE_LINE.match(below.text)
    if name and title and below.paragraph == line.paragraph + 1 and not NOT_A_NAME.search(name["name"]):
        yield name["name"], below.text.removeprefix("The ").rstrip(" ,"), line.start, below.end
