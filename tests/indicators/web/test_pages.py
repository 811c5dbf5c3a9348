"""Every page renders in both languages, for visitors and members, and names bad input."""

import re

import pytest
from django.urls import reverse

from kechuang.core.models import Organisation
from kechuang.indicators.models import Metric
from kechuang.indicators.queries.standing import tree
from kechuang.plan.models import Programme

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tree_metric_and_why_render_for_everybody(client, computed, language):
    client.cookies["django_language"] = language
    for url in (
        reverse("indicators:tree"),
        reverse("indicators:tree") + "?q=任务&basis=computed",
        reverse("indicators:metric", args=["tasks-started"]),
        reverse("indicators:metric", args=["tasks-accepted"]),
        reverse("indicators:why", args=["tasks-started"]),
        reverse("indicators:why", args=["tasks-counted"]) + "?d.programme=工程一",
        reverse("indicators:why", args=["tasks-accepted"]) + "?period=2020&page=2",
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "traceback" not in answer.content.decode().lower()


def test_why_says_that_the_rows_give_the_value(client, computed):
    client.cookies["django_language"] = "en"
    text = client.get(reverse("indicators:why", args=["tasks-counted"])).content.decode()
    assert "equal" in text and "not equal" not in text
    assert "任务1" in text


def test_a_cell_that_is_none_is_not_found(client, computed):
    assert (
        client.get(reverse("indicators:why", args=["tasks-counted"]) + "?d.programme=无").status_code == 404
    )
    assert (
        client.get(reverse("indicators:why", args=["tasks-accepted"]) + "?on=2020-13-45").status_code == 422
    )
    assert client.get(reverse("indicators:why", args=["tasks-accepted"]) + "?period=soon").status_code == 422
    assert client.get(reverse("indicators:metric", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("form", ["csv", "json", "sdmx", "csvw", "dcat"])
def test_downloads(client, computed, form):
    answer = client.get(reverse("indicators:download", args=["tasks-accepted", form]))
    assert answer.status_code == 200 and answer.content


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_rows_are_exported(client, computed, form):
    answer = client.get(reverse("indicators:why", args=["tasks-counted"]) + f"?export={form}")
    assert answer.status_code == 200
    assert b"".join(answer) if answer.streaming else answer.content


def test_an_analyst_changes_a_definition_and_sees_the_bridge(client, computed, make_user):
    client.force_login(make_user("analyst"))
    url = reverse("indicators:redefine", args=["tasks-begun"])
    body = {"filter": "stage in started, under_way", "dimensions": "programme, lead", "reason": "只计在推"}
    shown = client.post(url, {**body, "preview": "1"})
    assert shown.status_code == 200 and shown.context["bridge"].steps[0].difference == -10
    done = client.post(url, {**body, "confirm": "1"})
    assert done.status_code == 302
    bridge = client.get(done["Location"])
    assert bridge.status_code == 200
    whole = bridge.context["bridge"].steps[0]
    assert (whole.old, whole.new) == (20, 10)
    started = client.get(reverse("indicators:why", args=["tasks-started"])).context
    assert started["why"].agrees and started["why"].parts[0].number == 10


@pytest.mark.parametrize("line", ["stage", "stage ~ x", "nothing = 1", "counted = soon"])
def test_a_definition_that_does_not_fit_is_refused_by_name(client, computed, make_user, line):
    client.force_login(make_user("analyst"))
    url = reverse("indicators:redefine", args=["tasks-begun"])
    answer = client.post(url, {"filter": line, "dimensions": "", "reason": "x", "confirm": "1"})
    assert answer.status_code in (200, 422)
    assert line.split()[0] in answer.content.decode()


def test_target_and_published_figure_stand_beside_the_value(client, computed, make_user):
    client.force_login(make_user("analyst"))
    client.post(
        reverse("indicators:set_target", args=["tasks-accepted"]),
        {
            "confirm": "1",
            "value": "9",
            "due": "2030-12-31",
            "base_value": "1",
            "base_date": "2020-12-31",
            "path": "linear",
        },
    )
    client.post(
        reverse("indicators:publish", args=["tasks-accepted"]),
        {"confirm": "1", "value": "3", "start": "2020-01-01", "end": "2020-12-31", "source": "年报"},
    )
    page = client.get(reverse("indicators:metric", args=["tasks-accepted"]))
    standing = page.context["standing"]
    assert standing.target.value == 9 and standing.published[0].difference is not None
    assert page.context["outlook"].amount


def test_money_is_typed_as_it_is_shown(client, computed, make_user):
    """Yuan on the page, fen in the record: a target a hundred times too small would pass unseen."""
    metric = Metric.objects.get(code="tasks-accepted")
    metric.unit = "fen"
    metric.save()
    client.force_login(make_user("analyst"))
    url = reverse("indicators:set_target", args=[metric.code])
    assert metric.observations.filter(cell_key="", current=True).latest("end").value == 1
    assert 'value="0.01"' in client.get(url).content.decode()
    dates = {"due": "2030-12-31", "base_date": "2020-12-31", "path": "stepped", "steps": "2025-12-31 4"}
    client.post(url, {"confirm": "1", "value": "9.5", "base_value": "1", **dates})
    target = metric.targets.get()
    assert (target.value, target.base_value, target.steps) == (950, 100, [["2025-12-31", "400"]])
    told = {"confirm": "1", "value": "3", "end": "2020-12-31", "source": "年报"}
    client.post(reverse("indicators:publish", args=[metric.code]), told)
    assert metric.published_values.get().value == 300


def test_organisations_and_programmes_are_called_as_the_reader_calls_them(client, computed):
    Organisation.objects.filter(name_zh="甲办").update(name_en="Office A")
    Programme.objects.filter(name_zh="工程一").update(name_en="Works One")
    cases = [("en", "Office A", "甲办"), ("zh-hans", "甲办", "Office A")]
    cases += [("en", "Works One", "工程一"), ("zh-hans", "工程一", "Works One")]
    for language, shown, other in cases:
        client.cookies["django_language"] = language
        for address in ("/indicators/m/tasks-counted/", "/indicators/m/tasks-counted/why/"):
            page = re.sub(r'href="[^"]*"', "", client.get(address).content.decode())
            assert shown in page and other not in page, (language, address)


def test_rows_behind_a_number_stand_by_their_kind(client, computed):
    page = client.get("/indicators/m/tasks-counted/why/").content.decode()
    assert re.search(r'<td class="end">\d+</td>', page)
    assert re.search(r'<td class="narrow">\d{4}-\d\d-\d\d</td>', page)
    assert re.search(r'<td class="">\d+</td>', page)  # a key is no number


def test_what_has_a_value_comes_first_in_each_group(computed, make_user):
    rows = tree(make_user("analyst"))
    assert any(row.latest for row in rows) and any(row.latest is None for row in rows)
    below: dict = {}
    for row in rows:
        if row.metric.basis != "group" and not row.metric.children.exists():
            below.setdefault(row.metric.parent_id, []).append(row.latest is None)
    assert all(missing == sorted(missing) for missing in below.values())
