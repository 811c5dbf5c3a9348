"""Acts on very many tasks: how far the worker is, and what was left as it was; one may leave the page and come back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.plan.actions.bulk_runs import IMPORT, ask_to_stop, outcome, title_of
from kechuang.plan.models import BulkRun

SHOWN = 200


def _mine(request, pk: int) -> BulkRun:
    return get_object_or_404(BulkRun, pk=pk, by=request.user)


@login_required
def run(request, pk: int):
    """One run: count, progress, result."""
    row = _mine(request, pk)
    context = {
        "run": row,
        "title": title_of(row.verb),
        "total": len(row.tasks),
        "whole": row.verb == IMPORT,
        "outcome": outcome(row),
        "refused": row.refused[:SHOWN],
        "more": max(0, len(row.refused) - SHOWN),
        "breadcrumb": [(_("Supervision"), reverse("plan:tasks")), (title_of(row.verb), "")],
    }
    return render(request, "plan/run.html", context)


@login_required
def progress(request, pk: int):
    """How far it is, as the progress part reads it."""
    row = _mine(request, pk)
    step = _("%(n)d changed, %(left)d left as they were") % {"n": row.changed, "left": len(row.refused)}
    return JsonResponse(
        {
            "done": row.done,
            "total": len(row.tasks),
            "step": step,
            "rest": "",
            "finished": not row.going_on,
            "next": "" if row.going_on else row.get_absolute_url(),
            "error": row.fault,
        }
    )


@require_POST
@login_required
def stop(request, pk: int):
    """What is done stays; the rest is left."""
    row = _mine(request, pk)
    ask_to_stop(row)
    return HttpResponseRedirect(row.get_absolute_url())
