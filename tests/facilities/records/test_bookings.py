"""Booking by acts: rules, series, wait list, problems, trainings, feeds, and what the database itself forbids."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.models import Notice, Organisation
from kechuang.facilities import actions
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    BookingSlot,
    CalendarFeed,
    Closure,
    Qualification,
    Resource,
    Waiting,
)
from kechuang.facilities.queries.bookings import week_of
from kechuang.facilities.web.feeds import calendar_of

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _clock():
    with clock.at(at(2, 9)):
        yield


@pytest.fixture
def microscope() -> Resource:
    owner = Organisation.objects.create(name_zh="电镜中心")
    row = Resource.objects.create(name_zh="电镜", code="E1", kind="instrument", owner=owner)
    actions.set_policy(SYSTEM, BookingPolicy(resource=row, rules={"cancel_hours": 24}, changeover_minutes=30))
    return row


@pytest.fixture
def people(make_user):
    return [make_user("scientist", name=f"s{n}") for n in range(3)]


@pytest.fixture
def manager(make_user):
    return make_user("manager")


def test_two_people_are_never_in_one_slot(microscope, people):
    first = actions.book(people[0], microscope, at(3, 10), at(3, 12))
    for start, end in (
        (at(3, 10), at(3, 12)),
        (at(3, 11, 45), at(3, 13)),
        (at(3, 8), at(3, 10, 15)),
        (at(3, 12), at(3, 13)),
    ):
        with pytest.raises(Refusal):
            actions.book(people[1], microscope, start, end)
    actions.book(people[1], microscope, at(3, 12, 30), at(3, 13))  # after the changeover
    assert BookingSlot.objects.filter(booking=first).count() == 10
    assert Booking.objects.count() == 2


def test_the_database_itself_forbids_it(microscope, people):
    """The action's own look is not what keeps people apart: rows written past it are refused too."""
    one = actions.book(people[0], microscope, at(3, 10), at(3, 11))
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingSlot.objects.create(resource=microscope, slot=BookingSlot.objects.first().slot, booking=one)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(
                resource=microscope,
                user=people[1],
                start=at(3, 10, 30),
                end=at(3, 12),
                held_until=at(3, 12),
                made_at=clock.now(),
            )


def test_cancelling_frees_and_the_first_who_waits_gets_it(microscope, people):
    booking = actions.book(people[0], microscope, at(5, 10), at(5, 12))
    actions.join_waiting(people[1], microscope, at(5, 10), at(5, 11), "我先")
    actions.join_waiting(people[2], microscope, at(5, 10), at(5, 12))
    with pytest.raises(Refusal):
        actions.join_waiting(people[2], microscope, at(6, 10), at(6, 12))  # free: book it
    actions.cancel_booking(people[0], booking)
    got = Booking.objects.get(status="booked")
    assert (got.user, got.start, got.end) == (people[1], at(5, 10), at(5, 11))
    assert Waiting.objects.get(user=people[1]).status == "booked"
    assert Waiting.objects.get(user=people[2]).status == "waiting"
    assert Notice.objects.filter(user=people[1]).count() == 1


def test_a_late_cancellation_counts(microscope, people, manager):
    late = actions.book(people[0], microscope, at(3, 8), at(3, 9))
    actions.cancel_booking(people[0], late)
    assert late.status == "no_show"
    other = actions.book(people[0], microscope, at(3, 12), at(3, 13))
    actions.cancel_booking(manager, other, "检修")
    assert other.status == "cancelled"
    assert Notice.objects.filter(user=people[0]).exists()


def test_a_series_is_all_or_nothing(microscope, people):
    actions.book(people[1], microscope, at(16, 10), at(16, 11))
    with pytest.raises(Refusal, match="2026-03-16 10:00"):
        actions.book_series(people[0], microscope, at(9, 10), at(9, 11), every_days=7, count=3)
    assert Booking.objects.filter(user=people[0]).count() == 0
    made = actions.book_series(people[0], microscope, at(9, 12), at(9, 13), every_days=7, count=3)
    assert len(made) == 3 and len({b.series for b in made}) == 1
    actions.cancel_booking(people[0], made[0], whole_series=True)
    assert not Booking.objects.filter(user=people[0], status="booked").exists()


def test_overnight_is_drawn_on_both_days(microscope, people):
    actions.book(people[0], microscope, at(3, 20), at(4, 2))
    days = week_of(microscope, date(2026, 3, 2))["days"]
    tuesday, wednesday = days[1]["blocks"][0], days[2]["blocks"][0]
    assert (tuesday["top"], tuesday["length"], tuesday["goes_on"]) == (80, 16, True)
    assert (wednesday["top"], wednesday["length"], wednesday["changeover"], wednesday["came_over"]) == (
        0,
        8,
        2,
        True,
    )


