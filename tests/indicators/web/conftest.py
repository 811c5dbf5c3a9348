"""A small plan office whose tasks are counted."""

from datetime import date

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions
from kechuang.plan.models import Programme, Task


@pytest.fixture(autouse=True)
def _snapshots(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def tasks(db) -> list[Task]:
    """Forty tasks: a known mix of stages over two offices and two programmes, some secret."""
    offices = [Organisation.objects.create(name_zh=name) for name in ("甲办", "乙办")]
    programmes = [Programme.objects.create(name_zh=name) for name in ("工程一", "工程二")]
    stages = [
        "proposed",
        "confirmed",
        "started",
        "under_way",
        "completed",
        "accepted",
        "suspended",
        "terminated",
    ]
    rows = [
        Task(
            title_zh=f"任务{i}",
            stage=stages[i % 8],
            lead=offices[i % 2] if i % 5 else None,
            programme=programmes[i % 3 % 2],
            accepted_on=date(2020 + i // 8, 3, 1) if i % 8 == 5 else None,
            secrecy=2 if i == 10 else 0,
        )
        for i in range(40)
    ]
    return Task.objects.bulk_create(rows)


@pytest.fixture
def computed(tasks):
    return actions.recompute(SYSTEM)


INDEX = """name = "cities"
title = "Cities"
[data]
unit = ["city", "year"]
focus = "甲"
[[framework]]
code = "top"
name_zh = "总指数"
[[framework]]
code = "left"
parent = "top"
[[framework]]
code = "right"
parent = "top"
[[framework]]
code = "a"
parent = "left"
[[framework]]
code = "b"
parent = "left"
[[framework]]
code = "c"
parent = "right"
direction = -1
[[stage]]
name = "impute"
method = "median"
[[stage]]
name = "normalise"
method = "minmax"
range = [1, 100]
[[stage]]
name = "aggregate"
[[uncertain]]
name = "mean"
change = "aggregate.method"
choices = ["arithmetic", "geometric"]
[[uncertain]]
name = "weights"
change = "weights"
noise = 0.25
"""
CITIES = """city,year,a,b,c
甲,2024,1,5,9
乙,2024,2,4.9,8
丙,2024,9,,1
丁,2024,5,5,5
甲,2025,3,6,7
乙,2025,2.5,6.26,7
丙,2025,9,9,1
丁,2025,6,5,4
"""


@pytest.fixture
def index(db):
    recipe = actions.save_recipe(
        SYSTEM, "cities", text=INDEX, data=CITIES, meta="", name_zh="城市指数", name_en="Cities", public=True
    )
    actions.run_recipe(SYSTEM, recipe)
    return recipe


@pytest.fixture
def form(db):
    items = [
        {"code": "total", "name_zh": "合计", "unit": "万元"},
        {"code": "here", "name_zh": "本市", "unit": "万元"},
        {"code": "away", "name_zh": "外地", "unit": "万元", "max": 1000000},
    ]
    checks = [
        {"kind": "sum", "total": "total", "parts": ["here", "away"]},
        {"kind": "change", "item": "total", "most": 0.5},
    ]
    return actions.save_form(SYSTEM, "contracts", title_zh="合同年报", items=items, checks=checks)
