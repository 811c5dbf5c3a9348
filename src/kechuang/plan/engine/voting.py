"""Whether a body may decide, and what it decided: counted on its members, not on who came.

Half of the members, for an appointment two thirds, must be present; what more than half of the members are for is
passed. Whoever has no entry counts as absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_HALF, _TWO_THIRDS = (1, 2), (2, 3)
QUORUM = {"appointment": _TWO_THIRDS}


@dataclass(frozen=True, slots=True)
class Outcome:
    members: int
    in_favour: int
    against: int
    abstained: int
    absent: int
    silent: int  # members of whom nothing was entered
    needed: int  # how many must be present

    @property
    def present(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def quorate(self) -> bool:
        return self.members > 0 and self.present >= self.needed

    @property
    def passed(self) -> bool:
        return self.quorate and 2 * self.in_favour > self.members


def outcome(matter: str, members: int, cast: Mapping[str, int]) -> Outcome:
    """The outcome of a vote on a matter; `cast` counts the entries: for, against, abstain, absent."""
    share, whole = QUORUM.get(matter, _HALF)
    return Outcome(
        members=members,
        in_favour=cast.get("for", 0),
        against=cast.get("against", 0),
        abstained=cast.get("abstain", 0),
        absent=cast.get("absent", 0),
        silent=members - sum(cast.values()),
        needed=-(-members * share // whole),
    )
