"""Major decisions (三重一大): recorded with reasons, voted on, closed by count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.actions.checks import check, cleared
from kechuang.core.acts import act, locked
from kechuang.core.errors import Refusal
from kechuang.core.events import fields_of, record
from kechuang.core.models import Person, Role
from kechuang.core.roles import has_role
from kechuang.plan.models import MajorDecision, Vote
from kechuang.plan.queries.decisions import how_it_stands, office_holders

_FACTS = ("title", "matter", "body", "project", "decided_on", "reasons", "amount_fen", "secrecy")
NO_MEMBER = gettext_lazy("%(person)s is not among the members who decide.")


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
def record_decision(
    actor: Any, decision: MajorDecision, members: Sequence[Person] | None = None
) -> MajorDecision:
    """Put a decision into the register with the members who decide, or change it as long as nobody has voted on it.

    Where no members are given they are those who lead the body on the day; of a decision that keeps its body they stay.
    """
    former = locked(decision) if decision.pk else None
    cleared(actor, decision.secrecy)
    if not decision.reasons.strip():
        raise Refusal(_("A major decision needs its reasons."), field="reasons")
    if decision.matter == MajorDecision.Matter.FUNDS and not decision.amount_fen:
        raise Refusal(_("Say how much money."), field="amount_fen")
    if decision.amount_fen is not None and decision.amount_fen < 0:
        raise Refusal(_("Money is not negative."), field="amount_fen")
    check(decision, exclude={"passed"})
    before = {**fields_of(former, _FACTS), "members": _members(former)} if former else None
    decision.save()
    if members is None and (former is None or former.body_id != decision.body_id):
        members = office_holders(decision.body, decision.decided_on)
    if members is not None:
        decision.members.set(members)
    after = {**fields_of(decision, _FACTS), "members": _members(decision)}
    record(actor, "plan.record_decision", decision, before=before, after=after)
    return decision


def _members(decision: MajorDecision) -> list[Person]:
    return list(decision.members.order_by("pk"))


@act("plan.cast_vote", may=has_role(Role.OFFICER, Role.LEADER), unless=_closed)
def cast_vote(actor: Any, decision: MajorDecision, voter: Person, choice: str, reason: str = "") -> Vote:
    """Record a member's vote, or that the member was absent; a vote against needs its reason."""
    if not decision.members.exists():
        raise Refusal(
            _("The decision names no members who decide."),
            field="voter",
            remedy=_("Enter them with the decision; nobody has led the body on that day."),
            url=reverse("plan:decision_edit", args=[decision.pk]),
        )
    if not decision.members.filter(pk=voter.pk).exists():
        remedy = _("Only the members entered with the decision vote, each once.")
        raise Refusal(NO_MEMBER % {"person": voter}, field="voter", remedy=remedy)
    if choice not in Vote.Choice.values:
        raise Refusal(_("Vote for, against or abstain, or say that the member was absent."), field="choice")
    if choice == Vote.Choice.AGAINST and not reason.strip():
        raise Refusal(_("A vote against needs its reason."), field="reason")
    former = decision.votes.filter(voter=voter).first()
    before = former and {"voter": voter, "choice": former.choice, "reason": former.reason}
    vote, _new = Vote.objects.update_or_create(
        decision=decision, voter=voter, defaults={"choice": choice, "reason": reason}
    )
    after = {"voter": voter, "choice": choice, "reason": reason}
    record(actor, "plan.cast_vote", decision, before=before, after=after)
    return vote


def _uncounted(actor: Any, decision: MajorDecision) -> Refusal | None:
    if decision.passed is not None:
        return _closed(actor, decision)
    stands = how_it_stands(decision)
    if stands.quorate:
        return None
    if not stands.present:
        return Refusal(_("Nobody has voted yet."))
    return Refusal(
        _("The body may not decide: %(present)d of %(members)d members present, at least %(needed)d needed.")
        % {"present": stands.present, "members": stands.members, "needed": stands.needed},
        remedy=_("Enter the votes that are missing, or record the decision for another day."),
    )


@act("plan.close_vote", may=has_role(Role.LEADER), unless=_uncounted)
def close_vote(actor: Any, decision: MajorDecision) -> MajorDecision:
    """Close the vote where enough members were present: passed by more votes for than half of the members."""
    stands = how_it_stands(decision)
    decision.passed = stands.passed
    decision.save(update_fields=["passed"])
    after = {"passed": stands.passed, "members": stands.members, "votes": stands.present}
    record(actor, "plan.close_vote", decision, after=after)
    return decision
