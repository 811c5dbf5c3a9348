"""A row that was changed behind the record of acts is found, with its field; what acts leave never is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from kechuang.core import actions, guards, rows, verifying
from kechuang.core.acts import SYSTEM
from kechuang.core.engine.rows import differing, digest_of, shape_of
from kechuang.core.events import gathered, record
from kechuang.core.models import Event, EventHead, Identifier, Organisation, Person, RowShape, User
from kechuang.core.verifying import Tally, verify
from tests.left_rows import watching
from tests.plan.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Organisation:
    return actions.save_organisation(SYSTEM, Organisation(name_zh="计划办公室", region="110000"))


def faults() -> list[str]:
    return list(verify())


def test_a_changed_row_is_found_with_its_fields(office):
    assert faults() == []
    Organisation.objects.filter(pk=office.pk).update(name_zh="别的", region="310000")
    said = f"core.organisation {office.pk}: the row was changed behind the record of acts since event 1: "
    assert faults() == [said + "name_zh, region"]
    Organisation.objects.filter(pk=office.pk).update(name_zh="计划办公室", region="110000")
    assert faults() == []


def test_every_field_of_every_kind_tells(office):
    """What stands in a row and is not declared as changing by itself is covered, whatever kind it is."""
    for kind in rows.own_kinds():
        model, watched = apps.get_model(kind), rows.watched_of(kind)
        stored = {f.name for f in model._meta.concrete_fields if not f.primary_key}
        assert set(watched.without) <= stored, kind
        assert set(rows.names_of(kind)) == stored - set(watched.without) | set(watched.parts), kind
        assert (
            rows.standing([(kind, "999999999")] if model._meta.pk.get_internal_type() != "CharField" else [])
            == {}
        )


def test_one_row_is_read_as_many_are(office, make_user):
    """The statement that is kept for one record gives what the query for several gives, of whatever kind."""
    world()
    for kind in rows.own_kinds():
        model = apps.get_model(kind)
        keys = [(kind, str(pk)) for pk in model._base_manager.values_list("pk", flat=True)[:3]]
        together = rows.standing(keys)
        assert together == {key: values for one in keys for key, values in rows.standing([one]).items()}, kind


def test_a_row_that_is_gone_or_back_is_found(office):
    record(SYSTEM, "tests.turn", office)
    Organisation.objects.filter(pk=office.pk).delete()
    assert faults() == [f"core.organisation {office.pk}: the row is gone, event 2 left it"]
    record(SYSTEM, "tests.gone", office)
    assert faults() == []
    Organisation.objects.create(pk=office.pk, name_zh="回来")
    assert faults() == [f"core.organisation {office.pk}: event 3 deleted the row, and it is there"]


def test_the_parts_of_a_record_belong_to_it(office):
    actions.add_name(SYSTEM, office, "旧名", alias=True)
    Identifier.objects.create(organisation=office, scheme="ror", value="https://ror.org/05qbk4x57")
    [fault] = faults()
    assert fault.endswith("since event 2: identifiers")
    Identifier.objects.all().delete()
    office.names.update(name="改名")
    [fault] = faults()
    assert fault.endswith("since event 2: names")


def test_what_another_act_changes_along_is_vouched_for_by_it(office):
    shop = actions.save_organisation(SYSTEM, Organisation(name_zh="分店"))
    with gathered():
        Organisation.objects.filter(pk=shop.pk).update(name_zh="总店")
        record(SYSTEM, "tests.turn", office, also=[shop])
    assert faults() == []
    Organisation.objects.filter(pk=shop.pk).update(name_zh="三店")
    assert faults() == [
        f"core.organisation {shop.pk}: the row was changed behind the record of acts since event 2"
        f" of core.organisation {office.pk}: name_zh"
    ]


def test_an_event_vouches_for_what_its_block_leaves(office):
    with gathered():
        record(SYSTEM, "tests.turn", office)
        Organisation.objects.filter(pk=office.pk).update(name_zh="新名")
        record(SYSTEM, "tests.turn", office)
        Organisation.objects.filter(pk=office.pk).update(region="120000")
    assert faults() == []
    held = Event.objects.filter(object_id=office.pk).order_by("seq").values_list("rows", flat=True)
    assert [bool(row) for row in held] == [True, False, True]  # once a block, with the last event


def test_the_digest_is_part_of_the_chain(office):
    Organisation.objects.filter(pk=office.pk).update(name_zh="别的")
    key = f"core.organisation:{office.pk}"
    values = rows.standing([("core.organisation", str(office.pk))])["core.organisation", str(office.pk)]
    guards.lift(connection)
    Event.objects.update(rows={key: digest_of(values)})
    guards.install(connection)
    assert faults() == [f"core.organisation {office.pk}: event 1 was altered"]


def test_what_acts_do_not_set_may_change(make_user):
    user = make_user("officer")
    actions.save_account(SYSTEM, user, password="ein-langes-Wort-7", person={"name_zh": "张三"})
    user.set_password("ein-anderes-Wort-8")
    user.save()
    assert faults() == []
    Person.objects.filter(user=user).update(name_zh="李四")
    User.objects.filter(pk=user.pk).update(clearance=3)
    [fault] = faults()
    assert fault.startswith(f"core.user {user.pk}: ") and fault.endswith(": clearance, person")


def test_personal_rows_are_salted_and_the_salt_is_erased(make_user):
    admin, user = make_user("admin"), make_user("officer")
    actions.save_account(SYSTEM, user)
    salt = EventHead.objects.get(kind="core.user", object_id=user.pk).salt
    values = rows.standing([("core.user", str(user.pk))])["core.user", str(user.pk)]
    held = Event.objects.get(kind="core.user", object_id=user.pk).rows[f"core.user:{user.pk}"]
    assert held == digest_of(values, salt) != digest_of(values)
    actions.erase_person(admin, user)
    assert EventHead.objects.get(kind="core.user", object_id=user.pk).salt not in ("", salt)
    assert faults() == []


def test_rows_without_a_digest_are_counted(office):
    Organisation.objects.create(name_zh="无记录")
    tally = Tally()
    assert list(verify(tally=tally)) == []
    assert (tally.events, tally.compared, tally.unvouched) == (1, 1, {"core.organisation": 1})


def test_a_later_release_still_compares(office):
    """Its models have more fields: what the old digest names is compared, the rest is not."""
    key, fields = (
        f"core.organisation:{office.pk}",
        [f for f in rows.names_of("core.organisation") if f != "duties"],
    )
    values = rows.standing([("core.organisation", str(office.pk))])["core.organisation", str(office.pk)]
    old = digest_of({name: values[name] for name in fields})
    shapes = {shape_of(fields): fields}
    assert differing(old, values, shapes) is None
    assert differing(old, values | {"duties": "新"}, shapes) is None
    assert differing(old, values | {"region": "310000"}, shapes) == ["region"]
    assert differing(old, values, {}) == ["?"]
    assert key and RowShape.objects.filter(names=sorted(rows.names_of("core.organisation"))).exists()


def test_an_act_during_the_check_is_no_fault(office, monkeypatch):
    heads, standing, acted = verifying._heads, rows.standing, []

    def meanwhile(name: str) -> None:
        if name not in acted:
            acted.append(name)
            office.name_zh = name
            actions.save_organisation(SYSTEM, office)

    monkeypatch.setattr(verifying, "_heads", lambda: (heads(), meanwhile("新名"))[0])
    monkeypatch.setattr(
        verifying.rows, "standing", lambda *a, **k: (meanwhile("又一名"), standing(*a, **k))[1]
    )
    assert faults() == [] and acted == ["新名", "又一名"]
    monkeypatch.undo()
    Organisation.objects.filter(pk=office.pk).update(name_zh="别的")
    assert len(faults()) == 1


def test_the_watch_over_tests_sees_an_act_that_forgets_a_row(office):
    told: list[str] = []
    shop = actions.save_organisation(SYSTEM, Organisation(name_zh="分店"))
    with watching(gathered, told.append)():
        record(SYSTEM, "tests.turn", office)
        Organisation.objects.filter(pk=shop.pk).update(name_zh="总店")
    assert len(told) == 1 and f"core.organisation {shop.pk}" in told[0]
