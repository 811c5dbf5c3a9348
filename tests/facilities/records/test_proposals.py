"""From a call to granted time, by the acts alone; rules, conflicts, repair, rapid access."""

from __future__ import annotations

from datetime import date

import pytest

from kechuang.core import clock
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.core.verifying import verify
from kechuang.facilities import actions
from kechuang.facilities.actions.reference_calls import load_calls
from kechuang.facilities.engine.proof import prove
from kechuang.facilities.models import (
    Closure,
    Cycle,
    CycleRule,
    Grant,
    Panel,
    Proposal,
    Resource,
    TimePlan,
    UseSession,
)
from kechuang.facilities.queries.proposals import may_read, standing, visible_proposals
from tests.facilities.calls import AIM, NOW, at, open_cycle, panel_of, scientist_of, submitted
from tests.facilities.reference import reference_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(NOW):
        yield


@pytest.fixture
def house() -> Organisation:
    return Organisation.objects.create(name_zh="科学城")


@pytest.fixture
def manager(make_user, house):
    return make_user("manager", organisation=house)


@pytest.fixture
def cycle(manager, house) -> Cycle:
    return open_cycle(manager, house)


@pytest.fixture
def scientist(db):
    return scientist_of


@pytest.fixture
def panel(cycle, manager) -> Panel:
    return panel_of(cycle, manager)


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
