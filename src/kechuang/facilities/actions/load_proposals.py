"""The reference centre's synthetic call: form, panels, forty proposals with grades, a computed plan, bookings.

Everything here is generated and marked synthetic; it is made by the same acts that people use.
"""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Membership, Organisation, Person, Role, User
from kechuang.facilities.actions import booking, cycles, panels, plans, proposals, trainings
from kechuang.facilities.engine.cycle import CHECKS
from kechuang.facilities.models import (
    Booking,
    BookingPolicy,
    Closure,
    Cycle,
    CycleFacility,
    CycleRule,
    Panel,
    Problem,
    Proposal,
    Qualification,
    Resource,
    TimePlan,
)

NAMES = ("2027年上半年开放课题征集", "Open call, first half of 2027")
OPEN_NAMES = ("2027年下半年开放课题征集", "Open call, second half of 2027")
CONDITIONS = "面向全国高校、科研院所和企业。每个课题可申请一段或多段机时，用后三个月内提交实验报告。"
SUBJECTS = [
    (
        "materials",
        "高温超导薄膜的界面电子态",
        "Electronic states at interfaces of high-temperature superconducting films",
    ),
    ("chemistry", "单原子催化剂的原位谱学", "In-situ spectroscopy of single-atom catalysts"),
    ("life", "膜蛋白复合体的时间分辨结构", "Time-resolved structure of membrane protein complexes"),
    ("earth", "深部地幔矿物的高压相变", "High-pressure phase transitions of deep-mantle minerals"),
    ("physics", "量子磁体中的自旋激发", "Spin excitations in quantum magnets"),
    (
        "engineering",
        "航空合金疲劳裂纹的三维成像",
        "Three-dimensional imaging of fatigue cracks in aircraft alloys",
    ),
    ("materials", "固态电池电解质的离子通道", "Ion channels in electrolytes of solid-state batteries"),
    ("life", "植物根际微环境的元素分布", "Distribution of elements around plant roots"),
]
FORM: list[dict[str, Any]] = [
    {
        "key": "aim",
        "kind": "text",
        "label_zh": "科学目标",
        "label_en": "Scientific aim",
        "required": True,
        "longest": 3000,
    },
    {
        "key": "sample",
        "kind": "choice",
        "label_zh": "样品类型",
        "label_en": "Kind of sample",
        "required": True,
        "options": [
            {"value": "solid", "label_zh": "固体", "label_en": "Solid"},
            {"value": "liquid", "label_zh": "液体", "label_en": "Liquid"},
            {"value": "bio", "label_zh": "生物样品", "label_en": "Biological"},
        ],
    },
    {
        "key": "ethics",
        "kind": "text",
        "label_zh": "伦理审查号",
        "label_en": "Number of the ethics review",
        "required": True,
        "longest": 60,
        "when": {"field": "sample", "is": ["bio"]},
    },
    {
        "key": "temperature",
        "kind": "number",
        "label_zh": "最低温度",
        "label_en": "Lowest temperature",
        "least": "0",
        "most": "1500",
        "unit": "K",
    },
    {"key": "ready", "kind": "date", "label_zh": "样品就绪日期", "label_en": "Samples ready on"},
    {
        "key": "samples",
        "kind": "table",
        "label_zh": "样品清单",
        "label_en": "List of samples",
        "rows": 40,
        "columns": [
            {"key": "name", "kind": "text", "label_zh": "名称", "label_en": "Name", "required": True},
            {"key": "count", "kind": "number", "label_zh": "数量", "label_en": "Number"},
        ],
    },
    {
        "key": "plan",
        "kind": "file",
        "label_zh": "实验方案",
        "label_en": "Experimental plan",
        "endings": [".pdf", ".docx"],
    },
]
POLICIES = [
    {
        "horizon_days": 30,
        "shortest": 30,
        "longest": 480,
        "step": 30,
        "hours": [[d, "08:00", "22:00"] for d in range(7)],
    },
    {
        "horizon_days": 21,
        "shortest": 60,
        "longest": 1440,
        "step": 60,
        "prime": [[d, "09:00", "18:00"] for d in range(5)],
        "prime_week_minutes": 960,
        "no_show_limit": 3,
    },
    {
        "horizon_days": 14,
        "shortest": 30,
        "longest": 240,
        "step": 30,
        "recent_minutes": 1200,
        "recent_horizon_days": 3,
    },
]
PURPOSES = ["形貌观察", "成分分析", "结构测定", "常规测试", "培训上机"]


def load_proposals(folder: Path) -> None:
    """Load the synthetic call, its plan and the bookings; what is there already is left alone."""
    offered = list(
        Resource.objects.filter(
            kind__in=[Resource.Kind.BEAMLINE, Resource.Kind.FACILITY], retired_on=None
        ).order_by("kind", "id")[:4]
    )
    if not offered:
        return
    rng = random.Random("synthetic call")
    if not Cycle.objects.filter(name_zh=NAMES[0]).exists():
        _decided_call(rng, offered)
    if not Cycle.objects.filter(name_zh=OPEN_NAMES[0]).exists():
        _open_call(offered)
    if not Booking.objects.filter(synthetic=True).exists():
        _direct_access(rng)


