"""Samples and data on loan: request → review → transfer agreement → delivery → return, and what consent allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Loan(StrEnum):
    REQUESTED = "requested"
    REVIEWED = "reviewed"
    AGREED = "agreed"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Step:
    """Who (role) takes it, where it leads, and whether words must be given."""

    next: Loan
    role: str
    needs_reason: bool = False


L = Loan
TRANSITIONS: dict[tuple[Loan, str], Step] = {
    (L.REQUESTED, "review"): Step(L.REVIEWED, "reviewer"),
    (L.REQUESTED, "refuse"): Step(L.REFUSED, "reviewer", needs_reason=True),
    (L.REVIEWED, "agree"): Step(L.AGREED, "keeper"),
    (L.AGREED, "deliver"): Step(L.DELIVERED, "keeper"),
    (L.DELIVERED, "return"): Step(L.RETURNED, "keeper"),
    **{(stage, "withdraw"): Step(L.WITHDRAWN, "requester") for stage in (L.REQUESTED, L.REVIEWED, L.AGREED)},
}


class Purpose(StrEnum):
    """What samples or data are wanted for."""

    DISEASE = "disease"
    RESEARCH = "research"
    COMMERCIAL = "commercial"


class Consent(StrEnum):
    """What the donors (or the owners of the data) agreed to, each wider than the one before."""

    NONE = "none"
    DISEASE = "disease"
    RESEARCH = "research"
    COMMERCIAL = "commercial"


_WIDTH = {name: width for width, name in enumerate(Consent)}


def allows(consent: str, purpose: str) -> bool:
    """Does a consent scope cover a purpose?"""
    return _WIDTH[Consent(consent)] >= _WIDTH[Consent(Purpose(purpose).value)]


def step(stage: str, verb: str, *, reason: str = "") -> Step:
    """The step `verb` takes from `stage`. Raises ValueError naming what is possible, or that words are missing."""
    found = TRANSITIONS.get((Loan(stage), verb))
    if found is None:
        raise ValueError(
            f"a request that is {stage} allows {', '.join(verbs(stage)) or 'nothing more'}; not {verb}"
        )
    if found.needs_reason and not reason.strip():
        raise ValueError(f"{verb} needs a reason")
    return found


def verbs(stage: str) -> list[str]:
    return [verb for at, verb in TRANSITIONS if at == stage]
