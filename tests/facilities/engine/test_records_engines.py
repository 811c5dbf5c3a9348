"""Life cycle, open hours, charges, samples, tables and metadata: the pure parts behind the records."""

import csv
import io
import itertools
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.engine.sheets import SheetError, Wrong, read_sheet
from kechuang.core.engine.workflow import step
from kechuang.core.kernel import State
from kechuang.facilities.engine import charges, hours, lifecycle, pidinst, resource_table, samples
from kechuang.facilities.engine.lifecycle import ROAD, Stage

D = date(2020, 1, 1)


def after(days):
    return D + timedelta(days=days)


PLANNED = {stage: after(100 * place) for place, stage in enumerate(ROAD)}


def test_the_road_and_its_ends():
    for here, there in itertools.pairwise(ROAD):
        lifecycle.check_step(here, there)
    with pytest.raises(ValueError, match="goes on to approval"):
        lifecycle.check_step("planning", "operation")
    with pytest.raises(ValueError, match="nothing more"):
        lifecycle.check_step("retired", "operation")


def test_the_stage_on_a_day_counts_an_upgrade_and_the_return():
    begun = [("trial", after(0)), ("operation", after(10)), ("upgrade", after(20)), ("operation", after(30))]
    found = [lifecycle.stage_on(begun, after(day)) for day in (-1, 0, 9, 10, 25, 30)]
    assert found == [None, "trial", "trial", "operation", "upgrade", "operation"]


def test_delay_stretches_what_remains():
    actual = {"planning": after(0), "approval": after(150)}
    found = lifecycle.forecast(PLANNED, actual, after(160))
    assert [item.stage for item in found] == list(ROAD[2:])
    assert found[0].expected == after(150 + 150) and found[0].delay == 100
    assert found[-1].expected == after(150 + 750) and found[-1].delay == 300


def test_gained_time_is_not_promised_on_and_no_past_day_is_expected():
    early = lifecycle.forecast(PLANNED, {"planning": after(0), "approval": after(50)}, after(60))
    assert early[0].expected == after(150) and early[0].delay == -50
    silent = lifecycle.forecast(PLANNED, {"planning": after(0)}, after(1000))
    assert all(item.expected >= after(1000) for item in silent)


def test_states():
    on_time = {"planning": after(0), "approval": after(100)}
    assert lifecycle.state_of(PLANNED, on_time, after(150)) == State.ON_THE_WAY
    assert (
        lifecycle.state_of(PLANNED, {"planning": after(0), "approval": after(200)}, after(210))
        == State.AT_RISK
    )
    assert lifecycle.state_of(PLANNED, on_time, after(601)) == State.LATE
    assert lifecycle.state_of(PLANNED, {"operation": after(5)}, after(6)) == State.KEPT
    assert lifecycle.state_of({}, on_time, after(150)) == State.UNMEASURED
    assert lifecycle.state_of(PLANNED, {}, after(150)) == State.UNMEASURED


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6), st.integers(0, 3000))
def test_forecasts_come_in_order_and_never_before_the_day(gaps, on):
    actual, day = {}, 0
    for stage, gap in zip(ROAD, gaps, strict=False):
        day += gap
        actual[stage] = after(day)
    found = lifecycle.forecast(PLANNED, actual, after(on))
    expected = [item.expected for item in found]
    assert expected == sorted(expected) and all(item >= after(on) for item in expected)


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(0, 23), st.integers(1, 24)), max_size=6),
    st.integers(0, 7 * 24 * 60 - 1),
)
def test_hours_against_minutes(parts, minute):
    """A spelling means the same minutes as its parts, and its canonical spelling too."""
    free = [(d, a, b) for d, a, b in parts if a < b]
    kept = []
    for day, start, end in free:
        if not any(d == day and start < e and s < end for d, s, e in kept):
            kept.append((day, start, end))
    text = "; ".join(f"{d} {s:02d}:00-{e:02d}:00" for d, s, e in kept)
    at = datetime(2024, 1, 1) + timedelta(minutes=minute)
    wanted = any(d == at.isoweekday() and s * 60 <= at.hour * 60 + at.minute < e * 60 for d, s, e in kept)
    assert hours.is_open(text, at) == hours.is_open(hours.canonical(text), at) == wanted
    assert hours.canonical(hours.canonical(text)) == hours.canonical(text)
    week = hours.open_minutes(text, date(2024, 1, 1), date(2024, 1, 7))
    assert week == sum((e - s) * 60 for _, s, e in kept)
    assert hours.open_minutes(text, date(2024, 1, 3), date(2024, 1, 16)) == 2 * week


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("09:00-17:00", "form"),
        ("1-5 17:00-09:00", "ends before"),
        ("1 09:00-12:00; 1 11:00-13:00", "overlaps"),
        ("1 09:70-12:00", "ends before"),
    ],
)
def test_bad_hours_are_named(text, words):
    with pytest.raises(ValueError, match=words):
        hours.parse(text)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**9))