def _people() -> list[User]:
    """Synthetic scientists of several organisations; they cannot sign in."""
    homes = list(
        Organisation.objects.filter(
            kind__in=[Organisation.Kind.INSTITUTE, Organisation.Kind.UNIVERSITY, Organisation.Kind.ENTERPRISE]
        ).order_by("id")[:8]
    ) or list(Organisation.objects.order_by("id")[:4])
    people = []
    for number in range(16):
        name = f"synthetic-scientist-{number + 1:02d}"
        user = User.objects.filter(username=name).first()
        if user is None:
            person = Person.objects.create(
                name_zh=f"示例用户{number + 1:02d}", name_en=f"Sample user {number + 1:02d}", synthetic=True
            )
            user = User(username=name, person=person, clearance=0, mail_notices=False)
            user.set_unusable_password()
            user.save()
        Membership.objects.get_or_create(
            user=user, organisation=homes[number % len(homes)], role=Role.SCIENTIST
        )
        people.append(user)
    return people


def _cycle(
    names: tuple[str, str], opens: datetime, closes: datetime, start, end, offered: list[Resource]
) -> Cycle:
    cycle = cycles.save_cycle(
        SYSTEM,
        Cycle(
            name_zh=names[0],
            name_en=names[1],
            organiser=offered[0].owner,
            conditions=CONDITIONS,
            opens=opens,
            closes=closes,
            start=start,
            end=end,
            synthetic=True,
        ),
    )
    for number, resource in enumerate(offered):
        offer = CycleFacility(
            cycle=cycle,
            resource=resource,
            hours=1400 - 200 * number,
            machine_weekdays=[0],
            reserve_percent=10,
            changeover={"cryo>furnace": 1, "furnace>cryo": 1},
        )
        cycles.save_offer(SYSTEM, offer)
    cycles.save_form(SYSTEM, cycle, FORM)
    cycles.publish_form(SYSTEM, cycle)
    return cycle


def _midnight(day) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def _open_call(offered: list[Resource]) -> None:
    today = clock.today()
    start = today + timedelta(days=150)
    cycle = _cycle(
        OPEN_NAMES,
        _midnight(today - timedelta(days=10)),
        _midnight(today + timedelta(days=50)),
        start,
        start + timedelta(days=83),
        offered,
    )
    cycles.move_cycle(SYSTEM, cycle, "open")


def _decided_call(rng: random.Random, offered: list[Resource]) -> None:
    today = clock.today()
    start = today + timedelta(days=7 - today.weekday() + 7)
    end = start + timedelta(days=34)
    cycle = _cycle(
        NAMES,
        _midnight(today - timedelta(days=80)),
        _midnight(today + timedelta(days=1)),
        start,
        end,
        offered,
    )
    shut = _midnight(start + timedelta(days=15))
    for resource in offered[:2]:
        closure = Closure(
            resource=resource,
            kind=Closure.Kind.SHUTDOWN,
            start=shut,
            end=shut + timedelta(days=5),
            reason="年度检修（合成数据）",
            synthetic=True,
        )
        cycles.save_closure(SYSTEM, closure)
    cycles.save_rule(SYSTEM, CycleRule(cycle=cycle, kind="floor", name="life", least=100))
    cycles.save_rule(SYSTEM, CycleRule(cycle=cycle, kind="quota", name="怀柔合作伙伴", least=50, most=250))
    seats = _panels(cycle)
    cycles.move_cycle(SYSTEM, cycle, "open")
    rows = _proposals(rng, cycle)
    cycles.move_cycle(SYSTEM, cycle, "close")
    _judge(rng, rows, seats)
    plan = plans.make_time_plan(SYSTEM, cycle, seconds=3, synthetic=True)
    _compute_now(plan)


def _compute_now(plan: TimePlan) -> None:
    """The loader waits for its small plan instead of leaving it to the worker."""
    plans.run_plan.call(plan.pk)
    plan.refresh_from_db()
    if plan.stage == TimePlan.Stage.DONE:
        plans.publish_time_plan(SYSTEM, plan)


def _panels(cycle: Cycle) -> list[User]:
    """Two panels; reviewers who hold the role already sit on them."""
    judges = list(User.objects.filter(memberships__role=Role.REVIEWER).distinct().order_by("id")[:3])
    if not judges:
        judges = _people()[:3]
        for judge in judges:
            Membership.objects.get_or_create(
                user=judge, organisation=judge.memberships.first().organisation, role=Role.REVIEWER
            )
    for names, disciplines in (
        (
            ("物质科学专家组", "Panel of physical sciences"),
            ["physics", "chemistry", "materials", "engineering"],
        ),
        (("生命与地球科学专家组", "Panel of life and earth sciences"), ["life", "earth"]),
    ):
        panel = panels.save_panel(
            SYSTEM,
            Panel(cycle=cycle, name_zh=names[0], name_en=names[1], disciplines=disciplines, chair=judges[0]),
        )
        for judge in judges:
            panels.seat_member(SYSTEM, panel, judge)
    return judges


