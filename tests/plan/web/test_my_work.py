"""My work and the acts on many tasks, as their pages show them."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core import mail
from django.urls import reverse

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.core.notices import send_mail_notices
from kechuang.plan import actions
from kechuang.plan.actions import bulk
from kechuang.plan.models import Task
from kechuang.plan.queries.mine import asked_of, waiting_for
from kechuang.plan.web import task_bulk
from tests.many import many
from tests.plan.world import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def office() -> Organisation:
    return Organisation.objects.create(name_zh="科学城管委会")


def open_task(office, title: str, **facts) -> Task:
    task = actions.make_task(SYSTEM, title_zh=title, lead=office, **{"secrecy": 0, **facts})
    actions.move_task(SYSTEM, task, "confirm")
    return task


def test_a_reporter_starts_at_what_is_asked_of_them(client, make_user, office):
    reporter = make_user("reporter", organisation=office, clearance=1)
    with clock.at(DAY):
        first = open_task(office, "新任务", due=DAY + timedelta(days=400))
        calm = open_task(office, "已报任务", due=DAY + timedelta(days=400))
        report = actions.report_progress(reporter, calm, percent=30, text="进展正常")
        urged = open_task(office, "催办任务", due=DAY + timedelta(days=400))
        actions.report_progress(reporter, urged, percent=30, text="进展正常")
        open_task(office, "涉密任务", secrecy=3)
        open_task(Organisation.objects.create(name_zh="别处"), "他人任务")
    with clock.at(DAY + timedelta(days=3)):
        actions.urge_tasks(SYSTEM, [urged])
        asked = {a.task.title_zh: a for a in asked_of(reporter)}
        assert set(asked) == {"新任务", "已报任务", "催办任务"}
        assert {title for title, a in asked.items() if a.now} == {"新任务", "催办任务"}
        assert asked["已报任务"].by == DAY + timedelta(days=90)
        client.force_login(reporter)
        client.cookies["django_language"] = "en"
        page = client.get("/", follow=True)
        assert page.redirect_chain == [(reverse("plan:mine"), 302)]
        text = page.content.decode()
        assert text.index("新任务") < text.index("已报任务") and "涉密任务" not in text
        assert reverse("plan:report_add", args=[first.pk]) in text
        actions.send_back_report(SYSTEM, report, decision="缺少佐证")
        assert "缺少佐证" in client.get(reverse("plan:mine")).content.decode()
        assert client.get("/?overview").status_code == 200


def test_decisions_wait_only_of_records_one_may_see(client, make_user):
    centre = world()
    officer = make_user("officer", clearance=1)
    client.force_login(officer)
    assert (
        reverse("plan:report_accept", args=[centre.report.pk]) in client.get("/plan/mine/").content.decode()
    )
    assert centre.proposed in waiting_for(officer)["confirm"]
    Task.objects.update(secrecy=3)
    assert not waiting_for(officer)["reports"].exists() and not waiting_for(officer)["confirm"].exists()
    assert (
        reverse("plan:report_accept", args=[centre.report.pk])
        not in client.get("/plan/mine/").content.decode()
    )


def test_the_dialogue_names_what_stands_in_the_way_before_anything_is_done(client, make_user, office):
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    rows = [actions.make_task(SYSTEM, title_zh=f"任务{n}", lead=office, secrecy=0) for n in range(3)]
    actions.move_task(SYSTEM, rows[0], "confirm")
    chosen = {"pk": [row.pk for row in rows]}
    shown = client.post(reverse("plan:tasks_confirm"), chosen).content.decode()
    assert "任务0: it is already Confirmed" in shown
    refused = client.post(reverse("plan:tasks_confirm"), {**chosen, "confirm": "1"})
    assert refused.status_code == 200 and "nothing was changed" in refused.content.decode()
    assert Task.objects.filter(stage="proposed").count() == 2
    matching = {"all": "1", "query": "?stage=proposed", "confirm": "1"}
    answer = client.post(reverse("plan:tasks_confirm"), matching)
    assert answer.url == reverse("plan:tasks") + "?stage=proposed"
    assert not Task.objects.filter(stage="proposed").exists()


def test_ten_thousand_tasks_are_confirmed_from_the_list_and_more_than_allowed_are_refused(
    client, make_user, office, monkeypatch, django_capture_on_commit_callbacks
):
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    many(Task(lead=office, secrecy=0), 10_000, title_zh=lambda n: f"任务{n}")
    matching = {"all": "1", "query": "?", "confirm": "1"}
    for module in (bulk, task_bulk):
        monkeypatch.setattr(module, "MOST", 9_999)
    assert "At most 9999" in client.post(reverse("plan:tasks_confirm"), matching).content.decode()
    assert not Task.objects.filter(stage="confirmed").exists()
    monkeypatch.undo()
    with django_capture_on_commit_callbacks(execute=True):
        begun = client.post(reverse("plan:tasks_confirm"), matching)
    assert "10000 of 10000 tasks changed." in client.get(begun.url).content.decode()
    assert Task.objects.filter(stage="confirmed").count() == 10_000


def test_the_selected_rows_are_exported(client, make_user, office):
    client.force_login(make_user("officer", clearance=1))
    rows = [actions.make_task(SYSTEM, title_zh=f"任务{n}", lead=office, secrecy=0) for n in range(5)]
    address = reverse("plan:tasks") + "?cols=stage"
    answer = client.post(address, {"export": "xlsx", "pk": [rows[1].pk, rows[3].pk]})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["任务1", "任务3"]
    assert client.post(address, {"pk": [rows[1].pk]}).status_code == 405


def test_urging_goes_out_by_mail(make_user, office):
    reporter = make_user("reporter", organisation=office)
    type(reporter).objects.filter(pk=reporter.pk).update(email="reporter@example.org", mail_notices=True)
    task = open_task(office, "设备安装")
    mail.outbox.clear()
    actions.urge_tasks(SYSTEM, [task], "请填报")
    send_mail_notices()
    urging = [m for m in mail.outbox if "请填报" in m.body]
    assert len(urging) == 1 and urging[0].to == ["reporter@example.org"]
    assert task.get_absolute_url() in urging[0].body


def test_a_comment_says_who_was_told_and_who_was_not(client, make_user):
    centre = world()
    cleared, low = make_user("officer", clearance=2), make_user("reporter", clearance=0)
    Task.objects.filter(pk=centre.task.pk).update(secrecy=2)
    client.force_login(cleared)
    client.cookies["django_language"] = "en"
    text = f"@{cleared.username} 请看，@{low.username}，@nobody。"
    answer = client.post(reverse("plan:comment", args=["task", centre.task.pk]), {"text": text}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said[0] == f"The comment is added; told: {cleared.username}."
    assert said[1].startswith(f"Not told: @{low.username}, @nobody.")


def test_a_reply_that_came_waits_for_whoever_closes_it(client, make_user):
    centre = world()
    officer = make_user("officer", clearance=1)
    client.force_login(officer)
    assert not waiting_for(officer)["replied"].exists()
    actions.give_reply(SYSTEM, centre.reply, "场地审批延后")
    shown = client.get("/plan/mine/").content.decode()
    assert "场地审批延后" in shown and reverse("plan:reply_close", args=[centre.reply.pk]) in shown
    assert client.get("/?overview").status_code == 200
    actions.close_reply(SYSTEM, centre.reply)
    assert not waiting_for(officer)["replied"].exists()
