"""Generated institutions of a reference centre, marked synthetic."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.facilities.actions.institutions import (
    evaluate,
    reach_plan_milestone,
    report_contract_indicator,
    save_contract,
    save_contract_indicator,
    save_direction,
    save_institution,
    save_plan,
    save_plan_milestone,
    save_unit,
)
from kechuang.facilities.models import (
    Contract,
    ContractIndicator,
    Direction,
    Evaluation,
    FiveYearPlan,
    Institution,
    PlanMilestone,
    Unit,
)

KINDS = [
    "national",
    "state_key",
    "state_key",
    "state_key",
    "city_key",
    "city_key",
    "new_rd",
    "new_rd",
    "new_rd",
]
FIELDS = [
    ("量子信息", "Quantum information"),
    ("脑科学与类脑研究", "Brain science"),
    ("人工智能", "Artificial intelligence"),
    ("生命健康", "Life and health"),
    ("新材料", "New materials"),
    ("区块链与隐私计算", "Blockchain and private computing"),
    ("新能源", "New energy"),
    ("网络安全", "Network security"),
    ("干细胞与再生医学", "Stem cells and regenerative medicine"),
]
UNITS = [("科研部", "Research"), ("技术支撑中心", "Technical support"), ("成果转化办公室", "Transfer office")]
ASKED = [
    ("高水平论文", "Papers in leading journals", "篇", 60),
    ("发明专利授权", "Invention patents granted", "件", 40),
    ("引进首席科学家", "Principal investigators recruited", "人", 8),
]
PLANS = [(2021, 2025), (2026, 2030)]


def load_institutions(owners: list[Organisation], funder: Organisation, random_: random.Random) -> None:
    """One institution for each of a few synthetic owners, with plan, units, contract and evaluation."""
    synthetic = [owner for owner in owners if owner.synthetic and not hasattr(owner, "institution")]
    for place, (kind, field) in enumerate(zip(KINDS, FIELDS, strict=True)):
        _institution(synthetic[place], kind, field, funder, random_)


def _institution(
    owner: Organisation, kind: str, field: tuple[str, str], funder: Organisation, random_: random.Random
) -> None:
    founded = date(2015, 1, 1) + timedelta(days=random_.randrange(2000))
    row = save_institution(
        SYSTEM,
        Institution(
            organisation=owner,
            kind=kind,
            field_zh=field[0],
            field_en=field[1],
            place=random_.choice(["怀柔科学城", "中关村科学城", "未来科学城"]),
            founded=founded,
            synthetic=True,
        ),
    )
    top = save_unit(SYSTEM, Unit(institution=row, name_zh="理事会", name_en="Council", staff=15))
    for order, (zh, en) in enumerate(UNITS, 1):
        unit = Unit(
            institution=row, parent=top, name_zh=zh, name_en=en, order=order, staff=random_.randrange(8, 120)
        )
        save_unit(SYSTEM, unit)
    for first, last in PLANS:
        _plan(row, field, first, last, random_)
    _contract(row, funder, random_)


def _plan(row: Institution, field: tuple[str, str], first: int, last: int, random_: random.Random) -> None:
    plan = save_plan(
        SYSTEM,
        FiveYearPlan(
            institution=row,
            start_year=first,
            end_year=last,
            mission_zh=f"面向世界科技前沿，在{field[0]}领域取得原创成果并服务国际科技创新中心建设。",
            mission_en=f"Original results in {field[1].lower()} at the frontier, in the service of the centre.",
            adopted_on=date(first, 3, 1),
        ),
    )
    for order, (zh, en) in enumerate([("基础理论", "Foundations"), ("关键技术", "Key technology")], 1):
        direction = Direction(
            plan=plan, name_zh=f"{field[0]}{zh}", name_en=f"{en} of {field[1].lower()}", order=order
        )
        save_direction(SYSTEM, direction)
        for year in range(first + order, last + 1, 2):
            due = date(year, 12, 31)
            name = (f"{year}年阶段成果", f"Results of {year}")
            milestone = PlanMilestone(
                plan=plan, direction=direction, name_zh=name[0], name_en=name[1], due=due
            )
            save_plan_milestone(SYSTEM, milestone)
            day = due + timedelta(days=random_.randrange(-60, 90))
            if day < clock.today() and random_.random() < 0.8:
                reach_plan_milestone(SYSTEM, milestone, day)


def _contract(row: Institution, funder: Organisation, random_: random.Random) -> None:
    start, end = date(2022, 1, 1), date(2026, 12, 31)
    contract = save_contract(
        SYSTEM,
        Contract(
            institution=row,
            funder=funder,
            title_zh="五年绩效合同",
            start=start,
            end=end,
            signed_on=date(2022, 1, 10),
            amount_fen=random_.randrange(50, 400) * 100_000_000,
        ),
    )
    for zh, en, unit, target in ASKED:
        wanted = target * random_.randrange(60, 150) // 100
        indicator = ContractIndicator(
            contract=contract,
            name_zh=zh,
            name_en=en,
            unit=unit,
            target=max(wanted, 1),
            weight=random_.choice([1, 2, 3]),
        )
        save_contract_indicator(SYSTEM, indicator)
        report_contract_indicator(
            SYSTEM, indicator, wanted * random_.randrange(40, 115) // 100, date(2024, 12, 31)
        )
    evaluation = Evaluation(
        institution=row,
        contract=contract,
        start=date(2022, 1, 1),
        end=date(2024, 12, 31),
        held_on=date(2025, 4, 15),
        grade=random_.choice(["excellent", "good", "good", "pass"]),
        conclusion="总体进展符合合同要求，建议加强开放共享。（生成）",
    )
    evaluate(SYSTEM, evaluation)
