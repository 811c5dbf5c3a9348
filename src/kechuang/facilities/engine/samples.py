"""Samples and data on loan: request → review → transfer agreement → delivery → return, and what consent allows."""

from __future__ import annotations

from enum import StrEnum

from kechuang.core.engine.workflow import Step, Table


class Loan(StrEnum):
    REQUESTED = "requested"
    REVIEWED = "reviewed"
    AGREED = "agreed"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


L = Loan
TRANSITIONS: Table = {
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
