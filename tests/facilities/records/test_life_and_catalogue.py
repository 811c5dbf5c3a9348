"""Facilities live, resources are shared, tables come in, institutions keep their promises: by the acts alone."""

import csv
import io
from datetime import date

import pytest
from django.utils import translation

from kechuang.core import clock, files, links
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Event, Organisation
from kechuang.core.search import matching
from kechuang.core.verifying import verify
from kechuang.facilities import actions
from kechuang.facilities.actions.import_resources import read_resources
from kechuang.facilities.models import (
    AcceptanceDocument,
    Agreement,
    AgreementMember,
    Contract,
    ContractIndicator,
    Evaluation,
    Facility,
    FiveYearPlan,
    Institution,
    PlanMilestone,
    Resource,
    StageDate,
    Unit,
)
from kechuang.facilities.queries.catalogue import Catalogue, catalogue
from kechuang.facilities.queries.cluster import cluster_on, totals
from kechuang.indicators.models import Metric, Observation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english_and_own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def owner():
    return Organisation.objects.create(name_zh="物理研究所", name_en="Institute of Physics", kind="institute")


@pytest.fixture
def cluster():
    return Organisation.objects.create(name_zh="科学城管委会", kind="park")


@pytest.fixture
def facility(owner, cluster):
    row = Facility(code="f1", name_zh="极端条件装置", kind="facility", cluster=cluster, owner=owner)
    return actions.save_facility(SYSTEM, row)


ROAD = ["planning", "approval", "construction", "installation", "commissioning", "trial", "operation"]


def live(facility, until, start=2015):
    for place, stage in enumerate(ROAD[: ROAD.index(until) + 1]):
        if stage == "operation":
            actions.add_acceptance(
                SYSTEM,
                AcceptanceDocument(facility=facility, title="验收", accepted_on=date(start + place, 1, 1)),
            )
        actions.enter_stage(SYSTEM, facility, stage, date(start + place, 1, 1), evidence="公报")


def test_a_facility_lives_and_the_cluster_shows_any_day(facility):
    for place, stage in enumerate(ROAD):
        actions.plan_stage(SYSTEM, facility, stage, date(2015 + place, 1, 1))
    live(facility, "operation")
    assert Facility.objects.get().stage == "operation"
    now, then = cluster_on(date(2022, 1, 1))[0], cluster_on(date(2017, 6, 1))[0]
    assert (now.state, now.delay) == ("kept", 0)
    assert (then.stage, then.state, then.expected) == ("construction", "on_the_way", date(2021, 1, 1))
    assert (
        totals(cluster_on(date(2022, 1, 1))).share == 1
        and totals(cluster_on(date(2014, 1, 1))).in_research == 0
    )
    actions.enter_stage(SYSTEM, facility, "upgrade", date(2023, 1, 1), evidence="x")
    actions.enter_stage(SYSTEM, facility, "operation", date(2024, 1, 1), evidence="x")
    stages = [cluster_on(date(year, 6, 1))[0].stage for year in (2022, 2023, 2024)]
    assert stages == ["operation", "upgrade", "operation"]
    assert list(verify()) == []


def test_steps_out_of_order_without_proof_or_acceptance_are_refused(facility):
    with pytest.raises(Refusal, match="begins with planning"):
        actions.enter_stage(SYSTEM, facility, "trial", date(2015, 1, 1), evidence="x")
    live(facility, "trial")
    for stage, day, evidence, words in (
        ("operation", date(2021, 1, 1), "x", "acceptance"),
        ("construction", date(2021, 1, 1), "x", "does not go"),
        ("operation", date(2010, 1, 1), "x", "before the present"),
        ("operation", date(2999, 1, 1), "x", "not come"),
        ("nonsense", date(2021, 1, 1), "x", "no stage"),
    ):
        with pytest.raises(Refusal, match=words):
            actions.enter_stage(SYSTEM, facility, stage, day, evidence=evidence)
    actions.add_acceptance(
        SYSTEM, AcceptanceDocument(facility=facility, title="a", accepted_on=date(2021, 1, 1))
    )
    with pytest.raises(Refusal, match="proves"):
        actions.enter_stage(SYSTEM, facility, "operation", date(2021, 1, 1))
    actions.plan_stage(SYSTEM, facility, "operation", date(2021, 1, 1))
    row = StageDate.objects.get(stage="trial")
    with pytest.raises(Refusal, match="began on"):
        actions.correct_stage(SYSTEM, row, date(2018, 1, 1), "x")
    actions.correct_stage(SYSTEM, row, date(2020, 3, 1), "笔误")
    facility.refresh_from_db()
    assert facility.since == date(2020, 3, 1)


