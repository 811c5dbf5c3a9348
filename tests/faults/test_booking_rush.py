"""Five hundred people press "book" on one slot at once: one gets it, the others are refused in words."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.models import Organisation, User
from kechuang.core.verifying import verify
from kechuang.facilities import actions
from kechuang.facilities.models import Booking, BookingPolicy, BookingSlot, Resource
from kechuang.facilities.queries.words import BOOKING

PEOPLE, AT_THE_DATABASE = 500, 40


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_five_hundred_press_at_once():
    owner = Organisation.objects.create(name_zh="抢订测试")
    instrument = Resource.objects.create(name_zh="电镜", code="RUSH", kind="instrument", owner=owner)
    actions.set_policy(SYSTEM, BookingPolicy(resource=instrument, rules={}, changeover_minutes=15))
    people = User.objects.bulk_create(User(username=f"person{n}") for n in range(PEOPLE))
    day = clock.today() + timedelta(days=2)
    start = datetime(day.year, day.month, day.day, 10, tzinfo=timezone.get_default_timezone())
    barrier, room = threading.Barrier(PEOPLE), threading.Semaphore(AT_THE_DATABASE)
    booked: list[int] = []
    refused: list[str] = []
    others: list[Exception] = []

    def press(person: User) -> None:
        barrier.wait(120)
        with room:  # a server has so many connections; whoever waits for one presses all the same
            try:
                # half want the whole hour, half only its second half: overlapping is as bad as equal
                begin = start if person.pk % 2 else start + timedelta(minutes=30)
                mine = Resource.objects.get(pk=instrument.pk)
                booked.append(actions.book(person, mine, begin, start + timedelta(hours=1)).pk)
            except Refusal as refusal:
                refused.append(str(refusal))
            except Exception as error:
                others.append(error)
            finally:
                connection.close()

    threads = [threading.Thread(target=press, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert others == []
    assert len(booked) == 1 and len(refused) == PEOPLE - 1
    assert set(refused) == {str(BOOKING["taken"])}
    booking = Booking.objects.get()
    assert BookingSlot.objects.count() == (5 if booking.start == start else 3)
    assert events_of(booking).count() == 1
    assert list(verify()) == []
