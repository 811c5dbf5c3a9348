"""Tables come in by declared fields; what is wrong is named by row, column, value and remedy."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.engine.sheets import Field, SheetError, blank, read_sheet

FIELDS = [
    Field("title", ("任务", "Task"), required=True),
    Field("due", ("期限", "Due"), kind="date"),
    Field("price", ("单价（元）", "Price"), kind="money", least=0),
    Field("open", ("开放", "Open"), kind="flag"),
    Field("kind", ("类别", "Kind"), kind="choice", choices={"仪器": "instrument"}),
    Field("count", ("数量", "Count"), kind="integer"),
]


def test_csv_in_either_language_and_encoding():
    text = '任务,期限,单价（元）,开放,类别,数量\n甲,2026-11-21,"1,200.50",是,仪器,3\n\n乙,,,,,\n'
    for data in (text.encode("utf-8-sig"), text.encode("gb18030")):
        sheet = read_sheet(data, "a.csv", FIELDS)
        assert not sheet.faults
        assert sheet.rows[0] == {
            "title": "甲", "due": date(2026, 11, 21), "price": 120050, "open": True, "kind": "instrument", "count": 3, "_row": 2,
        }  # fmt: skip
        assert sheet.rows[1]["_row"] == 4 and sheet.rows[1]["price"] is None


def test_every_fault_is_named():
    sheet = read_sheet("Task,Due,Price,Open,Kind,Count\n,x,-1,maybe,船,1.5\n".encode(), "a.csv", FIELDS)
    assert [(f.row, f.column, f.value) for f in sheet.faults] == [
        (2, "任务", ""), (2, "期限", "x"), (2, "单价（元）", "-1"), (2, "开放", "maybe"), (2, "类别", "船"), (2, "数量", "1.5"),
    ]  # fmt: skip
    assert all(f.what and f.remedy for f in sheet.faults)


def test_a_filled_in_blank_comes_back():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["Task", "Due", "Price"])
    page.write_row(1, 0, ["甲", "2026/1/2", 3.5])
    book.close()
    assert read_sheet(out.getvalue(), "a.xlsx", FIELDS).rows[0]["price"] == 350
    assert read_sheet(blank(FIELDS), "a.xlsx", FIELDS).rows == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02", b"Other\n1\n"])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(SheetError):
        read_sheet(data, "a.xlsx", FIELDS)


@given(st.binary(max_size=400))
def test_hostile_bytes_give_a_sheet_or_a_clear_error(data):
    said = "x:"
    try:
        read_sheet(data, "x", FIELDS)
    except SheetError as error:
        said = str(error)
    assert said.startswith("x:")