def test_planned_days_keep_the_order(facility):
    actions.plan_stage(SYSTEM, facility, "approval", date(2020, 1, 1))
    with pytest.raises(Refusal, match="out of order"):
        actions.plan_stage(SYSTEM, facility, "trial", date(2019, 1, 1))


def test_only_those_who_keep_it_move_it(facility, owner, cluster, make_user):
    own = make_user("manager", organisation=owner, name="own")
    above = make_user("manager", organisation=cluster, name="above")
    other = make_user("manager", name="other")
    actions.enter_stage(own, facility, "planning", date(2015, 1, 1), evidence="x")
    facility.refresh_from_db()
    actions.enter_stage(above, facility, "approval", date(2016, 1, 1), evidence="x")
    with pytest.raises(NotPermitted):
        actions.enter_stage(other, facility, "construction", date(2017, 1, 1), evidence="x")


@pytest.mark.django_db(transaction=True)
def test_the_share_in_research_follows_an_act(facility, owner, cluster, make_user):
    from kechuang.indicators import actions as indicators

    indicators.sync_declarations(SYSTEM)
    second = Facility(code="f2", name_zh="第二", kind="platform", cluster=cluster, owner=owner)
    actions.save_facility(SYSTEM, second)
    indicators.recompute(SYSTEM)
    metric = Metric.objects.get(code="facilities-in-research-share")

    def value():
        newest = Observation.objects.filter(metric=metric, cell={}, current=True).order_by("end", "known_at")
        return newest.last().value

    assert value() == 0
    live(facility, "operation")
    assert value() == 50
    resource = Resource(
        code="R1", kind="pilot_line", name_zh="中试线", owner=owner, value_fen=500, contact="x"
    )
    actions.open_resource(SYSTEM, actions.save_resource(SYSTEM, resource))
    for code, expected in (("shared-platforms", 1), ("shared-value", 500), ("facilities-completed", 1)):
        rows = Observation.objects.filter(metric__code=code, cell={}, current=True).order_by("known_at")
        assert rows.last().value == expected, code


# ---- catalogue


def resource(owner, code="R1", **facts):
    facts = {"kind": "instrument", "name_zh": "显微镜", "contact": "张", "owner": owner, **facts}
    return Resource(code=code, **facts)


def test_resources_open_close_retire(owner):
    row = actions.save_resource(SYSTEM, resource(owner, hours="1-5 9:00-17:00", rate_academic_fen=30000))
    assert (row.hours, row.price_band) == ("1-5 09:00-17:00", 2)
    with clock.at(date(2024, 5, 6)):
        actions.open_resource(SYSTEM, row)
    assert Resource.objects.get().opened_on == date(2024, 5, 6)
    found = set(matching("facilities.resource", "显微镜").values_list("key", flat=True))
    assert found == {row.pk}
    actions.retire_resource(SYSTEM, row)
    with pytest.raises(Refusal, match="retired"):
        actions.open_resource(SYSTEM, row)
    assert events_of(row).count() == 3


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"rate_academic_fen": -1}, "rate_academic_fen"),
        ({"value_fen": -5}, "value_fen"),
        ({"hours": "nine to five"}, "hours"),
        ({"handle": "10.12/x"}, "handle"),
        ({"name_zh": " "}, "name_zh"),
    ],
)
def test_bad_resources_are_named(owner, facts, field):
    with pytest.raises(Refusal) as refused:
        actions.save_resource(SYSTEM, resource(owner, **facts))
    assert refused.value.field == field and Resource.objects.count() == 0


