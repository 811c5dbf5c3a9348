"""The proof of a plan, computed again from its printed prices; and its files."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from kechuang.facilities.engine.proof import prove
from kechuang.facilities.engine.proof_gap import gap_of
from kechuang.facilities.queries.allocation import names_of
from kechuang.facilities.queries.plans import moment, rule_words
from kechuang.facilities.queries.proposals import keeps
from kechuang.facilities.web.plans import readable_plan


@login_required
def proof(request, pk: int):
    """The certificate, computed again from the printed prices alone."""
    plan = readable_plan(request, pk)
    if not plan.result or plan.result.get("relax"):
        return HttpResponseRedirect(plan.get_absolute_url())
    found = prove(plan.instance, plan.result)
    names = names_of(plan.cycle)
    prices = [
        (names.get(f, f), moment(plan, start), moment(plan, end), price, (end - start) * price)
        for f, runs in plan.result["certificate"]["slot_price"].items()
        for start, end, price in runs
    ]
    context = {
        "plan": plan,
        "proof": found,
        "gap": gap_of(plan.instance, plan.result),
        "terms": [(rule_words(plan, t.rule), t.price, t.limit, t.amount) for t in found.rules],
        "prices": prices[:200],
        "more": max(0, len(prices) - 200),
        "manages": keeps(request.user),
        "breadcrumb": [(str(plan), plan.get_absolute_url()), (_("Proof"), "")],
    }
    return render(request, "facilities/plan_proof.html", context)


@login_required
def download(request, pk: int, what: str):
    """INSTANCE.json or PLAN.json, as the command reads and writes them."""
    plan = readable_plan(request, pk)
    if what == "instance" and not keeps(request.user):
        raise PermissionDenied
    data = plan.instance if what == "instance" else plan.result
    answer = HttpResponse(json.dumps(data, ensure_ascii=False), content_type="application/json")
    answer["Content-Disposition"] = (
        f'attachment; filename="{what.upper()}-{plan.cycle_id}-v{plan.number}.json"'
    )
    return answer
