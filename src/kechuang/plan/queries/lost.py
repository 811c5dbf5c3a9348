"""Decisions of a review that the newest reading left without their place: what was decided, and what stands near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kechuang.plan.engine.repaired import Repaired
from kechuang.plan.models import Correction, Document, Statement

NEAR, MOST = 200, 8  # characters around the place that was, and statements told of there


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision, the words it was made about, and the statements that stand there now, nearest first."""

    correction: Correction
    quote: str
    near: tuple[Statement, ...]

    @property
    def kind(self) -> str:
        return self.correction.place[0]

    @property
    def review(self) -> str:
        return self.correction.change.get("review", Statement.Review.PENDING)

    @property
    def corrected(self) -> dict[str, Any]:
        """The fields that were put right, but for where the statement stands."""
        gone = {"review", "sentence", "start", "end", "q_start", "q_end", "t_start", "t_end"}
        return {name: value for name, value in self.correction.change.items() if name not in gone}


def lost_rows(document: Document) -> QuerySet[Correction]:
    return Correction.objects.filter(digest=document.digest, lost=True).select_related("by__person")


def lost_of(document: Document, *keys: int) -> list[Lost]:
    """All of them, or those of these keys, in the order of the text."""
    rows = lost_rows(document)
    rows = sorted(rows.filter(pk__in=keys) if keys else rows, key=lambda row: row.place[1])
    as_read = Repaired(document.raw, document.repairs)
    return [Lost(row, as_read.text(*row.place[1:3]).strip(), tuple(_near(document, row))) for row in rows]


def _near(document: Document, row: Correction) -> list[Statement]:
    kind, start, end = row.place[:3]
    around = document.statements.filter(start__lt=end + NEAR, end__gt=start - NEAR, by_person=False)

    def distance(s: Statement) -> tuple[int, bool, int]:
        return -(min(s.end, end) - max(s.start, start)), s.kind != kind, s.pk

    return sorted(around, key=distance)[:MOST]
