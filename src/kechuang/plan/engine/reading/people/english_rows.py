"""People named on lines of their own, and those told in a row, each behind their office: by the Director of Ports, Dr Ann Reed; Secretary, DOP, Dr. Tom Holt."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Sentence
from .english_roles import trim
from .english_words import (
    ANY_HEAD,
    DASHED_LINE,
    FIELD,
    IN_A_ROW,
    NAME_AT,
    NAME_LINE,
    NEXT_IN_ROW,
    NOT_A_NAME,
    TITLE_LINE,
)


def in_a_row(text: str) -> Iterator[tuple[str, str, int, int]]:
    """“Minister for Trade, Chair of the Ports Board, Dr Ann Reed said”"""
    row = IN_A_ROW.search(text)
    while row:
        if _holds_name(row["role"]):
            row = IN_A_ROW.search(text, row.start() + 1)
            continue
        if not NOT_A_NAME.search(row["name"]):
            yield row["name"], trim(row["role"].rstrip(" ,")), row.start("role"), row.end("name")
        row = NEXT_IN_ROW.match(text, row.end()) or IN_A_ROW.search(text, row.end())


def _holds_name(role: str) -> bool:
    """Whether somebody else is named between the commas of a title."""
    parts = [part.strip() for part in role.split(",")[1:]]
    return any(
        NAME_AT.fullmatch(part) and not (NOT_A_NAME.search(part) or FIELD.search(part)) for part in parts
    )


def signed(line: Sentence, below: Sentence) -> Iterator[tuple[str, str, int, int]]:
    """A name alone on its line with a title alone on the line below, as under a foreword, or behind a dash."""
    dashed = DASHED_LINE.match(line.text)
    if dashed and ANY_HEAD.search(dashed["role"]) and not NOT_A_NAME.search(dashed["name"]):
        yield dashed["name"], dashed["role"].rstrip(" ,"), line.start, line.end
    name, title = NAME_LINE.match(line.text), TITLE_LINE.match(below.text)
    if name and title and below.paragraph == line.paragraph + 1 and not NOT_A_NAME.search(name["name"]):
        yield name["name"], below.text.removeprefix("The ").rstrip(" ,"), line.start, below.end
