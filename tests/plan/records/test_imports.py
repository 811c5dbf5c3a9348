"""Task lists: all or nothing, twice changes nothing, one event."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kechuang.core import files
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation, StoredFile
from kechuang.core.sheets import Taken, without_faults
from kechuang.plan import actions
from kechuang.plan.actions.imports import read_tasks
from kechuang.plan.models import Commitment, Programme, Task

pytestmark = pytest.mark.django_db
HEAD = "编号,任务,牵头单位,完成时限\n"


@pytest.fixture(autouse=True)
def office() -> Organisation:
    return Organisation.objects.create(name_zh="科学城管委会", name_en="Science City Office")


def take_in(text: str):
    file = files.keep(SYSTEM, "list.csv", text.encode())
    return actions.import_tasks(
        SYSTEM, without_faults(read_tasks(SYSTEM, text.encode(), "list.csv")).rows, file
    )


def test_twice_changes_nothing():
    text = HEAD + "1,甲,科学城管委会,2026-12-31\n,乙,Science City Office,\n"
    done = take_in(text)
    assert (done.added, done.changed, done.same) == (2, 0, 0)
    before = list(Task.objects.values())
    again = take_in(text)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    assert list(Task.objects.values()) == before


def test_a_number_finds_the_task_again_under_another_title():
    take_in(HEAD + "1,甲,科学城管委会,2026-12-31\n")
    done = take_in(HEAD + "1,甲（改）,科学城管委会,2027-12-31\n")
    assert (done.added, done.changed) == (0, 1)
    assert Task.objects.get().title_zh == "甲（改）"


def test_one_fault_takes_in_nothing():
    with pytest.raises(Refusal, match="1"):
        take_in(HEAD + "1,甲,科学城管委会,2026-12-31\n2,乙,没有的单位,\n")
    assert not Task.objects.exists()


def test_a_trial_writes_nothing():
    rows = read_tasks(SYSTEM, (HEAD + "1,甲,科学城管委会,2026-12-31\n").encode(), "list.csv").rows
    assert actions.import_tasks(SYSTEM, rows, None) == Taken(added=1, changed=0, same=0)
    assert not Task.objects.exists()


def test_an_empty_cell_changes_nothing():
    take_in(HEAD + "1,甲,科学城管委会,2026-12-31\n")
    assert take_in("编号,任务,牵头单位,完成时限\n1,甲,科学城管委会,\n").same == 1
    assert Task.objects.get().due.isoformat() == "2026-12-31"


def test_one_event_holds_hash_and_counts():
    take_in(HEAD + "1,甲,科学城管委会,\n")
    file = StoredFile.objects.get()
    event = events_of(file).get(verb="plan.import_tasks")
    assert event.after == {"digest": file.digest, "added": 1, "changed": 0, "same": 0}


@pytest.fixture
def exported(client, make_user, office):
    """The supervision table as an officer exports it, in a language, as heads and rows."""
    programme = Programme.objects.create(name_zh="六大工程", name_en="Six Projects")
    for n in range(3):
        actions.make_task(
            SYSTEM,
            title_zh=f"任务{n}",
            title_en=f"Task {n}" if n else "",
            lead=office,
            programme=programme,
            due=date(2026, 12, 31),
            start=date(2026, 1, 1),
            secrecy=0,
        )
    client.force_login(make_user("officer", clearance=1))

    def table(language: str) -> tuple[list[str], list[list[str]]]:
        client.cookies["django_language"] = language
        columns = "&".join(
            f"cols={name}" for name in ("state", "due", "lead", "programme", "start", "weight")
        )
        answer = client.get(f"{reverse('plan:tasks')}?{columns}&export=csv")
        heads, *rows = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
        return heads, rows

    return table


def written(heads: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_table_exports_comes_back_with_what_was_changed_in_it(exported, language):
    before = list(Task.objects.values())
    heads, rows = exported(language)
    assert take_in(written(heads, rows)).same == 3 and list(Task.objects.values()) == before
    at = heads.index("期限" if language == "zh-hans" else "Due")
    rows[1][at] = "2027-06-30"
    done = take_in(written(heads, rows))
    assert (done.added, done.changed, done.same) == (0, 1, 2)
    assert Task.objects.filter(due="2027-06-30").count() == 1
    assert set(Task.objects.values_list("title_zh", flat=True)) == {"任务0", "任务1", "任务2"}
    unread = read_tasks(SYSTEM, written(heads, rows).encode(), "list.csv").unread
    assert unread == (("状态",) if language == "zh-hans" else ("State",))


def test_a_confirmed_due_date_is_not_changed_by_a_list(exported, office):
    actions.confirm_tasks(SYSTEM, list(Task.objects.filter(title_zh="任务1")))
    heads, rows = exported("zh-hans")
    for row in rows:
        row[heads.index("期限")] = "2027-06-30"
    faults = read_tasks(SYSTEM, written(heads, rows).encode(), "list.csv").faults
    assert [(fault.column, fault.value) for fault in faults] == [("期限", "2027-06-30")]
    with pytest.raises(Refusal):
        take_in(written(heads, rows))
    assert not Task.objects.filter(due="2027-06-30").exists()


def test_the_trial_says_which_columns_are_not_read(client, make_user):
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    file = SimpleUploadedFile("list.csv", "任务,牵头单位,责任人\n甲,科学城管委会,张三\n".encode())
    page = client.post(reverse("plan:tasks_import"), {"file": file}).content.decode()
    assert "Columns that are not read: 责任人." in page


def test_a_task_of_a_promise_that_is_over_comes_back_as_it_was_exported(office):
    facts = {"promised_on": date(2024, 1, 1), "compare": "done"}
    over = Commitment.objects.create(title_zh="建成平台", status="superseded", **facts)
    again = Commitment.objects.create(title_zh="建成平台", **facts)
    gone = Commitment.objects.create(title_zh="建成园区", status="withdrawn", **facts)
    for title, promise in (("甲", over), ("乙", gone)):
        actions.make_task(SYSTEM, title_zh=title, lead=office, commitment=promise)
    head = "任务,牵头单位,承诺\n"
    kept = head + "甲,科学城管委会,建成平台\n乙,科学城管委会,建成园区\n"
    assert take_in(kept) == Taken(added=0, changed=0, same=2)
    assert take_in(head + "乙,科学城管委会,建成平台\n丙,科学城管委会,建成平台\n") == Taken(1, 1, 0)
    assert {t.title_zh: t.commitment for t in Task.objects.all()} == {"甲": over, "乙": again, "丙": again}
    refused = read_tasks(SYSTEM, (head + "丁,科学城管委会,建成园区\n").encode(), "list.csv").faults
    assert [(fault.row, fault.column) for fault in refused] == [(2, "承诺")]


def test_what_is_above_ones_clearance_is_neither_found_nor_changed(office, make_user):
    facts = {"promised_on": date(2024, 1, 1), "compare": "done"}
    hidden = Commitment.objects.create(title_zh="建成平台", secrecy=3, **facts)
    secret = actions.make_task(
        SYSTEM, number="1", title_zh="甲", lead=office, commitment=hidden, secrecy=3, due=date(2026, 12, 31)
    )
    officer = make_user("officer", clearance=1)
    head = "编号,任务,牵头单位,完成时限\n"
    rows = read_tasks(officer, (head + "1,乙,科学城管委会,2027-12-31\n").encode(), "list.csv").rows
    assert actions.import_tasks(officer, rows, files.keep(officer, "list.csv", b"x")) == Taken(1, 0, 0)
    secret.refresh_from_db()
    assert (secret.title_zh, secret.due) == ("甲", date(2026, 12, 31))
    named = (head.replace("完成时限", "承诺") + "2,丙,科学城管委会,建成平台\n").encode()
    assert [fault.column for fault in read_tasks(officer, named, "list.csv").faults] == ["承诺"]
    assert not read_tasks(SYSTEM, named, "list.csv").faults


def test_a_task_is_no_less_secret_than_the_promise_it_comes_under(office):
    facts = {"promised_on": date(2024, 1, 1), "compare": "done"}
    Commitment.objects.create(title_zh="建成平台", secrecy=2, **facts)
    actions.make_task(SYSTEM, title_zh="甲", lead=office, secrecy=0)
    head = "任务,牵头单位,承诺\n"
    assert take_in(head + "甲,科学城管委会,建成平台\n乙,科学城管委会,建成平台\n") == Taken(1, 1, 0)
    assert list(Task.objects.values_list("secrecy", flat=True)) == [2, 2]
    assert take_in(head + "甲,科学城管委会,\n乙,科学城管委会,建成平台\n") == Taken(0, 0, 2)
