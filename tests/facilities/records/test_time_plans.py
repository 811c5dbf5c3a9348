"""Twelve proposals want more time than there is: plan, grants, breakdown, reserve list, a hand on it, rapid access."""

from __future__ import annotations

import copy
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.errors import Refusal
from kechuang.core.models import Notice, Organisation
from kechuang.core.verifying import verify
from kechuang.facilities import actions
from kechuang.facilities.actions import plan_runs
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.models import (
    Booking,
    Closure,
    Grant,
    HandRule,
    Proposal,
    Resource,
    TimePlan,
    TimeRequest,
)
from kechuang.facilities.queries.allocation import facility_code, offers_of
from kechuang.facilities.queries.plan_changes import reserve_list_of, what_if
from kechuang.facilities.queries.plans import described_changes, left_out, placements
from tests.accounts import account
from tests.facilities.calls import NOW, at, open_cycle, panel_of, recommended, scientist_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(NOW):
        yield


@pytest.fixture(scope="module")
def lasting_call(lasting) -> dict:
    """Twelve recommended proposals of 72 hours: more than two weeks on two lines hold. A plan is computed."""
    with lasting(), clock.at(NOW):
        house = Organisation.objects.create(name_zh="科学城")
        manager = account("manager", organisation=house)
        cycle = open_cycle(manager, house)
        panel = panel_of(cycle, manager)
        for n in range(12):
            recommended(cycle, panel, manager, scientist_of(n), 60 + 2 * n, 72)
        actions.move_cycle(manager, cycle, "close")
        plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
        return {"manager": manager, "cycle": cycle, "plan": plan}


@pytest.fixture
def call(db, lasting_call) -> dict:
    return copy.deepcopy(lasting_call)


@pytest.fixture
def manager(call):
    return call["manager"]


@pytest.fixture
def cycle(call):
    return call["cycle"]


@pytest.fixture
def plan(call) -> TimePlan:
    return call["plan"]


def computed(plan: TimePlan) -> TimePlan:
    plan_runs.run_plan.call(plan.pk)
    plan.refresh_from_db()
    return plan


def test_what_is_booked_directly_is_closed_to_the_plan(cycle, manager):
    row = cycle.facilities.select_related("resource").first()
    start = timezone.make_aware(datetime.combine(cycle.start, time(9)))
    booking = Booking.objects.create(
        resource=row.resource,
        user=manager,
        start=start,
        end=start + timedelta(hours=2),
        held_until=start + timedelta(hours=3),
        made_at=clock.now(),
    )

    def closed() -> list:
        return next(o.closed for o in offers_of(cycle) if o.id == facility_code(row))

    held = (booking.start, booking.held_until)
    assert held in closed()
    Booking.objects.filter(pk=booking.pk).update(status=Booking.Status.CANCELLED)
    assert held not in closed()


def test_what_was_booked_since_the_plan_was_computed_is_not_given_twice(cycle, manager, plan):
    place = placements(plan)[0]
    booking = Booking.objects.create(
        resource=place["offer"].resource,
        user=manager,
        start=place["from"] - timedelta(hours=1),
        end=place["from"],
        held_until=place["from"] + timedelta(minutes=15),  # the changeover reaches into it
        made_at=clock.now(),
    )
    with pytest.raises(Refusal, match=f"{place['offer'].resource}.*(no longer free|已被占用)"):
        actions.publish_time_plan(manager, plan)
    assert not Grant.objects.exists()
    plan.refresh_from_db()
    assert plan.stage == TimePlan.Stage.DONE
    Booking.objects.filter(pk=booking.pk).update(held_until=place["from"])
    actions.publish_time_plan(manager, plan)
    assert Grant.objects.exists()


def test_the_whole_way(cycle, manager, plan):
    assert plan.stage == TimePlan.Stage.DONE
    assert prove(plan.instance, plan.result).holds
    assert placements(plan) and left_out(plan)
    actions.publish_time_plan(manager, plan)
    cycle.refresh_from_db()
    assert cycle.stage == "published"
    granted = set(Proposal.objects.filter(stage="granted").values_list("pk", flat=True))
    assert granted == {p["proposal"].pk for p in placements(plan)}
    assert Proposal.objects.filter(stage="reserve").count() == len(left_out(plan))
    assert Grant.objects.count() == len(placements(plan))
    assert Notice.objects.filter(user__username__startswith="scientist").count() >= 12
    assert Proposal.objects.filter(stage="reserve").exclude(stage_reason="").count() == len(left_out(plan))
    assert list(verify()) == []


def test_what_is_granted_stays_inside_open_time_and_never_overlaps(cycle, manager):
    actions.save_closure(
        manager,
        Closure(
            resource=cycle.facilities.first().resource,
            start=at(date(2026, 5, 6), 3),
            end=at(date(2026, 5, 7)),
        ),
    )
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
    actions.publish_time_plan(manager, plan)
    for line in Resource.objects.filter(cycles__cycle=cycle):
        times = list(line.grants.order_by("start").values_list("start", "end"))
        assert all(a[1] <= b[0] for a, b in pairwise(times))
        for start, end in times:
            assert timezone.localtime(start).weekday() != 0
            assert not line.closures.filter(start__lt=end, end__gt=start).exists()


