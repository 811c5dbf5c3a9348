"""Every page of calls, plans and booking opens, in both languages, and the daily way works by page."""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.facilities import actions
from kechuang.facilities.actions.reference_booking import load_bookings
from kechuang.facilities.actions.reference_calls import load_calls
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    Cycle,
    Grant,
    Panel,
    Proposal,
    Qualification,
    Resource,
    TimePlan,
)
from kechuang.facilities.queries.plan_changes import reserve_list_of
from tests.accounts import account
from tests.facilities.reference import reference_facts

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(NOW):
        yield


@pytest.fixture(scope="module")
def lasting_house(lasting):
    with lasting(), clock.at(NOW):
        return _house()


@pytest.fixture
def house(db, lasting_house):
    return copy.deepcopy(lasting_house)


def _house():
    home = Organisation.objects.create(name_zh="科学城", kind="institute")
    for n in range(3):
        Organisation.objects.create(name_zh=f"研究所{n}", kind="institute")
        Resource.objects.create(name_zh=f"线站{n}", code=f"B{n}", kind="beamline", owner=home)
    Resource.objects.create(
        name_zh="电镜", code="E", kind="instrument", owner=home, opened=True, hours="24/7"
    )
    office = Organisation.objects.create(name_zh="评审办")
    reviewer = account("reviewer", organisation=office, name="reviewer")
    facts = reference_facts()
    load_calls(facts["calls"])
    load_bookings(facts["booking"])
    return {
        "manager": account("manager", organisation=home, name="manager"),
        "scientist": account("scientist", organisation=home, name="scientist"),
        "reviewer": reviewer,
    }


def test_every_page_opens(client, house):
    decided, opened = Cycle.objects.get(stage="published"), Cycle.objects.get(stage="open")
    plan, panel = TimePlan.objects.get(cycle=decided), Panel.objects.filter(cycle=decided).first()
    instrument = Resource.objects.get(code="E")
    proposal = Proposal.objects.filter(stage="granted").first()
    booking = Booking.objects.first()
    c, o = [decided.pk], [opened.pk]
    pages = [
        ("cycles", []), ("cycle_add", []), ("cycle", c), ("cycle", o), ("cycle_edit", o), ("cycle_move", [opened.pk, "close"]),
        ("offer_add", o), ("offer_edit", [opened.facilities.first().pk]), ("rule_add", o), ("form", o), ("field_add", o),
        ("field_edit", [opened.pk, 1]), ("closure_add", [instrument.pk]), ("cycle_proposals", c), ("proposals", []),
        ("proposal", [proposal.pk]), ("panels", c), ("panel_add", o), ("panel", [panel.pk]), ("ranks", [panel.pk]),
        ("panel_edit", [panel.pk]), ("seat", [panel.pk]), ("time_plans", c), ("plan_make", c), ("time_plan", [plan.pk]),
        ("plan_progress", [plan.pk]), ("plan_hand", [plan.pk]), ("plan_repair", [plan.pk]), ("plan_proof", [plan.pk]),
        ("plan_instance", [plan.pk]), ("plan_json", [plan.pk]), ("rapid", [proposal.pk]), ("instruments", []),
        ("give_back", [Grant.objects.first().pk]), ("calendar", [instrument.pk]), ("book", [instrument.pk]),
        ("problem_report", [instrument.pk]), ("policy", [instrument.pk]), ("feed_mine", []), ("feed_instrument", [instrument.pk]),
        ("my_bookings", []), ("booking", [booking.pk]), ("booking_cancel", [booking.pk]), ("qualifications", []),
        ("qualification", [Qualification.objects.get().pk]), ("qualification_add", []),
        ("training_add", [Qualification.objects.get().pk]),
    ]  # fmt: skip
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        for role in ("manager", "scientist", None):
            client.logout()
            if role:
                client.force_login(house[role])
            for name, where in pages:
                answer = client.get(reverse(f"facilities:{name}", args=where))
                assert answer.status_code in ((200,) if role == "manager" else (200, 302, 403, 404)), (
                    role,
                    name,
                )
                if role is None:
                    assert answer.status_code != 200 or name == "ics", name
    assert client.get("/facilities/feeds/none.ics").status_code == 404


