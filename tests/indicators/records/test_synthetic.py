"""Whatever counts a generated row says so: the mark follows the rows, never a hand."""

import csv
import io
from datetime import date

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions
from kechuang.indicators.models import Metric, Return
from kechuang.plan.models import Task

pytestmark = pytest.mark.django_db


def marked() -> set[str]:
    return set(Metric.objects.filter(synthetic=True).values_list("code", flat=True))


def test_the_mark_comes_and_goes_with_the_rows_that_are_counted(tasks):
    actions.recompute(SYSTEM)
    assert marked() == set()
    accepted = next(task for task in tasks if task.stage == "accepted")
    suspended = next(task for task in tasks if task.stage == "suspended")
    Task.objects.filter(pk=suspended.pk).update(synthetic=True)
    actions.recompute(SYSTEM)
    assert "tasks-counted" in marked() and "tasks-accepted" not in marked()
    assert "tasks-started" in marked(), "a ratio is marked with what it is made of"
    Task.objects.filter(pk=accepted.pk).update(synthetic=True)
    actions.recompute(SYSTEM)
    assert "tasks-accepted" in marked()
    Task.objects.update(synthetic=False)
    actions.recompute(SYSTEM)
    assert marked() == set()


def test_every_page_address_and_file_carries_the_mark(client, tasks):
    Task.objects.update(synthetic=True)
    actions.recompute(SYSTEM)
    client.cookies["django_language"] = "en"
    for address in ("/indicators/m/tasks-accepted/", "/indicators/m/tasks-accepted/why/", "/indicators/"):
        assert "synthetic" in client.get(address).content.decode(), address
    here = "/api/indicators/metrics/tasks-accepted"
    listed = {row["code"]: row for row in client.get("/api/indicators/metrics?limit=200").json()["items"]}
    assert listed["tasks-accepted"]["synthetic"]
    assert client.get(here).json()["synthetic"] and client.get(f"{here}/why").json()["synthetic"]
    assert client.get(f"{here}/outlook").json()["synthetic"]
    assert all(row["synthetic"] for row in client.get(f"{here}/observations").json())
    data = "/indicators/m/tasks-accepted/data/"
    for form, column, wanted in (("csv", "synthetic", "True"), ("sdmx", "COMMENT_OBS", "synthetic")):
        rows = list(csv.DictReader(io.StringIO(client.get(f"{data}{form}/").content.decode("utf-8-sig"))))
        assert rows and {row[column] for row in rows} == {wanted}
    assert client.get(f"{data}dcat/").json()["dcat:keyword"] == ["synthetic"]
    columns = client.get(f"{data}csvw/").json()["tableSchema"]["columns"]
    assert {"name": "synthetic", "titles": "synthetic", "datatype": "boolean"} in columns


def test_real_returns_of_a_form_are_not_marked_and_generated_ones_are(db):
    form = actions.save_form(
        SYSTEM, "f", title_zh="年报", items=[{"code": "x", "name_zh": "x", "unit": "个"}]
    )
    for n, generated in enumerate((False, True)):
        office = Organisation.objects.create(name_zh=f"{n}区")
        year = (date(2023, 1, 1), date(2023, 12, 31))
        filing = actions.open_return(SYSTEM, office, form, *year, synthetic=generated)
        actions.fill_return(SYSTEM, filing, {"x": 5})
        actions.approve_return(SYSTEM, actions.submit_return(SYSTEM, filing))
        actions.recompute(SYSTEM)
        assert ("x" in marked()) == generated
    Return.objects.filter(synthetic=True).delete()
    actions.recompute(SYSTEM)
    assert "x" not in marked()
