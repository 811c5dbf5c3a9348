"""A promise is superseded: its open tasks go on for the later one, and every page and figure says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.verifying import verify
from kechuang.plan import actions
from kechuang.plan.models import Carried, Programme, Task
from kechuang.plan.queries.editions import changes_of
from kechuang.plan.queries.living import living
from kechuang.plan.queries.work import started, tasks_of, visible_tasks
from kechuang.plan.web.proof import proof_of
from tests.plan.world import World

pytestmark = pytest.mark.django_db
YES = {"confirm": "1", "reason": "并入新承诺"}


@pytest.fixture
def officer(client, make_user):
    user = make_user("officer", clearance=1)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def superseded(centre: World, **more) -> None:
    actions.supersede_commitment(SYSTEM, centre.promise, centre.late, "并入新承诺", **more)


def served(promise) -> set[int]:
    return set(promise.tasks.values_list("pk", flat=True))


def accepted_task(centre: World) -> Task:
    task = actions.make_task(
        SYSTEM, title_zh="已办结", commitment=centre.promise, lead=centre.office, secrecy=0
    )
    actions.move_task(SYSTEM, task, "confirm")
    proof = [{"url": "https://example.org/done"}]
    report = actions.report_progress(SYSTEM, task, percent=100, text="完成", evidence=proof)
    actions.accept_report(SYSTEM, report)
    task.refresh_from_db()
    return task


def test_open_tasks_go_on_for_the_later_promise(centre, officer):
    done, before = accepted_task(centre), served(centre.late)
    superseded(centre)
    assert served(centre.promise) == {done.pk} and served(centre.late) == before | {centre.task.pk}
    (kept,) = Carried.objects.all()
    assert (kept.task, kept.former, kept.successor, kept.on) == (
        centre.task,
        centre.promise,
        centre.late,
        clock.today(),
    )
    newest = events_of(centre.task)[0]
    assert (
        newest.verb == "plan.carry_tasks"
        and newest.after["commitment"] == f"plan.commitment:{centre.late.pk}"
    )
    assert list(verify()) == []


def test_the_choice_is_the_officers(centre, client, officer):
    other = actions.make_task(
        SYSTEM, title_zh="另一项", commitment=centre.promise, lead=centre.office, secrecy=0
    )
    page = reverse("plan:commitment_supersede", args=[centre.promise.pk])
    shown = client.get(page).content.decode()
    assert shown.count('name="tasks"') == shown.count("checked") == 2
    assert client.post(page, {**YES, "by": centre.late.pk, "tasks": [other.pk]}).status_code == 302
    assert served(centre.promise) == {centre.task.pk} and other.pk in served(centre.late)
    offered = reverse("plan:tasks_carry", args=[centre.promise.pk])
    assert offered in client.get(centre.promise.get_absolute_url()).content.decode()
    assert client.post(offered, {"confirm": "1", "tasks": [centre.task.pk]}).status_code == 302
    assert not served(centre.promise) and centre.task.pk in served(centre.late)
    assert offered not in client.get(centre.promise.get_absolute_url()).content.decode()


def test_only_open_tasks_of_the_promise_are_carried(centre, officer):
    done = accepted_task(centre)
    for strange in (done, centre.proposed):
        with pytest.raises(Refusal) as refused:
            superseded(centre, tasks=[strange])
        assert refused.value.field == "tasks"
    centre.promise.refresh_from_db()
    assert centre.promise.status == "active" and not Carried.objects.exists()
    with pytest.raises(Refusal):
        actions.carry_tasks(SYSTEM, centre.promise)


def test_both_promises_and_the_task_name_one_another(centre, client, officer):
    superseded(centre)
    former, later, task = (
        client.get(row.get_absolute_url()).content.decode()
        for row in (centre.promise, centre.late, centre.task)
    )
    assert "Tasks that went over to its successor" in former and centre.late.get_absolute_url() in former
    assert "carried over from" in later and centre.promise.get_absolute_url() in later
    assert "Served before" in task and centre.promise.get_absolute_url() in task


def test_document_table_and_figures_agree_on_every_day(centre, client, officer):
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    begun = started(visible_tasks(officer))
    actions.edit_commitment(
        SYSTEM, centre.late, programme=actions.save_programme(SYSTEM, Programme(name_zh="新专项"))
    )
    superseded(centre)
    assert started(visible_tasks(officer)) == begun
    shown = lambda promise, day: {  # noqa: E731
        t.task.pk
        for t in proof_of(living(centre.document, officer, day).promise(promise.pk), officer, day).tasks
    }
    assert shown(centre.promise, yesterday) >= {centre.task.pk} and not shown(centre.promise, today)
    assert centre.task.pk in shown(centre.late, today) and centre.task.pk not in shown(centre.late, yesterday)
    listed = client.get(reverse("plan:tasks") + f"?programme={centre.late.programme_id}").content.decode()
    assert str(centre.task.get_absolute_url()) in listed
    centre.late.refresh_from_db()
    assert centre.late.states.order_by("-id").first().state == centre.late.state


def test_a_task_carried_twice_stands_on_each_day_where_it_stood(centre, officer):
    third = actions.make_commitment(SYSTEM, [centre.later.statements.filter(kind="target").first()])
    days = [clock.today() + timedelta(days=n) for n in range(3)]
    with clock.at(days[1]):
        superseded(centre)
    with clock.at(days[2]):
        actions.supersede_commitment(SYSTEM, centre.late, third, "再并入")
    where = [
        [
            c.pk
            for c in (centre.promise, centre.late, third)
            if tasks_of(c, day).filter(pk=centre.task.pk).exists()
        ]
        for day in days
    ]
    assert where == [[centre.promise.pk], [centre.late.pk], [third.pk]]


def test_what_a_new_edition_left_behind_is_offered(centre, client, officer):
    superseded(centre, tasks=[])
    found = {c.commitment.pk: c for c in changes_of(centre.later, officer)}
    assert found[centre.promise.pk].waiting == 1
    page = client.get(reverse("plan:document_diff", args=[centre.later.pk])).content.decode()
    assert "Carry 1 open task over" in page and reverse("plan:tasks_carry", args=[centre.promise.pk]) in page
    answer = client.post(
        f"/api/plan/commitments/{centre.promise.pk}/carry", {}, content_type="application/json"
    )
    assert answer.json() == {"carried": 1}
    assert (
        "Carry 1 open task over"
        not in client.get(reverse("plan:document_diff", args=[centre.later.pk])).content.decode()
    )


def test_tasks_go_to_the_promise_in_force_at_the_end_of_the_line(centre, officer):
    third = actions.make_commitment(SYSTEM, [centre.later.statements.filter(kind="target").first()])
    superseded(centre, tasks=[])
    actions.supersede_commitment(SYSTEM, centre.late, third, "再并入", tasks=[])
    centre.promise.refresh_from_db()
    assert actions.carry_tasks(SYSTEM, centre.promise) == 1 and centre.task.pk in served(third)
    actions.withdraw_commitment(SYSTEM, third, "撤回")
    centre.late.refresh_from_db()
    with pytest.raises(Refusal, match="取代"):
        actions.carry_tasks(SYSTEM, centre.late)
