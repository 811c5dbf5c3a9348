"""Task lists: every fault named with row, column, value and remedy."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.plan.engine.tasklist import HEADINGS, Fault, TableError, check, table

NAMES = {
    "lead": {"市科委": 1, "科学城管委会": 2},
    "programme": {"六大工程": 5},
    "commitment": {"建成29个平台": 7},
}
HEAD = "编号,任务,牵头单位,开始日期,完成时限,权重\n"


def read(text: str, encoding: str = "utf-8"):
    return check(table(text.encode(encoding)), NAMES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_good_list_in_any_encoding(encoding):
    lines, faults = read(HEAD + "7.0,安装设备,市科委,2025/1/2,2025年12月31日,3\n", encoding)
    assert faults == []
    assert lines[0].facts == {
        "number": "7",
        "title_zh": "安装设备",
        "lead_id": 1,
        "start": date(2025, 1, 2),
        "due": date(2025, 12, 31),
        "weight": 3,
    }


def test_a_spreadsheet_keeps_its_dates_and_row_numbers():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(HEADINGS.values()))
    sheet.append([None] * 10)
    sheet.append([8, "安装", None, "市科委", "六大工程", None, date(2025, 1, 2), date(2024, 1, 2), 30, 1])
    out = io.BytesIO()
    book.save(out)
    lines, faults = check(table(out.getvalue()), NAMES)
    assert lines[0].row == 3
    assert faults == [Fault(3, "完成时限", "2024-01-02", "give a day after the start")]


def test_every_fault_is_named():
    _lines, faults = read(
        HEAD + "1,甲,市科学委,2025-13-01,,0\n" + "2,,市科委,,,x\n" + "3,乙,市科委,,,\n" + "3,丙,市科委,,,\n"
    )
    assert [(f.row, f.column, f.value) for f in faults] == [
        (2, "牵头单位", "市科学委"),
        (2, "开始日期", "2025-13-01"),
        (2, "权重", "0"),
        (3, "权重", "x"),
        (3, "任务", ""),
        (5, "编号", "3"),
    ]
    assert faults[0].known[0] == "市科委"
    assert all(f.remedy for f in faults)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n\n", "empty"),
        ("任务,单位\n甲,乙".encode(), "牵头单位"),
        ("任务,牵头单位\n".encode(), "no rows"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (b"\x00\x01\x02\x00" * 9, "neither"),
        (("任务,牵头单位\n" + "甲,市科委\n" * 20_001).encode(), "20000"),
    ],
)
def test_what_is_no_list(data, words):
    with pytest.raises(TableError, match=words):
        table(data)


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=6, max_size=6),
        min_size=1,
        max_size=8,
    )
)
def test_no_content_breaks_it(rows):
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD.strip().split(","))
    writer.writerows(rows)
    with suppress(TableError):
        lines, _faults = check(table(out.getvalue().encode()), NAMES)
        assert all(line.row >= 2 for line in lines)
