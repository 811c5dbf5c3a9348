"""Acts on many tasks at once: all or none, an event each, told only to whom it concerns."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Deputy, Event, Notice, Organisation
from kechuang.core.verifying import verify
from kechuang.plan import actions
from kechuang.plan.actions.bulk import obstacles
from kechuang.plan.models import Programme, Task
from tests.many import many

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"), clock.at(DAY):
        yield


@pytest.fixture
def office() -> Organisation:
    return Organisation.objects.create(name_zh="科学城管委会")


def tasks(office, count=3, **facts) -> list[Task]:
    return [
        actions.make_task(SYSTEM, title_zh=f"任务{n}", lead=office, due=date(2026, 6, 30), **facts)
        for n in range(count)
    ]


def confirmed(office, count=3, **facts) -> list[Task]:
    rows = tasks(office, count, **facts)
    actions.confirm_tasks(SYSTEM, rows)
    return rows


def test_confirming_moves_each_and_tells_its_office_once_of_all(office, make_user):
    reporter = make_user("reporter", organisation=office)
    rows = confirmed(office)
    assert {row.stage for row in Task.objects.all()} == {"confirmed"}
    notice = reporter.notices.get()
    assert notice.text == "您有 3 项新任务：任务0；任务1；任务2"
    assert notice.url == f"/plan/tasks/?lead={office.pk}"
    assert all(row.stage == "confirmed" for row in rows)
    assert all(events_of(row).first().verb == "plan.move_task" for row in rows)
    assert list(verify()) == []


def test_one_in_the_way_stops_all(office):
    rows = tasks(office)
    actions.move_task(SYSTEM, rows[1], "confirm")
    assert obstacles("plan.confirm_tasks", rows) == ["任务1: it is already Confirmed"]
    with pytest.raises(Refusal, match=r"1 of the tasks.*任务1"):
        actions.confirm_tasks(SYSTEM, rows)
    assert sorted(Task.objects.values_list("stage", flat=True)) == ["confirmed", "proposed", "proposed"]
    with pytest.raises(Refusal, match="at least one"):
        actions.confirm_tasks(SYSTEM, [])


def test_a_due_date_changes_only_with_its_reason_and_keeps_the_old_one_on_record(office, make_user):
    reporter = make_user("reporter", organisation=office)
    rows = confirmed(office)
    Notice.objects.all().delete()
    with pytest.raises(Refusal, match="why"):
        actions.change_due(SYSTEM, rows, date(2026, 9, 30), " ")
    with pytest.raises(Refusal, match="not edited"):
        actions.edit_task(SYSTEM, rows[0], due=date(2026, 9, 30))
    assert actions.change_due(SYSTEM, rows, date(2026, 9, 30), "设备延迟到货") == 3
    event = events_of(rows[0]).first()
    assert event.before == {"due": "2026-06-30"}
    assert event.after == {"due": "2026-09-30", "reason": "设备延迟到货"}
    assert reporter.notices.count() == 1
    with pytest.raises(Refusal, match="Nothing changes"):
        actions.change_due(SYSTEM, rows, date(2026, 9, 30), "again")
    Task.objects.filter(pk=rows[2].pk).update(start=date(2026, 8, 1))
    with pytest.raises(Refusal, match="before it starts"):
        actions.change_due(SYSTEM, list(Task.objects.all()), date(2026, 7, 1), "x")
    assert set(Task.objects.values_list("due", flat=True)) == {date(2026, 9, 30)}


def test_a_later_due_date_makes_late_tasks_on_the_way_again(office):
    rows = confirmed(office)
    for row in rows:
        actions.move_task(SYSTEM, row, "start")
    with clock.at(date(2026, 7, 2)):
        from kechuang.plan.actions.states import restate_all

        restate_all()
        assert set(Task.objects.values_list("state", flat=True)) == {"late"}
        rows = list(Task.objects.all())
        actions.change_due(SYSTEM, rows, date(2026, 12, 31), "批准延期")
        assert "late" not in Task.objects.values_list("state", flat=True)
        assert [s.state for s in rows[0].states.all()][-2:] == ["late", rows[0].state]


def test_urging_reaches_reporters_leaders_and_deputies_once_a_day(office, make_user):
    reporter = make_user("reporter", organisation=office, name="rep")
    leader = make_user("leader", organisation=office, name="boss")
    deputy = make_user("analyst", name="deputy")
    Deputy.objects.create(principal=reporter, deputy=deputy, start=DAY, end=DAY + timedelta(days=7))
    elsewhere = make_user("reporter", name="elsewhere")
    rows = confirmed(office)
    Notice.objects.all().delete()
    actions.urge_tasks(SYSTEM, rows, "请于周五前填报")
    for person, told in ((reporter, 1), (leader, 1), (deputy, 1), (elsewhere, 0)):
        assert person.notices.count() == told, person.username
    assert "请于周五前填报" in reporter.notices.first().text
    assert rows[0].urged_on == DAY
    with pytest.raises(Refusal, match="urged today"):
        actions.urge_tasks(SYSTEM, rows)
    with clock.at(DAY + timedelta(days=1)):
        assert actions.urge_tasks(SYSTEM, rows) == 3


def test_nobody_is_told_of_a_task_they_may_not_see(office, make_user):
    blind = make_user("reporter", organisation=office, name="blind", clearance=1)
    seeing = make_user("reporter", organisation=office, name="seeing", clearance=3)
    rows = confirmed(office, secrecy=3)
    actions.urge_tasks(SYSTEM, rows)
    actions.change_due(SYSTEM, rows, date(2027, 1, 1), "x")
    with clock.at(date(2027, 2, 1)):
        actions.escalate(SYSTEM)
    assert blind.notices.count() == 0
    assert seeing.notices.count() == 3 + 3


def test_each_person_is_told_of_what_they_may_see(office, make_user):
    blind = make_user("reporter", organisation=office, name="blind", clearance=1)
    rows = [*tasks(office, 2, secrecy=1), *tasks(office, 2, secrecy=3)]
    actions.confirm_tasks(SYSTEM, rows)
    assert blind.notices.get().text == "您有 2 项新任务：任务0；任务1"


def test_ten_thousand_tasks_at_once(office, make_user, django_assert_max_num_queries):
    reporter = make_user("reporter", organisation=office)
    many(Task(lead=office, due=date(2026, 6, 30)), 10_000, title_zh=lambda n: f"任务{n}")
    rows = list(Task.objects.select_related("lead"))
    with django_assert_max_num_queries(1200):
        assert actions.confirm_tasks(SYSTEM, rows) == 10_000
    assert Task.objects.filter(stage="confirmed").count() == 10_000
    assert Event.objects.filter(verb="plan.move_task").count() == 10_000
    assert reporter.notices.count() == 1
    assert actions.change_due(SYSTEM, rows, date(2026, 9, 30), "设备延迟到货") == 10_000
    assert events_of(rows[-1]).count() == 2
    with pytest.raises(Refusal, match="At most"):
        actions.urge_tasks(SYSTEM, rows * 3)


def test_lead_and_programme_are_set_on_all(office):
    other = Organisation.objects.create(name_zh="发改委")
    programme = actions.save_programme(SYSTEM, Programme(name_zh="三链联动工程"))
    rows = confirmed(office)
    assert actions.assign_tasks(SYSTEM, rows, other) == 3
    assert actions.assign_tasks(SYSTEM, rows, other) == 0
    assert actions.place_tasks(SYSTEM, rows, programme) == 3
    assert set(Task.objects.values_list("lead", "programme")) == {(other.pk, programme.pk)}
    assert [e.verb for e in events_of(rows[0])][:2] == ["plan.place_tasks", "plan.assign_tasks"]
