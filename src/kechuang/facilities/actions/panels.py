"""Panels: seats, conflicts, grades, the decision on each proposal."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Role, User
from kechuang.core.roles import has_role
from kechuang.facilities.actions.common import save
from kechuang.facilities.actions.cycles import manager, unpublished
from kechuang.facilities.actions.proposals import advance, tell_authors
from kechuang.facilities.engine.conflicts import ranking
from kechuang.facilities.engine.cycle import ProposalStage
from kechuang.facilities.models import DeclaredConflict, Grade, Panel, PanelMember, Proposal
from kechuang.facilities.queries.conflicts import conflicts_of

reviewer = has_role(Role.REVIEWER)
CONFLICTS = {
    "author": gettext_lazy("you wrote this proposal"),
    "coauthor": gettext_lazy("you write together with an author"),
    "organisation": gettext_lazy("you belong to the organisation of an author"),
    "declared": gettext_lazy("you declared a conflict"),
}


def _panel_of(obj: Any) -> Panel | None:
    return obj.panel if isinstance(obj, Proposal) else obj


@rules.predicate
def member(user: Any, obj: Any = None) -> bool:
    """A member of the panel (of the proposal); asked without one, whoever sits on panels at all."""
    if obj is None:
        return reviewer.test(user)
    panel = _panel_of(obj)
    return bool(panel) and (panel.chair_id == user.pk or panel.members.filter(user_id=user.pk).exists())


@rules.predicate
def chair(user: Any, obj: Any = None) -> bool:
    """The chair of the panel (of the proposal)."""
    panel = _panel_of(obj)
    return reviewer.test(user) if obj is None else bool(panel) and panel.chair_id == user.pk


member.roles = chair.roles = reviewer.roles


@act("facilities.save_panel", may=manager)
def save_panel(actor: Any, panel: Panel) -> Panel:
    """Set up a panel of a call, or change its chair, disciplines and ceiling."""
    unpublished(panel.cycle)
    if not panel.name_zh.strip():
        raise Refusal(_("Give the panel a name."), field="name_zh")
    if Panel.objects.filter(cycle=panel.cycle, name_zh=panel.name_zh).exclude(pk=panel.pk).exists():
        raise Refusal(_("A panel of this call has this name already."), field="name_zh")
    names = ("name_zh", "disciplines", "chair", "ceiling_hours")
    return save(actor, "facilities.save_panel", panel, names)


@act("facilities.seat_member", may=manager)
def seat_member(actor: Any, panel: Panel, user: User) -> PanelMember:
    """Give a person a seat on a panel."""
    if not reviewer.test(user):
        raise Refusal(
            _("%(person)s is not a reviewer; give them that role first.") % {"person": user}, field="user"
        )
    seat, _new = PanelMember.objects.get_or_create(panel=panel, user=user)
    record(actor, "facilities.seat_member", panel, after={"member": user.pk})
    return seat


@act("facilities.unseat_member", may=manager)
def unseat_member(actor: Any, panel: Panel, user: User) -> None:
    """Take a seat away; grades that were given stay."""
    if not panel.members.filter(user=user).delete()[0]:
        raise Refusal(_("%(person)s has no seat on this panel.") % {"person": user}, field="user")
    record(actor, "facilities.unseat_member", panel, before={"member": user.pk})


@act("facilities.assign_panel", may=manager)
def assign_panel(actor: Any, proposal: Proposal, panel: Panel) -> Proposal:
    """Put a proposal before a panel of its call."""
    if panel.cycle_id != proposal.cycle_id:
        raise Refusal(_("This panel sits on another call."), field="panel")
    if proposal.grades.exists():
        raise Refusal(_("The proposal has grades; it stays with its panel."))
    proposal.panel = panel
    proposal.save(update_fields=["panel"])
    record(actor, "facilities.assign_panel", proposal, after={"panel": panel.pk})
    return proposal


@act("facilities.declare_conflict", may=member)
def declare_conflict(actor: Any, proposal: Proposal, reason: str) -> DeclaredConflict:
    """Say that one should not judge a proposal; a grade already given is taken out."""
    if not reason.strip():
        raise Refusal(_("Say why."), field="reason")
    locked(proposal)
    former = proposal.grades.filter(user=actor).values_list("points", flat=True).first()
    row, _new = DeclaredConflict.objects.update_or_create(
        proposal=proposal, user=actor, defaults={"reason": reason, "at": clock.now()}
    )
    proposal.grades.filter(user=actor).delete()
    _rescore(proposal)
    _note(actor, "facilities.declare_conflict", proposal, former, reason=reason)
    return row


@act("facilities.give_grade", may=member)
def give_grade(actor: Any, proposal: Proposal, points: int, comment: str = "") -> Grade:
    """Grade a proposal from 0 to 100; nobody grades where a conflict of interest stands."""
    if locked(proposal).stage != ProposalStage.PANEL:
        raise Refusal(_("The proposal is not before its panel."))
    if isinstance(points, bool) or not isinstance(points, int) or not 0 <= points <= 100:
        raise Refusal(_("Grades are whole numbers from 0 to 100."), field="points")
    if why := conflicts_of(actor, [proposal])[proposal.pk]:
        raise Refusal(_("A conflict of interest stands: %(why)s.") % {"why": CONFLICTS[why]})
    former = proposal.grades.filter(user=actor).values_list("points", flat=True).first()
    row, _new = Grade.objects.update_or_create(
        proposal=proposal, user=actor, defaults={"points": points, "comment": comment, "at": clock.now()}
    )
    _rescore(proposal)
    _note(actor, "facilities.give_grade", proposal, former, points=points)
    return row


def _note(actor: Any, verb: str, proposal: Proposal, former: int | None, **facts: Any) -> None:
    """Who grades how stands on record with the panel: authors read the history of their proposal."""
    about = {"proposal": proposal.number, "member": actor.pk}
    before = {**about, "points": former} if former is not None else None
    record(actor, verb, proposal.panel, before=before, after={**about, **facts}, also=[proposal])


def _rescore(proposal: Proposal) -> None:
    points = list(proposal.grades.values_list("points", flat=True))
    ranked = ranking({proposal.pk: points})
    proposal.score = ranked[0][1] if ranked else None
    proposal.save(update_fields=["score"])


@act("facilities.decide_proposal", may=chair)
def decide_proposal(
    actor: Any, proposal: Proposal, verb: str, *, reason: str = "", ceiling_hours: int | None = None
) -> Proposal:
    """Recommend a graded proposal (with a ceiling of hours), decline it, or take it up again."""
    if why := conflicts_of(actor, [proposal])[proposal.pk] if actor.pk else "":
        raise Refusal(_("A conflict of interest stands: %(why)s.") % {"why": CONFLICTS[why]})
    if verb == "recommend" and proposal.score is None:
        raise Refusal(_("Nobody has graded the proposal yet."))
    if ceiling_hours is not None and ceiling_hours <= 0:
        raise Refusal(
            _("A ceiling is at least one hour; decline the proposal instead."), field="ceiling_hours"
        )
    proposal.ceiling_hours = ceiling_hours if verb == "recommend" else None
    facts = {"ceiling_hours": proposal.ceiling_hours}
    advance(actor, proposal, verb, "chair", reason, act="decide_proposal", fields=facts, **facts)
    if verb == "decline":
        tell_authors(proposal, gettext_lazy("Your proposal %(number)s was declined: %(reason)s"), reason)
    return proposal