def test_a_breakdown_moves_few_and_says_why(cycle, manager, plan):
    actions.publish_time_plan(manager, plan)
    offer = cycle.facilities.first()
    hit = {
        p["request"]
        for p in placements(plan)
        if p["offer"] == offer and p["from"] < at(date(2026, 5, 9)) and p["to"] > at(date(2026, 5, 7))
    }
    repaired = computed(
        actions.repair_time_plan(
            manager, plan, offer, at(date(2026, 5, 7)), at(date(2026, 5, 9)), "真空泵损坏"
        )
    )
    assert hit and repaired.stage == TimePlan.Stage.DONE
    assert {c["request"] for c in repaired.changes if c["why"] == "closed"} == hit
    assert described_changes(repaired, repaired.changes)
    assert repaired.progress["moved"] >= 0
    kept = Grant.objects.filter(status="planned").count()
    actions.publish_time_plan(manager, repaired)
    plan.refresh_from_db()
    assert plan.stage == TimePlan.Stage.REPLACED
    assert Grant.objects.filter(status="planned").count() <= kept
    assert Grant.objects.filter(status="moved").count() >= len(hit) - 1


def test_the_past_is_frozen(cycle, manager, plan):
    actions.publish_time_plan(manager, plan)
    with clock.at(at(date(2026, 5, 8), 12)):
        begun = {(p["request"], p["start"]) for p in plan.result["placed"] if p["start"] < 14}
        later = computed(
            actions.repair_time_plan(
                manager, plan, cycle.facilities.last(), at(date(2026, 5, 12)), at(date(2026, 5, 13)), "停水"
            )
        )
    assert begun <= {(p["request"], p["start"]) for p in later.result["placed"]}
    assert all(p["start"] >= 14 for p in later.result["placed"] if (p["request"], p["start"]) not in begun)


def test_time_that_falls_free_goes_to_the_next_on_the_reserve_list(cycle, manager, plan):
    actions.publish_time_plan(manager, plan)
    waiting = reserve_list_of(plan)
    assert [row["rank"] for row in waiting] == list(range(1, len(waiting) + 1)) and waiting
    scores = [row["proposal"].score for row in waiting]
    assert scores == sorted(scores, reverse=True)
    limits = {"reserve", "cap", "quota"}
    assert all(row["fits"] is None and (row["blocked_by"] or row["reason"] in limits) for row in waiting)
    gone = placements(plan)[0]["proposal"]
    with pytest.raises(Refusal):
        actions.withdraw_proposal(gone.author, gone)  # granted time is given up with a reason only
    actions.withdraw_proposal(gone.author, gone, "样品未到")
    assert set(Grant.objects.filter(request__proposal=gone).values_list("status", flat=True)) == {"moved"}
    first = next(row for row in reserve_list_of(plan) if row["fits"])
    assert first["rank"] == 1
    place = first["fits"]
    cost = what_if(plan, "pin", first["request"], place["offer"], place["start"]).cost
    made = computed(
        actions.change_by_hand(
            manager, plan, "pin", first["request"], place["offer"], place["start"], "候补第一"
        )
    )
    actions.publish_time_plan(manager, made)
    first["proposal"].refresh_from_db()
    assert first["proposal"].stage == "granted" and cost <= 0


def test_a_hand_sees_the_cost_first(cycle, manager, plan):
    out = left_out(plan)[0]["request"]
    place = placements(plan)[0]
    found = what_if(plan, "pin", out, place["offer"], place["start"])
    assert found.cost >= 0 and HandRule.objects.count() == 0
    with pytest.raises(Refusal) as refusal:
        what_if(plan, "pin", out, place["offer"], 0)  # a machine day
    assert refusal.value.field == "slot"
    with pytest.raises(Refusal):
        actions.change_by_hand(manager, plan, "pin", out, place["offer"], place["start"], " ")
    made = computed(
        actions.change_by_hand(manager, plan, "pin", out, place["offer"], place["start"], "主任决定")
    )
    assert out.code in {p["request"] for p in made.result["placed"]}
    actions.release_hand_rule(manager, HandRule.objects.get())
    banned = computed(actions.change_by_hand(manager, made, "forbid", out, None, None, "撤回"))
    assert out.code not in {p["request"] for p in banned.result["placed"]}


def test_rapid_access_and_time_given_back(cycle, manager, plan):
    actions.publish_time_plan(manager, plan)
    waiting = Proposal.objects.filter(stage="reserve").first()
    grant = Grant.objects.order_by("start").first()
    offer = cycle.facilities.get(resource=grant.resource)
    with pytest.raises(Refusal) as refusal:
        actions.grant_rapid(manager, waiting, offer, grant.start, 8, "突发疫情")
    assert refusal.value.field == "start"
    for start, hours in (
        (at(cycle.start - timedelta(days=1)), 8),
        (at(cycle.end, 20), 8),
        (at(cycle.start), 10**18),
    ):
        with pytest.raises(Refusal, match="不在征集的机时范围内"):
            actions.grant_rapid(manager, waiting, offer, start, hours, "突发疫情")
    free = at(date(2026, 5, 4), 8)  # the machine day is open to rapid access alone
    actions.grant_rapid(manager, waiting, offer, free, 8, "突发疫情")
    waiting.refresh_from_db()
    assert waiting.stage == "granted"
    with clock.at(grant.end + timedelta(hours=1)):
        with pytest.raises(Refusal):
            actions.give_back_time(manager, grant, 1000, "停电")
        again = actions.give_back_time(manager, grant, 24, "停电")
    assert (again.kind, again.hours) == (TimeRequest.Kind.GIVEN_BACK, 24)


def test_stopping_keeps_the_best(cycle, manager):
    plan = actions.make_time_plan(manager, cycle, seconds=60)
    actions.stop_time_plan(manager, plan)
    plan = computed(plan)
    assert plan.stage == TimePlan.Stage.DONE and plan.result["placed"]
    assert plan.result["seconds"] < 20
    with pytest.raises(Refusal):
        actions.stop_time_plan(manager, plan)
