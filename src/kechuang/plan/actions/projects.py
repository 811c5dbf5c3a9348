"""Projects of a task: milestones and money by source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.actions.checks import check
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Role
from kechuang.core.roles import has_role, of_organisation
from kechuang.plan.models import FundingLine, Milestone, Project

keeper = has_role(Role.OFFICER) | of_organisation(Role.REPORTER, path="lead")
keeper_of_project = has_role(Role.OFFICER) | of_organisation(Role.REPORTER, path="project.lead")


@act("plan.save_project", may=keeper)
def save_project(actor: Any, project: Project) -> Project:
    """Add a project to a task or change it."""
    if project.start and project.due and project.due < project.start:
        raise Refusal(_("The project ends before it starts."), field="due")
    _on_earth(project)
    check(project, exclude={"lead"})
    project.save()
    facts = ("task", "title_zh", "kind", "place", "longitude", "latitude", "lead", "start", "due")
    record(actor, "plan.save_project", project, after=fields_of(project, facts))
    return project


def _on_earth(project: Project) -> None:
    for name, most in (("longitude", 180), ("latitude", 90)):
        value = getattr(project, name)
        if value is not None and not -most <= value <= most:
            raise Refusal(_("It lies between −%(n)d and %(n)d degrees.") % {"n": most}, field=name)
    if (project.longitude is None) != (project.latitude is None):
        raise Refusal(_("Give longitude and latitude, or neither."), field="latitude")


@act("plan.save_milestone", may=keeper_of_project)
def save_milestone(actor: Any, milestone: Milestone) -> Milestone:
    """Add a milestone or change it."""
    check(milestone)
    if milestone.done_on:
        _in_its_turn(milestone, milestone.done_on)
    milestone.save()
    record(
        actor,
        "plan.save_milestone",
        milestone.project,
        after={"milestone": milestone.title_zh, **fields_of(milestone, ("order", "due", "done_on"))},
    )
    return milestone


@act("plan.reach_milestone", may=keeper_of_project)
def reach_milestone(actor: Any, milestone: Milestone, done_on: date | None = None) -> Milestone:
    """Say that a milestone was reached; those of works and transport are reached in order."""
    done_on = done_on or clock.today()
    _in_its_turn(milestone, done_on)
    milestone.done_on = done_on
    milestone.save()
    record(
        actor,
        "plan.reach_milestone",
        milestone.project,
        after={"milestone": milestone.title_zh, "done_on": str(done_on)},
    )
    return milestone


def _in_its_turn(milestone: Milestone, done_on: date) -> None:
    """Reached on a day that has come, and not before an earlier stage of works."""
    if done_on > clock.today():
        raise Refusal(_("This day has not come yet."), field="done_on")
    earlier = milestone.project.milestones.filter(order__lt=milestone.order, done_on=None).first()
    if earlier and milestone.project.kind in (Project.Kind.WORKS, Project.Kind.TRANSPORT):
        raise Refusal(_("An earlier stage is still open: %(stage)s.") % {"stage": earlier})


@act("plan.save_funding", may=keeper_of_project)
def save_funding(actor: Any, line: FundingLine) -> FundingLine:
    """Set budget, committed and spent money of one source, in fen."""
    if min(line.budget_fen, line.committed_fen, line.spent_fen) < 0:
        raise Refusal(_("Money is not negative."), field="budget_fen")
    if line.committed_fen > line.budget_fen:
        raise Refusal(_("More is committed than budgeted."), field="committed_fen")
    if line.spent_fen > line.committed_fen:
        raise Refusal(_("More is spent than committed."), field="spent_fen")
    check(line)
    line.save()
    facts = ("source", "budget_fen", "committed_fen", "spent_fen")
    record(actor, "plan.save_funding", line.project, after=fields_of(line, facts))
    return line
