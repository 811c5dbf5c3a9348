"""The brief of a past period, made today, says word for word what it said on its last day, whatever has changed since."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from kechuang.core import actions as core
from kechuang.core import clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.events import events_of
from kechuang.core.models import Organisation
from kechuang.plan import actions
from kechuang.plan.actions.states import restate_all
from kechuang.plan.models import Commitment, Task
from kechuang.plan.queries.brief import brief
from kechuang.plan.web.brief_words import in_words
from kechuang.plan.web.tasks import reported_in
from tests.plan.world import TEXT

pytestmark = pytest.mark.django_db
START, END, LATER = date(2023, 1, 1), date(2023, 12, 31), date(2024, 6, 3)
PROOF = [{"url": "https://example.org/proof"}]


@pytest.fixture
def officer(make_user):
    return make_user("officer", clearance=1)


def task(title: str, lead: Organisation, promise: Commitment | None = None, **facts: Any) -> Task:
    row = actions.make_task(
        SYSTEM, title_zh=title, title_en=f"{title} (en)", lead=lead, commitment=promise, secrecy=0, **facts
    )
    actions.move_task(SYSTEM, row, "confirm")
    return row


@pytest.fixture
def then() -> dict[str, Any]:
    """A centre as it stood at the end of 2023, every act on its day."""
    with clock.at(date(2023, 2, 1)):
        office, other = (
            core.save_organisation(SYSTEM, Organisation(name_zh=n, name_en=f"{n} (en)"))
            for n in ("甲办", "乙办")
        )
        document = actions.add_document(
            SYSTEM, title="推进会", data=TEXT.encode(), name="a.txt", published_on=date(2023, 2, 1), secrecy=0
        )
        target = document.statements.filter(kind="target").first()
        promise = actions.make_commitment(SYSTEM, [target], lead=office, title_en="Platforms")
        soon = actions.make_commitment(
            SYSTEM, [target], lead=office, title_zh="近期承诺", due=date(2024, 2, 1), compare="done"
        )
        late, returned, done = (
            task(name, office, promise, due=date(2023, 6, 30)) for name in ("迟到", "退回", "办结")
        )
    with clock.at(date(2023, 9, 1)):
        actions.report_progress(SYSTEM, late, percent=30, text="三成")
        sent = actions.report_progress(SYSTEM, returned, percent=60, text="六成")
        finished = actions.report_progress(SYSTEM, done, percent=100, text="完成", evidence=PROOF)
        waiting = actions.report_progress(SYSTEM, late, percent=40, text="四成")
    with clock.at(datetime(2023, 12, 31, 20, tzinfo=ZoneInfo("Asia/Shanghai"))):
        actions.accept_report(SYSTEM, finished)
        restate_all()
    return locals()


def told(reader: Any, language: str) -> dict[str, Any]:
    """Everything the brief prints, but for the tasks started, which only today's brief counts."""
    with translation.override(language):
        return asdict(in_words(replace(brief(reader, START, END), started=None), lambda path: path))


def on_the_day(reader: Any) -> list[dict[str, Any]]:
    with clock.at(datetime(2023, 12, 31, 23, tzinfo=ZoneInfo("Asia/Shanghai"))):
        return [told(reader, language) for language in ("zh-hans", "en")]


CHANGES = {
    "nothing": lambda w: None,
    "another due date": lambda w: actions.change_due(SYSTEM, [w["late"]], date(2025, 1, 1), "推迟"),
    "another lead": lambda w: actions.assign_tasks(SYSTEM, [w["late"]], w["other"]),
    "other names": lambda w: actions.edit_task(SYSTEM, w["late"], title_zh="改名", title_en="Renamed"),
    "a list that is taken in": lambda w: actions.import_tasks(
        SYSTEM,
        [{"title_zh": "迟到", "title_en": "New name", "lead_id": w["office"].pk, "start": date(2023, 3, 1)}],
        files.keep(SYSTEM, "a.csv", b"x,y"),
    ),
    "an office renamed": lambda w: _renamed(w["office"]),
    "a task given up": lambda w: actions.move_task(SYSTEM, w["late"], "terminate", reason="撤销"),
    "a report sent back": lambda w: actions.send_back_report(SYSTEM, w["sent"], decision="补充"),
    "a report accepted": lambda w: actions.accept_report(SYSTEM, w["waiting"]),
    "a new report": lambda w: actions.report_progress(SYSTEM, w["late"], percent=90, text="九成"),
    "another promise leads": lambda w: actions.edit_commitment(
        SYSTEM, w["promise"], title_zh="改写的承诺", title_en="Rewritten", lead=w["other"]
    ),
    "an amended promise": lambda w: actions.amend_commitment(
        SYSTEM, w["promise"], value=Decimal(50), due=date(2030, 1, 1), reason="调整"
    ),
    "a superseded promise": lambda w: actions.supersede_commitment(SYSTEM, w["promise"], w["soon"], "并入"),
    "a withdrawn promise": lambda w: actions.withdraw_commitment(SYSTEM, w["soon"], "撤回"),
}


def _renamed(office: Organisation) -> None:
    office.name_zh, office.name_en = "新办", "New Office"
    core.save_organisation(SYSTEM, office)


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_since_leaves_the_past_brief_as_it_was(then, officer, change):
    before = on_the_day(officer)
    fresh = {
        name: type(row).objects.get(pk=row.pk) if hasattr(row, "pk") else row for name, row in then.items()
    }
    with clock.at(LATER):
        CHANGES[change](fresh)
        restate_all()
        after = [told(officer, language) for language in ("zh-hans", "en")]
    assert after == before
    text = str(before)
    assert all(name in text for name in ("迟到", "办结", "甲办", "近期承诺", "2023"))


def test_all_changes_together_too(then, officer):
    before = on_the_day(officer)
    for name, change in CHANGES.items():
        if name in ("a task given up", "a new report", "a superseded promise"):
            continue  # they close what the others act on
        fresh = {n: type(r).objects.get(pk=r.pk) if hasattr(r, "pk") else r for n, r in then.items()}
        with clock.at(LATER):
            change(fresh)
    with clock.at(LATER):
        assert [told(officer, language) for language in ("zh-hans", "en")] == before


def test_reports_and_the_tasks_they_open_to_agree(then, officer, client):
    client.force_login(officer)
    with clock.at(LATER):
        actions.accept_report(SYSTEM, then["waiting"])
        reports = brief(officer, START, END).reports
        rows = json.loads(client.get(reported_in(START, END) + "&export=json").getvalue())
    assert len({r.task_id for r in reports}) == len(rows) == 1


def test_a_list_taken_in_leaves_the_change_with_the_task(then, officer):
    CHANGES["a list that is taken in"](then)
    newest = events_of(then["late"])[0]
    assert newest.before["title_en"] == "迟到 (en)" and newest.after["title_en"] == "New name"
