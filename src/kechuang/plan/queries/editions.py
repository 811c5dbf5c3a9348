"""What a new edition of a document did to the promises of the one before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kechuang.plan.engine.workflow import OVER_STAGES
from kechuang.plan.models import Commitment, Document, TargetVersion
from kechuang.plan.queries.work import visible_commitments, visible_tasks


class Fate(StrEnum):
    AMENDED = "amended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    NEW = "new"
    CARRIED = "carried"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Change:
    """One promise: its target before and with this edition (None where it had none, or has none any more)."""

    commitment: Commitment
    fate: Fate
    before: TargetVersion | None
    after: TargetVersion | None
    reason: str = ""
    successor: Commitment | None = None
    waiting: int = 0  # open tasks that still serve a promise which another has taken the place of


def changes_of(edition: Document, user: Any) -> list[Change]:
    """Promises of the former edition and of this one that the person may see; what changed stands first."""
    former, own = _made_by(edition.former_edition), _made_by(edition)
    seen = visible_commitments(user)
    promises = seen.filter(pk__in=former | own).select_related("superseded_by").order_by("due", "pk")
    targets: dict[int, list[TargetVersion]] = {}
    for version in TargetVersion.objects.filter(commitment__in=former | own):
        targets.setdefault(version.commitment_id, []).append(version)
    may_name = set(seen.filter(supersedes__in=former).values_list("pk", flat=True))
    open_tasks = visible_tasks(user).filter(commitment__in=former).exclude(stage__in=OVER_STAGES)
    waiting = Counter(open_tasks.values_list("commitment", flat=True))
    found = [_change(c, targets.get(c.pk, []), edition, former, own, may_name, waiting) for c in promises]
    return sorted(found, key=lambda change: list(Fate).index(change.fate))


def _made_by(document: Document | None) -> set[int]:
    if document is None:
        return set()
    made = Commitment.objects.filter(sources__statement__document=document)
    return set(made.values_list("pk", flat=True))


def _change(
    c: Commitment,
    targets: list[TargetVersion],
    edition: Document,
    former: set[int],
    own: set[int],
    may_name: set[int],
    waiting_tasks: Mapping[int, int],
) -> Change:
    by_edition = next((n for n, t in enumerate(targets) if n and t.document_id == edition.pk), None)
    newest = targets[-1] if targets else None
    if c.pk not in former:
        return Change(c, Fate.NEW, None, newest)
    if c.status != Commitment.Status.ACTIVE:
        fate = Fate.SUPERSEDED if c.status == Commitment.Status.SUPERSEDED else Fate.WITHDRAWN
        successor = c.superseded_by if c.superseded_by_id in may_name else None
        waiting = waiting_tasks.get(c.pk, 0) if successor else 0
        return Change(c, fate, newest, None, c.end_reason, successor, waiting)
    if by_edition is not None:
        amended = targets[by_edition]
        return Change(c, Fate.AMENDED, targets[by_edition - 1], amended, amended.reason)
    return Change(c, Fate.CARRIED if c.pk in own else Fate.SILENT, newest, newest)