def _proposals(rng: random.Random, cycle: Cycle) -> list[Proposal]:
    people, offers, rows = _people(), list(cycle.facilities.all()), []
    for number in range(40):
        discipline, title_zh, title_en = SUBJECTS[number % len(SUBJECTS)]
        author = people[number % len(people)]
        row = proposals.start_proposal(
            SYSTEM,
            cycle,
            author.memberships.first().organisation,
            author=author,
            title_zh=f"{title_zh}（{number // len(SUBJECTS) + 1}）",
            title_en=f"{title_en} ({number // len(SUBJECTS) + 1})",
            abstract="由程序生成的示例课题，用于演示。",
            discipline=discipline,
            partner="怀柔合作伙伴" if number % 5 == 0 else "",
            synthetic=True,
        )
        sample = "bio" if discipline == "life" else "solid"
        answers = {
            "aim": f"研究{title_zh}。",
            "sample": sample,
            "temperature": str(rng.choice([10, 77, 300])),
            "samples": [
                {"name": f"S{i + 1}", "count": str(rng.randint(1, 9))} for i in range(rng.randint(1, 4))
            ],
        }
        if sample == "bio":
            answers["ethics"] = f"示例-{number:03d}"
        proposals.save_answers(SYSTEM, row, answers)
        first = cycle.start + timedelta(days=rng.choice([0, 0, 7]))
        proposals.ask_time(
            SYSTEM,
            row,
            rng.sample(offers, min(len(offers), rng.randint(1, 2))),
            hours=8 * rng.choice([6, 6, 9, 12, 15]),
            setup=rng.choice(["", "", "cryo", "furnace"]),
            earliest=first,
            latest=min(cycle.end, first + timedelta(days=rng.choice([20, 27, 34]))),
        )
        proposals.submit_proposal(SYSTEM, row)
        rows.append(row)
    return rows


def _judge(rng: random.Random, rows: list[Proposal], judges: list[User]) -> None:
    for row in rows:
        for kind in CHECKS:
            proposals.check_proposal(SYSTEM, row, kind, True)
        level = rng.randint(55, 92)
        for judge in judges:
            try:
                panels.give_grade(judge, row, max(0, min(100, level + rng.randint(-6, 6))))
            except Refusal:
                continue  # a conflict of interest: this judge leaves the grade to the others
        row.refresh_from_db()
        if row.score is None:
            continue
        decision = "recommend" if row.score >= 6000 else "decline"
        reason = "" if decision == "recommend" else "本轮竞争激烈，评分未达推荐线。"
        panels.decide_proposal(SYSTEM, row, decision, reason=reason)


# ---- direct access


def _direct_access(rng: random.Random) -> None:
    instruments = list(
        Resource.objects.filter(kind=Resource.Kind.INSTRUMENT, opened=True, retired_on=None).order_by("id")[
            :6
        ]
    )
    if not instruments:
        return
    people = _people()
    needed, _new = Qualification.objects.get_or_create(
        name_zh="电子显微镜上机资格",
        defaults={"name_en": "Licence to run electron microscopes", "synthetic": True},
    )
    for person in [*people[:10], *User.objects.filter(username="demo-scientist")]:
        trained = clock.today() - timedelta(days=rng.randint(20, 300))
        if not needed.trainings.filter(user=person).exists():
            trainings.record_training(SYSTEM, needed, person, trained, synthetic=True)
    for number, instrument in enumerate(instruments):
        rules = POLICIES[number % len(POLICIES)]
        policy = BookingPolicy.objects.filter(resource=instrument).first() or BookingPolicy(
            resource=instrument
        )
        policy.rules, policy.changeover_minutes = rules, 15 if number % 2 else 0
        policy.qualification = needed if number == 0 else None
        booking.set_policy(SYSTEM, policy)
        _bookings(rng, instrument, people)
    if not Problem.objects.filter(synthetic=True).exists():
        booking.report_problem(
            SYSTEM, instruments[-1], "样品台移动偶有异响，可继续使用（合成数据）", synthetic=True
        )


def _bookings(rng: random.Random, instrument: Resource, people: list[User]) -> None:
    """Some weeks of bookings; those the rules refuse are left out, as they would be in life."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    for day in range(12):
        for hour in rng.sample([8, 10, 13, 15, 18], rng.randint(1, 3)):
            start = _midnight(monday + timedelta(days=day)) + timedelta(hours=hour)
            try:
                booking.book(
                    SYSTEM,
                    instrument,
                    start,
                    start + timedelta(hours=rng.choice([1, 2, 2])),
                    user=rng.choice(people),
                    purpose=rng.choice(PURPOSES),
                    synthetic=True,
                )
            except Refusal:
                continue
