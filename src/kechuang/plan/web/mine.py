"""My work: what is asked of this person and by when, and the decisions that wait, each one press away."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from kechuang.core import clock
from kechuang.plan.queries.mine import asked_of, parts_of, waiting_for

MOST = 50


def home(request):
    """Where the plan begins: for members what waits for them, for visitors what is published."""
    return redirect("plan:mine" if request.user.is_authenticated else "plan:public")


@login_required
def my_work(request):
    asked = asked_of(request.user)
    decisions = {kind: list(rows[:MOST]) for kind, rows in waiting_for(request.user).items()}
    parts = list(parts_of(request.user)[:MOST])
    context = {
        "now": [one for one in asked if one.now],
        "later": [one for one in asked if not one.now][:MOST],
        "parts": parts,
        "moment": clock.now(),
        "nothing": not asked and not parts and not any(decisions.values()),
        **decisions,
    }
    return render(request, "plan/mine.html", context)
