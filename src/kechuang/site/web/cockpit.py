"""The cockpit of members, the wall, and the front page of visitors: how the promises stand, in one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.kernel import State, formatting
from kechuang.core.models import Centre
from kechuang.core.web.states import in_words
from kechuang.indicators import ports as indicators
from kechuang.plan import ports as plan
from kechuang.site.web.rank_path import RankPath

WEEK = timedelta(days=7)
NEWEST, CHANGED = 4, 3
WORRYING = (State.LATE, State.AT_RISK)


@dataclass(frozen=True, slots=True)
class Horizon:
    """A day towards which the centre works, and the promises due by then."""

    due: date
    days: int
    counts: dict[State, int]

    @property
    def promised(self) -> int:
        return sum(self.counts.values())

    @property
    def kept(self) -> int:
        return self.counts[State.KEPT]


def home(request):
    """Members see the cockpit (reporters first what is asked of them), visitors the front page."""
    if not request.user.is_authenticated:
        return render(request, "site/front.html", _public() | {"documents": plan.published()})
    if plan.only_reports(request.user) and "overview" not in request.GET:
        return redirect("plan:mine")
    return render(request, "site/cockpit.html", _cockpit(request))


def wall(request):
    """Wall mode: no controls, refreshes itself; only what is public."""
    return render(request, "site/wall.html", _public())


def _cockpit(request) -> dict[str, Any]:
    today = clock.today()
    overview = plan.overview(request.user)
    changes = plan.changes_since(request.user, today - WEEK, today)
    return _shown(overview, today, request.user) | {
        "happened": happened(changes, overview.started),
        "changed": changes[:CHANGED],
        "state_urls": {state: reverse("plan:commitments") + f"?state={state}" for state in State},
        "decisions": plan.decisions_for(request.user),
        "evidence": plan.newest_evidence(request.user, NEWEST),
    }


def _public() -> dict[str, Any]:
    return _shown(plan.public_overview(), clock.today())


def _shown(overview: plan.Overview, today: date, user: Any = None) -> dict[str, Any]:
    """What cockpit, wall and front page have in common."""
    centre = Centre.here()
    index = indicators.headline_index(user)
    return {
        "centre": centre,
        "sentence": in_words(overview.counts) or _("No promises yet."),
        "concerns": overview.concerns,
        "concern_count": sum(overview.counts[state] for state in WORRYING),
        "counts": overview.counts,
        "programmes": [b for b in overview.programmes if b.level <= 1 and b.total],
        "horizons": [horizon(due, today, overview.dues) for due in centre.horizon_days] if centre else [],
        "index": index,
        "path": RankPath.of(index.path) if index and len(index.path) > 1 else None,
        "today": today,
    }


def horizon(due: date, today: date, dues: Iterable[tuple[date, str]]) -> Horizon:
    """The promises due by the end of a horizon, by state."""
    found = Counter(State(state) for day, state in dues if day <= due)
    return Horizon(due, (due - today).days, {state: found[state] for state in State})


def happened(changes: list[plan.Change], started: plan.Started) -> str:
    """What changed in the last week, and how many of the tasks have begun."""
    if not started.counted:
        return change_words(changes)
    ratio = formatting.percent(started.ratio)
    tasks = _("%(r)s of tasks started.") % {"r": ratio}
    return _("%(first)s %(second)s") % {"first": change_words(changes), "second": tasks}


def change_words(changes: list[plan.Change]) -> str:
    """What changed in the last week, in one sentence."""
    better = sum(change.better for change in changes)
    worse = len(changes) - better
    if not changes:
        return _("Nothing changed this week.")
    return _("This week %(better)d moved for the better, %(worse)d for the worse.") % {
        "better": better,
        "worse": worse,
    }
