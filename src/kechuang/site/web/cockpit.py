"""The cockpit: how the promises stand, in one screen; the same for the wall, larger and by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.kernel import State
from kechuang.indicators import ports as indicators
from kechuang.plan import ports as plan

HORIZONS = (date(2025, 12, 31), date(2035, 12, 31))
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Countdown:
    due: date
    days: int
    promised: int
    kept: int


def home(request):
    """Members see the cockpit, visitors the published promises."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("plan:public"))
    return render(request, "site/cockpit.html", _context(request))


def wall(request):
    """Wall mode: no controls, refreshes itself; only what is public."""
    return render(request, "site/wall.html", _context(request))


def _context(request) -> dict[str, Any]:
    today = clock.today()
    overview = plan.overview(request.user, today)
    return {
        "sentence": in_words(overview),
        "changes": change_words(plan.changes_since(request.user, today - WEEK, today)),
        "counts": overview.counts,
        "state_urls": {state: reverse("plan:commitments") + f"?state={state}" for state in State},
        "programmes": [b for b in overview.programmes if b.level <= 1],
        "countdowns": [_countdown(due, today, overview.dues) for due in HORIZONS],
        "decisions": plan.decisions_for(request.user),
        "evidence": plan.newest_evidence(request.user, 4),
        "index": indicators.headline_index(),
        "started": overview.started,
        "today": today,
    }


def _countdown(due: date, today: date, dues: list[tuple[date, str]]) -> Countdown:
    """Promises due by the end of a horizon, and how many of them are kept."""
    within = [state for day, state in dues if day <= due]
    return Countdown(due, (due - today).days, len(within), sum(state == State.KEPT for state in within))


def in_words(overview: plan.Overview) -> str:
    counts = overview.counts
    return _(
        "%(total)d promises: %(kept)d kept, %(way)d on the way, %(risk)d at risk, %(late)d late, %(un)d unmeasured."
    ) % {
        "total": sum(counts.values()),
        "kept": counts[State.KEPT],
        "way": counts[State.ON_THE_WAY],
        "risk": counts[State.AT_RISK],
        "late": counts[State.LATE],
        "un": counts[State.UNMEASURED],
    }


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