def test_columns_follow_every_change(owner):
    """A process that looked before sees what changed since, and no more is read than that."""
    other = Catalogue()
    rows = [actions.save_resource(SYSTEM, resource(owner, f"R{n}", value_fen=n)) for n in range(5)]
    assert int(other.fresh().columns.live.sum()) == 5
    actions.retire_resource(SYSTEM, rows[2])
    rows[3].capability = "laser"
    actions.save_resource(SYSTEM, rows[3])
    columns = other.fresh().columns
    assert int(columns.live.sum()) == 4
    assert columns.counts("capability", columns.select({})) == {"other": 3, "laser": 1}
    page = columns.page(columns.select({}), "value_fen", 2, descending=True)
    assert page.keys == [rows[4].pk, rows[3].pk] and page.following


def table(rows):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["code", "kind", "name_zh", "owner", "value_yuan", "rate_academic_yuan", "opened"])
    writer.writerows(rows)
    return buffer.getvalue().encode()


def import_table(data, actor=SYSTEM, dry_run=False):
    sheet = read_resources(actor, data, "a.csv")
    return actions.import_resources(actor, sheet, None if dry_run else files.keep(actor, "a.csv", data))


def test_an_import_is_all_or_nothing_and_twice_changes_nothing(owner):
    rows = [[f"I{n}", "instrument", f"仪器{n}", "物理研究所", n, n, "是"] for n in range(3000)]
    bad = [list(row) for row in rows]
    bad[10][5], bad[1500][3], bad[2999][1] = -1, "无此单位", "boat"
    found = read_resources(SYSTEM, table(bad), "a.csv")
    assert [(f.row, f.column) for f in found.faults] == [
        (12, "rate_academic_yuan"),
        (1502, "owner"),
        (3001, "kind"),
    ]
    with pytest.raises(Refusal, match="3 faults"):
        import_table(table(bad))
    assert Resource.objects.count() == 0
    tried = import_table(table(rows), dry_run=True)
    assert (
        tried.added,
        Resource.objects.count(),
        Event.objects.filter(verb="facilities.import_resources").count(),
    ) == (3000, 0, 0)
    found = import_table(table(rows))
    assert (found.added, found.changed, found.same) == (3000, 0, 0)
    before = list(Resource.objects.order_by("pk").values())
    again = import_table(table(rows))
    assert (again.added, again.changed, again.same) == (0, 0, 3000)
    assert list(Resource.objects.order_by("pk").values()) == before
    event = Event.objects.get(verb="facilities.import_resources")
    assert (
        event.after["digest"] == files.keep(SYSTEM, "a.csv", table(rows)).digest
        and event.after["added"] == 3000
    )
    assert matching("facilities.resource", "仪器").count() == 3000


def test_an_import_changes_only_what_it_names(owner):
    row = actions.save_resource(SYSTEM, resource(owner, "I1", place="怀柔", hours="24/7"))
    found = import_table(table([["I1", "instrument", "新名", "物理研究所", "1", "700", "否"]]))
    assert (found.added, found.changed) == (0, 1)
    row.refresh_from_db()
    assert (row.name_zh, row.place, row.hours, row.price_band, row.value_fen) == (
        "新名",
        "怀柔",
        "24/7",
        3,
        100,
    )
    columns = catalogue.fresh().columns
    assert columns.counts("price_band", columns.select({})) == {3: 1}


