"""Major decisions (三重一大): recorded with reasons, voted on, closed by count."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core.actions.checks import check, cleared
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Person, Role
from kechuang.core.roles import has_role
from kechuang.plan.models import MajorDecision, Vote

_FACTS = ("title", "matter", "body", "project", "decided_on", "reasons", "amount_fen", "secrecy")


def _closed(actor: Any, decision: MajorDecision) -> Refusal | None:
    return None if decision.passed is None else Refusal(_("The vote is closed; the decision stands."))


def _voted_on(actor: Any, decision: MajorDecision) -> Refusal | None:
    if decision.passed is None and decision.votes.exists():
        return Refusal(
            _("Votes were cast on the decision as it stands."),
            remedy=_("Record what changes as another one."),
            url=f"{reverse('plan:decision_add')}?like={decision.pk}",
        )
    return _closed(actor, decision)


@act("plan.record_decision", may=has_role(Role.OFFICER, Role.LEADER), unless=_voted_on)
def record_decision(actor: Any, decision: MajorDecision) -> MajorDecision:
    """Put a decision into the register, or change it as long as nobody has voted on it."""
    former = locked(decision) if decision.pk else None
    cleared(actor, decision.secrecy)
    if not decision.reasons.strip():
        raise Refusal(_("A major decision needs its reasons."), field="reasons")
    if decision.matter == MajorDecision.Matter.FUNDS and not decision.amount_fen:
        raise Refusal(_("Say how much money."), field="amount_fen")
    if decision.amount_fen is not None and decision.amount_fen < 0:
        raise Refusal(_("Money is not negative."), field="amount_fen")
    check(decision, exclude={"passed"})
    decision.save()
    before = fields_of(former, _FACTS) if former else None
    record(actor, "plan.record_decision", decision, before=before, after=fields_of(decision, _FACTS))
    return decision


@act("plan.cast_vote", may=has_role(Role.OFFICER, Role.LEADER), unless=_closed)
def cast_vote(actor: Any, decision: MajorDecision, voter: Person, choice: str, reason: str = "") -> Vote:
    """Record a member's vote; a vote against needs its reason."""
    if choice not in Vote.Choice.values:
        raise Refusal(_("Vote for, against or abstain."), field="choice")
    if choice == Vote.Choice.AGAINST and not reason.strip():
        raise Refusal(_("A vote against needs its reason."), field="reason")
    vote, _new = Vote.objects.update_or_create(
        decision=decision, voter=voter, defaults={"choice": choice, "reason": reason}
    )
    record(actor, "plan.cast_vote", decision, after={"voter": voter, "choice": choice, "reason": reason})
    return vote


def _uncounted(actor: Any, decision: MajorDecision) -> Refusal | None:
    if decision.passed is None and not decision.votes.exists():
        return Refusal(_("Nobody has voted yet."))
    return _closed(actor, decision)


@act("plan.close_vote", may=has_role(Role.LEADER), unless=_uncounted)
def close_vote(actor: Any, decision: MajorDecision) -> MajorDecision:
    """Close the vote: passed by more votes for than half of those cast."""
    cast = decision.votes.count()
    decision.passed = 2 * decision.votes.filter(choice=Vote.Choice.FOR).count() > cast
    decision.save(update_fields=["passed"])
    record(actor, "plan.close_vote", decision, after={"passed": decision.passed, "votes": cast})
    return decision
