"""A call of two beamlines with its panel, and proposals on their way through it, made by the acts alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kechuang.core.models import Organisation, User
from kechuang.facilities import actions
from kechuang.facilities.models import Cycle, CycleFacility, Panel, Proposal, Resource
from tests.accounts import account

ZONE = timezone.get_default_timezone()
AIM = {"key": "aim", "kind": "text", "label_zh": "目标", "required": True}
NOTE = {"key": "note", "kind": "text", "label_zh": "备注"}


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


NOW = at(date(2026, 3, 2), 9)


def open_cycle(manager: User, house: Organisation) -> Cycle:
    row = Cycle(
        name_zh="春季征集",
        organiser=house,
        opens=at(date(2026, 3, 1)),
        closes=at(date(2026, 4, 1)),
        start=date(2026, 5, 4),
        end=date(2026, 5, 17),
    )
    actions.save_cycle(manager, row)
    for number in range(2):
        line = Resource.objects.create(
            name_zh=f"线站{number}", code=f"B{number}", kind="beamline", owner=house
        )
        offer = CycleFacility(cycle=row, resource=line, hours=300, machine_weekdays=[0], reserve_percent=5)
        actions.save_offer(manager, offer)
    actions.save_form(manager, row, [AIM, NOTE])
    actions.publish_form(manager, row)
    return actions.move_cycle(manager, row, "open")


def scientist_of(number: int) -> User:
    home = Organisation.objects.get_or_create(name_zh=f"大学{number}")[0]
    return account("scientist", organisation=home, name=f"scientist{number}")


def panel_of(cycle: Cycle, manager: User) -> Panel:
    chair = account("reviewer", organisation=Organisation.objects.create(name_zh="评审办"), name="chair")
    row = actions.save_panel(
        manager, Panel(cycle=cycle, name_zh="物理组", disciplines=["physics"], chair=chair)
    )
    for number in range(2):
        home = Organisation.objects.create(name_zh=f"评审单位{number}")
        actions.seat_member(manager, row, account("reviewer", organisation=home, name=f"judge{number}"))
    return row


def submitted(cycle: Cycle, person: User, hours: int = 48, **facts: Any) -> Proposal:
    home = person.memberships.first().organisation
    row = actions.start_proposal(person, cycle, home, title_zh="量子磁体", discipline="physics")
    actions.save_answers(person, row, {"aim": "测量"})
    actions.ask_time(person, row, list(cycle.facilities.all()), hours=hours, **facts)
    return actions.submit_proposal(person, row)


def recommended(cycle: Cycle, panel: Panel, manager, person, points: int = 80, hours: int = 48) -> Proposal:
    row = submitted(cycle, person, hours)
    for kind in ("eligibility", "feasibility", "safety"):
        actions.check_proposal(manager, row, kind, True)
    for seat in panel.members.all():
        actions.give_grade(seat.user, row, points)
    row.refresh_from_db()
    return actions.decide_proposal(panel.chair, row, "recommend")
