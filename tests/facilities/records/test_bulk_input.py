"""The catalogue at the size it is meant for: three bad rows in a hundred thousand are named, nothing is stored."""

from __future__ import annotations

import io

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.facilities import actions
from kechuang.facilities.actions.import_resources import read_resources
from kechuang.facilities.models import Resource

pytestmark = pytest.mark.django_db
ROWS = 100_000


def _table(bad: dict[int, str]) -> bytes:
    text = io.StringIO()
    text.write("code,kind,name_zh,owner,rate_academic_fen,hours\n")
    for number in range(2, ROWS + 2):
        text.write(
            bad.get(number, f"I{number},instrument,仪器{number},所,{number % 900},1-5 09:00-17:00") + "\n"
        )
    return text.getvalue().encode()


def test_three_bad_rows_in_a_hundred_thousand_are_named():
    Organisation.objects.create(name_zh="所")
    bad = {
        17: "I17,boat,仪器17,所,1,24/7",
        50_001: "I50001,instrument,仪器50001,无此单位,1,24/7",
        100_001: "I100001,instrument,仪器100001,所,-5,24/7",
    }
    found = read_resources(SYSTEM, _table(bad), "t.csv")
    assert [(f.row, f.column) for f in found.faults] == [
        (17, "kind"),
        (50_001, "owner"),
        (100_001, "rate_academic_fen"),
    ]
    assert all(f.remedy and f.value for f in found.faults)
    with pytest.raises(Refusal, match="3 处错误"):
        actions.import_resources(SYSTEM, found, None)
    assert not Resource.objects.exists()
