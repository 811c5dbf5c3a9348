"""Tables come in by declared fields; what is wrong is named by row, column, value and remedy."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.engine.sheets import Field, SheetError, Wrong, blank, read_sheet

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
        (2, "Task", ""), (2, "Due", "x"), (2, "Price", "-1"), (2, "Open", "maybe"), (2, "Kind", "船"), (2, "Count", "1.5"),
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
    with pytest.raises(SheetError, match="no rows"):
        read_sheet(blank(FIELDS), "a.xlsx", FIELDS)


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


def test_the_head_may_stand_below_empty_lines_and_its_rows_keep_their_numbers():
    sheet = read_sheet(",,\n\n任务,期限\n甲,x\n".encode(), "a.csv", FIELDS)
    assert sheet.heads == {"title": "任务", "due": "期限"}
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(4, "期限")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("任务,任务\n甲,乙\n", "stands twice"),
        ("期限\n2026-01-01\n", "任务 / Task"),
        ("任务\n" + "甲\n" * 4, "3 rows"),
    ],
)
def test_what_is_wrong_with_the_whole_table_is_said(text, words):
    with pytest.raises(SheetError, match=words) as refused:
        read_sheet(text.encode(), "a.csv", FIELDS, most=3)
    assert refused.value.said(lambda text: f"译：{text}").startswith("a.csv: 译：")


def test_a_name_that_is_not_known_is_told_its_likes():
    names = {f"单位{n}": n for n in range(50)} | {"科学城管委会": 99}
    field = Field("lead", ("单位",), "choice", choices=names)
    sheet = read_sheet("单位\n科学城委会\n某某\n单位7\n".encode(), "a.csv", [field])
    assert [fault.said() for fault in sheet.faults] == [
        ("is not one of the known values", "Similar are: 科学城管委会."),
        ("is not one of the known values", "Correct it, or add it first."),
    ]
    assert sheet.rows[2]["lead"] == 7


def test_a_list_of_words_is_told_by_some_of_them():
    field = Field("kind", ("类别",), "choice", choices={f"k{n}": n for n in range(30)})
    (fault,) = read_sheet("类别\n船\n".encode(), "a.csv", [field]).faults
    assert fault.said()[1].startswith("Use one of: k0、k1、") and fault.said()[1].endswith("k11、….")


def test_limits_of_a_cell_and_a_reading_of_ones_own():
    def even(text):
        if int(text) % 2:
            raise Wrong("is odd", "Give an even one.")
        return int(text)

    fields = [
        Field("a", ("a",), "integer", least=1, most=9),
        Field("b", ("b",), longest=2),
        Field("c", ("c",), reads=even),
    ]
    sheet = read_sheet(b"a,b,c\n0,xx,2\n10,xxx,3\n9,,\n", "a.csv", fields)
    assert [(f.row, f.column, *f.said()) for f in sheet.faults] == [
        (2, "a", "is less than 1", "Give 1 or more."),
        (3, "a", "is more than 9", "Give 9 or less."),
        (3, "b", "is too long", "Shorten it to 2 characters."),
        (3, "c", "is odd", "Give an even one."),
    ]
    assert sheet.rows[0]["c"] == 2 and sheet.rows[2] == {"a": 9, "b": "", "c": "", "_row": 4}


def test_a_row_that_stands_twice_is_named_with_the_first():
    sheet = read_sheet("任务\n甲\n乙\n甲\n".encode(), "a.csv", FIELDS)
    found = sheet.with_faults(sheet.repeated(lambda row: row["title"], "title")).faults
    assert [(f.row, f.value, f.said()[0]) for f in found] == [(4, "甲", "is row 2 again")]


def test_the_sheet_that_has_the_columns_is_read_and_not_the_notes_before_it():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["How to fill in"])
        book.add_worksheet()
        page = book.add_worksheet()
        page.write_row(1, 0, ["Task", "Count"])
        page.write_row(2, 0, ["a", 3])
    fields = [Field("title", ("任务", "Task"), required=True), Field("n", ("数量", "Count"), "integer")]
    sheet = read_sheet(out.getvalue(), "a.xlsx", fields)
    assert [(row["title"], row["n"], row["_row"]) for row in sheet.rows] == [("a", 3, 3)]
