"""From a document to a kept promise, as the people of a plan office would go."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kechuang.core import clock
from tests.browser.steps import confirm, go, key_of

TEXT = """示范城开放实验室建设安排
（2026年10月12日）

一、主要目标
到2030年，建成开放实验室12家，服务企业3000家以上。

二、重点任务
建设共享实验平台，2030年底前向企业开放。
完善仪器预约办法，让科研人员少跑路。
"""
PROMISE, WORK = "共享实验平台", "完善仪器预约办法"
FRESH = 5_000


@pytest.fixture(scope="module")
def made(request) -> dict[str, str]:
    """What earlier steps of the journey left: keys by name."""
    return {}


def test_an_officer_takes_a_document_in(visit, made, tmp_path):
    file = tmp_path / "arrangement.txt"
    file.write_text(TEXT, encoding="utf-8")
    page = visit("officer")
    go(page, "/plan/documents/add/")
    page.set_input_files("input[name=file]", file)
    page.fill("input[name=title]", "示范城开放实验室建设安排")
    page.select_option("select[name=issuer]", index=1)
    page.select_option("select[name=secrecy]", "0")
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(r"/plan/documents/\d+/"))
    made["document"] = key_of(page)
    go(page, f"/plan/documents/{made['document']}/review/")
    assert PROMISE in page.inner_text(".review-text")
    assert page.locator(".statement-row").count() >= 3


def decided(page) -> int:
    return page.evaluate("document.querySelector('.review-progress progress').value")


def row_of(page) -> str:
    """The statement that has the focus; the text shows the same one."""
    key = page.locator(".statement-row.selected").get_attribute("data-statement")
    places = page.locator(f".review-text [data-span='{key}']").count()
    assert page.locator(".review-text .current").count() == places
    assert page.evaluate("document.activeElement.dataset.statement") == key
    return key


def press(page, key: str, decisions: int) -> None:
    """Press a key that decides and wait until so many statements are decided; the page stays where it is."""
    page.keyboard.press(key)
    page.wait_for_selector(f".review-progress progress[value='{decisions}']")


def test_the_review_goes_by_keyboard_without_leaving_the_page(visit, made):
    page = visit("officer")
    go(page, f"/plan/documents/{made['document']}/review/")
    page.evaluate("window.stays = true")
    before = decided(page)
    page.keyboard.press("k")
    first = row_of(page)
    press(page, "a", before + 1)
    assert page.locator(f"#s{first}.r-accepted").count() == 1
    second = row_of(page)
    assert second != first
    press(page, "x", before + 2)
    assert page.locator(f"#s{second}.r-rejected").count() == 1
    press(page, "u", before + 1)
    assert row_of(page) == second
    assert page.locator(f"#s{second}.r-pending").count() == 1
    page.keyboard.press("j")
    third = row_of(page)
    assert third != second
    page.keyboard.press("k")
    assert row_of(page) == second
    assert page.evaluate("window.stays")


def test_what_was_read_is_corrected_split_and_merged_by_keyboard(visit, made):
    page = visit("officer")
    address = f"/plan/documents/{made['document']}/review/"
    go(page, address)
    row = page.locator(".statement-row", has_text=WORK).first
    key = row.get_attribute("data-statement")
    go(page, f"{address}?statement={key}")
    page.keyboard.press("e")
    page.wait_for_url(re.compile(rf"/statements/{key}/$"))
    page.fill("input[name=subject]", "仪器预约")
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(rf"statement={key}"))
    assert "仪器预约" in page.locator(f"#s{key}").inner_text()
    page.keyboard.press("s")
    page.wait_for_url(re.compile(rf"/statements/{key}/split/"))
    page.fill("textarea[name=head]", WORK)
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(rf"statement={key}"))
    assert page.locator(f"#s{key} > p").first.inner_text() == WORK
    page.keyboard.press("Space")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("m")
    page.locator(f"#s{key} > p", has_text="少跑路").wait_for()


def test_on_a_phone_the_list_or_the_text_stands_alone(visit, made):
    page = visit("officer", width=390)
    go(page, f"/plan/documents/{made['document']}/review/")
    text, rows = page.locator(".review-text"), page.locator(".statement-row:visible")
    assert not text.is_visible() and rows.count() >= 3
    rows.nth(1).locator("p").first.click()
    key = page.locator(".statement-row.selected").get_attribute("data-statement")
    page.click(".review-switch [data-view=text]")
    expect(text).to_be_visible()
    assert rows.count() == 1
    assert page.locator(f".review-text [data-span='{key}'].current").first.is_visible()
    before = decided(page)
    page.click("button[value=accept]")
    page.wait_for_selector(f".review-progress progress[value='{before + 1}']", state="attached")
    assert page.locator(".statement-row.selected").get_attribute("data-statement") != key
    page.click("button[value=take_back]")
    page.wait_for_selector(f".review-progress progress[value='{before}']", state="attached")
    page.click(".review-switch [data-view=list]")
    expect(text).not_to_be_visible()
    assert rows.count() >= 3


def test_all_that_is_left_is_accepted_at_once(visit, made):
    page = visit("officer")
    go(page, f"/plan/documents/{made['document']}/review/?review=pending")
    page.check("[data-tick-all]")
    page.keyboard.press("a")
    total = page.get_attribute(".review-progress progress", "max")
    page.wait_for_selector(f".review-progress progress[value='{total}']")
    assert page.locator(".statement-row.r-pending").count() == 0
    assert page.inner_text(".tabs [aria-current] .n") == "0"


def test_a_commitment_is_made_of_a_sentence(visit, made):
    page = visit("officer")
    go(page, f"/plan/documents/{made['document']}/review/")
    row = page.locator(".statement-row", has_text=PROMISE).first
    row.locator("input[type=checkbox]").check()
    page.click("button[name=verb][value=commit]")
    page.wait_for_url(re.compile("commitments/add"))
    page.select_option("select[name=compare]", "done")
    page.fill("input[name=target_value]", "")
    page.fill("input[name=due]", "2030-12-31")
    lead = page.get_by_role("combobox", name="牵头单位")
    lead.fill("没有这样的单位")
    expect(page.get_by_text("没有符合的选项。")).to_be_visible()
    lead.fill("管理 怀柔科学城")
    lead.press("Enter")
    expect(lead).to_have_value("怀柔科学城管理委员会")
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(r"/plan/commitments/\d+/"))
    made["commitment"] = key_of(page)


def test_a_task_is_made_for_it_and_confirmed(visit, made):
    page = visit("officer")
    go(page, f"/plan/tasks/add/?commitment={made['commitment']}")
    page.fill("[name=title_zh]", "建设共享实验平台")
    page.select_option("select[name=lead]", label="怀柔科学城管理委员会")
    page.fill("input[name=due]", "2030-12-31")
    page.select_option("select[name=secrecy]", "0")
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(r"/plan/tasks/\d+/"))
    made["task"] = key_of(page)
    go(page, f"/plan/tasks/{made['task']}/confirm/")
    confirm(page)


def test_the_task_is_urged_from_the_list_and_stands_first_in_the_reporters_work(visit, made):
    page = visit("officer")
    go(page, "/plan/tasks/?q=建设共享实验平台&sort=-due")
    page.check(f"tbody input[name=pk][value='{made['task']}']")
    page.click(".bulk button[formaction$='/many/urge/']")
    page.wait_for_load_state()
    assert "建设共享实验平台" in page.inner_text(".act-what")
    page.fill("textarea[name=note]", "请于本周填报")
    confirm(page)
    page = visit("reporter", width=390)
    go(page, "/")
    page.wait_for_url(re.compile("/plan/mine/"))
    asked = page.locator("#to_report li", has_text="建设共享实验平台")
    asked.locator("a.button").click()
    page.wait_for_url(re.compile(rf"/plan/tasks/{made['task']}/report/"))


def test_leader_approves_what_the_officer_asked_to_publish(visit, made):
    page = visit("officer")
    go(page, f"/plan/documents/{made['document']}/publication/ask/")
    confirm(page)
    page = visit("leader")
    go(page, f"/plan/documents/{made['document']}/publication/approve/")
    confirm(page)
    page = visit()
    go(page, f"/plan/public/{made['document']}/")
    assert PROMISE in page.inner_text("main")


def test_reported_with_evidence_accepted_and_kept_within_five_seconds(visit, made, tmp_path):
    proof = tmp_path / "record.txt"
    proof.write_text("验收记录", encoding="utf-8")
    page = visit("reporter")
    go(page, f"/plan/tasks/{made['task']}/report/")
    page.fill("[name=percent]", "100")
    page.fill("[name=text]", "平台已建成并向企业开放。")
    page.set_input_files("input[name=file]", proof)
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(rf"/plan/tasks/{made['task']}/"))

    watching = visit("officer")
    go(watching, f"/plan/documents/{made['document']}/")
    kept = f"[data-span='{made['commitment']}'].s-kept"
    assert watching.locator(kept).count() == 0

    officer = visit("officer")
    go(officer, f"/plan/tasks/{made['task']}/")
    officer.click("a[href*='/plan/reports/'][href$='/accept/']")
    confirm(officer)
    watching.bring_to_front()
    watching.wait_for_selector(kept, timeout=FRESH)


def test_the_slider_shows_the_former_state(visit, made):
    page = visit("officer")
    before = clock.today() - timedelta(days=1)
    go(page, f"/plan/documents/{made['document']}/?on={before.isoformat()}")
    assert page.locator(f"[data-span='{made['commitment']}'].s-kept").count() == 0
    assert page.input_value("input[name=on]") == before.isoformat()


def test_selecting_a_promise_opens_its_proof(visit, made):
    page = visit("officer")
    go(page, f"/plan/documents/{made['document']}/")
    page.click(f"[data-span='{made['commitment']}']")
    page.wait_for_selector("#panel:not([hidden])")
    assert "建设共享实验平台" in page.inner_text("#panel")


@pytest.mark.parametrize("name", ["003", "002"])
def test_documents_as_the_web_has_them(visit, shared, name):
    file = next((shared / "seeds").glob(f"{name}*"))
    page = visit("officer")
    go(page, "/plan/documents/add/")
    page.set_input_files("input[name=file]", file)
    page.click("form.form .acts button")
    page.wait_for_url(re.compile(r"/plan/documents/\d+/"))
    go(page, f"/plan/documents/{key_of(page)}/review/")
    assert page.locator(".statement-row").count() > 10
