"""Where a promise meets its proof: promised → measured → gap, chart with target path, tasks, evidence, rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core.kernel import State
from kechuang.core.roles import may_see_secrecy
from kechuang.core.web.charts import Chart, Series
from kechuang.core.web.figures import Figure
from kechuang.core.web.record import Moment
from kechuang.indicators import ports as indicators
from kechuang.plan.engine.workflow import COUNTED_STAGES
from kechuang.plan.models import Commitment, ProgressReport, RightOfReply, StateRow, TargetVersion, Task
from kechuang.plan.queries.living import Promise, shown_publicly, task_states_on
from kechuang.plan.queries.work import tasks_of

NEWEST = 5


@dataclass(frozen=True, slots=True)
class TaskThen:
    """A task as it stood on a day."""

    task: Task
    state: State
    percent: int


@dataclass(frozen=True, slots=True)
class Proof:
    promise: Promise
    promised: Figure | None
    measured: Figure | None
    gap: Figure | None
    chart: Chart | None
    tasks: list[TaskThen]
    reports: list[ProgressReport]
    sentences: list[Any]
    targets: list[TargetVersion]
    rule: str
    history: list[Moment]
    successor: Commitment | None


def proof_of(promise: Promise, user: Any, on: date, *, public: bool = False) -> Proof:
    """Everything the panel shows about one promise on a day."""
    c, reader = promise.commitment, None if public else user
    why, chart = _measured_by(promise, on, indicators.Disclosure(reader))
    tasks = [t for t in tasks_of(c, on).select_related("lead") if may_see_secrecy(reader, t.secrecy)]
    reports = ProgressReport.objects.filter(task__in=tasks, status="accepted", at__date__lte=on)
    history = _history(promise, on, public)
    later = c.superseded_by if promise.ended else None
    return Proof(
        promise=promise,
        promised=_figure(promise.promised, promise.unit, _("Promised"))
        or Figure(c.get_compare_display(), label=_("Promised")),
        measured=_measured(promise, why) or _done_of(tasks, on),
        gap=_gap(promise),
        chart=chart,
        tasks=[] if public else _then(tasks, on),
        reports=list(reports.select_related("task").prefetch_related("evidence__file")[:NEWEST]),
        sentences=[
            source
            for source in c.sources.select_related("statement__document")
            if may_see_secrecy(reader, source.statement.document.secrecy)
        ],
        targets=list(c.target_versions.filter(valid_from__lte=on)),
        rule=history[0].title if history else rule_words("nothing_known"),
        history=history,
        successor=later if later and may_see_secrecy(reader, later.secrecy) else None,
    )


def _then(tasks: list[Task], on: date) -> list[TaskThen]:
    """State as known on the day, progress as last reported by then."""
    states = task_states_on(Task.objects.filter(pk__in=[task.pk for task in tasks]), on)
    told = ProgressReport.objects.filter(task__in=tasks, at__date__lte=on).exclude(status="returned")
    percents = dict(told.order_by("at", "id").values_list("task_id", "percent"))
    return [
        TaskThen(task, State(states.get(task.pk, State.UNMEASURED)), percents.get(task.pk, 0))
        for task in tasks
    ]


def _figure(value, unit: str, label: str) -> Figure | None:
    return None if value is None else Figure(value, unit=unit, label=label)


def _gap(promise: Promise) -> Figure | None:
    """What is missing, or by how much more than promised was brought about."""
    if promise.gap is None:
        return None
    label = _("Gap") if promise.gap >= 0 else _("Better than promised by")
    return _figure(abs(promise.gap), "个百分点" if promise.unit == "%" else promise.unit, label)


def _measured(promise: Promise, why: str) -> Figure | None:
    if promise.withheld:
        return Figure(_("not shown publicly"), label=_("Measured"))
    if promise.measured is None:
        return None
    metric = promise.commitment.metric
    generated = metric is not None and metric.synthetic
    return Figure(promise.measured, unit=promise.unit, label=_("Measured"), why=why, synthetic=generated)


def _done_of(tasks: list[Task], on: date) -> Figure | None:
    """What is brought about, where nothing is measured: tasks accepted by the day, of all that serve the promise."""
    counted = [t for t in tasks if t.stage in COUNTED_STAGES]
    if not counted:
        return None
    done = sum(t.accepted_on is not None and t.accepted_on <= on for t in counted)
    return Figure(f"{done} / {len(counted)}", label=_("Tasks accepted"))


def _history(promise: Promise, on: date, public: bool) -> list[Moment]:
    """The newest states, one a day, as known on the day; publicly none is late before its office was heard."""
    known = timezone.make_aware(datetime.combine(on, time.max))
    rows = promise.commitment.states.filter(valid_from__lte=on, known_at__lte=known)
    rows = rows.order_by("-valid_from", "-known_at", "-id")
    of_day: dict[date, StateRow] = {}
    for row in rows.iterator(NEWEST):
        if len(of_day) == NEWEST and row.valid_from not in of_day:
            break
        of_day.setdefault(row.valid_from, row)
    return [_moment(row, promise.reply, public) for row in of_day.values()]


def _moment(row: StateRow, reply: RightOfReply | None, public: bool) -> Moment:
    state = State(row.state)
    shown = shown_publicly(state, reply) if public else state
    words = rule_words(row.rule) if shown == state else _("The responsible office is being heard.")
    return Moment(row.valid_from, words, state=shown)


def _measured_by(promise: Promise, on: date, reader: indicators.Disclosure) -> tuple[str, Chart | None]:
    """The way to the rows behind the newest value, and the chart; nothing without an indicator."""
    c = promise.commitment
    if not c.metric_id:
        return "", None
    newest = indicators.latest(c.metric_id, c.cell, on, reader=reader)
    return indicators.why(newest) if newest else "", _chart(promise, on, reader)


def _chart(promise: Promise, on: date, reader: indicators.Disclosure) -> Chart | None:
    """Measured values beside the target: the path from the baseline to it, else its level; None below two values."""
    c = promise.commitment
    seen = indicators.series(c.metric_id, c.cell, on, reader=reader)
    if len(seen) < 2:
        return None
    points = {point.end: point.value / c.metric.per_unit for point in seen}
    first, last = min(points), max(points)
    ends = [day for day in (c.promised_on, promise.due) if day and not first <= day <= last]
    days = sorted({*points, *ends})
    series = [Series(_("Measured"), [points.get(day) for day in days])]
    if promise.promised is not None:
        label = _("Promised") if c.baseline_value is None else _("Target path")
        series.append(Series(label, [_wanted(promise, day) for day in days], role="target"))
    return Chart(
        title=_("%(what)s: measured beside the path to the target") % {"what": c.metric},
        x=[day.isoformat() for day in days],
        unit=promise.unit,
        series=series,
        source=str(c.metric.owner or _("Records of this platform")),
        why=indicators.why(seen[-1]),
        small=True,
        synthetic=c.metric.synthetic,
        id=f"proof-{c.pk}",
    )


def _wanted(promise: Promise, day: date) -> Decimal | None:
    """What the target asks for on a day."""
    c = promise.commitment
    if c.baseline_value is None or promise.due is None:
        return promise.promised
    if day < c.promised_on:
        return None
    return indicators.path_value(c.promised_on, c.baseline_value, promise.due, promise.promised, day)


def rule_words(rule: str) -> str:
    """Why a state is what it is, in words."""
    return {
        "reached": _("The promise is reached."),
        "overdue": _("The due date is over and the promise is not reached."),
        "nothing_known": _("Nothing measures it and nobody has reported."),
        "suspended": _("A task it depends on is suspended."),
        "forecast_after_due": _("The responsible organisation expects to finish after the due date."),
        "behind_path": _("The measured value is behind the path to the target."),
        "no_report": _("No report came in the agreed time."),
        "on_the_way": _("Work is under way and nothing speaks against reaching it."),
    }.get(rule, rule)
