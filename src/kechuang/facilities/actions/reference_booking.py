"""The reference centre's synthetic direct access: rules, trainings, bookings, wait list, problems."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import User
from kechuang.facilities.actions import booking, trainings
from kechuang.facilities.actions.reference_people import scientists
from kechuang.facilities.models import Booking, BookingPolicy, Qualification, Resource

INSTRUMENTS, DAYS_BACK, DAYS_AHEAD = 6, 5, 7


def load_bookings(facts: dict[str, Any]) -> None:
    """Rules and bookings of a few instruments; what is there already is left alone."""
    instruments = list(
        Resource.objects.filter(kind=Resource.Kind.INSTRUMENT, opened=True, retired_on=None)
        .exclude(hours="")
        .order_by("id")[:INSTRUMENTS]
    )
    if not instruments or Booking.objects.filter(synthetic=True).exists():
        return
    random_, people = random.Random("synthetic bookings"), scientists()
    person = User.objects.filter(username="demo-scientist").first() or people[0]
    needed = _trainings(random_, [*people[:10], person])
    for number, instrument in enumerate(instruments):
        policy = BookingPolicy(
            resource=instrument,
            rules=facts["policies"][number % len(facts["policies"])],
            changeover_minutes=15 if number % 2 else 0,
            qualification=needed if number == 0 else None,
        )
        booking.set_policy(SYSTEM, policy)
        _bookings(random_, instrument, people, facts["purposes"])
    _special(instruments, people, person)
    _problems(instruments)


def _trainings(random_: random.Random, people: list[User]) -> Qualification:
    needed = Qualification(
        name_zh="电子显微镜上机资格", name_en="Licence to run electron microscopes", synthetic=True
    )
    trainings.save_qualification(SYSTEM, needed)
    for person in people:
        day = clock.today() - timedelta(days=random_.randint(20, 300))
        trainings.record_training(SYSTEM, needed, person, day, synthetic=True)
    return needed


def _at(day: int, hour: int) -> datetime:
    date = clock.today() + timedelta(days=day)
    return datetime.combine(date, time(hour), timezone.get_default_timezone())


def _book(instrument: Resource, start: datetime, hours: int, user: User, purpose: str) -> Booking | None:
    """A booking made the evening before at the latest; what the rules refuse is left out, as it would be in life."""
    with clock.at(min(clock.now(), start - timedelta(hours=12))):
        try:
            end = start + timedelta(hours=hours)
            return booking.book(SYSTEM, instrument, start, end, user=user, purpose=purpose, synthetic=True)
        except Refusal:
            return None


def _bookings(random_: random.Random, instrument: Resource, people: list[User], purposes: list[str]) -> None:
    for day in range(-DAYS_BACK, DAYS_AHEAD + 1):
        for hour in random_.sample([8, 10, 13, 15, 18], random_.randint(1, 3)):
            who, hours = random_.choice(people), random_.choice([1, 2, 2])
            _book(instrument, _at(day, hour), hours, who, random_.choice(purposes))


def _special(instruments: list[Resource], people: list[User], person: User) -> None:
    """What a week also holds: a series, a night, somebody who waits, somebody who did not come, one's own."""
    night = instruments[1 % len(instruments)]
    _book(night, _at(2, 20), 10, people[2], "夜间连续采集")
    missed = Booking.objects.filter(synthetic=True, start__lt=clock.now()).order_by("-start").first()
    if missed:
        booking.mark_no_show(SYSTEM, missed)
    last = instruments[-1]
    for day in (1, 3):
        for hour in (20, 12, 9):
            if _book(last, _at(day, hour), 1, person, "常规测试"):
                break
    standing = Booking.objects.filter(resource=night, status=Booking.Status.BOOKED)
    taken = standing.filter(start__gt=clock.now()).first()
    if taken:
        booking.join_waiting(person, night, taken.start, taken.end, "等候空出的时段")
    _series(last, people[3])
    booking.make_feed(person, None)


def _series(instrument: Resource, person: User) -> None:
    """Three days running, at the first hour that is free on all of them."""
    for hour in (21, 20, 17, 12, 7):
        try:
            made = booking.book_series(
                person, instrument, _at(2, hour), _at(2, hour + 1), every_days=1, count=3, purpose="每日定标"
            )
        except Refusal:
            continue
        Booking.objects.filter(pk__in=[b.pk for b in made]).update(synthetic=True)
        return


def _problems(instruments: list[Resource]) -> None:
    solved = booking.report_problem(SYSTEM, instruments[0], "真空泵报警（合成数据）", synthetic=True)
    booking.solve_problem(SYSTEM, solved, "更换泵油，已恢复")
    words = "样品台移动偶有异响，可继续使用（合成数据）"
    booking.report_problem(SYSTEM, instruments[-1], words, synthetic=True)
