"""Acts on very many tasks: the worker does them in portions, tells how far it is, and lists what it left."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kechuang.core.errors import Refusal
from kechuang.core.models import Event, Notice, Organisation
from kechuang.core.verifying import verify
from kechuang.plan.actions import bulk_runs
from kechuang.plan.actions.bulk_runs import LARGE, begin, do_run
from kechuang.plan.models import BulkRun, Task
from tests.many import many

pytestmark = pytest.mark.django_db
COUNT = LARGE + 200


@pytest.fixture
def office():
    return Organisation.objects.create(name_zh="科学城管委会")


@pytest.fixture
def officer(office, make_user):
    return make_user("officer", organisation=office, clearance=3)


@pytest.fixture
def rows(office):
    many(Task(lead=office, due=date(2030, 6, 30)), COUNT, title_zh=lambda n: f"任务{n}")
    return list(Task.objects.all())


def test_a_large_selection_goes_to_the_worker_and_shows_how_far_it_is(
    client, office, officer, rows, make_user, django_capture_on_commit_callbacks
):
    reporter = make_user("reporter", organisation=office)
    Task.objects.filter(pk=rows[7].pk).update(stage="started")
    client.force_login(officer)
    sent = {"all": "1", "query": "?"}
    assert "任务7" in client.post(reverse("plan:tasks_confirm"), sent).content.decode()
    with django_capture_on_commit_callbacks(execute=False):
        answer = client.post(reverse("plan:tasks_confirm"), {**sent, "confirm": "1"})
    run = BulkRun.objects.get()
    assert answer.url == run.get_absolute_url() and not Task.objects.filter(stage="confirmed").exists()
    assert client.get(reverse("plan:run_progress", args=[run.pk])).json()["finished"] is False
    assert "data-progress" in client.get(answer.url).content.decode()
    assert answer.url in client.get(reverse("plan:tasks")).content.decode()  # who left finds the way back

    assert do_run.call(run.pk) == "done"
    assert Task.objects.filter(stage="confirmed").count() == COUNT - 1
    assert Event.objects.filter(verb="plan.move_task").count() == COUNT - 1
    far = client.get(reverse("plan:run_progress", args=[run.pk])).json()
    assert (far["done"], far["total"], far["finished"], far["next"]) == (COUNT, COUNT, True, answer.url)
    assert f'href="{answer.url}"' not in client.get(reverse("plan:tasks")).content.decode()
    page = client.get(answer.url).content.decode()
    assert "任务7" in page and "data-progress" not in page
    assert reporter.notices.count() == 1 and Notice.objects.filter(user=officer, url=answer.url).count() == 1
    assert list(verify()) == []
    assert do_run.call(run.pk) == "done" and Event.objects.filter(verb="plan.move_task").count() == COUNT - 1


def long_list(count: int = COUNT) -> SimpleUploadedFile:
    lines = ["编号,任务,牵头单位", *(f"N{n},建成第{n}个平台,科学城管委会" for n in range(count))]
    return SimpleUploadedFile("list.csv", "\n".join(lines).encode())


def confirmed(client, capture, listed: SimpleUploadedFile):
    """The answer to whoever tried a list and takes it in; the worker has not come to it."""
    tried = client.post(reverse("plan:tasks_import"), {"file": listed}).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', tried)[1]
    with capture(execute=False):
        return client.post(reverse("plan:tasks_import"), {"token": token})


def test_a_long_list_is_taken_in_by_the_worker(client, officer, django_capture_on_commit_callbacks):
    client.force_login(officer)
    answer = confirmed(client, django_capture_on_commit_callbacks, long_list())
    run = BulkRun.objects.get()
    assert answer.url == run.get_absolute_url() and not Task.objects.exists()
    assert "data-progress" in client.get(answer.url).content.decode()
    assert client.get(reverse("plan:run_progress", args=[run.pk])).json()["total"] == COUNT

    assert do_run.call(run.pk) == "done"
    assert Task.objects.count() == COUNT == BulkRun.objects.get().changed
    assert f"新增 {COUNT} 项" in client.get(answer.url).content.decode()
    assert f"新增 {COUNT} 项" in officer.notices.get(url=answer.url).text
    assert Event.objects.filter(verb="plan.import_tasks").count() == 1 and list(verify()) == []
    again = confirmed(client, django_capture_on_commit_callbacks, long_list())
    assert do_run.call(BulkRun.objects.latest("pk").pk) == "done"
    assert f"{COUNT} 项不变" in client.get(again.url).content.decode() and Task.objects.count() == COUNT


def test_a_short_list_is_taken_in_at_once(client, officer, django_capture_on_commit_callbacks):
    client.force_login(officer)
    confirmed(client, django_capture_on_commit_callbacks, long_list(3))
    assert Task.objects.count() == 3 and not BulkRun.objects.exists()


def test_a_long_list_that_no_longer_fits_is_refused_as_a_whole(
    client, officer, office, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    answer = confirmed(client, django_capture_on_commit_callbacks, long_list())
    Organisation.objects.filter(pk=office.pk).update(standing=Organisation.Standing.WITHDRAWN)
    run = BulkRun.objects.get()
    with pytest.raises(Refusal):
        do_run.call(run.pk)
    page = client.get(answer.url).content.decode()
    assert "失败" in page and "科学城管委会" in page and not Task.objects.exists()
    assert officer.notices.filter(url=answer.url).count() == 1


def test_a_worker_killed_while_it_takes_in_a_list_leaves_nothing_and_begins_again(
    client, officer, django_capture_on_commit_callbacks, monkeypatch
):
    client.force_login(officer)
    confirmed(client, django_capture_on_commit_callbacks, long_list())
    take, run = bulk_runs.import_tasks, BulkRun.objects.get()

    def killed(*given):
        take(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(bulk_runs, "import_tasks", killed)
    with pytest.raises(KeyboardInterrupt):
        do_run.call(run.pk)
    assert not Task.objects.exists() and BulkRun.objects.get().done == 0
    monkeypatch.setattr(bulk_runs, "import_tasks", take)
    assert do_run.call(run.pk) == "done" and Task.objects.count() == COUNT


def test_a_few_are_done_at_once(client, officer, rows):
    client.force_login(officer)
    client.post(reverse("plan:tasks_confirm"), {"pk": [r.pk for r in rows[:3]], "confirm": "1"})
    assert Task.objects.filter(stage="confirmed").count() == 3 and not BulkRun.objects.exists()


def test_a_run_stops_between_portions_and_goes_on_after_its_worker_was_killed(
    client, officer, rows, monkeypatch
):
    run = begin(officer, "plan.change_due", rows, {"due": date(2031, 1, 1), "reason": "批准延期"})
    Task.objects.update(stage="confirmed")
    portion = bulk_runs._portion

    def killed(run):
        portion(run)
        raise KeyboardInterrupt

    monkeypatch.setattr(bulk_runs, "_portion", killed)
    with pytest.raises(KeyboardInterrupt):
        do_run.call(run.pk)
    assert Task.objects.filter(due="2031-01-01").count() == BulkRun.objects.get().done == 500
    monkeypatch.setattr(bulk_runs, "_portion", portion)
    client.force_login(officer)
    client.post(reverse("plan:run_stop", args=[run.pk]))
    assert do_run.call(run.pk) == "stopped"
    assert Task.objects.filter(due="2031-01-01").count() == 500
    BulkRun.objects.update(stop=False, stage="running")
    assert do_run.call(run.pk) == "done"
    assert Task.objects.filter(due="2031-01-01").count() == COUNT == BulkRun.objects.get().changed


def test_a_run_is_its_officers_own(client, officer, rows, make_user):
    run = begin(officer, "plan.urge_tasks", rows, {"note": ""})
    for other in (make_user("officer", name="other"), make_user("reporter", name="r")):
        client.force_login(other)
        for name in ("run", "run_progress"):
            assert client.get(reverse(f"plan:{name}", args=[run.pk])).status_code == 404
        assert client.post(reverse("plan:run_stop", args=[run.pk])).status_code == 404
    assert not BulkRun.objects.get().stop


def test_the_api_names_the_run_and_answers_for_it(client, officer, rows):
    client.force_login(officer)
    body = {"tasks": [row.pk for row in rows]}
    answer = client.post("/api/plan/tasks/many/confirm", body, content_type="application/json").json()
    do_run.call(answer["run"])
    far = client.get(f"/api/plan/runs/{answer['run']}").json()
    assert (far["stage"], far["done"], far["total"], far["changed"]) == ("done", COUNT, COUNT, COUNT)
    assert client.post(f"/api/plan/runs/{answer['run']}/stop").status_code == 200
    few = client.post(
        "/api/plan/tasks/many/programme", {"tasks": body["tasks"][:2]}, content_type="application/json"
    )
    assert few.json() == {"changed": 0}
