"""Where a promise meets its proof: promised → measured → gap, chart with target path, tasks, evidence, rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core.kernel import State
from kechuang.core.roles import may_see_secrecy
from kechuang.core.web.charts import Chart, Series
from kechuang.core.web.figures import Figure
from kechuang.core.web.record import Moment
from kechuang.indicators import ports as indicators
from kechuang.plan.models import ProgressReport, Task
from kechuang.plan.queries.living import Promise

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Proof:
    promise: Promise
    promised: Figure | None
    measured: Figure | None
    gap: Figure | None
    chart: Chart | None
    tasks: list[Task]
    reports: list[ProgressReport]
    sentences: list[Any]
    why: str
    rule: str
    history: list[Moment]


def proof_of(promise: Promise, user: Any, on: date, *, public: bool = False) -> Proof:
    """Everything the panel shows about one promise on a day."""
    c = promise.commitment
    why = reverse("indicators:why", args=[c.metric.code]) if c.metric_id else ""
    tasks = [
        t for t in c.tasks.select_related("lead") if may_see_secrecy(None if public else user, t.secrecy)
    ]
    reports = ProgressReport.objects.filter(task__in=tasks, status="accepted", at__date__lte=on)
    newest = c.states.filter(valid_from__lte=on).order_by("-valid_from", "-known_at").first()
    return Proof(
        promise=promise,
        promised=_figure(c.target_value, c.unit, _("Promised")),
        measured=_figure(promise.measured, c.unit, _("Measured"), why=why),
        gap=_figure(promise.gap, c.unit, _("Gap")),
        chart=_chart(promise, on),
        tasks=[] if public else tasks,
        reports=list(reports.select_related("task").prefetch_related("evidence__file")[:NEWEST]),
        sentences=[
            source
            for source in c.sources.select_related("statement__document")
            if may_see_secrecy(None if public else user, source.statement.document.secrecy)
        ],
        why=why,
        rule=rule_words(newest.rule) if newest else rule_words("nothing_known"),
        history=_history(promise, on),
    )


def _figure(value, unit: str, label: str, why: str = "") -> Figure | None:
    return None if value is None else Figure(value, unit=unit, label=label, why=why)


def _history(promise: Promise, on: date) -> list[Moment]:
    rows = promise.commitment.states.filter(valid_from__lte=on).order_by("-valid_from", "-known_at")[:NEWEST]
    return [Moment(row.valid_from, rule_words(row.rule), state=State(row.state)) for row in rows]


def _chart(promise: Promise, on: date) -> Chart | None:
    """Measured values beside the path to the target; None without an indicator."""
    c = promise.commitment
    if not c.metric_id:
        return None
    points = indicators.series(c.metric_id, c.cell, on)
    if not points:
        return None
    days = [point.end for point in points]
    series = [Series(_("Measured"), [point.value for point in points])]
    if None not in (c.target_value, c.baseline_value, c.due):
        days = [*days, *([c.due] if c.due > days[-1] else [])]
        path = [
            indicators.path_value(c.promised_on, c.baseline_value, c.due, c.target_value, day) for day in days
        ]
        series.append(Series(_("Target path"), path, role="target"))
    return Chart(
        title=_("%(what)s: measured beside the path to the target") % {"what": c.metric},
        x=[day.isoformat() for day in days],
        unit=c.unit,
        series=series,
        source=str(c.metric.owner or _("Records of this platform")),
        why=reverse("indicators:why", args=[c.metric.code]),
        small=True,
        id=f"proof-{c.pk}",
    )


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