def test_charges(minutes, lost, rate):
    if lost > minutes:
        with pytest.raises(ValueError, match="lost"):
            charges.charge(minutes, lost, rate)
        return
    fen = charges.charge(minutes, lost, rate)
    assert 0 <= (minutes - lost) * rate - fen * 60 < 60


@given(st.integers(0, 1000), st.lists(st.integers(-5, 300), max_size=5))
def test_vouchers_never_fall_below_zero(amount, balances):
    paid = charges.pay(amount, enumerate(balances))
    assert all(0 < fen <= balances[key] for key, fen in paid.vouchers.items())
    assert sum(paid.vouchers.values()) + paid.due == amount
    assert paid.due == max(0, amount - sum(max(balance, 0) for balance in balances))


def test_scores_are_bounded_and_weighted():
    full = charges.Sharing(open=60, used=60, outside=60, value=5, value_opened=5, outputs=9)
    assert charges.score(full).total == 1000
    assert charges.score(charges.Sharing(0, 0, 0, 0, 0, 0)).total == 0
    half = charges.Sharing(open=120, used=60, outside=0, value=10, value_opened=10, outputs=0)
    assert charges.score(half).total == (500 * 40 + 1000 * 20) // 100
    assert charges.contract_score([(1, 10, 5), (3, 10, 40)]) == (500 + 3000) // 4
    assert charges.contract_score([]) is None
    assert [charges.band(rate) for rate in (None, 0, 1, 100_00, 100_01, 500_00, 2_000_01)] == [
        -1,
        0,
        1,
        1,
        2,
        2,
        4,
    ]


def test_consent_covers_what_is_narrower():
    allowed = {(c, p) for c in samples.Consent for p in samples.Purpose if samples.allows(c, p)}
    assert (
        len(allowed) == 6 and ("none", "disease") not in allowed and ("research", "commercial") not in allowed
    )
    with pytest.raises(ValueError, match="review, refuse, withdraw"):
        step(samples.TRANSITIONS, "requested", "deliver")
    with pytest.raises(ValueError, match="reason"):
        step(samples.TRANSITIONS, "requested", "refuse")


HEAD = [
    "编号",
    "类别",
    "名称",
    "所属单位",
    "原值（元）",
    "开放时间",
    "学术费率（元/时）",
    "开放共享",
    "购置日期",
]
GOOD = ["A1", "instrument", "显微镜", "物理所", "1,234.50", "1-5 9:00-17:00", "30", "是", "2020-05-06"]


def owner_of(name):
    if name != "物理所":
        raise Wrong("is no organisation's name", "register it first")
    return 7


COLUMNS = resource_table.columns({"instrument": "instrument", "仪器设备": "instrument"}, {}, owner_of)


