"""Each list of the domain with ten thousand rows: a page takes few queries however long the list is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

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
from tests.many import many

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

    def organisations(self) -> list[int]:
        return many(Organisation(kind="enterprise"), MANY, name_zh=lambda n: f"单位{n}")

    def resources(self, prefix: str) -> list[int]:
        alike = Resource(kind="instrument", owner=self.owner, opened=True, revision=next_revision())
        return many(alike, MANY, code=lambda n: f"{prefix}{n}", name_zh=lambda n: f"仪器{n}")

    def hours(self, ago: int, minutes: int = 0) -> datetime:
        return self.now - timedelta(hours=ago, minutes=minutes)


def _bookings(w: World) -> list[int]:
    alike = Booking(resource=w.tool, user=w.user, made_at=w.now, status="cancelled")
    end = lambda n: w.hours(-n, -30)  # noqa: E731
    return many(alike, MANY, start=lambda n: w.hours(-n), end=end, held_until=end)


def _proposals(w: World) -> list[int]:
    facts = {"organisation": w.owner, "author": w.user, "discipline": "physics", "created_at": w.now}
    alike = Proposal(cycle=w.cycle, stage="submitted", **facts)
    return many(alike, MANY, number=lambda n: f"P{n:05d}", title_zh=lambda n: f"课题{n}")


def _sample_requests(w: World) -> list[int]:
    facts = {"organisation": w.owner, "purpose": "disease", "study": "x", "wanted": 1, "asked_on": w.day}
    return many(SampleRequest(holding=w.holding, **facts), MANY)


def _sessions(w: World) -> list[int]:
    alike = UseSession(resource=w.tool, organisation=w.owner, access="academic")
    return many(alike, MANY, start=lambda n: w.hours(n + 1), end=lambda n: w.hours(n, 30))


def _outputs(w: World) -> list[int]:
    alike = Output(kind="patent", published_on=w.day)
    return many(alike, MANY, number=lambda n: f"ZL{n}", title_zh=lambda n: f"专利{n}")


def _vouchers(w: World) -> list[int]:
    facts = {"granted_fen": 5, "balance_fen": 5, "valid_from": w.day, "valid_to": w.day}
    return many(Voucher(organisation=w.owner, **facts), MANY, code=lambda n: f"V{n}")


def _statements(w: World) -> list[int]:
    alike = Statement(month=w.day, amount_fen=5, voucher_fen=0, issued_at=w.now)
    return many(alike, MANY, organisation_id=w.organisations().__getitem__)


LISTS = {
    "cycles": lambda w: many(Cycle(stage="open", **w.terms()), MANY, name_zh=lambda n: f"征集{n}"),
    "proposals": _proposals,
    "my_bookings": _bookings,
    "instruments": lambda w: many(BookingPolicy(), MANY, resource_id=w.resources("P").__getitem__),
    "qualifications": lambda w: many(Qualification(), MANY, name_zh=lambda n: f"资格{n}"),
    "sample_requests": _sample_requests,
    "sessions": _sessions,
    "outputs": _outputs,
    "vouchers": _vouchers,
    "statements": _statements,
    "institutions": lambda w: many(
        Institution(kind="new_rd"), MANY, organisation_id=w.organisations().__getitem__
    ),
    "catalogue": lambda w: w.resources("C"),
}


@pytest.mark.parametrize("name", LISTS)
def test_ten_thousand_rows(name, client, make_user):
    role = "manager" if name in ("proposals", "cycles", "my_bookings") else "officer"
    world = World(make_user(role, name="somebody"))
    LISTS[name](world)
    client.force_login(world.user)
    client.cookies["django_language"] = "en"
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(reverse(f"facilities:{name}"))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "10,000" in html or "10,001" in html, html[-2000:]
    assert len(taken) <= QUERIES
