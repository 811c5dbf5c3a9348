"""Task lists: all or nothing, twice changes nothing, one event."""

from __future__ import annotations

import pytest

from kechuang.core import files
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation, StoredFile
from kechuang.core.sheets import Taken, without_faults
from kechuang.plan import actions
from kechuang.plan.actions.imports import read_tasks
from kechuang.plan.models import Task

pytestmark = pytest.mark.django_db
HEAD = "编号,任务,牵头单位,完成时限\n"


@pytest.fixture(autouse=True)
def office() -> Organisation:
    return Organisation.objects.create(name_zh="科学城管委会", name_en="Science City Office")


def take_in(text: str):
    file = files.keep(SYSTEM, "list.csv", text.encode())
    return actions.import_tasks(SYSTEM, without_faults(read_tasks(text.encode(), "list.csv")).rows, file)


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
    rows = read_tasks((HEAD + "1,甲,科学城管委会,2026-12-31\n").encode(), "list.csv").rows
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
