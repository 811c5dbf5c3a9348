"""Each list of the domain with ten thousand rows: a page takes few queries however long the list is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.core import clock
from kechuang.core.models import Organisation
from kechuang.facilities.actions.catalogue import next_revision
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    Cycle,
    Holding,
    Institution,
    Output,
    Proposal,
    Qualification,
    Resource,
    SampleRequest,
    Statement,
    UseSession,
    Voucher,
)

pytestmark = pytest.mark.django_db
MANY, QUERIES = 10_000, 40


class World:
    def __init__(self, user) -> None:
        self.user, self.now, self.day = user, clock.now(), date(2026, 1, 1)
        self.owner = Organisation.objects.create(name_zh="所", name_en="Institute")
        self.tool = Resource.objects.create(code="T", kind="instrument", name_zh="仪器", owner=self.owner)
        self.holding = Holding.objects.create(
            resource=self.tool, disease_zh="病", material="m", consent="research", total=5
        )
        self.cycle = Cycle.objects.create(name_zh="征集", stage="open", **self.terms())

    def terms(self) -> dict:
        days = {"start": self.day, "end": self.day + timedelta(days=30)}
        return {"organiser": self.owner, "opens": self.now, "closes": self.now + timedelta(days=9), **days}

    def organisations(self) -> list[Organisation]:
        rows = [Organisation(name_zh=f"单位{n}", kind="enterprise") for n in range(MANY)]
        return Organisation.objects.bulk_create(rows, batch_size=1000)

    def resources(self, prefix: str) -> list[Resource]:
        facts = {"kind": "instrument", "owner": self.owner, "opened": True, "revision": next_revision()}
        rows = [Resource(code=f"{prefix}{n}", name_zh=f"仪器{n}", **facts) for n in range(MANY)]
        return Resource.objects.bulk_create(rows, batch_size=1000)


def _booking(w: World, n: int) -> Booking:
    start = w.now + timedelta(hours=n)
    end = start + timedelta(minutes=30)
    return Booking(
        resource=w.tool, user=w.user, start=start, end=end, held_until=end, made_at=w.now, status="cancelled"
    )


LISTS = {
    "cycles": lambda w: [Cycle(name_zh=f"征集{n}", stage="open", **w.terms()) for n in range(MANY)],
    "proposals": lambda w: [
        Proposal(
            cycle=w.cycle,
            number=f"P{n:05d}",
            title_zh=f"课题{n}",
            organisation=w.owner,
            author=w.user,
            discipline="physics",
            created_at=w.now,
            stage="submitted",
        )
        for n in range(MANY)
    ],
    "my_bookings": lambda w: [_booking(w, n) for n in range(MANY)],
    "instruments": lambda w: [BookingPolicy(resource=r) for r in w.resources("P")],
    "qualifications": lambda w: [Qualification(name_zh=f"资格{n}") for n in range(MANY)],
    "sample_requests": lambda w: [
        SampleRequest(
            holding=w.holding, organisation=w.owner, purpose="disease", study="x", wanted=1, asked_on=w.day
        )
        for _n in range(MANY)
    ],
    "sessions": lambda w: [
        UseSession(
            resource=w.tool,
            organisation=w.owner,
            access="academic",
            start=w.now - timedelta(hours=n + 1),
            end=w.now - timedelta(hours=n, minutes=30),
        )
        for n in range(MANY)
    ],
    "outputs": lambda w: [
        Output(kind="patent", number=f"ZL{n}", title_zh=f"专利{n}", published_on=w.day) for n in range(MANY)
    ],
    "vouchers": lambda w: [
        Voucher(
            code=f"V{n}",
            organisation=w.owner,
            granted_fen=5,
            balance_fen=5,
            valid_from=w.day,
            valid_to=w.day,
        )
        for n in range(MANY)
    ],
    "statements": lambda w: [
        Statement(organisation=o, month=w.day, amount_fen=5, voucher_fen=0, issued_at=w.now)
        for o in w.organisations()
    ],
    "institutions": lambda w: [Institution(organisation=o, kind="new_rd") for o in w.organisations()],
    "catalogue": lambda w: w.resources("C"),
}


@pytest.mark.parametrize("name", LISTS)
def test_ten_thousand_rows(name, client, make_user):
    role = "manager" if name in ("proposals", "cycles", "my_bookings") else "officer"
    world = World(make_user(role, name="somebody"))
    rows = LISTS[name](world)
    if name != "catalogue":
        type(rows[0]).objects.bulk_create(rows, batch_size=1000)
    client.force_login(world.user)
    client.cookies["django_language"] = "en"
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(reverse(f"facilities:{name}"))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "10,000" in html or "10,001" in html, html[-2000:]
    assert len(taken) <= QUERIES
