"""Task lists: every fault named with row, column, value and remedy."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.engine.sheets import SheetError, read_sheet
from kechuang.plan.engine.tasklist import MOST_ROWS, checked, columns, facts

FIELDS = columns({"市科委": 1, "科学城管委会": 2}, {"六大工程": 5}, {"建成29个平台": 7})
HEAD = "编号,任务,牵头单位,开始日期,完成时限,权重\n"


def read(data: str | bytes, encoding: str = "utf-8"):
    data = data.encode(encoding) if isinstance(data, str) else data
    return checked(read_sheet(data, "list", FIELDS, MOST_ROWS))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_good_list_in_any_encoding(encoding):
    sheet = read(HEAD + "7.0,安装设备,市科委,2025/1/2,2025年12月31日,3\n", encoding)
    assert sheet.faults == []
    assert facts(sheet.rows[0]) == {
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
    sheet.append([field.label() for field in FIELDS])
    sheet.append([None] * 10)
    sheet.append([8, "安装", None, "市科委", "六大工程", None, date(2025, 1, 2), date(2024, 1, 2), 30, 1])
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert found.rows[0]["_row"] == 3
    assert [(f.row, f.column, f.value, *f.said()) for f in found.faults] == [
        (3, "期限", "2024-01-02", "is before the start", "Give a day after the start.")
    ]


def test_english_headings_do_as_well():
    sheet = read("Number,Task,Lead,Due date\n1,甲,市科委,2026-01-02\n")
    assert facts(sheet.rows[0]) == {"number": "1", "title_zh": "甲", "lead_id": 1, "due": date(2026, 1, 2)}


def test_every_fault_is_named():
    sheet = read(
        HEAD + "1,甲,市科学委,2025-13-01,,0\n" + "2,,市科委,,,x\n" + "3,乙,市科委,,,\n" + "3,丙,市科委,,,\n"
    )
    assert [(f.row, f.column, f.value) for f in sheet.faults] == [
        (2, "牵头单位", "市科学委"),
        (2, "开始日期", "2025-13-01"),
        (2, "权重", "0"),
        (3, "任务", ""),
        (3, "权重", "x"),
        (5, "编号", "3"),
    ]
    assert "市科委" in sheet.faults[0].said()[1]
    assert sheet.faults[-1].said() == ("is row 4 again", "Take one of them out.")
    assert all(f.remedy for f in sheet.faults)


def test_the_same_title_for_another_lead_is_another_task():
    sheet = read("任务,牵头单位\n甲,市科委\n甲,科学城管委会\n甲,市科委\n")
    assert [(f.row, f.column) for f in sheet.faults] == [(4, "任务")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n\n", "empty"),
        ("任务,单位\n甲,乙".encode(), "牵头单位"),
        ("任务,牵头单位\n".encode(), "no rows"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (b"\x00\x01\x02\x00" * 9, "no table"),
        (("任务,牵头单位\n" + "甲,市科委\n" * 20_001).encode(), "20000"),
    ],
)
def test_what_is_no_list(data, words):
    with pytest.raises(SheetError, match=words):
        read(data)


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
    with suppress(SheetError):
        assert all(row["_row"] >= 2 for row in read(out.getvalue()).rows)
