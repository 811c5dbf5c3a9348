"""What a brief of a period says: promised, done, late, next. Only what the reader may see; every entry is a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from kechuang.core import clock
from kechuang.core.kernel import State
from kechuang.plan.engine.workflow import TaskStage
from kechuang.plan.models import Commitment, ProgressReport, StateRow, TargetVersion, Task
from kechuang.plan.queries.known import at_its_end, moment_of
from kechuang.plan.queries.living import in_force, states_on, targets_on
from kechuang.plan.queries.work import Started, accepted_reports, started, visible_commitments, visible_tasks

AHEAD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise or task with the state it had at the end of the period."""

    record: Commitment | Task
    state: State
    row: StateRow | None = None
    target: TargetVersion | None = None
    percent: int = 0
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    start: date
    end: date
    counts: dict[State, int]
    promised: list[Standing]
    done: list[Standing]
    late: list[Standing]
    ahead: list[Standing]
    reports: list[ProgressReport]
    started: Started | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def brief(user: Any, start: date, end: date) -> Brief:
    """The brief of a period (both days included), states as known at its end."""
    promises = visible_commitments(user).filter(in_force(end))
    tasks = visible_tasks(user)
    records = list(promises.select_related("lead", "metric"))
    at_its_end(records, end)
    standing = _standing(records, states_on(promises, end), targets_on(promises, end), end)
    before = states_on(promises, start - timedelta(days=1))
    accepted = tasks.filter(accepted_on__range=(start, end)).select_related("lead").order_by("accepted_on")
    done = list(accepted)
    at_its_end(done, end)
    accepted = _reported([Standing(t, State.KEPT) for t in done], end)
    late_tasks = _reported(_late_tasks(tasks, end), end)
    return Brief(
        start=start,
        end=end,
        counts={state: Counter(s.state for s in standing)[state] for state in State},
        promised=[s for s in standing if s.record.promised_on >= start],
        done=[s for s in standing if _became_kept(s, before)] + accepted,
        late=[s for s in standing if s.state == State.LATE] + late_tasks,
        ahead=sorted((s for s in standing if _ahead(s, end)), key=lambda s: s.record.due),
        reports=_reports(tasks, start, end),
        started=started(tasks) if end >= clock.today() else None,
    )


def _standing(
    promises: Iterable[Commitment],
    rows: dict[int, StateRow],
    targets: dict[int, TargetVersion],
    end: date,
) -> list[Standing]:
    generated = set(
        ProgressReport.objects.filter(
            synthetic=True, task__commitment__in=[c.pk for c in promises], at__date__lte=end
        ).values_list("task__commitment", flat=True)
    )
    return [
        Standing(
            c,
            State(rows[c.pk].state) if c.pk in rows else State.UNMEASURED,
            rows.get(c.pk),
            targets.get(c.pk),
            synthetic=c.synthetic or c.pk in generated or bool(c.metric_id and c.metric.synthetic),
        )
        for c in promises
    ]


def _reported(standing: list[Standing], end: date) -> list[Standing]:
    """Tasks with the progress of their newest report by the end of the period."""
    found: dict[int, tuple[int, bool]] = {}
    reports = ProgressReport.objects.filter(task__in=[s.record.pk for s in standing], at__date__lte=end)
    returned = Q(status=ProgressReport.Status.RETURNED, decided_at__lte=moment_of(end))
    for report in reports.exclude(returned).order_by("at", "id"):
        found[report.task_id] = (report.percent, report.synthetic)
    return [
        replace(s, percent=percent, synthetic=s.record.synthetic or generated)
        for s in standing
        for percent, generated in [found.get(s.record.pk, (0, False))]
    ]


def _became_kept(standing: Standing, before: dict[int, StateRow]) -> bool:
    earlier = before.get(standing.record.pk)
    return standing.state == State.KEPT and (earlier is None or earlier.state != State.KEPT)


def _ahead(standing: Standing, end: date) -> bool:
    due = standing.target.due if standing.target else standing.record.due
    return standing.state != State.KEPT and due is not None and end < due <= end + AHEAD


def _late_tasks(tasks, end: date) -> list[Standing]:
    rows = StateRow.objects.filter(task__in=tasks, valid_from__lte=end, known_at__lte=moment_of(end))
    newest = dict(rows.order_by("valid_from", "known_at", "id").values_list("task_id", "state"))
    late = [key for key, state in newest.items() if state == State.LATE]
    found = list(Task.objects.filter(pk__in=late).select_related("lead"))
    at_its_end(found, end)
    standing = [task for task in found if task.stage != TaskStage.TERMINATED]
    return [Standing(t, State.LATE) for t in sorted(standing, key=lambda t: (t.due or date.max, t.pk))]


def _reports(tasks, start: date, end: date) -> list[ProgressReport]:
    return list(accepted_reports(start, end).filter(task__in=tasks).select_related("task"))