def test_closed_or_broken_cannot_be_booked(microscope, people, manager):
    actions.save_closure(manager, Closure(resource=microscope, start=at(3, 9), end=at(3, 12)))
    with pytest.raises(Refusal, match="2026-03-03 09:00"):
        actions.book(people[0], microscope, at(3, 11), at(3, 13))
    mine = actions.book(people[0], microscope, at(4, 11), at(4, 13))
    problem = actions.report_problem(people[1], microscope, "真空不足", stops_use=True)
    assert Notice.objects.filter(user=mine.user).count() == 1
    with pytest.raises(Refusal):
        actions.book(people[0], microscope, at(5, 11), at(5, 13))
    with pytest.raises(NotPermitted):
        actions.solve_problem(people[0], problem, "好了")
    actions.solve_problem(manager, problem, "换了密封圈")
    actions.book(people[0], microscope, at(5, 11), at(5, 13))


def test_qualification_is_asked_for_and_ends(microscope, people, manager):
    needed = actions.save_qualification(manager, Qualification(name_zh="上机资格", months=1))
    policy = microscope.policy
    policy.qualification = needed
    actions.set_policy(manager, policy)
    with pytest.raises(Refusal):
        actions.book(people[0], microscope, at(3, 10), at(3, 11))
    with pytest.raises(Refusal):
        actions.record_training(manager, needed, people[0], date(2026, 3, 9))
    with pytest.raises(Refusal):
        actions.record_training(manager, needed, manager, date(2026, 3, 1))
    training = actions.record_training(manager, needed, people[0], date(2026, 2, 10))
    assert training.valid_to == date(2026, 3, 10)
    actions.book(people[0], microscope, at(10, 10), at(10, 11))
    with pytest.raises(Refusal):
        actions.book(people[0], microscope, at(11, 10), at(11, 11))
    actions.withdraw_training(manager, training, "违规操作")
    with pytest.raises(Refusal):
        actions.book(people[0], microscope, at(3, 10), at(3, 11))


def test_no_shows_close_booking_for_a_while(microscope, people, manager):
    policy = microscope.policy
    policy.rules = {"no_show_limit": 1, "no_show_days": 10}
    actions.set_policy(manager, policy)
    booking = actions.book(people[0], microscope, at(2, 10), at(2, 14))
    with pytest.raises(Refusal):
        actions.mark_no_show(manager, booking)
    with clock.at(at(2, 11)):
        actions.mark_no_show(manager, booking)
        assert not booking.slots.exists()
        with pytest.raises(Refusal, match="2026-03-13"):
            actions.book(people[0], microscope, at(3, 10), at(3, 11))
    with clock.at(at(13, 9)):
        actions.book(people[0], microscope, at(14, 10), at(14, 11))


def test_when_nobody_comes_the_rest_goes_to_whoever_waits_for_it(microscope, people, manager):
    booking = actions.book(people[0], microscope, at(2, 10), at(2, 14))
    waiting = actions.join_waiting(people[1], microscope, at(2, 12), at(2, 13))
    past = actions.join_waiting(people[2], microscope, at(2, 10), at(2, 11))
    with clock.at(at(2, 10, 45)):
        actions.mark_no_show(manager, booking)
    waiting.refresh_from_db()
    past.refresh_from_db()
    assert (waiting.booking.start, waiting.booking.user) == (at(2, 12), people[1])
    assert past.booking is None


@pytest.mark.parametrize("rules", [{"horizont": 1}, {"shortest": 20}, {"hours": [[9, "a", "b"]]}])
def test_bad_policies_change_nothing(microscope, manager, rules):
    policy = microscope.policy
    policy.rules = rules
    with pytest.raises(Refusal) as refusal:
        actions.set_policy(manager, policy)
    assert refusal.value.field == "rules"
    policy.refresh_from_db()
    assert policy.rules == {"cancel_hours": 24}


def test_only_the_owner_or_a_manager_cancels(microscope, people):
    booking = actions.book(people[0], microscope, at(5, 10), at(5, 12))
    with pytest.raises(NotPermitted):
        actions.cancel_booking(people[1], booking)
    with pytest.raises(NotPermitted):
        actions.book(people[0], microscope, at(6, 10), at(6, 12), user=people[1])


def test_feeds_hold_ones_own_and_change_their_address(microscope, people):
    actions.book(people[0], microscope, at(5, 10), at(5, 12), purpose="形貌")
    actions.book(people[1], microscope, at(6, 10), at(6, 12))
    mine = actions.make_feed(people[0])
    text = calendar_of(mine).decode()
    assert text.count("BEGIN:VEVENT") == 1 and "形貌" in text
    assert "DTSTART:20260305T020000Z" in text  # ten o'clock in Beijing
    whole = actions.make_feed(people[0], microscope)
    assert calendar_of(whole).decode().count("BEGIN:VEVENT") == 2
    token = mine.token
    assert actions.make_feed(people[0]).token != token
    assert CalendarFeed.objects.count() == 2
