"""What goes into the chain comes back the same on every database; chains and seals guard one another."""

import json
import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kechuang.core import clock, guards
from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.engine.chain import canonical, event_hash
from kechuang.core.events import erase_personal, personal, personal_values, plain, record, seal
from kechuang.core.models import Event, EventHead, Organisation, PersonalValue, Seal
from kechuang.core.verifying import verify
from tests.many import many

pytestmark = pytest.mark.django_db

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
    | st.dates()
    | st.sets(st.integers(0, 99))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), inner, max_size=4)
    ),
)


@pytest.fixture
def office():
    return save_organisation(SYSTEM, Organisation(name_zh="某处"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=values, after=values)
def test_any_value_hashes_the_same_after_a_round_trip(office, before, after):
    with transaction.atomic():
        record(SYSTEM, "tests.value", office, before=before, after=after)
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1e20, 10**20),
        (-0.0, 0),
        (2.50, 2.5),
        (float("nan"), "nan"),
        (Decimal("1.500"), "1.5"),
        ("a\x00b", "ab"),
        ({2, 1}, [1, 2]),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 8, tzinfo=timezone(timedelta(hours=8))), "2026-01-02T00:00:00+00:00"),
        (timedelta(1), "1 day, 0:00:00"),
    ],
)
def test_plain_values(value, kept):
    assert plain(value) == kept and json.loads(json.dumps(plain(value))) == kept


def test_the_order_of_keys_does_not_matter():
    assert canonical({"b": 1, "a": {"d": 1, "c": "中"}}) == canonical({"a": {"c": "中", "d": 1}, "b": 1})
    assert event_hash("0", {"a": 1}) != event_hash("0", {"a": "1"})


def test_microseconds_and_zones_survive(office):
    moment = datetime(2026, 3, 4, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=8)))
    with clock.at(moment):
        record(SYSTEM, "tests.value", office)
    assert Event.objects.order_by("-seq").first().at == moment.astimezone(UTC)
    assert list(verify()) == []


def test_an_erased_value_leaves_the_chain_whole(office):
    token = personal("身份证号 110101199003077777")
    record(SYSTEM, "tests.value", office, after={"id": token})
    assert "1101" not in json.dumps(list(Event.objects.values_list("after", flat=True)))
    assert personal_values([token]) == {token: "身份证号 110101199003077777"}
    erase_personal(office)
    assert personal_values([token]) == {token: ""}
    assert not PersonalValue.objects.exists() and list(verify()) == []


STATEMENTS = [
    "UPDATE core_seal SET root = 'x'",
    "DELETE FROM core_seal",
    "UPDATE core_event SET at = at",
    "DELETE FROM core_event WHERE 1 = 1",
]
REPLACE = "INSERT OR REPLACE INTO core_event SELECT id, kind, object_id, seq, at, 'forged', before, after, evidence, previous, hash, actor_id, rows FROM core_event"
TRUNCATES = ["TRUNCATE core_event CASCADE", "TRUNCATE core_seal"]
OWN = {"sqlite": [REPLACE], "postgresql": TRUNCATES}  # what only this database understands


@pytest.mark.parametrize("statement", [*STATEMENTS, *OWN[connection.vendor]])
def test_no_statement_rewrites_the_past(office, statement):
    seal()
    connection.check_constraints()  # nothing pending that would refuse it for another reason
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_each_seal_holds_only_what_changed_since(office):
    first = seal()
    other = save_organisation(SYSTEM, Organisation(name_zh="另一处"))
    second = seal()
    assert [h[1] for h in first.heads] == [str(office.pk)] and [h[1] for h in second.heads] == [str(other.pk)]
    assert second.previous == first.root and seal() is None and list(verify()) == []


def test_a_root_is_followed_by_one_seal_only(office):
    made = seal()
    with pytest.raises(DatabaseError), transaction.atomic():
        Seal.objects.create(at=made.at, heads=[], previous=made.previous, root="f" * 64)


def test_a_whole_chain_taken_out_is_missed_by_its_seal(office):
    seal()
    guards.lift(connection)
    Event.objects.all().delete()
    EventHead.objects.all().delete()
    faults = list(verify())
    guards.install(connection)
    assert any("sealed and gone" in fault for fault in faults)


def test_a_hundred_thousand_events_are_verified_and_sealed_in_time(office):
    """About 5 s here for the walk; a seal after one change does not read the others."""
    objects, each = 20_000, 5
    hashes, moment = [], clock.now()
    for number in range(objects):
        previous = "0" * 64
        for seq in range(1, each + 1):
            body = {
                "kind": "tests.thing", "object": str(number), "seq": seq, "at": moment.astimezone(UTC).isoformat(),
                "actor": None, "verb": "tests.value", "before": None, "after": {"n": seq}, "evidence": [],
            }  # fmt: skip
            previous = event_hash(previous, body)
            hashes.append(previous)
    many(
        Event(kind="tests.thing", at=moment, verb="tests.value"),
        objects * each,
        object_id=lambda n: str(n // each),
        seq=lambda n: n % each + 1,
        after=lambda n: {"n": n % each + 1},
        previous=lambda n: hashes[n - 1] if n % each else "0" * 64,
        hash=hashes.__getitem__,
    )
    many(
        EventHead(kind="tests.thing", seq=each, changed=moment),
        objects,
        object_id=str,
        hash=lambda n: hashes[n * each + each - 1],
    )
    timings = {}
    for name, work in (("first seal", seal), ("verify", lambda: list(verify()))):
        start = time.process_time()
        assert work() if name == "first seal" else work() == []
        timings[name] = time.process_time() - start
    record(SYSTEM, "tests.value", office)
    start = time.process_time()
    assert len(seal().heads) == 1
    timings["next seal"] = time.process_time() - start
    print(connection.vendor, {name: round(seconds, 3) for name, seconds in timings.items()})
    assert timings["verify"] < 30 and timings["first seal"] < 15 and timings["next seal"] < 0.5
