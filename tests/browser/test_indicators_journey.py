"""An analyst's day: from a published share down to rows, a changed definition, an index from a table."""

from __future__ import annotations

import csv
import io
import re

from tests.browser.steps import go
from tests.indicators.web.workbook_reader import Reckoner

UNITS = {"甲市": (80, 8), "乙市": (60, 5), "丙市": (50, 6), "丁市": (30, 2), "戊市": (20, 3), "己市": (10, 1)}


def test_from_the_published_share_down_to_the_rows(visit):
    page = visit("analyst")
    go(page, "/indicators/")
    page.click("a[href='/indicators/m/contracts-out-share/']")
    page.wait_for_url("**/m/contracts-out-share/")
    assert "72" in page.inner_text("section[aria-labelledby=published]")
    go(page, "/indicators/m/contracts-out-share/why/")
    assert page.locator(".proof.s-kept").count() == 1
    assert page.locator("[data-rows] tr").count() > 0


def test_a_changed_definition_shows_its_bridge_and_moves_the_share(visit):
    page = visit("analyst")
    go(page, "/indicators/m/contracts-out-share/")
    before = page.inner_text(".figure-value")
    page.click("section[aria-labelledby=definition] a[href='/indicators/m/contracts-out/']")
    page.wait_for_url("**/m/contracts-out/")
    page.click("a[href='/indicators/m/contracts-out/redefine/']")
    page.wait_for_url("**/redefine/")
    page.fill("[name=filter]", page.input_value("[name=filter]") + "\nvalue >= 100000000000")
    page.click("button[name=preview]")
    page.wait_for_selector("#bridge")
    page.fill("[name=reason]", "只计一千亿元以上的填报单位")
    page.click("button[name=confirm]")
    page.wait_for_url(re.compile(r"/versions/2/"))
    assert page.locator("main table tbody tr").count() == 13
    assert "只计一千亿元以上的填报单位" in page.inner_text("main")
    go(page, "/indicators/m/contracts-out-share/")
    assert page.inner_text(".figure-value") != before


def test_an_index_from_a_table_whose_neighbours_cannot_be_told_apart(visit, tmp_path):
    table = tmp_path / "cities.csv"
    lines = ["city,papers,patents", *(f"{name},{a},{b}" for name, (a, b) in UNITS.items())]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = visit("analyst")
    go(page, "/indicators/indices/add/")
    page.fill("[name=name_zh]", "城市试算指数")
    page.fill("[name=code]", "trial")
    page.set_input_files("[name=data]", table)
    page.click("form.form .acts button")
    page.wait_for_url("**/indices/trial/")
    rows = page.locator("table.ranking tbody tr")
    assert rows.count() == len(UNITS)
    assert "丙市" in rows.filter(has_text="乙市").first.inner_text()
    assert "分不出先后" in page.inner_text("section[aria-labelledby=ranking]")
    page.click("table.ranking a:text-is('乙市')")
    page.wait_for_url("**/units/**")
    assert "丙市分不出先后" in page.inner_text(".summary").replace(" ", "")

    with page.expect_download() as download:
        page.evaluate("location.href = '/indicators/indices/trial/xlsx/'")
    book = Reckoner(io.BytesIO(download.value.path().read_bytes()))
    units = [book.value("Scores", f"A{y}") for y in range(2, len(UNITS) + 2)]
    ranks = [book.value("Scores", f"C{y}") for y in range(2, len(UNITS) + 2)]
    assert sorted(units) == sorted(UNITS) and min(ranks) == 1


def test_a_changed_weight_shows_at_once_who_moves(visit):
    page = visit("analyst")
    go(page, "/indicators/indices/centre/recipe/")
    assert page.locator("#preview table").count() == 0
    page.select_option("[name='normalise.method']", "borda")
    page.wait_for_selector("#preview table")
    assert page.locator("#preview tbody tr").count() == 12
    page.click("summary:text-is('逐项权重')")
    page.locator("[name^='weight.']").first.fill("-1")
    page.locator("[name^='weight.']").first.blur()
    page.wait_for_selector("#preview .notice")
    assert page.url.endswith("/recipe/"), "nothing was saved"


def test_values_can_be_taken_away(visit):
    page = visit("analyst")
    go(page, "/indicators/m/contracts-out-share/")
    with page.expect_download() as download:
        page.click("a[href$='/data/csv/']")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) > 1
