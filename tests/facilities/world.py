"""Calls, plans and bookings in the state in which each act is possible, and people of every part in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.facilities import actions
from kechuang.facilities.actions import plan_runs
from kechuang.facilities.models import (
    BookingPolicy,
    Closure,
    Cycle,
    CycleFacility,
    Grant,
    Panel,
    Proposal,
    Qualification,
    Resource,
    TimePlan,
)
from tests.accounts import account

ZONE = timezone.get_default_timezone()
ROLES = ["manager", "scientist", "author", "chair", "judge", "officer", "analyst", None]
FORM = [{"key": "aim", "kind": "text", "label_zh": "目标"}]


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


NOW = at(date(2026, 3, 2), 9)


class World:
    """One of everything, in the state in which each act is possible."""

    def __init__(self) -> None:
        homes = {n: Organisation.objects.create(name_zh=f"单位{n}") for n in ROLES if n}
        roles = {"author": "scientist", "chair": "reviewer", "judge": "reviewer"}
        self.people = {n: account(roles.get(n, n), organisation=homes[n], name=n) for n in ROLES if n}
        self.homes = homes
        house = homes["manager"]
        self.instrument = Resource.objects.create(name_zh="电镜", code="E", kind="instrument", owner=house)
        self.other = Resource.objects.create(name_zh="核磁", code="N", kind="instrument", owner=house)
        actions.set_policy(SYSTEM, BookingPolicy(resource=self.instrument, rules={}))
        self.line = Resource.objects.create(name_zh="线站", code="B", kind="beamline", owner=house)
        self.cycle = self._cycle("征集", self.line)
        self.prepared = self._cycle("准备中", self.line, False)
        self.panel = actions.save_panel(
            SYSTEM, Panel(cycle=self.cycle, name_zh="组", chair=self.people["chair"])
        )
        actions.seat_member(SYSTEM, self.panel, self.people["judge"])
        self.draft, self.sent, self.judged = (
            self._proposal(),
            self._proposal("submitted"),
            self._proposal("panel"),
        )
        self.qualification = actions.save_qualification(SYSTEM, Qualification(name_zh="资格"))
        self.training = actions.record_training(
            SYSTEM, self.qualification, self.people["analyst"], date(2026, 1, 1)
        )
        author = self.people["author"]
        self.booking = actions.book(
            author, self.instrument, NOW + timedelta(days=2), NOW + timedelta(days=2, hours=1)
        )
        self.problem = actions.report_problem(author, self.instrument, "异响")
        self.closure = actions.save_closure(
            SYSTEM, Closure(resource=self.other, start=NOW + timedelta(days=1), end=NOW + timedelta(days=2))
        )

    def _cycle(self, name: str, line: Resource, opened: bool = True) -> Cycle:
        row = Cycle(
            name_zh=name,
            organiser=line.owner,
            opens=NOW - timedelta(days=1),
            closes=NOW + timedelta(days=9),
            start=date(2026, 5, 4),
            end=date(2026, 5, 17),
        )
        actions.save_cycle(SYSTEM, row)
        offer = CycleFacility(cycle=row, resource=line, hours=300)
        actions.save_offer(SYSTEM, offer)
        actions.save_form(SYSTEM, row, FORM)
        if opened:
            actions.publish_form(SYSTEM, row)
            actions.move_cycle(SYSTEM, row, "open")
        return row

    def _proposal(self, stage: str = "draft") -> Proposal:
        author = self.people["author"]
        row = actions.start_proposal(
            author, self.cycle, self.homes["author"], title_zh="课题", discipline="physics"
        )
        actions.ask_time(author, row, list(self.cycle.facilities.all()), hours=48)
        if stage == "draft":
            return row
        actions.submit_proposal(author, row)
        if stage == "panel":
            actions.assign_panel(SYSTEM, row, self.panel)
            for kind in ("eligibility", "feasibility", "safety"):
                actions.check_proposal(SYSTEM, row, kind, True)
        return row

    @property
    def plan(self) -> TimePlan:
        """A computed plan of the call, made when it is first asked for."""
        if not self.cycle.plans.exists():
            self.recommended()
            actions.move_cycle(SYSTEM, self.cycle, "close")
            plan = actions.make_time_plan(SYSTEM, self.cycle, seconds=1)
            plan_runs.run_plan.call(plan.pk)
        return self.cycle.plans.order_by("number").first()

    def recommended(self) -> Proposal:
        if self.judged.stage == "panel":
            actions.give_grade(self.people["judge"], self.judged, 80)
            self.judged.refresh_from_db()
            actions.decide_proposal(SYSTEM, self.judged, "recommend")
        return self.judged

    def granted(self) -> Grant:
        actions.publish_time_plan(SYSTEM, self.plan)
        return Grant.objects.get()

    @property
    def offer(self) -> CycleFacility:
        return self.cycle.facilities.get()
