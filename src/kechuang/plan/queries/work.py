"""Reads over commitments and tasks: what a person may see, and the figures of supervision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kechuang.core.kernel import State
from kechuang.plan.engine.workflow import COUNTED_STAGES, STARTED_STAGES, TaskStage
from kechuang.plan.models import Carried, Commitment, MajorDecision, Programme, ProgressReport, Project, Task


def _clearance(user: Any) -> int:
    return user.clearance if getattr(user, "is_authenticated", False) else 0


def visible_commitments(user: Any) -> QuerySet[Commitment]:
    return Commitment.objects.filter(secrecy__lte=_clearance(user))


def visible_tasks(user: Any) -> QuerySet[Task]:
    return Task.objects.filter(secrecy__lte=_clearance(user))


def visible_projects(user: Any) -> QuerySet[Project]:
    return Project.objects.filter(task__secrecy__lte=_clearance(user))


def visible_decisions(user: Any) -> QuerySet[MajorDecision]:
    return MajorDecision.objects.filter(secrecy__lte=_clearance(user))


def tasks_of(commitment: Commitment, on: date) -> QuerySet[Task]:
    """The tasks that served the promise on a day: those carried over since stand where they stood then."""
    later = Carried.objects.filter(task=OuterRef("pk"), on__gt=on).order_by("on", "id")
    served = Coalesce(
        Subquery(later.values("former_id")[:1]), F("commitment_id"), output_field=BigIntegerField()
    )
    once = Carried.objects.filter(former=commitment).values("task")
    ever = Task.objects.filter(Q(commitment=commitment) | Q(pk__in=once))  # few, and found by their keys
    return ever.annotate(served=served).filter(served=commitment.pk)


@dataclass(frozen=True, slots=True)
class Started:
    """How many of the counted tasks have started."""

    started: int
    counted: int

    @property
    def ratio(self) -> float | None:
        return self.started / self.counted if self.counted else None


def started(tasks: QuerySet[Task]) -> Started:
    """Tasks started among those confirmed and not terminated."""
    counted = tasks.filter(stage__in=COUNTED_STAGES)
    return Started(counted.filter(stage__in=STARTED_STAGES).count(), counted.count())


def accepted_reports(start: date, end: date) -> QuerySet[ProgressReport]:
    """The reports of a period, both days included, that were accepted by its end."""
    accepted = ProgressReport.objects.filter(status=ProgressReport.Status.ACCEPTED, decided_at__date__lte=end)
    return accepted.filter(at__date__range=(start, end))


def by_state(rows: QuerySet, field: str = "state") -> dict[State, int]:
    found = dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in State}


@dataclass(frozen=True, slots=True)
class Branch:
    """A programme with its own and its descendants' promises and tasks."""

    programme: Programme
    level: int
    commitments: dict[State, int]
    tasks: dict[State, int]

    @property
    def total(self) -> int:
        return sum(self.commitments.values())

    @property
    def tasks_kept(self) -> int:
        return self.tasks[State.KEPT]

    @property
    def tasks_total(self) -> int:
        return sum(self.tasks.values())


def programme_tree(user: Any) -> list[Branch]:
    """All programmes in tree order, each with the states this person may see, counted over its whole branch."""
    promises = visible_commitments(user).filter(status=Commitment.Status.ACTIVE)
    return branches(promises, visible_tasks(user))


def branches(promises: QuerySet[Commitment], tasks: QuerySet[Task], field: str = "state") -> list[Branch]:
    """All programmes in tree order; `field` is where a promise keeps the state to count."""
    children: dict[int | None, list[Programme]] = {}
    for programme in Programme.objects.all():
        children.setdefault(programme.parent_id, []).append(programme)
    promised = _counts(promises, field)
    tasked = _counts(tasks.exclude(stage=TaskStage.TERMINATED))
    tree: list[Branch] = []

    def walk(programme: Programme, level: int) -> tuple[Counter, Counter]:
        at = len(tree)
        tree.append(None)
        own, work = Counter(promised.get(programme.pk, {})), Counter(tasked.get(programme.pk, {}))
        for child in children.get(programme.pk, []):
            below, below_work = walk(child, level + 1)
            own, work = own + below, work + below_work
        tree[at] = Branch(programme, level, {s: own[s] for s in State}, {s: work[s] for s in State})
        return own, work

    for root in children.get(None, []):
        walk(root, 0)
    return tree


def branch_of(programme: int) -> set[int]:
    """The key of a programme and of all below it."""
    found, newest = set(), {programme}
    while newest:
        found |= newest
        newest = set(Programme.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
    return found


def _counts(rows: QuerySet, field: str = "state") -> dict[int, Counter]:
    found: dict[int, Counter] = {}
    for programme, state in rows.exclude(programme=None).values_list("programme_id", field):
        found.setdefault(programme, Counter())[state] += 1
    return found


def similar_commitments(text: str, user: Any, limit: int = 5) -> list[Commitment]:
    """Commitments whose words overlap most with a sentence: the same promise may already be there."""
    from kechuang.core.engine.tokens import index_tokens

    wanted = {token for token in index_tokens(text) if len(token) > 1}
    if not wanted:
        return []
    scored = []
    active = visible_commitments(user).filter(status=Commitment.Status.ACTIVE)
    for commitment in active.only("title_zh", "title_en", "due").iterator():
        own = {token for token in index_tokens(commitment.title_zh) if len(token) > 1}
        overlap = len(wanted & own) / len(wanted | own) if own else 0
        if overlap >= 0.3:
            scored.append((overlap, commitment))
    return [commitment for _, commitment in sorted(scored, key=lambda pair: -pair[0])[:limit]]
