"""A life as a table: (stage, verb) → (next stage, who takes it, whether a reason must be given).

Every domain writes its own table; pages, acts and documents read all of them in this one way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Step:
    """Where it leads, who takes it, and whether a reason must be given."""

    next: StrEnum
    who: str
    needs_reason: bool = False


Table = Mapping[tuple[StrEnum, str], Step]


class BadStep(ValueError):
    """A step the table does not have, or one whose reason is missing."""

    def __init__(self, words: str, needs_reason: bool = False) -> None:
        super().__init__(words)
        self.needs_reason = needs_reason


def step(table: Table, stage: str, verb: str, *, reason: str = "") -> Step:
    """The step `verb` takes from `stage`.

    Raises BadStep naming what is possible instead, or that a reason is missing.
    """
    found = table.get((stage, verb))
    if found is None:
        possible = ", ".join(verbs(table, stage)) or "nothing more"
        raise BadStep(f"{stage}: {verb} is not possible; possible: {possible}")
    if found.needs_reason and not reason.strip():
        raise BadStep(f"{verb} needs a reason", needs_reason=True)
    return found


def verbs(table: Table, stage: str, who: str = "") -> list[str]:
    """What may be done from `stage` (by `who`), in the order of the table."""
    return [verb for (at, verb), taken in table.items() if at == stage and who in ("", taken.who)]
