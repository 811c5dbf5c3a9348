"""An index of four cities over two years, and a form of returns."""

from copy import deepcopy
from datetime import date

import pytest
from django.test import override_settings

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions

INDEX = """name = "cities"
title = "Cities"
[data]
unit = ["city", "year"]
focus = "甲"
names = { en = "city_en" }
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
CITIES = """city,city_en,year,a,b,c
甲,Alpha,2024,1,5,9
乙,Beta,2024,2,4.9,8
丙,Gamma,2024,9,,1
丁,,2024,5,5,5
甲,Alpha,2025,3,6,7
乙,Beta,2025,2.5,6.26,7
丙,Gamma,2025,9,9,1
丁,,2025,6,5,4
"""


@pytest.fixture
def index(db):
    return make_index()


def make_index():
    recipe = actions.save_recipe(
        SYSTEM, "cities", text=INDEX, data=CITIES, meta="", name_zh="城市指数", name_en="Cities", public=True
    )
    actions.run_recipe(SYSTEM, recipe)
    return recipe


@pytest.fixture
def form(db):
    return make_form()


def make_form():
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


@pytest.fixture(scope="module")
def lasting_world(lasting, computed_once):
    with lasting(), override_settings(SNAPSHOTS=computed_once.snapshots):
        return make_world()


@pytest.fixture
def world(lasting_world, computed):
    """Tasks are counted; the index, the form, and returns of one office: a draft, one sent, one approved."""
    return deepcopy(lasting_world)


def make_world():
    form, index, office = make_form(), make_index(), Organisation.objects.create(name_zh="甲区")
    filings = {}
    for year, name in ((2020, "draft"), (2021, "sent"), (2022, "done")):
        filing = actions.open_return(SYSTEM, office, form, date(year, 1, 1), date(year, 12, 31))
        actions.fill_return(SYSTEM, filing, {"total": 3, "here": 1, "away": 2})
        if name != "draft":
            actions.submit_return(SYSTEM, filing)
        if name == "done":
            actions.approve_return(SYSTEM, filing)
        filings[name] = filing
    return {"office": office, "form": form, "index": index, **filings}
