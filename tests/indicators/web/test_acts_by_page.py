"""Each act of indicators has a page; each role is let in or kept out, and the page does the act."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kechuang.core.acts import ACTS
from kechuang.core.models import Role
from kechuang.indicators.models import Metric, PublishedValue, Recipe, Return, ReturnForm, Target
from tests.indicators.web.conftest import CITIES
from tests.indicators.web.test_permissions import ANALYST, FILLER, PLANNER, world  # noqa: F401 — a fixture

pytestmark = pytest.mark.django_db
BY_ITSELF = {"sync_declarations"}  # with every recompute of all
NEW = {
    "name_zh": "已确认任务",
    "name_en": "Confirmed tasks",
    "code": "tasks-confirmed",
    "unit": "项",
    "better": "higher",
    "kind": "counted",
    "table": "plan_tasks",
    "measure": "count",
    "filter": "stage = confirmed",
    "dimensions": "lead",
    "grain": "year",
    "scale": 1,
    "owner": "甲办",
    "source": "任务台账",
    "small_cell": 0,
    "public": "on",
}
TARGET = {"value": 9, "due": "2030-12-31", "base_value": 1, "base_date": "2020-12-31", "path": "linear"}
ITEMS = '[{"code": "a", "name_zh": "甲", "unit": "元"}]'


def file(text: str, name: str = "a.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def pages(world):  # noqa: F811
    """act → (who may besides the administrator, address, what is posted, whether it was done)."""
    here = "/indicators"
    draft, sent, done = world["draft"], world["sent"], world["done"]
    opening = {"organisation": world["office"].pk, "year": 2018}
    table = "organisation,from,to,total,here,away\n甲区,2019-01-01,2019-12-31,3,1,2\n"

    def stage(row):
        return Return.objects.get(pk=row.pk).stage

    return {
        "recompute": (PLANNER, f"{here}/recompute/", {}, lambda: True),
        "declare_metric": (
            ANALYST,
            f"{here}/add/",
            NEW,
            Metric.objects.filter(code="tasks-confirmed", observations__value__gt=0).exists,
        ),
        "redefine": (
            ANALYST,
            f"{here}/m/tasks-begun/redefine/",
            {"filter": "started = true", "reason": "口径", "confirm": "1"},
            lambda: Metric.objects.get(code="tasks-begun").versions.count() == 2,
        ),
        "set_target": (PLANNER, f"{here}/m/tasks-begun/target/", TARGET, Target.objects.exists),
        "publish_value": (
            PLANNER,
            f"{here}/m/tasks-begun/publish/",
            {"value": 1, "source": "年报"},
            PublishedValue.objects.exists,
        ),
        "save_form": (
            ANALYST,
            f"{here}/forms/add/",
            {"code": "new", "title_zh": "新表", "frequency": "year", "due_days": 15, "items": ITEMS},
            ReturnForm.objects.filter(code="new").exists,
        ),
        "open_return": (
            FILLER,
            f"{here}/forms/contracts/",
            opening,
            Return.objects.filter(end="2018-12-31").exists,
        ),
        "fill_return": (
            FILLER,
            f"{here}/returns/{draft.pk}/",
            {"total": 4, "here": 1, "away": 3},
            lambda: draft.values.get(item="total").value == 4,
        ),
        "submit_return": (
            FILLER,
            f"{here}/returns/{draft.pk}/",
            {"total": 3, "here": 1, "away": 2, "submit": "1"},
            lambda: stage(draft) == "submitted",
        ),
        "send_back_return": (
            PLANNER,
            f"{here}/returns/{sent.pk}/back/",
            {"remark": "请核对"},
            lambda: stage(sent) == "sent_back",
        ),
        "approve_return": (
            PLANNER,
            f"{here}/returns/{sent.pk}/approve/",
            {},
            lambda: stage(sent) == "approved",
        ),
        "replace_return": (
            FILLER,
            f"{here}/returns/{done.pk}/replace/",
            {},
            Return.objects.filter(version=2).exists,
        ),
        "import_returns": (
            FILLER,
            f"{here}/forms/contracts/import/",
            lambda: {"file": file(table)},
            lambda: True,
        ),
        "save_recipe": (
            ANALYST,
            f"{here}/indices/add/",
            lambda: {"name_zh": "新指数", "code": "new", "data": file(CITIES)},
            Recipe.objects.filter(code="new").exists,
        ),
        "run_recipe": (
            PLANNER,
            f"{here}/indices/cities/run/",
            {},
            lambda: True,
        ),
        "delete_recipe": (
            set(),
            f"{here}/indices/cities/delete/",
            {},
            lambda: not Recipe.objects.filter(code="cities").exists(),
        ),
        "import_external": (
            ANALYST,
            f"{here}/external/import/",
            lambda: {"file": file("index,edition,city,year,source,rank\nI,1,甲,2020,x,1\n")},
            lambda: True,
        ),
    }


def test_every_act_is_on_a_page(world):  # noqa: F811
    named = {verb.partition(".")[2] for verb in ACTS if verb.startswith("indicators.")}
    assert named == set(pages(world)) | BY_ITSELF


@pytest.mark.parametrize("role", [*Role.values, "nobody"])
def test_roles_by_pages(client, world, make_user, role):  # noqa: F811
    from django.db import transaction

    roles = () if role == "nobody" else (role,)
    client.force_login(make_user(*roles, organisation=world["office"], name=role))
    for act, (who, address, given, was_done) in pages(world).items():
        point = transaction.savepoint()
        answer = client.post(address, {**(given() if callable(given) else given), "confirm": "1"})
        permitted = role in who or role == "admin"
        if permitted:
            words = answer.content.decode()[:0] if answer.status_code != 200 else answer.content.decode()
            assert answer.status_code in (200, 302), (act, role, answer.status_code)
            assert "form-error" not in words and was_done(), (act, role, words[-3000:])
        else:
            kept_out = answer.status_code in (403, 404)
            assert kept_out or (answer.status_code == 200 and not was_done()), (act, role, answer.status_code)
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"column": "stage"}, "count takes no column"),
        ({"measure": "sum", "column": "nothing"}, "nothing"),
        ({"filter": "nonsense"}, "nonsense"),
        ({"code": "tasks-begun"}, "tasks-begun"),
        ({"dimensions": "no_such"}, "no_such"),
        ({"kind": "ratio", "of": "tasks-begun"}, "over"),
        ({"kind": "growth", "of": "tasks-begun", "offset": 1, "dimensions": ""}, "no time field"),
    ],
)
def test_a_wrong_declaration_is_named_and_nothing_is_kept(client, computed, make_user, change, word):
    client.force_login(make_user("analyst"))
    before = Metric.objects.count()
    answer = client.post("/indicators/add/", NEW | change)
    assert answer.status_code == 200 and word in answer.content.decode()
    assert Metric.objects.count() == before


def test_a_declared_ratio_shows_its_value(client, computed, make_user):
    client.force_login(make_user("analyst"))
    ratio = {"kind": "ratio", "of": "tasks-begun", "over": "tasks-counted", "scale": 100, "unit": "%"}
    answer = client.post(
        "/indicators/add/", NEW | ratio | {"code": "begun-rate", "filter": "", "dimensions": ""}
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert Metric.objects.get(code="begun-rate").observations.filter(cell_key="").exists()
