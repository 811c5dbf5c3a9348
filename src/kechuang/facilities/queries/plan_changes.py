"""What a change of a plan would cost, and who is next on the reserve list: computed at once, nothing is stored."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.errors import Refusal
from kechuang.facilities.models import CycleFacility, TimePlan, TimeRequest
from kechuang.facilities.queries.allocation import facility_code, instance_of
from kechuang.facilities.queries.plans import described, numbers_of, requests_of

QUICK = 0.5  # seconds of search while a manager waits for the page


def what_if(
    plan: TimePlan, kind: str, request: TimeRequest, offer: CycleFacility | None, slot: int | None
) -> Any:
    """What a pin, a move or a ban would change and cost; the version made of it can only be cheaper.

    Returns a Preview of the engine. Raises Refusal when the place is not allowed.
    """
    from kechuang.facilities.engine.allocation.instance import BadInstance
    from kechuang.facilities.engine.allocation.parse import read_instance
    from kechuang.facilities.engine.allocation.plan import Certificate
    from kechuang.facilities.engine.allocation.repair import forbidden, pinned, preview

    data = instance_of(plan.cycle, placed=plan.result.get("placed", []))
    code = facility_code(offer) if offer else None
    try:
        problem = read_instance(json.dumps(data))
        problem = (
            pinned(problem, request.code, code, slot)
            if kind == "pin"
            else forbidden(problem, request.code, code)
        )
    except BadInstance as error:
        raise Refusal(
            _("%(request)s cannot stand there: choose a start inside its window and the open time.")
            % {"request": request.proposal.number},
            field="slot",
        ) from error
    certificate = Certificate(**plan.result["certificate"])
    return preview(problem, _placed(plan), certificate, QUICK, plan.seed, time.monotonic)


def reserve_list_of(plan: TimePlan) -> list[dict[str, Any]]:
    """Who waits, in the order in which they are next: rank, request, why, where it fits now, or whose place it would take.

    Of the plan in force as things stand today, with what was withdrawn or closed since; of other versions as computed.
    """
    from kechuang.facilities.engine.allocation.parse import read_instance
    from kechuang.facilities.engine.allocation.reserve import reserve_list

    data = plan.instance
    if plan.stage == TimePlan.Stage.PUBLISHED:
        data = instance_of(plan.cycle, placed=plan.result["placed"])
    known = {r["id"] for r in data["requests"]}
    placed = [p for p in _placed(plan) if p.request in known]
    rows = reserve_list(read_instance(json.dumps(data)), placed)
    requests = requests_of(w.request for w in rows)
    numbers = numbers_of({name for w in rows for name in (*w.why.blocked_by, *w.in_place_of)})
    return [
        {
            "rank": row.rank,
            "request": requests[row.request],
            "proposal": requests[row.request].proposal,
            "reason": row.why.reason,
            "blocked_by": [numbers[name] for name in row.why.blocked_by if name in numbers],
            "fits": _place(plan, row.fits),
            "instead": _place(plan, row.instead),
            "in_place_of": [numbers[name] for name in row.in_place_of if name in numbers],
        }
        for row in rows
        if row.request in requests
    ]


def _placed(plan: TimePlan) -> list:
    from kechuang.facilities.engine.allocation.plan import Placement

    return [Placement(**p) for p in plan.result.get("placed", [])]


def _place(plan: TimePlan, placement: Any) -> dict[str, Any] | None:
    found = described(plan, [asdict(placement)]) if placement else []
    return found[0] if found else None
