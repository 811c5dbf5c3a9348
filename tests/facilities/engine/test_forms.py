"""Forms as data: definitions, conditions, answers, versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.facilities.engine.answers import asked, faults_in_answers, not_asked
from kechuang.facilities.engine.forms import changes, faults_in_form

AIM = {"key": "aim", "kind": "text", "label_zh": "目标", "required": True, "longest": 10}
KIND = {
    "key": "sample",
    "kind": "choice",
    "label_zh": "样品",
    "options": [{"value": "solid", "label_zh": "固体"}, {"value": "live", "label_zh": "活体"}],
    "required": True,
}
ETHICS = {
    "key": "ethics",
    "kind": "file",
    "label_zh": "伦理批件",
    "required": True,
    "endings": [".pdf"],
    "when": {"field": "sample", "is": ["live"]},
}
HEAT = {"key": "heat", "kind": "number", "label_zh": "温度", "least": -5, "most": 40.5}
DAY = {"key": "day", "kind": "date", "label_zh": "日期", "earliest": "2026-01-01", "latest": "2026-12-31"}
TABLE = {
    "key": "samples",
    "kind": "table",
    "label_zh": "样品表",
    "rows": 2,
    "columns": [
        {"key": "name", "kind": "text", "label_zh": "名称", "required": True},
        {"key": "mass", "kind": "number", "label_zh": "质量"},
    ],
}
FORM = [AIM, KIND, ETHICS, HEAT, DAY, TABLE]


def codes(faults) -> list[tuple[str, str]]:
    return [(f.key, f.code) for f in faults]


def test_a_sound_form_has_no_faults():
    assert faults_in_form(FORM) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({**AIM, "key": "1x"}, "bad_key"),
        ({**AIM, "kind": "video"}, "bad_kind"),
        ({**AIM, "label_zh": " "}, "no_label"),
        ({**AIM, "colour": "red"}, "unknown_setting"),
        ({**KIND, "options": []}, "no_options"),
        ({**KIND, "options": [{"value": "a"}, {"value": "a"}]}, "options_unclear"),
        ({**HEAT, "least": 50}, "limits_cross"),
        ({**HEAT, "least": "warm"}, "bad_limit"),
        ({**DAY, "latest": "2025-01-01"}, "limits_cross"),
        ({**TABLE, "columns": []}, "no_columns"),
        ({**TABLE, "columns": [{"key": "a", "kind": "text"}] * 2}, "columns_unclear"),
        ({**TABLE, "columns": [{"key": "a", "kind": "file", "label_zh": "x"}]}, "bad_kind"),
        ({**AIM, "when": {"field": "later", "is": [1]}}, "condition_on_later_field"),
    ],
)
def test_what_makes_a_form_unusable_is_named(row, code):
    assert code in [f.code for f in faults_in_form([row])]


def test_a_condition_that_never_holds_is_named():
    row = {**AIM, "key": "more", "when": {"field": "sample", "is": ["gas"]}}
    assert codes(faults_in_form([KIND, row])) == [("more", "condition_never_holds")]


def test_keys_stand_once():
    assert ("aim", "key_twice") in codes(faults_in_form([AIM, AIM]))


def test_conditions_chain():
    chained = {"key": "why", "kind": "text", "label_zh": "为何", "when": {"field": "ethics", "is": ["a.pdf"]}}
    answers = {"sample": "solid", "ethics": "a.pdf"}
    assert [f["key"] for f in asked([*FORM, chained], answers)] == ["aim", "sample", "heat", "day", "samples"]
    assert not_asked([*FORM, chained], answers) == ["ethics"]


def test_complete_answers():
    answers = {
        "aim": "测量",
        "sample": "solid",
        "heat": "40.5",
        "day": "2026-12-31",
        "samples": [{"name": "a"}],
    }
    assert faults_in_answers(FORM, answers) == []


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, [("aim", "required"), ("sample", "required")]),
        ({"aim": "x" * 11, "sample": "solid"}, [("aim", "too_long")]),
        ({"aim": "x", "sample": "gas"}, [("sample", "not_offered")]),
        ({"aim": "x", "sample": ["solid", "live"], "ethics": "a.pdf"}, [("sample", "one_only")]),
        ({"aim": "x", "sample": "live"}, [("ethics", "required")]),
        ({"aim": "x", "sample": "live", "ethics": "a.exe"}, [("ethics", "wrong_ending")]),
        ({"aim": "x", "sample": "solid", "heat": "NaN"}, [("heat", "not_a_number")]),
        ({"aim": "x", "sample": "solid", "heat": -6}, [("heat", "below")]),
        ({"aim": "x", "sample": "solid", "heat": 41}, [("heat", "above")]),
        ({"aim": "x", "sample": "solid", "day": "31.12.2026"}, [("day", "not_a_date")]),
        ({"aim": "x", "sample": "solid", "day": "2027-01-01"}, [("day", "above")]),
        ({"aim": "x", "sample": "solid", "samples": "a"}, [("samples", "not_a_table")]),
        ({"aim": "x", "sample": "solid", "samples": [{"name": "a"}] * 3}, [("samples", "too_many_rows")]),
    ],
)
def test_bad_answers_are_named(answers, found):
    assert codes(faults_in_answers(FORM, answers)) == found


def test_a_table_fault_names_row_and_column():
    fault = faults_in_answers([TABLE], {"samples": [{"name": "a"}, {"name": "b", "mass": "heavy"}]})[0]
    assert (fault.row, fault.column, fault.code) == (2, "mass", "not_a_number")


def test_a_draft_may_wait_but_not_be_wrong():
    assert faults_in_answers(FORM, {}, complete=False) == []
    assert codes(faults_in_answers(FORM, {"heat": 99}, complete=False)) == [("heat", "above")]


def test_a_new_version_names_what_changes():
    new = [
        {**AIM, "longest": 20},
        {**HEAT, "kind": "text"},
        {"key": "extra", "kind": "text", "label_zh": "补充"},
    ]
    found = {c.key: (c.what, c.again) for c in changes([AIM, HEAT, DAY], new)}
    assert found == {
        "aim": ("changed", False),
        "heat": ("changed", True),
        "extra": ("added", False),
        "day": ("removed", False),
    }


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.lists(st.text(max_size=4), max_size=3)
)


@given(st.dictionaries(st.sampled_from(["aim", "sample", "ethics", "heat", "day", "samples"]), values))
def test_any_json_is_judged_and_never_lost(answers):
    faults = faults_in_answers(FORM, answers)
    shown = {f["key"] for f in asked(FORM, answers)}
    assert {f.key for f in faults} <= shown
    assert shown.isdisjoint(not_asked(FORM, answers))


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["key", "kind", "label_zh", "options", "columns", "when"]), values)
    )
)
def test_any_definition_is_judged(fields):
    assert faults_in_form(fields) or all(f["label_zh"].strip() for f in fields)