def test_a_manager_imports_only_their_own(owner, make_user):
    Organisation.objects.create(name_zh="下属室", parent=owner)
    Organisation.objects.create(name_zh="别处")
    manager = make_user("manager", organisation=owner)
    rows = [["I1", "instrument", "a", "下属室", "", "", ""], ["I2", "instrument", "b", "别处", "", "", ""]]
    (fault,) = read_resources(manager, table(rows), "a.csv").faults
    assert fault.row == 3 and "do not manage" in fault.what
    with pytest.raises(NotPermitted):  # whoever hands in what another has read
        actions.import_resources(manager, read_resources(SYSTEM, table(rows), "a.csv"), None)
    assert import_table(table(rows[:1]), manager).added == 1


def test_agreements_stand_at_joint_laboratories(owner, cluster):
    lab = actions.save_resource(SYSTEM, resource(owner, "J1", kind="joint_lab"))
    agreement = actions.save_agreement(
        SYSTEM, Agreement(resource=lab, title="协议", signed_on=date(2020, 1, 1))
    )
    actions.add_member(SYSTEM, AgreementMember(agreement=agreement, organisation=cluster))
    with pytest.raises(Refusal, match="already"):
        actions.add_member(SYSTEM, AgreementMember(agreement=agreement, organisation=cluster))
    tool = actions.save_resource(SYSTEM, resource(owner))
    with pytest.raises(Refusal, match="Only joint"):
        actions.save_agreement(SYSTEM, Agreement(resource=tool, title="x", signed_on=date(2020, 1, 1)))


# ---- institutions


def test_an_institution_with_plan_contract_and_evaluation(owner, cluster, make_user):
    manager = make_user("manager", organisation=owner)
    row = actions.save_institution(SYSTEM, Institution(organisation=owner, kind="national"))
    top = actions.save_unit(manager, Unit(institution=row, name_zh="部"))
    top.parent = top
    with pytest.raises(Refusal, match="below itself"):
        actions.save_unit(manager, top)
    plan = actions.save_plan(
        manager, FiveYearPlan(institution=row, start_year=2021, end_year=2025, mission_zh="x")
    )
    with pytest.raises(Refusal, match="overlap"):
        actions.save_plan(
            manager, FiveYearPlan(institution=row, start_year=2025, end_year=2029, mission_zh="x")
        )
    milestone = PlanMilestone(plan=plan, name_zh="m", due=date(2024, 1, 1))
    actions.save_plan_milestone(manager, milestone)
    actions.reach_plan_milestone(manager, milestone, date(2023, 12, 1))
    contract = Contract(
        institution=row, funder=cluster, title_zh="c", start=date(2021, 1, 1), end=date(2025, 1, 1)
    )
    with pytest.raises(NotPermitted):
        actions.save_contract(manager, contract)
    actions.save_contract(SYSTEM, contract)
    for weight, actual in ((1, 5), (3, 20)):
        indicator = ContractIndicator(contract=contract, name_zh="论文", target=10, weight=weight)
        actions.save_contract_indicator(SYSTEM, indicator)
        actions.report_contract_indicator(manager, indicator, actual)
    facts = {"start": date(2021, 1, 1), "end": date(2023, 12, 31), "held_on": date(2024, 2, 1)}
    reviewer = make_user("reviewer", name="rev")
    found = actions.evaluate(
        reviewer, Evaluation(institution=row, contract=contract, grade="good", conclusion="好", **facts)
    )
    assert found.score == (500 + 3000) // 4
    with pytest.raises(Refusal, match="evaluated already"):
        actions.evaluate(reviewer, Evaluation(institution=row, grade="good", conclusion="好", **facts))


def test_what_serves_a_promise_is_linked(facility, make_user):
    from kechuang.plan import actions as plan

    task = plan.make_task(SYSTEM, title_zh="任务", secrecy=0)
    officer = make_user("officer")
    actions.link_promise(officer, facility, "plan.task", str(task.pk))
    assert links.targets(facility, "serves") == [task]
    actions.link_promise(officer, facility, "plan.task", str(task.pk), remove=True)
    assert links.targets(facility) == []
    with pytest.raises(Refusal, match="no such"):
        actions.link_promise(officer, facility, "core.user", str(officer.pk))