def test_a_proposal_by_page(client, house):
    cycle = Cycle.objects.get(stage="open")
    client.force_login(house["scientist"])
    home = house["scientist"].memberships.first().organisation_id
    answer = client.post(
        reverse("facilities:propose", args=[cycle.pk]),
        {"title_zh": "新课题", "abstract": "摘要", "organisation": home, "discipline": "life"},
    )
    row = Proposal.objects.get(title_zh="新课题")
    write = reverse("facilities:proposal_write", args=[row.pk])
    assert answer["Location"] == write
    assert "ethics" not in client.get(write).content.decode().split("<form")[-1]
    kept = client.post(
        reverse("facilities:proposal_autosave", args=[row.pk]), {"aim": "目标", "sample": "bio"}
    )
    assert kept.status_code == 200 and kept["HX-Refresh"] == "true"
    assert 'name="ethics"' in client.get(write).content.decode()
    client.post(write, {"aim": "目标", "sample": "bio", "ethics": "E-1", "samples": "甲 | 3\n乙|4"})
    row.refresh_from_db()
    assert row.answers["samples"] == [{"name": "甲", "count": "3"}, {"name": "乙", "count": "4"}]
    bad = client.post(write, {"aim": "目标", "sample": "bio", "ethics": "E-1", "temperature": "很冷"})
    assert "不是数字" in bad.content.decode()
    client.post(
        reverse("facilities:time_ask", args=[row.pk]),
        {"facilities": [cycle.facilities.first().pk], "hours": 48, "setup": ""},
    )
    client.post(reverse("facilities:coauthor_add", args=[row.pk]), {"confirm": "1", "user": "manager"})
    assert "manager" in client.get(row.get_absolute_url()).content.decode()
    drop = reverse("facilities:coauthor_drop", args=[row.pk, house["manager"].pk])
    client.post(drop, {"confirm": "1"})
    assert not row.coauthors.exists()
    submit = reverse("facilities:proposal_submit", args=[row.pk])
    client.post(submit, {"confirm": "1"})
    row.refresh_from_db()
    assert row.stage == "submitted"
    client.force_login(house["manager"])
    client.post(
        reverse("facilities:proposal_check", args=[row.pk, "eligibility"]), {"confirm": "1", "passed": "yes"}
    )
    row.refresh_from_db()
    assert row.stage == "technical"


def test_a_plan_by_page(client, house):
    plan = TimePlan.objects.get(cycle__stage="published")
    client.force_login(house["manager"])
    placed = plan.result["placed"][0]["request"]
    url = reverse("facilities:plan_hand", args=[plan.pk])
    shown = client.post(url, {"request": placed[1:], "kind": "forbid", "reason": "停"}).content.decode()
    assert 'name="confirm"' in shown and TimePlan.objects.count() == 2
    answer = client.post(url, {"request": placed[1:], "kind": "forbid", "reason": "停", "confirm": "1"})
    made = TimePlan.objects.get(number=2)
    assert answer["Location"] == made.get_absolute_url()
    running = client.get(made.get_absolute_url()).content.decode()
    assert "data-progress" in running
    stopped = client.post(reverse("facilities:plan_stop", args=[made.pk]))
    made.refresh_from_db()
    assert stopped.status_code == 302 and made.stop
    client.force_login(house["scientist"])
    assert client.post(reverse("facilities:plan_stop", args=[plan.pk])).status_code in (403, 404)


def test_the_reserve_list_by_page(client, house):
    plan = TimePlan.objects.get(cycle__stage="published")
    waiting = reserve_list_of(plan)
    client.force_login(house["manager"])
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert waiting and all(row["proposal"].number in shown for row in waiting)
    place = next(place for row in waiting if (place := row["fits"] or row["instead"]))
    url = reverse("facilities:plan_hand", args=[plan.pk])
    asked = {"request": place["request"], "facility": place["offer"].pk, "slot": place["start"]}
    form = client.get(url, asked).content.decode()
    assert f'value="{place["request_row"].pk}" selected' in form and f"{place['from']:%H:%M}" in form
    api = client.get(f"/api/facilities/time-plans/{plan.pk}/reserve").json()["waiting"]
    assert [row["rank"] for row in api] == list(range(1, len(waiting) + 1))
    client.force_login(house["scientist"])
    assert plan.stage == "published", "the plan in force is for everybody to see"
    assert client.get(plan.get_absolute_url()).status_code == 200


def test_booking_by_page(client, house):
    instrument = Resource.objects.get(code="E")
    actions.set_policy(SYSTEM, _free_policy(instrument))
    client.force_login(house["scientist"])
    day = date(2026, 3, 21)
    url = reverse("facilities:book", args=[instrument.pk])
    body = {"start": f"{day}T10:00", "end": f"{day}T12:00", "every_days": 0, "count": 1}
    assert client.post(url, body)["Location"].endswith(f"?day={day}")
    booking = Booking.objects.get(user=house["scientist"])
    week = client.get(reverse("facilities:calendar", args=[instrument.pk]), {"day": day}).content.decode()
    assert 'class="block booking own"' in week
    client.force_login(house["reviewer"])
    taken = client.post(url, body)
    assert taken.status_code == 200 and "已被他人预约" in taken.content.decode()
    client.post(url, {**body, "wait": "on"})
    client.force_login(house["scientist"])
    client.post(reverse("facilities:booking_cancel", args=[booking.pk]), {"confirm": "1"})
    assert Booking.objects.get(status="booked", start=booking.start).user == house["reviewer"]


def _free_policy(instrument: Resource) -> BookingPolicy:
    policy = instrument.policy
    policy.rules, policy.qualification = {"cancel_hours": 1}, None
    return policy


def test_a_feed_needs_its_token_alone(client, house):
    instrument = Resource.objects.get(code="E")
    actions.set_policy(SYSTEM, _free_policy(instrument))
    start = NOW + timedelta(days=19)
    actions.book(house["scientist"], instrument, start, start + timedelta(hours=1))
    feed = actions.make_feed(house["scientist"])
    answer = client.get(reverse("facilities:ics", args=[feed.token]))
    assert answer["Content-Type"].startswith("text/calendar") and b"BEGIN:VEVENT" in answer.content
