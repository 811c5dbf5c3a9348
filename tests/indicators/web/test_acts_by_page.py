"""Each act of indicators has a page; each role is let in or kept out, and the page does the act."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kechuang.core import clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Role
from kechuang.core.web.importing import trial_token
from kechuang.indicators.models import IndexRun, Metric
from tests.indicators.web.test_permissions import ANALYST, FILLER, PLANNER
from tests.indicators.web.world import CITIES
from tests.roles import lacking, tried_by_page

pytestmark = pytest.mark.django_db
BY_ITSELF = {"indicators.sync_declarations"}  # with every recompute of all
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


YES = {"confirm": "1"}
RETURNS = "organisation,from,to,total,here,away\n甲区,2019-01-01,2019-12-31,3,1,2\n"
PUBLISHED = "index,edition,city,year,source,rank\nI,2020,甲,2020,x,1\n"
# Who may besides the administrator, and the page with what is sent.
WHO = {
    "declare_metric": ANALYST,
    "redefine": ANALYST,
    "set_target": PLANNER,
    "publish_value": PLANNER,
    "save_form": ANALYST,
    "open_return": FILLER,
    "fill_return": FILLER,
    "submit_return": FILLER,
    "send_back_return": PLANNER,
    "approve_return": PLANNER,
    "replace_return": FILLER,
    "import_returns": FILLER,
    "save_recipe": ANALYST,
    "run_recipe": PLANNER,
    "delete_recipe": set(),
    "import_external": ANALYST,
}


def tried(path: str, text: str):
    """What each has tried on an import page is confirmed; a visitor has a token that leaked."""

    def page(centre):
        stored, people = files.keep(SYSTEM, "a.csv", text.encode()), centre["people"]
        return path, {"token": lambda name: trial_token(path, people[name] or people["admin"], stored)}

    return page


def pages(world):
    """act → address and what is posted."""
    draft, sent, done = world["draft"], world["sent"], world["done"]
    opening = {"organisation": world["office"].pk, "year": 2018}
    change = {"filter": "started = true", "reason": "口径"}
    new_form = {"code": "new", "title_zh": "新表", "frequency": "year", "due_days": 15, "items": ITEMS}
    index = {"name_zh": "新指数", "code": "new", "data": file(CITIES)}
    return {
        "declare_metric": ("add/", NEW),
        "redefine": ("m/tasks-begun/redefine/", change | YES),
        "set_target": ("m/tasks-begun/target/", TARGET | YES),
        "publish_value": ("m/tasks-begun/publish/", {"value": 1, "source": "年报"} | YES),
        "save_form": ("forms/add/", new_form),
        "open_return": ("forms/contracts/", opening),
        "fill_return": (f"returns/{draft.pk}/", {"total": 4, "here": 1, "away": 3}),
        "submit_return": (f"returns/{draft.pk}/", {"total": 3, "here": 1, "away": 2, "submit": "1"}),
        "send_back_return": (f"returns/{sent.pk}/back/", {"remark": "请核对"} | YES),
        "approve_return": (f"returns/{sent.pk}/approve/", YES),
        "replace_return": (f"returns/{done.pk}/replace/", YES),
        "import_returns": tried("/indicators/forms/contracts/import/", RETURNS)(world),
        "save_recipe": ("indices/add/", index),
        "run_recipe": ("indices/cities/run/", YES),
        "delete_recipe": ("indices/cities/delete/", YES),
        "import_external": tried("/indicators/external/import/", PUBLISHED)(world),
    }


def test_the_tables_know_every_act(world, everybody):
    assert (
        lacking("indicators", {f"indicators.{act}" for act in WHO}, {"indicators.recompute", *BY_ITSELF})
        == []
    )
    assert set(WHO) == set(pages(world))


@pytest.fixture
def everybody(world, make_user):
    """A person for each role in the office that fills in, one with none, and a visitor."""
    people = {role: make_user(role, organisation=world["office"], name=role) for role in Role.values}
    world["people"] = {**people, "nobody": make_user(name="nobody"), "visitor": None}
    return world["people"]


def test_roles_by_pages(client, world, everybody):
    wrong = []
    for act, (address, data) in pages(world).items():
        path = address if address.startswith("/") else f"/indicators/{address}"
        wrong += tried_by_page(
            client,
            everybody,
            everybody["admin"],
            f"indicators.{act}",
            WHO[act] | {"admin"},
            lambda client, path=path, data=data: (IndexRun.objects.all().delete(), (path, data))[1],
        )
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", [*Role.values, "nobody", "visitor"])
def test_who_may_have_all_computed_anew(client, world, everybody, role):
    if everybody[role] is not None:
        client.force_login(everybody[role])
    Metric.objects.filter(code="tasks-begun").update(dirty_since=clock.now())
    answer = client.post("/indicators/recompute/", YES)
    done = Metric.objects.get(code="tasks-begun").dirty_since is None
    assert done == (role in PLANNER | {"admin"}), answer.status_code
    assert answer.status_code == (302 if done else 403)


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
