"""Progress reports with evidence, accepted or sent back by another person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, kinds, links, notices
from kechuang.core.actions.checks import check
from kechuang.core.acts import act, locked
from kechuang.core.engine.workflow import step
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role, holders_of, who_is
from kechuang.plan.actions.states import restate_task
from kechuang.plan.actions.tasks import advance, responsible
from kechuang.plan.engine.workflow import OPEN_STAGES, TRANSITIONS, TaskStage
from kechuang.plan.models import Evidence, ProgressReport, Task

Status = ProgressReport.Status


@act("plan.report_progress", may=responsible)
def report_progress(
    actor: Any,
    task: Task,
    *,
    percent: int,
    text: str,
    forecast: date | None = None,
    evidence: Sequence[dict[str, Any]] = (),
    synthetic: bool = False,
) -> ProgressReport:
    """Report on a task of one's organisation. Each piece of evidence is a file, an address or a record of the house."""
    task.stage = locked(task).stage
    _complete(task, percent, text, evidence)
    report = ProgressReport.objects.create(
        task=task,
        reporter_id=actor.pk,
        at=clock.now(),
        percent=percent,
        text=text.strip(),
        forecast=forecast,
        synthetic=synthetic,
    )
    for piece in evidence:
        _add_evidence(actor, report, piece)
    _move_with(task, percent)
    record(
        actor,
        "plan.report_progress",
        task,
        after={"report": report.pk, "percent": percent, "text": report.text, "stage": task.stage},
        evidence=[
            e.url or e.record_kind or (e.file.digest if e.file else "")
            for e in report.evidence.select_related("file")
        ],
    )
    if not synthetic:
        _tell_officers(report)
    restate_task(task)
    return report


def _complete(task: Task, percent: int, text: str, evidence: Sequence[dict[str, Any]]) -> None:
    """Raises Refusal where the report lacks what it must have."""
    if not 0 <= percent <= 100:
        raise Refusal(_("Progress is a number from 0 to 100."), field="percent")
    if not text.strip():
        raise Refusal(_("Say what was done."), field="text")
    if task.stage not in OPEN_STAGES:
        raise Refusal(_("A task that is %(stage)s takes no reports.") % {"stage": task.get_stage_display()})
    if percent == 100 and not evidence:
        raise Refusal(
            _("Completion needs evidence."), field="evidence", remedy=_("Add a file, an address or a record.")
        )


def _tell_officers(report: ProgressReport) -> None:
    notices.notify(
        holders_of(Role.OFFICER),
        lambda: _("New report: %(task)s") % {"task": report.task},
        key=f"report:{report.pk}",
        url=report.get_absolute_url(),
        about=report.task,
    )


def _add_evidence(actor: Any, report: ProgressReport, piece: dict[str, Any]) -> None:
    row = Evidence(
        report=report, file=piece.get("file"), url=piece.get("url", ""), note=piece.get("note", "")
    )
    proof = piece.get("record")
    if proof is None and piece.get("record_kind"):
        proof = kinds.resolve(piece["record_kind"], str(piece["record_id"]))
        if proof is None or not kinds.visible(actor, proof):
            raise Refusal(_("There is no such record."), field="evidence")
    if proof is not None:
        row.record_kind, row.record_id = kinds.kind_of(proof), str(proof.pk)
    if not (row.file or row.url or row.record_kind):
        raise Refusal(_("Evidence is a file, an address or a record."), field="evidence")
    check(row, exclude={"file"})
    row.save()
    if proof is not None:
        links.link(proof, "proves", report)


def _move_with(task: Task, percent: int) -> None:
    """A first report starts the task, further ones keep it under way, 100 % completes it."""
    verbs = ["start"] if task.stage == TaskStage.CONFIRMED else []
    verbs.append("complete" if percent == 100 else "progress")
    for verb in verbs:
        if task.stage == TaskStage.STARTED and verb == "progress" and percent == 0:
            continue
        advance(task, step(TRANSITIONS, task.stage, verb).next)
    task.percent, task.last_report_on = percent, clock.today()
    task.save(update_fields=["percent", "last_report_on"])


def _undecidable(actor: Any, report: ProgressReport) -> Refusal | None:
    if report.status != Status.SUBMITTED:
        return Refusal(_("This report was already decided."))
    return _by_the_reporter(actor, report)


_by_the_reporter = who_is("reporter", gettext_lazy("Another person than the reporter must decide."))


def _decide(actor: Any, report: ProgressReport, status: str, decision: str) -> None:
    report.status, report.decision = status, decision
    report.decided_by_id, report.decided_at = actor.pk, clock.now()
    report.save(update_fields=["status", "decision", "decided_by", "decided_at"])


@act("plan.accept_report", may=has_role(Role.OFFICER, Role.REVIEWER), unless=_undecidable)
def accept_report(actor: Any, report: ProgressReport, *, decision: str = "") -> ProgressReport:
    """Accept a report; a complete task with its report accepted is accepted with it."""
    _decide(actor, report, Status.ACCEPTED, decision)
    task = report.task
    before = fields_of(task, ("stage",))
    if report.percent == 100 and task.stage == TaskStage.COMPLETED:
        advance(task, step(TRANSITIONS, task.stage, "accept").next)
    record(
        actor,
        "plan.accept_report",
        task,
        before=before,
        after={"report": report.pk, "stage": task.stage, "decision": decision},
    )
    restate_task(task)
    return report


@act("plan.send_back_report", may=has_role(Role.OFFICER, Role.REVIEWER), unless=_undecidable)
def send_back_report(actor: Any, report: ProgressReport, *, decision: str) -> ProgressReport:
    """Send a report back with what is missing; a task it had completed is under way again."""
    if not decision.strip():
        raise Refusal(_("Say what is missing."), field="decision")
    _decide(actor, report, Status.RETURNED, decision)
    task = report.task
    before = fields_of(task, ("stage", "percent"))
    accepted = task.reports.exclude(status=Status.RETURNED).first()
    if task.stage == TaskStage.COMPLETED:
        advance(task, step(TRANSITIONS, task.stage, "send_back", reason=decision).next, decision)
    task.percent = accepted.percent if accepted else 0
    task.save(update_fields=["percent"])
    record(
        actor,
        "plan.send_back_report",
        task,
        before=before,
        after={"report": report.pk, "stage": task.stage, "decision": decision},
    )
    if report.reporter:
        notices.notify(
            [report.reporter],
            lambda: _("Your report was sent back: %(task)s") % {"task": task},
            key=f"report:{report.pk}:back",
            url=report.get_absolute_url(),
            about=task,
        )
    restate_task(task)
    return report
