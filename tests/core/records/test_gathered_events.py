"""Events written together at the end of a block are those that would have been written one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kechuang.core import actions, clock, search
from kechuang.core.acts import ACTS, SYSTEM, act
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of, gathered, record
from kechuang.core.models import Event, EventHead, Organisation
from kechuang.core.roles import signed_in
from kechuang.core.verifying import verify

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _write(office: Organisation, shop: Organisation) -> None:
    for turn in range(3):
        record(SYSTEM, "tests.turn", office, before={"turn": turn}, after={"turn": turn + 1})
        record(SYSTEM, "tests.turn", shop, after={"turn": turn})


def test_gathered_and_single_chains_are_equal():
    chains = []
    for together in (False, True):
        office, shop = (Organisation.objects.create(name_zh=name) for name in ("甲", "乙"))
        with clock.at(NOON):
            if together:
                with gathered():
                    _write(office, shop)
                    assert not events_of(office).exists()
            else:
                _write(office, shop)
        chains.append(
            [[(e.seq, e.verb, e.before, e.after, e.at) for e in events_of(o)] for o in (office, shop)]
        )
        assert EventHead.objects.get(object_id=str(office.pk), kind="core.organisation").seq == 3
    assert chains[0] == chains[1]
    assert not list(verify())


def test_a_chain_goes_on_after_a_block():
    office = Organisation.objects.create(name_zh="甲")
    record(SYSTEM, "tests.turn", office, after={"turn": 0})
    with gathered():
        record(SYSTEM, "tests.turn", office, after={"turn": 1})
    record(SYSTEM, "tests.turn", office, after={"turn": 2})
    assert [e.seq for e in events_of(office)] == [3, 2, 1] and not list(verify())


@act("tests.write_and_fail", may=signed_in)
def write_and_fail(actor, office):
    record(actor, "tests.write_and_fail", office, after={"turn": 1})
    raise Refusal("no")


ACTS.pop("tests.write_and_fail")  # no act of the product


def test_an_act_that_fails_leaves_no_event_and_the_others_stay():
    office = Organisation.objects.create(name_zh="甲")
    with gathered():
        record(SYSTEM, "tests.turn", office, after={"turn": 0})
        with pytest.raises(Refusal):
            write_and_fail(SYSTEM, office)
        record(SYSTEM, "tests.turn", office, after={"turn": 2})
    assert [e.after for e in events_of(office)] == [{"turn": 2}, {"turn": 0}] and not list(verify())


def test_a_block_that_fails_leaves_nothing_and_an_inner_block_belongs_to_the_outer():
    def fail() -> None:
        with gathered():
            with gathered():
                actions.save_organisation(SYSTEM, Organisation(name_zh="甲"))
            assert not Event.objects.exists()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Organisation.objects.exists() and not Event.objects.exists()
    with gathered(), gathered():
        actions.save_organisation(SYSTEM, Organisation(name_zh="乙"))
    assert Event.objects.count() == 1


def test_search_finds_each_record_as_it_stands_at_the_end():
    with gathered():
        row = actions.save_organisation(SYSTEM, Organisation(name_zh="旧名"))
        Organisation.objects.filter(pk=row.pk).update(name_zh="新名")
        record(SYSTEM, "tests.turn", row)
    assert list(search.matching("core.organisation", "新名"))
