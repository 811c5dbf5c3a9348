"""The reference centre's synthetic calls, one in each part of its life: ended, published, under review, open.

Proposals, grades and plans are made by the same acts that people use.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Membership, User
from kechuang.facilities.actions import cycles, extra_time, panels, plan_runs, plans, proposals, publishing
from kechuang.facilities.actions.reference_people import reviewers, scientists
from kechuang.facilities.engine.cycle import CHECKS, ProposalStage
from kechuang.facilities.models import (
    Closure,
    Cycle,
    CycleFacility,
    CycleRule,
    Grant,
    Panel,
    Proposal,
    Resource,
    TimePlan,
)

PANELS = [
    (("物质科学专家组", "Panel of physical sciences"), ["physics", "chemistry", "materials", "engineering"]),
    (("生命与地球科学专家组", "Panel of life and earth sciences"), ["life", "earth"]),
]
DECLINED = "本轮竞争激烈，评分未达推荐线。"
WEEK = timedelta(days=7)


def load_calls(facts: dict[str, Any]) -> None:
    """Load the synthetic calls; what is there already is left alone."""
    kinds = [Resource.Kind.BEAMLINE, Resource.Kind.FACILITY]
    offered = list(Resource.objects.filter(kind__in=kinds, retired_on=None).order_by("kind", "id")[:4])
    if not offered or Cycle.objects.filter(synthetic=True).exists():
        return
    made = _Calls(facts, offered)
    with clock.at(clock.today() - 26 * WEEK):
        past = made.ended()
    made.used(past)
    made.published()
    made.under_review()
    made.open(past)


class _Calls:
    """What the four calls share: the facts of the file, what is offered, who proposes and who grades."""

    def __init__(self, facts: dict[str, Any], offered: list[Resource]) -> None:
        self.facts, self.offered = facts, offered
        self.random = random.Random("synthetic calls")
        self.people, self.judges = scientists(), reviewers()
        monday = clock.today() - timedelta(days=clock.today().weekday())
        self.next_monday = monday + WEEK

    # ---- the four calls

    def ended(self) -> Cycle:
        """Half a year ago: six proposals had their time."""
        start = clock.today() - timedelta(days=clock.today().weekday()) + 2 * WEEK
        cycle = self._call(_named(start), start, 4)
        rows = self._propose(cycle, 6)
        self._review(cycle, rows)
        self._plan(cycle, 1)
        return cycle

    def used(self, cycle: Cycle) -> None:
        """Its time is over: an hour lost is given back, proposals are completed."""
        grants = list(Grant.objects.filter(request__proposal__cycle=cycle).order_by("start"))
        if grants:
            extra_time.give_back_time(SYSTEM, grants[-1], 8, "束流中断一个班次（合成数据）")
        for row in cycle.proposals.filter(stage=ProposalStage.GRANTED).order_by("number")[:4]:
            proposals.complete_proposal(SYSTEM, row)
        cycles.move_cycle(SYSTEM, cycle, "end")

    def published(self) -> None:
        """From next week on: a plan with rules, a shutdown, a reserve list and rapid access."""
        start = self.next_monday + WEEK
        cycle = self._call(_named(start), start, 4)
        self._shutdown(start + timedelta(days=15))
        cycles.save_rule(SYSTEM, CycleRule(cycle=cycle, kind="floor", name="life", least=100))
        quota = CycleRule(cycle=cycle, kind="quota", name=self.facts["partner"], least=50, most=250)
        cycles.save_rule(SYSTEM, quota)
        rows = self._propose(cycle, 44)
        self._review(cycle, rows)
        self._plan(cycle, self.facts["plan_seconds"])
        self._rapid(cycle)

    def under_review(self) -> None:
        """Proposals at every step of the review; the panels are at work."""
        start = self.next_monday + 9 * WEEK
        cycle = self._call((f"{start:%Y年%-m月}快速征集", f"Rapid call, {start:%B %Y}"), start, 6)
        rows = self._propose(cycle, 14)
        cycles.move_cycle(SYSTEM, cycle, "close")
        for place, row in enumerate(rows):
            for kind in CHECKS[: 3 if place > 4 else place]:
                proposals.check_proposal(SYSTEM, row, kind, True)
        for place, row in enumerate(rows[5:12]):
            self._grade(row, self.judges[place % 2 :])
        panels.declare_conflict(self.judges[-1], rows[-1], "曾共同署名（合成数据）")

    def open(self, past: Cycle) -> None:
        """An open call: a form whose next version is being written, and two drafts."""
        start = self.next_monday + 21 * WEEK
        cycle = self._call(_named(start), start, 12, days_open=60)
        proposer = User.objects.filter(username="demo-scientist").first() or self.people[0]
        done = past.proposals.filter(stage=ProposalStage.COMPLETED).first()
        for row in (
            self._draft(cycle, proposer, 0, continues=None),
            self._draft(cycle, self.people[1], 3, continues=done),
        ):
            proposals.save_answers(SYSTEM, row, {"sample": "solid"})
        cycles.save_form(SYSTEM, cycle, [*self.facts["form"], self.facts["more"]])

    # ---- their parts

    def _call(self, names: tuple[str, str], start: date, weeks: int, days_open: int = 1) -> Cycle:
        """A call that is open, with offers, panels and a published form."""
        today = clock.today()
        cycle = Cycle(
            name_zh=names[0],
            name_en=names[1],
            organiser=self.offered[0].owner,
            conditions=self.facts["conditions"],
            opens=_midnight(today - timedelta(days=10)),
            closes=_midnight(today + timedelta(days=days_open)),
            start=start,
            end=start + weeks * WEEK - timedelta(days=1),
            synthetic=True,
        )
        cycles.save_cycle(SYSTEM, cycle)
        for number, resource in enumerate(self.offered):
            offer = CycleFacility(
                cycle=cycle,
                resource=resource,
                hours=1400 - 200 * number,
                machine_weekdays=[0],
                reserve_percent=12,
                changeover={"cryo>furnace": 1, "furnace>cryo": 1},
            )
            cycles.save_offer(SYSTEM, offer)
        for (zh, en), disciplines in PANELS:
            panel = Panel(cycle=cycle, name_zh=zh, name_en=en, disciplines=disciplines, chair=self.judges[0])
            panels.save_panel(SYSTEM, panel)
            for judge in self.judges:
                panels.seat_member(SYSTEM, panel, judge)
        cycles.save_form(SYSTEM, cycle, self.facts["form"])
        cycles.publish_form(SYSTEM, cycle)
        return cycles.move_cycle(SYSTEM, cycle, "open")

    def _draft(self, cycle: Cycle, author: User, number: int, **more: Any) -> Proposal:
        subjects = self.facts["subjects"]
        subject, turn = subjects[number % len(subjects)], number // len(subjects) + 1
        return proposals.start_proposal(
            SYSTEM,
            cycle,
            Membership.objects.filter(user=author).select_related("organisation").first().organisation,
            author=author,
            title_zh=f"{subject['zh']}（{turn}）",
            title_en=f"{subject['en']} ({turn})",
            abstract="由程序生成的示例课题，用于演示。",
            discipline=subject["discipline"],
            partner=self.facts["partner"] if number % 5 == 0 else "",
            synthetic=True,
            **more,
        )

    def _propose(self, cycle: Cycle, count: int) -> list[Proposal]:
        """Submitted proposals with answers and a block of time each."""
        offers, rows = list(cycle.facilities.all()), []
        for number in range(count):
            row = self._draft(cycle, self.people[number % len(self.people)], number)
            proposals.save_answers(SYSTEM, row, self._answers(number, row.discipline))
            first = cycle.start + self.random.choice([0, 0, 1]) * WEEK
            proposals.ask_time(
                SYSTEM,
                row,
                self.random.sample(offers, min(len(offers), self.random.randint(1, 2))),
                hours=8 * self.random.choice([3, 4, 6, 6, 9, 12]),
                setup=self.random.choice(["", "", "cryo", "furnace"]),
                earliest=first,
                latest=min(cycle.end, first + timedelta(days=self.random.choice([20, 27, 34]))),
            )
            rows.append(proposals.submit_proposal(SYSTEM, row))
        return rows

    def _answers(self, number: int, discipline: str) -> dict[str, Any]:
        samples = [
            {"name": f"S{i + 1}", "count": str(self.random.randint(1, 9))}
            for i in range(self.random.randint(1, 4))
        ]
        life = discipline == "life"
        return {
            "aim": "阐明机理，并给出可重复的测量。（合成数据）",
            "sample": "bio" if life else "solid",
            "temperature": str(self.random.choice([10, 77, 300])),
            "samples": samples,
            **({"ethics": f"示例-{number:03d}"} if life else {}),
        }

    def _review(self, cycle: Cycle, rows: list[Proposal]) -> None:
        cycles.move_cycle(SYSTEM, cycle, "close")
        for row in rows:
            for kind in CHECKS:
                proposals.check_proposal(SYSTEM, row, kind, True)
            self._grade(row, self.judges)
            recommend = (row.score or 0) >= 6000
            verb, reason = ("recommend", "") if recommend else ("decline", DECLINED)
            panels.decide_proposal(SYSTEM, row, verb, reason=reason)

    def _grade(self, row: Proposal, judges: Sequence[User]) -> None:
        level = self.random.randint(55, 92)
        for judge in judges:
            try:
                panels.give_grade(judge, row, max(0, min(100, level + self.random.randint(-6, 6))))
            except Refusal:
                continue  # a conflict of interest: this judge leaves the grade to the others

    def _plan(self, cycle: Cycle, seconds: int) -> None:
        """The loader waits for its small plan instead of leaving it to the worker."""
        plan = plans.make_time_plan(SYSTEM, cycle, seconds=seconds, synthetic=True)
        plan_runs.run_plan.call(plan.pk)
        plan.refresh_from_db()
        if plan.stage == TimePlan.Stage.DONE:
            publishing.publish_time_plan(SYSTEM, plan)
            cycle.refresh_from_db()

    def _shutdown(self, day: date) -> None:
        for resource in self.offered[:2]:
            closure = Closure(
                resource=resource,
                kind=Closure.Kind.SHUTDOWN,
                start=_midnight(day),
                end=_midnight(day + timedelta(days=5)),
                reason="年度检修（合成数据）",
                synthetic=True,
            )
            cycles.save_closure(SYSTEM, closure)

    def _rapid(self, cycle: Cycle) -> None:
        """Whoever waits first on the reserve list gets the first free day."""
        waiting = cycle.proposals.filter(stage=ProposalStage.RESERVE).order_by("-score").first()
        offer = cycle.facilities.last()
        for day in range((cycle.end - cycle.start).days if waiting else 0):
            try:
                start = _midnight(cycle.start + timedelta(days=day)) + timedelta(hours=8)
                extra_time.grant_rapid(SYSTEM, waiting, offer, start, 8, "样品寿命短（合成数据）")
                return
            except Refusal:
                continue


def _named(start: date) -> tuple[str, str]:
    """The name of a call by the quarter in which its time begins."""
    quarter = (start.month + 2) // 3
    return (
        f"{start.year}年第{'一二三四'[quarter - 1]}季度开放课题征集",
        f"Open call, quarter {quarter} of {start.year}",
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
