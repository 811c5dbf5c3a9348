"""People told in a row, each behind their office: by the Director of Ports, Dr Ann Reed; Secretary, DOP, Dr. Tom Holt."""

from __future__ import annotations

from collections.abc import Iterator

from .english_roles import trim
from .english_words import (
    FIELD,
    IN_A_ROW,
    NAME_AT,
    NEXT_IN_ROW,
    NOT_A_NAME,
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
