"""Who sees which call and proposal; how a panel stands at this moment."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Sum

from kechuang.core.models import Role
from kechuang.core.roles import roles_of
from kechuang.facilities.engine.conflicts import above_the_line, ranking
from kechuang.facilities.engine.cycle import GRADED, CycleStage, ProposalStage
from kechuang.facilities.models import Cycle, Grade, Panel, Proposal, TimePlan
from kechuang.facilities.queries.conflicts import conflicts_of

KEEPERS = {Role.ADMIN, Role.MANAGER, Role.LEADER}
DECIDED = frozenset({*GRADED, ProposalStage.COMPLETED, ProposalStage.DECLINED})
BEFORE_PANEL = (ProposalStage.DRAFT, ProposalStage.SUBMITTED, ProposalStage.TECHNICAL, ProposalStage.SAFETY)


def keeps(user: Any) -> bool:
    return getattr(user, "is_system", False) or bool(roles_of(user) & KEEPERS)


def visible_cycles(user: Any) -> QuerySet[Cycle]:
    """All but those in preparation; these only for managers."""
    return Cycle.objects.all() if keeps(user) else Cycle.objects.exclude(stage=CycleStage.PREPARED)


def visible_proposals(user: Any) -> QuerySet[Proposal]:
    """One's own; for managers all that were submitted; for panel members those before their panel."""
    own = Q(author_id=user.pk) | Q(coauthors__user_id=user.pk)
    if keeps(user):
        return Proposal.objects.filter(own | ~Q(stage=ProposalStage.DRAFT)).distinct()
    judged = (Q(panel__members__user_id=user.pk) | Q(panel__chair_id=user.pk)) & ~Q(stage__in=BEFORE_PANEL)
    return Proposal.objects.filter(own | judged).distinct() if user.pk else Proposal.objects.none()


def shown_score(stage: str, score: int | None) -> int | None:
    """The mean grade in lists: nobody's before the panel has decided, since authors read them too."""
    return score if stage in DECIDED else None


def may_read(user: Any, proposal: Proposal) -> bool:
    """Whether the content may be read: a panel member with a conflict sees that it exists, no more."""
    if keeps(user) or proposal.author_id == user.pk or proposal.coauthors.filter(user_id=user.pk).exists():
        return True
    return (
        visible_proposals(user).filter(pk=proposal.pk).exists()
        and not conflicts_of(user, [proposal])[proposal.pk]
    )


def visible_panels(user: Any) -> QuerySet[Panel]:
    if keeps(user):
        return Panel.objects.all()
    return Panel.objects.filter(Q(chair_id=user.pk) | Q(members__user_id=user.pk)).distinct()


def visible_plans(user: Any) -> QuerySet[TimePlan]:
    """Managers see every version, everybody signed in the published one."""
    if keeps(user):
        return TimePlan.objects.all()
    return TimePlan.objects.filter(stage=TimePlan.Stage.PUBLISHED) if user.pk else TimePlan.objects.none()


def standing(panel: Panel, user: Any) -> list[dict[str, Any]]:
    """The proposals of a panel, best first: mean grade, rank, hours, the line of the ceiling, one's own grade and
    conflict. Ungraded ones come last."""
    proposals = list(
        panel.proposals.filter(stage__in=[ProposalStage.PANEL, *GRADED, ProposalStage.DECLINED])
        .select_related("organisation", "author__person")
        .annotate(hours=Sum("requests__hours"))
    )
    grades: dict[int, dict[int, int]] = {p.pk: {} for p in proposals}
    for key, judge, points in Grade.objects.filter(proposal__in=proposals).values_list(
        "proposal", "user", "points"
    ):
        grades[key][judge] = points
    ranks = {
        key: (mean, rank) for key, mean, rank in ranking({k: list(g.values()) for k, g in grades.items()})
    }
    conflicts = conflicts_of(user, proposals)
    in_order = sorted(proposals, key=lambda p: (ranks.get(p.pk, (0, 10**6))[1], p.number))
    hours = [(p.pk, min(p.hours or 0, p.ceiling_hours or 10**9)) for p in in_order if p.pk in ranks]
    inside = above_the_line(hours, panel.ceiling_hours)
    return [
        {
            "proposal": p,
            "mean": ranks[p.pk][0] if p.pk in ranks else None,
            "rank": ranks[p.pk][1] if p.pk in ranks else None,
            "count": len(grades[p.pk]),
            "spread": max(grades[p.pk].values()) - min(grades[p.pk].values()) if grades[p.pk] else None,
            "hours": p.hours or 0,
            "inside": p.pk in inside,
            "mine": grades[p.pk].get(user.pk),
            "conflict": conflicts[p.pk],
        }
        for p in in_order
    ]