def csv_of(*rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def check(rows, head=HEAD):
    return resource_table.checked(read_sheet(csv_of(head, *rows).encode(), "a.csv", COLUMNS))


def test_a_sound_row():
    row = check([GOOD]).rows[0]
    assert (row["value_fen"], row["rate_academic_fen"], row["owner"]) == (123450, 3000, 7)
    assert (row["hours"], row["opened"], row["acquired_on"]) == ("1-5 09:00-17:00", True, date(2020, 5, 6))


def test_each_bad_cell_is_named_with_row_column_value_and_remedy():
    bad = {0: "", 1: "boat", 3: "nobody", 4: "-5", 5: "always", 6: "0.001", 7: "perhaps", 8: "06.05.2020"}
    for place, value in bad.items():
        cells = [value if i == place else cell for i, cell in enumerate(GOOD)]
        (fault,) = check([GOOD, cells]).faults
        assert (fault.row, fault.column) == (3, HEAD[place]) and fault.remedy
        assert fault.value == value
    (twice,) = check([GOOD, GOOD]).faults
    assert twice.row == 3 and "row 2" in twice.said()[0]


def test_headings_are_required_and_may_not_repeat():
    with pytest.raises(SheetError, match="编号"):
        check([GOOD[1:]], HEAD[1:])
    with pytest.raises(SheetError, match="twice"):
        check([[*GOOD, "x"]], [*HEAD, "编号"])


def test_csv_and_workbook_say_the_same():
    text = csv_of(HEAD, GOOD)
    book = openpyxl.Workbook()
    for row in (HEAD, [*GOOD[:4], 1234.5, GOOD[5], 30, GOOD[7], datetime(2020, 5, 6)]):
        book.active.append(row)
    sheet = io.BytesIO()
    book.save(sheet)
    found = [
        read_sheet(data, "a", COLUMNS).rows
        for data in (text.encode("gb18030"), text.encode("utf-8-sig"), sheet.getvalue())
    ]
    assert found[0] == found[1] == found[2] and len(found[0]) == 1


@pytest.mark.parametrize("data", [b"\xff\xfe\xff\x80", b"PK\x03\x04junk", b""])
def test_an_unreadable_file_is_refused(data):
    with pytest.raises(SheetError):
        read_sheet(data, "a", COLUMNS)


def test_metadata_holds_what_is_known_and_nothing_else():
    found = pidinst.Instrument(
        code="A1",
        landing_page="https://example.org/1",
        name_zh="显微镜",
        name_en="Microscope",
        owner_zh="物理所",
        owner_ror="05cvf7v30",
        kind="Instrument",
        maker="M & Co",
        serial="S<1>",
        doi="10.1234/abc",
        since=date(2020, 5, 6),
    )
    record = pidinst.to_pidinst(found)
    assert record["Identifier"] == {"identifierType": "DOI", "identifierValue": "10.1234/abc"}
    assert record["Owner"][0]["ownerIdentifier"]["ownerIdentifierValue"].endswith("05cvf7v30")
    assert "Model" not in record and record["AlternateIdentifier"][1]["alternateIdentifierValue"] == "S<1>"
    tree = ET.fromstring(pidinst.to_datacite(found))
    spaces = {"d": pidinst.DATACITE}
    assert tree.find("d:resourceType", spaces).attrib["resourceTypeGeneral"] == "Instrument"
    assert tree.findtext("d:creators/d:creator/d:creatorName", namespaces=spaces) == "M & Co"
    assert tree.findtext("d:publicationYear", namespaces=spaces) == "2020"
    order = [child.tag.split("}")[1] for child in tree]
    assert order[:5] == ["identifier", "creators", "titles", "publisher", "publicationYear"]


def test_every_stage_can_be_reached_from_the_first():
    seen, todo = set(), [Stage.PLANNING]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += lifecycle.NEXT[here]
    assert seen == set(Stage)


def test_datacite_year_is_four_digits_even_when_nobody_knows_it():
    import re
    from xml.etree import ElementTree

    from kechuang.facilities.engine.pidinst import DATACITE, Instrument, to_datacite

    row = Instrument(code="X", landing_page="https://x", name_zh="仪器", owner_zh="所", kind="Instrument")
    year = ElementTree.fromstring(to_datacite(row)).findtext(f"{{{DATACITE}}}publicationYear")
    assert re.fullmatch(r"\d{4}", year)
