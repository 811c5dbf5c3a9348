"""The chain stays whole, and whoever breaks it is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from kechuang.core import guards, timetable
from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted
from kechuang.core.events import events_of, record, seal
from kechuang.core.models import Event, EventHead, Notice, Organisation, Seal
from kechuang.core.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Organisation:
    office = Organisation(name_zh="计划办公室")
    save_organisation(SYSTEM, office)
    office.name_zh = "规划办公室"
    return save_organisation(SYSTEM, office)


def test_each_act_leaves_a_chained_event(office):
    newest, first = events_of(office)
    assert (first.seq, newest.seq) == (1, 2)
    assert newest.previous == first.hash
    assert newest.before["name_zh"] == "计划办公室" and newest.after["name_zh"] == "规划办公室"
    assert list(verify()) == []


@pytest.mark.parametrize("statement", ["UPDATE core_event SET verb = 'x'", "DELETE FROM core_event"])
def test_the_database_itself_refuses_changes(office, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_whoever_lifts_the_guard_is_still_found(office):
    seal()
    guards.lift(connection)
    Event.objects.filter(seq=2).update(after={"name_zh": "别的"})
    assert any("altered" in fault for fault in verify())
    Event.objects.filter(seq=2).delete()
    assert any("head" in fault for fault in verify())
    guards.install(connection)


def test_a_rewritten_chain_differs_from_its_seal(office):
    made = seal()
    assert seal() is None
    guards.lift(connection)
    Seal.objects.filter(pk=made.pk).update(heads=[["core.organisation", str(office.pk), 2, "f" * 64]])
    faults = list(verify())
    guards.install(connection)
    assert any("was altered" in fault for fault in faults) and any(
        "differs from seal" in fault for fault in faults
    )


def test_acts_ask_who_may(make_user):
    with pytest.raises(NotPermitted):
        save_organisation(make_user("scientist"), Organisation(name_zh="某所"))
    assert not Organisation.objects.filter(name_zh="某所").exists()
    assert save_organisation(make_user("officer"), Organisation(name_zh="某所")).pk


def rewrite_everything(office):
    """What the database's owner can do: another past, with chains, heads and seals that fit it."""
    guards.lift(connection)
    try:
        Event.objects.all()._raw_delete("default")
        Seal.objects.all()._raw_delete("default")
        EventHead.objects.all().delete()
    finally:
        guards.install(connection)
    record(SYSTEM, "core.save_organisation", office, after={"name_zh": "伪造"})
    seal()


def test_a_past_rewritten_as_a_whole_is_found_by_a_root_kept_outside(office):
    kept = seal().root
    assert list(verify([kept])) == []
    rewrite_everything(office)
    assert list(verify()) == []
    assert list(verify([kept])) == [f"root {kept} was kept outside and is not among the seals"]


def test_the_timetable_checks_and_tells_the_administrators(office, make_user):
    admin = make_user("admin")
    make_user("officer")
    assert timetable.check_events().endswith("are whole")
    guards.lift(connection)
    Event.objects.update(after={"name_zh": "伪造"})
    guards.install(connection)
    with pytest.raises(ValueError, match="altered"):
        timetable.check_events()
    assert [notice.user for notice in Notice.objects.all()] == [admin]
