"""Each role against each act of indicators, asked of the API."""

import pytest

from kechuang.core.acts import ACTS
from kechuang.core.models import Role

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
ANALYST, PLANNER, FILLER = {"analyst"}, {"analyst", "officer"}, {"analyst", "officer", "reporter"}
CHANGE = {"changes": {"dimensions": []}, "reason": "x"}
TARGET = {"value": 9, "due": "2030-12-31", "base_value": 1, "base_date": "2020-12-31"}
METRIC = {
    "id": "tasks_all",
    "name_zh": "全部任务",
    "name_en": "All",
    "unit": "项",
    "owner": "x",
    "source": "x",
    "table": "plan_tasks",
    "measure": {"count": True},
}


def cases(world):
    """act → (who may besides the administrator, method, address, body)."""
    api = "/api/indicators"
    recipe = {"text": world["index"].text, "data": world["index"].data, "name_zh": "x"}
    form = {"title_zh": "合同年报", "items": world["form"].items, "checks": []}
    opening = {
        "form": "contracts",
        "organisation": world["office"].pk,
        "start": "2023-01-01",
        "end": "2023-12-31",
    }
    draft, sent, done = world["draft"], world["sent"], world["done"]
    return {
        "sync_declarations": (ANALYST, "post", f"{api}/sync", None),
        "recompute": (PLANNER, "post", f"{api}/recompute", None),
        "declare_metric": (ANALYST, "post", f"{api}/metrics", {"declaration": METRIC}),
        "redefine": (ANALYST, "post", f"{api}/metrics/tasks-begun/versions", CHANGE),
        "set_target": (PLANNER, "put", f"{api}/metrics/tasks-begun/target", TARGET),
        "publish_value": (
            PLANNER,
            "put",
            f"{api}/metrics/tasks-begun/published",
            {"value": 1, "source": "年报"},
        ),
        "save_form": (ANALYST, "put", f"{api}/forms/contracts", form),
        "open_return": (FILLER, "post", f"{api}/returns", opening),
        "fill_return": (FILLER, "put", f"{api}/returns/{draft.pk}", {"values": {"here": 1}}),
        "submit_return": (FILLER, "post", f"{api}/returns/{draft.pk}/submit", None),
        "send_back_return": (PLANNER, "post", f"{api}/returns/{sent.pk}/send_back", {"remark": "x"}),
        "approve_return": (PLANNER, "post", f"{api}/returns/{sent.pk}/approve", None),
        "replace_return": (FILLER, "post", f"{api}/returns/{done.pk}/replace", None),
        "save_recipe": (ANALYST, "put", f"{api}/indices/other", recipe),
        "run_recipe": (PLANNER, "post", f"{api}/indices/cities/run", None),
        "delete_recipe": (set(), "delete", f"{api}/indices/cities", None),
    }


@pytest.mark.parametrize("role", [*Role.values, "nobody"])
def test_roles_by_acts(client, world, make_user, role):
    from django.db import transaction

    roles = () if role == "nobody" else (role,)
    client.force_login(make_user(*roles, organisation=world["office"], name=role))
    for act, (who, method, address, body) in cases(world).items():
        point = transaction.savepoint()
        answer = getattr(client, method)(address, body, **JSON) if body else getattr(client, method)(address)
        permitted = role in who or role == "admin"
        hidden = answer.status_code == 404 and not permitted
        assert (answer.status_code == 200) == permitted, (act, role, answer.status_code, answer.content[:200])
        assert permitted or hidden or answer.status_code == 403, (act, role, answer.status_code)
        transaction.savepoint_rollback(point)


def test_every_act_is_in_the_table(world):
    sheets = {"import_returns", "import_external"}
    named = {verb.partition(".")[2] for verb in ACTS if verb.startswith("indicators.")}
    assert named == set(cases(world)) | sheets


@pytest.mark.parametrize("address", ["forms/contracts/import", "external"])
def test_sheets_by_role(client, world, make_user, address):
    from django.core.files.uploadedfile import SimpleUploadedFile

    may = {"forms/contracts/import": {*FILLER, "admin"}, "external": {"analyst", "admin"}}[address]
    heads = {
        "forms/contracts/import": "organisation,from,to,total,here,away\n甲区,2019-01-01,2019-12-31,3,1,2\n",
        "external": "index,edition,city,year,source,rank\nI,1,甲,2020,x,1\n",
    }
    for role in Role.values:
        client.force_login(make_user(role, organisation=world["office"], name=role))
        file = SimpleUploadedFile("a.csv", heads[address].encode())
        answer = client.post(f"/api/indicators/{address}?dry_run=1", {"file": file})
        assert (answer.status_code == 200) == (role in may), (role, answer.content[:200])


def test_visitors_read_what_is_public_and_write_nothing(client, world):
    for address in (
        "metrics",
        "metrics/tasks-begun",
        "metrics/tasks-begun/why",
        "metrics/tasks-begun/observations",
    ):
        assert client.get(f"/api/indicators/{address}").status_code == 200, address
    for address in ("indices", "indices/cities", "external", "metrics/tasks-begun/outlook"):
        assert client.get(f"/api/indicators/{address}").status_code == 200, address
    assert client.get("/api/indicators/returns").status_code == 401
    assert client.post("/api/indicators/recompute").status_code == 401


@pytest.mark.parametrize(
    ("method", "address", "body", "word"),
    [
        ("post", "metrics/tasks-begun/versions", {"changes": {"table": "none"}, "reason": "x"}, "none"),
        ("post", "metrics/tasks-begun/versions", {"changes": {}, "reason": "x"}, "says the same"),
        ("put", "metrics/tasks-begun/target", {**TARGET, "due": "2019-01-01"}, "due"),
        ("put", "forms/bad", {"title_zh": "x", "items": [{"code": "a"}, {"code": "a"}]}, "a"),
        (
            "put",
            "indices/bad",
            {"text": "[[stage]]\nname='cook'", "data": "unit,a\nx,1\n", "name_zh": "x"},
            "cook",
        ),
        ("post", "recompute?engine=abacus", None, "abacus"),
        ("get", "metrics/tasks-begun/why?period=soon", None, "soon"),
    ],
)
def test_bad_input_is_named(client, world, make_user, method, address, body, word):
    client.force_login(make_user("analyst", name="analyst"))
    answer = getattr(client, method)(
        f"/api/indicators/{address}", *([body] if body else []), **(JSON if body else {})
    )
    assert answer.status_code == 422
    assert word in answer.content.decode()
