"""An analyst's day: from a published share down to rows, a changed definition, an index from a table."""

from __future__ import annotations

import csv
import io
import re

UNITS = {"甲市": (80, 8), "乙市": (60, 5), "丙市": (50, 6), "丁市": (30, 2), "戊市": (20, 3), "己市": (10, 1)}


def open_page(page, address: str) -> None:
    answer = page.goto(address)
    assert answer.status < 400, f"{answer.status} {address}"


def test_from_the_published_share_down_to_the_rows(visit):
    page = visit("analyst")
    open_page(page, "/indicators/")
    page.click("a[href='/indicators/m/contracts-out-share/']")
    page.wait_for_url("**/m/contracts-out-share/")
    assert "72" in page.inner_text("section[aria-labelledby=published]")
    open_page(page, "/indicators/m/contracts-out-share/why/")
    assert page.locator(".proof.s-kept").count() == 1
    assert page.locator("[data-rows] tr").count() > 0


def test_a_changed_definition_shows_its_bridge(visit):
    page = visit("analyst")
    open_page(page, "/indicators/m/tasks-begun/redefine/")
    former = page.input_value("[name=filter]")
    page.fill("[name=filter]", f"{former}\nlead present".strip())
    page.click("button[name=preview]")
    page.wait_for_selector("#bridge")
    page.fill("[name=reason]", "只计有牵头单位的任务")
    page.click("button[name=confirm]")
    page.wait_for_url(re.compile(r"/versions/2/"))
    assert page.locator("main table tbody tr").count() > 0


def test_an_index_from_a_table_whose_neighbours_cannot_be_told_apart(visit, tmp_path):
    table = tmp_path / "cities.csv"
    lines = ["city,papers,patents", *(f"{name},{a},{b}" for name, (a, b) in UNITS.items())]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = visit("analyst")
    open_page(page, "/indicators/indices/add/")
    page.fill("[name=name_zh]", "城市试算指数")
    page.fill("[name=code]", "trial")
    page.set_input_files("[name=data]", table)
    page.click("form.form .acts button")
    page.wait_for_url("**/indices/trial/")
    rows = page.locator("table.ranking tbody tr")
    assert rows.count() == len(UNITS)
    assert "丙市" in rows.filter(has_text="乙市").first.inner_text()

    with page.expect_download() as download:
        page.evaluate("location.href = '/indicators/indices/trial/xlsx/'")
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()), read_only=True)
    text = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert all(name in text for name in UNITS)


def test_values_can_be_taken_away(visit):
    page = visit("analyst")
    open_page(page, "/indicators/m/contracts-out-share/")
    with page.expect_download() as download:
        page.click("a[href$='/data/csv/']")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) > 1
