"""From a call to granted time, by the acts alone; rules, conflicts, repair, rapid access."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of, verify
from kechuang.core.models import Notice, Organisation
from kechuang.facilities import actions
from kechuang.facilities.actions import plan_runs
from kechuang.facilities.actions.reference_calls import load_calls
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.models import (
    Closure,
    Cycle,
    CycleFacility,
    CycleRule,
    Grant,
    HandRule,
    Panel,
    Proposal,
    Resource,
    TimePlan,
    TimeRequest,
    UseSession,
)
from kechuang.facilities.queries.plan_changes import reserve_list_of, what_if
from kechuang.facilities.queries.plans import described_changes, left_out, placements
from kechuang.facilities.queries.proposals import may_read, standing, visible_proposals
from tests.facilities.reference import reference_facts

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
AIM = {"key": "aim", "kind": "text", "label_zh": "目标", "required": True}
NOTE = {"key": "note", "kind": "text", "label_zh": "备注"}


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(at(date(2026, 3, 2), 9)):
        yield


@pytest.fixture
def house() -> Organisation:
    return Organisation.objects.create(name_zh="科学城")


@pytest.fixture
def manager(make_user, house):
    return make_user("manager", organisation=house)


@pytest.fixture
def cycle(manager, house) -> Cycle:
    row = Cycle(
        name_zh="春季征集",
        organiser=house,
        opens=at(date(2026, 3, 1)),
        closes=at(date(2026, 4, 1)),
        start=date(2026, 5, 4),
        end=date(2026, 5, 17),
    )
    actions.save_cycle(manager, row)
    for number in range(2):
        line = Resource.objects.create(
            name_zh=f"线站{number}", code=f"B{number}", kind="beamline", owner=house
        )
        offer = CycleFacility(cycle=row, resource=line, hours=300, machine_weekdays=[0], reserve_percent=5)
        actions.save_offer(manager, offer)
    actions.save_form(manager, row, [AIM, NOTE])
    actions.publish_form(manager, row)
    return actions.move_cycle(manager, row, "open")


@pytest.fixture
def scientist(make_user):
    def make(number: int):
        home = Organisation.objects.get_or_create(name_zh=f"大学{number}")[0]
        return make_user("scientist", organisation=home, name=f"scientist{number}")

    return make


@pytest.fixture
def panel(cycle, manager, make_user) -> Panel:
    chair = make_user("reviewer", organisation=Organisation.objects.create(name_zh="评审办"), name="chair")
    row = actions.save_panel(
        manager, Panel(cycle=cycle, name_zh="物理组", disciplines=["physics"], chair=chair)
    )
    for number in range(2):
        home = Organisation.objects.create(name_zh=f"评审单位{number}")
        actions.seat_member(manager, row, make_user("reviewer", organisation=home, name=f"judge{number}"))
    return row


def submitted(cycle: Cycle, person, hours: int = 48, **facts) -> Proposal:
    home = person.memberships.first().organisation
    row = actions.start_proposal(person, cycle, home, title_zh="量子磁体", discipline="physics")
    actions.save_answers(person, row, {"aim": "测量"})
    actions.ask_time(person, row, list(cycle.facilities.all()), hours=hours, **facts)
    return actions.submit_proposal(person, row)


def recommended(cycle: Cycle, panel: Panel, manager, person, points: int = 80, hours: int = 48) -> Proposal:
    row = submitted(cycle, person, hours)
    for kind in ("eligibility", "feasibility", "safety"):
        actions.check_proposal(manager, row, kind, True)
    for seat in panel.members.all():
        actions.give_grade(seat.user, row, points)
    row.refresh_from_db()
    return actions.decide_proposal(panel.chair, row, "recommend")


def computed(plan: TimePlan) -> TimePlan:
    plan_runs.run_plan.call(plan.pk)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def full_house(cycle, panel, manager, scientist):
    """Twelve recommended proposals of 72 hours: more than two weeks on two lines hold."""
    rows = [recommended(cycle, panel, manager, scientist(n), 60 + 2 * n, 72) for n in range(12)]
    actions.move_cycle(manager, cycle, "close")
    return rows


def test_the_whole_way(cycle, panel, manager, full_house):
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
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


def test_what_is_granted_stays_inside_open_time_and_never_overlaps(cycle, panel, manager, full_house):
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


def test_a_breakdown_moves_few_and_says_why(cycle, panel, manager, full_house):
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
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


def test_the_past_is_frozen(cycle, panel, manager, full_house):
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
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


def test_time_that_falls_free_goes_to_the_next_on_the_reserve_list(cycle, panel, manager, full_house):
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
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


def test_a_hand_sees_the_cost_first(cycle, panel, manager, full_house):
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
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


def test_rapid_access_and_time_given_back(cycle, panel, manager, full_house):
    plan = computed(actions.make_time_plan(manager, cycle, seconds=1))
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


def test_stopping_keeps_the_best(cycle, panel, manager, full_house):
    plan = actions.make_time_plan(manager, cycle, seconds=60)
    actions.stop_time_plan(manager, plan)
    plan = computed(plan)
    assert plan.stage == TimePlan.Stage.DONE and plan.result["placed"]
    assert plan.result["seconds"] < 20
    with pytest.raises(Refusal):
        actions.stop_time_plan(manager, plan)


def test_rules_that_cannot_hold_are_named(cycle, manager):
    actions.save_rule(manager, CycleRule(cycle=cycle, kind="floor", name="life", least=700))
    with pytest.raises(Refusal, match="1100"):
        actions.save_rule(manager, CycleRule(cycle=cycle, kind="floor", name="earth", least=400))
    with pytest.raises(Refusal):
        actions.save_rule(manager, CycleRule(cycle=cycle, kind="quota", name="甲", least=500, most=400))
    with pytest.raises(Refusal):
        actions.save_rule(manager, CycleRule(cycle=cycle, kind="cap", name="1", least=5))


def test_overlapping_maintenance_is_named_with_its_place(cycle, manager):
    line = cycle.facilities.first().resource
    actions.save_closure(
        manager, Closure(resource=line, start=at(date(2026, 5, 6)), end=at(date(2026, 5, 8)))
    )
    with pytest.raises(Refusal, match="2026-05-06 00:00"):
        actions.save_closure(
            manager, Closure(resource=line, start=at(date(2026, 5, 7)), end=at(date(2026, 5, 9)))
        )
    actions.save_closure(
        manager, Closure(resource=line, start=at(date(2026, 5, 8)), end=at(date(2026, 5, 9)))
    )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"hours": 0}, "hours"),
        ({"hours": 9999}, "hours"),
        ({"hours": 48, "earliest": date(2026, 6, 1)}, "earliest"),
        ({"hours": 48, "earliest": date(2026, 5, 9), "latest": date(2026, 5, 8)}, "latest"),
        ({"hours": 48, "earliest": date(2026, 5, 9), "latest": date(2026, 5, 9)}, "hours"),
    ],
)
def test_time_that_cannot_be_asked_for(cycle, scientist, facts, field):
    person = scientist(1)
    row = actions.start_proposal(
        person, cycle, person.memberships.first().organisation, title_zh="甲", discipline="physics"
    )
    with pytest.raises(Refusal) as refusal:
        actions.ask_time(person, row, list(cycle.facilities.all()), **facts)
    assert refusal.value.field == field
    assert not row.requests.exists()


def test_answers_stay_when_the_form_changes(cycle, manager, scientist):
    person = scientist(1)
    row = actions.start_proposal(
        person, cycle, person.memberships.first().organisation, title_zh="甲", discipline="physics"
    )
    actions.save_answers(person, row, {"aim": "测量", "note": "低温"})
    actions.save_form(manager, cycle, [AIM, {"key": "heat", "kind": "number", "label_zh": "温度"}])
    row.refresh_from_db()
    assert row.form.number == 1  # not before it is published
    actions.publish_form(manager, cycle)
    row.refresh_from_db()
    assert row.form.number == 2 and row.answers == {"aim": "测量", "note": "低温"}
    actions.save_answers(person, row, {"heat": "4.2"})
    assert row.answers["note"] == "低温"
    with pytest.raises(Refusal):
        actions.save_answers(person, row, {"note": "x"})


def test_submitting_needs_everything(cycle, scientist, house):
    person = scientist(1)
    row = actions.start_proposal(
        person, cycle, person.memberships.first().organisation, title_zh="甲", discipline="physics"
    )
    with pytest.raises(Refusal):
        actions.submit_proposal(person, row)
    actions.ask_time(person, row, [cycle.facilities.first()], hours=24)
    with pytest.raises(Refusal, match="目标"):
        actions.submit_proposal(person, row)
    actions.save_answers(person, row, {"aim": "测量"})
    session = UseSession.objects.create(
        resource=cycle.facilities.first().resource,
        user=person,
        organisation=house,
        access="academic",
        start=at(date(2026, 1, 1)),
        end=at(date(2026, 1, 2)),
        report_due=date(2026, 2, 1),
    )
    with pytest.raises(Refusal, match="2026-02-01"):
        actions.submit_proposal(person, row)
    session.delete()
    actions.submit_proposal(person, row)
    with pytest.raises(Refusal):
        actions.save_answers(person, row, {"aim": "x"})


def test_the_call_keeps_its_dates(cycle, scientist):
    person = scientist(1)
    with clock.at(at(date(2026, 4, 2))), pytest.raises(Refusal, match="2026-04-01"):
        actions.start_proposal(
            person, cycle, person.memberships.first().organisation, title_zh="甲", discipline="physics"
        )


def test_conflicts_keep_judges_away(cycle, panel, manager, make_user, scientist):
    colleague = panel.members.first().user
    author = make_user("scientist", organisation=colleague.memberships.first().organisation, name="colleague")
    row = submitted(cycle, author)
    for kind in ("eligibility", "feasibility", "safety"):
        actions.check_proposal(manager, row, kind, True)
    with pytest.raises(Refusal):
        actions.give_grade(colleague, row, 90)
    assert not may_read(colleague, row)
    other = panel.members.last().user
    assert may_read(other, row)
    actions.give_grade(other, row, 90)
    actions.declare_conflict(other, row, "合作过")
    row.refresh_from_db()
    assert row.score is None and not row.grades.exists()
    with pytest.raises(Refusal):
        actions.give_grade(other, row, 90)
    shown = standing(panel, colleague)
    assert shown[0]["conflict"] == "organisation"


def test_a_panel_ranks_live(cycle, panel, manager, scientist):
    rows = [submitted(cycle, scientist(n)) for n in range(3)]
    for row in rows:
        for kind in ("eligibility", "feasibility", "safety"):
            actions.check_proposal(manager, row, kind, True)
    judge = panel.members.first().user
    actions.give_grade(judge, rows[2], 90)
    actions.give_grade(judge, rows[0], 70)
    assert [(s["proposal"].pk, s["rank"]) for s in standing(panel, judge)] == [
        (rows[2].pk, 1),
        (rows[0].pk, 2),
        (rows[1].pk, None),
    ]
    panel.ceiling_hours = 60
    assert [s["inside"] for s in standing(panel, judge)] == [True, False, False]


def test_nobody_sees_what_is_not_theirs(cycle, scientist, manager, panel):
    mine, other = scientist(1), scientist(2)
    row = actions.start_proposal(
        mine, cycle, mine.memberships.first().organisation, title_zh="甲", discipline="physics"
    )
    assert not visible_proposals(other).filter(pk=row.pk).exists()
    assert not visible_proposals(manager).filter(pk=row.pk).exists()  # a draft is the author's
    with pytest.raises(NotPermitted):
        actions.save_answers(other, row, {"aim": "x"})
    actions.add_coauthor(mine, row, other)
    assert visible_proposals(other).filter(pk=row.pk).exists()
    actions.save_answers(other, row, {"aim": "一起写"})


def test_a_failed_check_needs_its_reason_and_ends_it(cycle, scientist, manager):
    row = submitted(cycle, scientist(1))
    with pytest.raises(Refusal):
        actions.check_proposal(manager, row, "eligibility", False)
    actions.check_proposal(manager, row, "eligibility", False, "报告逾期")
    assert row.stage == "ineligible"
    with pytest.raises(Refusal):
        actions.withdraw_proposal(row.author, row)
    assert events_of(row).count() == 5


def test_the_reference_calls_stand_in_every_part_of_their_life_and_load_once(house):
    for number in range(3):
        Resource.objects.create(name_zh=f"装置{number}", code=f"F{number}", kind="beamline", owner=house)
    for n in range(4):
        Organisation.objects.create(name_zh=f"研究所{n}", kind="institute")
    facts = reference_facts()
    load_calls(facts["calls"])
    counted = [m.objects.count() for m in (Cycle, Proposal, TimePlan, Grant, Panel)]
    assert set(Cycle.objects.values_list("stage", flat=True)) == {"ended", "published", "review", "open"}
    stages = set(Proposal.objects.values_list("stage", flat=True))
    assert {"draft", "submitted", "technical", "safety", "panel", "granted", "completed"} <= stages
    assert Grant.objects.filter(lost_hours__gt=0).exists()
    for plan in TimePlan.objects.all():
        assert plan.stage == "published" and prove(plan.instance, plan.result).holds
    assert not Proposal.objects.filter(synthetic=False).exists()
    assert not list(verify())
    load_calls(facts["calls"])
    assert counted == [m.objects.count() for m in (Cycle, Proposal, TimePlan, Grant, Panel)]
