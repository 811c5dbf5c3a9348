"""Proposals: written with autosave, submitted, checked, sent back or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rules
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import clock, files, notices
from kechuang.core.actions.checks import check
from kechuang.core.acts import System, act, locked
from kechuang.core.engine.workflow import BadStep, step
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Organisation, Role, User
from kechuang.core.roles import has_role, organisations_of
from kechuang.facilities.actions.cycles import manager, published_form
from kechuang.facilities.engine import cycle as life
from kechuang.facilities.engine.answers import faults_in_answers
from kechuang.facilities.engine.cycle import CycleStage, ProposalStage
from kechuang.facilities.models import (
    Check,
    CoAuthor,
    Cycle,
    CycleFacility,
    Grant,
    Panel,
    Proposal,
    ProposalFile,
    TimeRequest,
    UseSession,
)
from kechuang.facilities.queries.words import refuse_faults, refused_step

scientist = has_role(Role.SCIENTIST)


@rules.predicate
def author(user: Any, proposal: Proposal | None = None) -> bool:
    """The author and the co-authors; asked without a proposal, whoever may write one."""
    if proposal is None:
        return scientist.test(user)
    return user.pk is not None and (
        proposal.author_id == user.pk or proposal.coauthors.filter(user_id=user.pk).exists()
    )


author.roles = scientist.roles
_TEXTS = ("title_zh", "title_en", "abstract", "discipline", "partner", "proprietary", "continues")


@act("facilities.start_proposal", may=scientist)
def start_proposal(actor: Any, cycle: Cycle, organisation: Organisation, **facts: Any) -> Proposal:
    """Begin a proposal in an open call; it stays a draft until it is submitted."""
    _in_time(cycle)
    if not isinstance(actor, System) and organisation.pk not in organisations_of(actor):
        raise Refusal(_("You do not belong to this organisation."), field="organisation")
    _check_texts(facts)
    locked(cycle)
    proposal = Proposal(
        cycle=cycle,
        number=_next_number(cycle),
        organisation=organisation,
        author=facts.pop("author", None) or actor,
        form=published_form(cycle),
        created_at=clock.now(),
        **facts,
    )
    check(proposal)
    proposal.save()
    record(actor, "facilities.start_proposal", proposal, after=fields_of(proposal, ("number", "title_zh")))
    return proposal


def _next_number(cycle: Cycle) -> str:
    last = cycle.proposals.order_by("-number").values_list("number", flat=True).first()
    return f"{cycle.start.year}C{cycle.pk:02d}-{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"


def _in_time(cycle: Cycle) -> None:
    now = clock.now()
    if cycle.stage != CycleStage.OPEN or now < cycle.opens:
        raise Refusal(_("This call is not open for proposals."))
    if now > cycle.closes:
        raise Refusal(
            _("This call closed on %(day)s.") % {"day": f"{timezone.localtime(cycle.closes):%Y-%m-%d}"}
        )


def _check_texts(facts: dict[str, Any]) -> None:
    if not str(facts.get("title_zh", "")).strip():
        raise Refusal(_("Give the proposal a title."), field="title_zh")


def _in_draft(proposal: Proposal) -> Proposal:
    """The proposal as it stands, held, when it is a draft. Raises Refusal."""
    stored = locked(proposal)
    if stored.stage != ProposalStage.DRAFT:
        raise Refusal(_("The proposal is submitted; it can be changed after it is sent back."))
    return stored


@act("facilities.edit_proposal", may=author)
def edit_proposal(actor: Any, proposal: Proposal, **facts: Any) -> Proposal:
    """Change title, abstract, discipline and partner of a draft."""
    _in_draft(proposal)
    _check_texts({"title_zh": proposal.title_zh, **facts})
    before = fields_of(proposal, list(facts))
    for name, value in facts.items():
        if name not in _TEXTS:
            raise Refusal(_("Unknown facts: %(names)s.") % {"names": name})
        setattr(proposal, name, value)
    check(proposal)
    proposal.save(update_fields=list(facts))
    record(actor, "facilities.edit_proposal", proposal, before=before, after=fields_of(proposal, list(facts)))
    return proposal


@act("facilities.save_answers", may=author)
def save_answers(actor: Any, proposal: Proposal, answers: dict[str, Any], *, quiet: bool = False) -> Proposal:
    """Keep the answers of a draft, finished or not. `quiet` (autosave) leaves no event."""
    stored = _in_draft(proposal)
    fields = proposal.form.fields if proposal.form else []
    if unknown := sorted(set(answers) - {f["key"] for f in fields}):
        raise Refusal(_("The form does not ask for %(names)s.") % {"names": ", ".join(unknown)})
    kept = {**stored.answers, **answers}
    if not quiet:
        refuse_faults(fields, faults_in_answers(fields, kept, complete=False))
    proposal.answers = kept
    proposal.save(update_fields=["answers"])
    if not quiet:
        record(actor, "facilities.save_answers", proposal, after={"answered": sorted(answers)})
    return proposal


@act("facilities.attach_file", may=author)
def attach_file(actor: Any, proposal: Proposal, key: str, name: str, data: bytes) -> ProposalFile:
    """Answer a field of the form with a file."""
    draft = _in_draft(proposal)
    fields = {f["key"]: f for f in (proposal.form.fields if proposal.form else [])}
    if fields.get(key, {}).get("kind") != "file":
        raise Refusal(_("The form does not ask for a file here."), field=key)
    refuse_faults([fields[key]], faults_in_answers([{**fields[key], "when": None}], {key: name}))
    stored = files.keep(actor, name, data)
    kept, _new = ProposalFile.objects.update_or_create(proposal=proposal, key=key, defaults={"file": stored})
    proposal.answers = {**draft.answers, key: stored.name}
    proposal.save(update_fields=["answers"])
    after = {"answered": [key], "file": stored.name}
    record(actor, "facilities.attach_file", proposal, after=after, evidence=[stored])
    return kept


@act("facilities.ask_time", may=author)
def ask_time(actor: Any, proposal: Proposal, facilities: list[CycleFacility], **facts: Any) -> TimeRequest:
    """Ask for one block of time on any of the named facilities."""
    _in_draft(proposal)
    hours = facts.get("hours") or 0
    if hours <= 0:
        raise Refusal(_("Ask for at least one hour."), field="hours")
    if not facilities:
        raise Refusal(_("Name at least one facility."), field="facilities")
    if any(f.cycle_id != proposal.cycle_id for f in facilities):
        raise Refusal(_("This facility is not offered in this call."), field="facilities")
    cycle, earliest, latest = proposal.cycle, facts.get("earliest"), facts.get("latest")
    if earliest and latest and latest < earliest:
        raise Refusal(_("The window ends before it begins."), field="latest")
    if (earliest and earliest > cycle.end) or (latest and latest < cycle.start):
        raise Refusal(
            _("The window lies outside the cycle, %(start)s to %(end)s.")
            % {"start": cycle.start, "end": cycle.end},
            field="earliest",
        )
    if (days := ((latest or cycle.end) - (earliest or cycle.start)).days + 1) * 24 < hours:
        raise Refusal(
            _("%(hours)s hours do not fit into a window of %(days)s days.") % {"hours": hours, "days": days},
            field="hours",
        )
    if hours > max(f.hours for f in facilities):
        raise Refusal(_("No facility you name offers so many hours."), field="hours")
    request = TimeRequest(proposal=proposal, **facts)
    check(request)
    request.save()
    request.facilities.set(facilities)
    names = ("hours", "setup", "earliest", "latest", "together")
    record(
        actor, "facilities.ask_time", proposal, after={"request": request.code, **fields_of(request, names)}
    )
    return request


@act("facilities.drop_time", may=author)
def drop_time(actor: Any, proposal: Proposal, request: TimeRequest) -> None:
    """Take back a block of time from a draft."""
    _in_draft(proposal)
    record(actor, "facilities.drop_time", proposal, before={"request": request.code, "hours": request.hours})
    request.delete()


@act("facilities.add_coauthor", may=author)
def add_coauthor(actor: Any, proposal: Proposal, user: User) -> CoAuthor:
    """Name a co-author, who may then write in the proposal."""
    _in_draft(proposal)
    if user.pk == proposal.author_id:
        raise Refusal(_("The author is not a co-author."), field="user")
    added, _new = CoAuthor.objects.get_or_create(proposal=proposal, user=user)
    record(actor, "facilities.add_coauthor", proposal, after={"coauthor": user.pk})
    return added


@act("facilities.drop_coauthor", may=author)
def drop_coauthor(actor: Any, proposal: Proposal, user: User) -> None:
    """Take a co-author out of a draft."""
    _in_draft(proposal)
    proposal.coauthors.filter(user=user).delete()
    record(actor, "facilities.drop_coauthor", proposal, before={"coauthor": user.pk})


# ---- its life


def advance(
    actor: Any,
    proposal: Proposal,
    verb: str,
    who: str,
    reason: str = "",
    *,
    act: str,
    fields: Iterable[str] = (),
    **more: Any,
) -> None:
    """Take one step of the table, store it (with the `fields` that change with it), and record it under the `act`
    that took it.

    Raises Refusal when the table has no such step for `who`.
    """
    stored = locked(proposal)
    try:
        taken = step(life.PROPOSAL, stored.stage, verb, reason=reason)
    except BadStep as error:
        raise refused_step(error, stored.get_stage_display()) from error
    if taken.who != who:
        raise NotPermitted(f"facilities.{verb}")
    proposal.stage, proposal.stage_reason = taken.next, reason
    proposal.save(update_fields=["stage", "stage_reason", *fields])
    record(
        actor,
        f"facilities.{act}",
        proposal,
        before={"stage": stored.stage},
        after={"stage": proposal.stage, "reason": reason, **more},
    )


@act("facilities.submit_proposal", may=author)
def submit_proposal(actor: Any, proposal: Proposal) -> Proposal:
    """Submit a draft: every required question answered, time asked for, no report overdue."""
    _in_time(proposal.cycle)
    if not proposal.requests.exists():
        raise Refusal(_("Ask for time on a facility first."))
    fields = proposal.form.fields if proposal.form else []
    refuse_faults(fields, faults_in_answers(fields, proposal.answers))
    overdue = UseSession.objects.filter(
        user=proposal.author, report_due__lt=clock.today(), report=None
    ).first()
    if overdue:
        raise Refusal(
            _("A report on the use of %(resource)s was due on %(day)s.")
            % {"resource": overdue.resource, "day": overdue.report_due},
            remedy=_("Hand it in, then submit again."),
        )
    proposal.submitted_at = clock.now()
    proposal.panel = proposal.panel or _panel_for(proposal)
    fields = ("submitted_at", "panel")
    advance(actor, proposal, "submit", "author", act="submit_proposal", fields=fields)
    return proposal


def _panel_for(proposal: Proposal) -> Panel | None:
    """The first panel of the call that sits on the discipline."""
    return next((p for p in proposal.cycle.panels.all() if proposal.discipline in p.disciplines), None)


@act("facilities.withdraw_proposal", may=author)
def withdraw_proposal(actor: Any, proposal: Proposal, reason: str = "") -> Proposal:
    """Withdraw a proposal. Time that was granted and has not begun falls free for the reserve list."""
    advance(actor, proposal, "withdraw", "author", reason, act="withdraw_proposal")
    planned = Grant.objects.filter(request__proposal=proposal, status=Grant.Status.PLANNED)
    planned.filter(start__gt=clock.now()).update(status=Grant.Status.MOVED, note=reason[:300])
    return proposal


@act("facilities.send_back_proposal", may=manager)
def send_back_proposal(actor: Any, proposal: Proposal, reason: str) -> Proposal:
    """Send a submitted proposal back to its author with a reason."""
    advance(actor, proposal, "send_back", "manager", reason, act="send_back_proposal")
    tell_authors(proposal, gettext_lazy("Your proposal %(number)s was sent back: %(reason)s"), reason)
    return proposal


@act("facilities.check_proposal", may=manager)
def check_proposal(actor: Any, proposal: Proposal, kind: str, passed: bool, note: str = "") -> Check:
    """Judge eligibility, technical feasibility or safety; a failed check ends the proposal and needs its reason."""
    if kind not in life.CHECKS:
        raise Refusal(_("Checks are eligibility, feasibility and safety."), field="kind")
    if not isinstance(actor, System) and author.test(actor, proposal):
        raise Refusal(_("Nobody checks their own proposal."))
    verb = f"{'pass' if passed else 'fail'}_{kind}"
    advance(actor, proposal, verb, "manager", note, act="check_proposal", check=kind, passed=passed)
    check = Check.objects.create(
        proposal=proposal, kind=kind, passed=passed, note=note, by_id=actor.pk, at=clock.now()
    )
    if not passed:
        tell_authors(
            proposal, gettext_lazy("Your proposal %(number)s did not pass a check: %(reason)s"), note
        )
    return check


@act("facilities.complete_proposal", may=manager)
def complete_proposal(actor: Any, proposal: Proposal) -> Proposal:
    """Close a proposal whose time was used."""
    advance(actor, proposal, "complete", "manager", act="complete_proposal")
    return proposal


def tell_authors(proposal: Proposal, text: Promise, reason: str | Promise = "", key: str = "") -> None:
    """A notice to the author and the co-authors, each in their own language: what is translated is given lazily."""
    people = [proposal.author, *(c.user for c in proposal.coauthors.select_related("user"))]
    facts = {"number": proposal.number, "reason": reason}
    key = key or f"proposal:{proposal.pk}:{clock.now().isoformat()}"
    notices.notify(people, lambda: text % facts, key=key, url=proposal.get_absolute_url())
