"""The generated past of a reference centre's use: sessions, charges, vouchers, statements, samples, outputs."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation, User
from kechuang.facilities.actions.money import grant_voucher, issue_month
from kechuang.facilities.actions.reference_people import scientists
from kechuang.facilities.actions.samples import move_request, request_samples, save_holding
from kechuang.facilities.actions.sessions import (
    REPORT_DAYS,
    add_output,
    ask_correction,
    decide_correction,
    hand_in_report,
    start_session,
)
from kechuang.facilities.engine.charges import Access, charge
from kechuang.facilities.models import ChargeLine, Holding, Resource, UseSession, Voucher
from kechuang.facilities.queries.use import accesses_for

DISEASES = [
    ("C34", "肺癌", "Lung cancer"),
    ("E11", "2型糖尿病", "Type 2 diabetes"),
    ("I63", "脑梗死", "Ischaemic stroke"),
    ("G30", "阿尔茨海默病", "Alzheimer's disease"),
    ("C18", "结肠癌", "Colon cancer"),
    ("", "健康人群", "Healthy donors"),
]
MATERIALS = ["血浆", "血清", "组织", "DNA"]
CONSENTS = ["disease", "research", "research", "commercial"]


def load_use(made: dict[str, int], random_: random.Random) -> dict[str, int]:
    """Everything of a year up to today; returns what was made."""
    users = list(Organisation.objects.filter(resources__isnull=False).distinct().order_by("pk")[:40])
    enterprises = list(Organisation.objects.filter(kind="enterprise", synthetic=True).order_by("pk"))
    sessions = _sessions(made["sessions"], users, enterprises, random_)
    for number, row in enumerate(enterprises, 1):
        _voucher(number, row, random_)
    statements = _statements()
    _outputs(sessions, random_)
    _own(sessions)
    _corrections(sessions)
    return {"sessions": len(sessions), "statements": statements, "requests": _samples(users, random_)}


def _sessions(
    count: int, users: list[Organisation], enterprises: list[Organisation], random_: random.Random
) -> list[UseSession]:
    """Ended sessions, one a resource and day, so that none overlap; with what they cost."""
    resources = list(
        Resource.objects.filter(opened=True, kind__in=["instrument", "beamline", "facility", "pilot_line"])
        .exclude(hours="")
        .select_related("owner__parent")
        .order_by("pk")[:160]
    )
    today, rows, taken = clock.today(), [], set()
    while len(rows) < count:
        resource, ago = random_.choice(resources), random_.randrange(1, 365)
        if (resource.pk, ago) in taken:
            continue
        taken.add((resource.pk, ago))
        organisation = random_.choice([resource.owner, random_.choice(users), random_.choice(enterprises)])
        access = random_.choices(accesses_for(resource, organisation), [12, 1])[0]
        begin = datetime.combine(today - timedelta(days=ago), time(9)) + timedelta(
            minutes=random_.randrange(180)
        )
        start = timezone.make_aware(begin)
        lost = random_.randrange(10, 60) if random_.random() < 0.06 else 0
        rows.append(
            UseSession(
                resource=resource,
                organisation=organisation,
                access=access,
                start=start,
                end=start + timedelta(minutes=random_.randrange(120, 700)),
                lost=lost,
                lost_reason="设备故障" if lost else "",
                subject="测试与表征",
                synthetic=True,
            )
        )
    UseSession.objects.bulk_create(rows, batch_size=500)
    ChargeLine.objects.bulk_create([_line(row) for row in rows], batch_size=500)
    return rows


def _own(sessions: list[UseSession]) -> None:
    """Uses by people: a report handed in, one due soon, one overdue, and a use that runs now."""
    person = User.objects.filter(username="demo-scientist").first()
    if person is None:
        return
    home = person.memberships.first().organisation
    latest = sorted((row for row in sessions if row.access == Access.ACADEMIC), key=lambda r: r.start)[-3:]
    today = clock.today()
    for row, due in zip(latest, (20, 60, 85), strict=True):
        row.user, row.report_due = person, today + timedelta(days=due)
    UseSession.objects.bulk_update(latest, ["user", "report_due"])
    hand_in_report(person, latest[0], "完成全部样品测量，数据质量良好；三个样品需要复测。（合成数据）")
    late = next(row for row in sessions if (today - timezone.localdate(row.end)).days > 120)
    late.user, late.report_due = scientists()[0], timezone.localdate(late.end) + timedelta(days=REPORT_DAYS)
    late.save()
    free = Resource.objects.filter(kind="instrument", opened=True).exclude(owner=home).order_by("pk").first()
    with clock.at(clock.now() - timedelta(minutes=95)):
        start_session(person, free, home, Access.ACADEMIC, subject="样品测试", synthetic=True)


def _corrections(sessions: list[UseSession]) -> None:
    """One that waits for a decision, and one that was approved."""
    waits, done = [row for row in sessions if not row.lost][:2]
    for row in (waits, done):
        end = row.end - timedelta(minutes=30)
        asked = ask_correction(SYSTEM, row, start=row.start, end=end, reason="提前半小时结束，忘记停止计时")
        if row is done:
            decide_correction(SYSTEM, asked, approve=True, answer="与门禁记录一致")


def _line(row: UseSession) -> ChargeLine:
    rate = row.resource.rate(row.access)
    return ChargeLine(
        session=row,
        organisation=row.organisation,
        month=timezone.localdate(row.start).replace(day=1),
        access=row.access,
        minutes=row.minutes - row.lost,
        rate_fen=rate,
        amount_fen=charge(row.minutes, row.lost, rate),
        at=row.end,
    )


def _voucher(number: int, row: Organisation, random_: random.Random) -> None:
    year = clock.today().year
    voucher = Voucher(
        code=f"CXQ-{year}-{number:04d}",
        organisation=row,
        granted_fen=random_.choice([2, 5, 10, 20]) * 10_000_00,
        valid_from=date(year - 1, 1, 1),
        valid_to=date(year, 12, 31),
        synthetic=True,
    )
    grant_voucher(SYSTEM, voucher)


def _statements() -> int:
    """The statements of the months before the last one; the last waits for a person."""
    last = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    months = ChargeLine.objects.filter(month__lt=last, organisation__kind="enterprise").order_by("month")
    keys = set(Organisation.objects.filter(kind="enterprise").values_list("pk", flat=True))
    found = list(months.values_list("month", flat=True).distinct())
    return sum(len(issue_month(SYSTEM, month, keys, synthetic=True)) for month in found)


def _outputs(sessions: list[UseSession], random_: random.Random) -> None:
    for number in range(1, 41):
        used = random_.sample(sessions, 2)
        day = min(max(timezone.localdate(row.end) for row in used) + timedelta(days=20), clock.today())
        kind = random_.choice(["paper", "paper", "patent"])
        add_output(
            SYSTEM,
            used,
            kind=kind,
            number=f"10.99999/sample.{number:04d}" if kind == "paper" else f"ZL2025-SAMPLE-{number:04d}",
            title_zh=f"示例成果 {number:02d}",
            title_en=f"Sample output {number:02d}",
            published_on=day,
            synthetic=True,
        )


def _samples(users: list[Organisation], random_: random.Random) -> int:
    made = 0
    for resource in Resource.objects.filter(kind__in=["sample_bank", "data_set"]).order_by("pk")[:24]:
        for code, zh, en in random_.sample(DISEASES, 3):
            material = random_.choice(MATERIALS) if resource.kind == "sample_bank" else "数据"
            holding = Holding(
                resource=resource,
                disease_code=code,
                disease_zh=zh,
                disease_en=en,
                material=material,
                consent=random_.choice(CONSENTS),
                total=random_.randrange(200, 9000),
                synthetic=True,
            )
            save_holding(SYSTEM, holding)
            made += _request(holding, random_.choice(users), random_)
    return made


def _request(holding: Holding, organisation: Organisation, random_: random.Random) -> int:
    steps = ["review", "agree", "deliver", "return"][: random_.randrange(0, 5)]
    with clock.at(clock.today() - timedelta(days=random_.randrange(40, 300))):
        row = request_samples(
            SYSTEM,
            holding,
            organisation,
            purpose="disease",
            study="示例研究：生物标志物的验证。",
            wanted=random_.randrange(10, 120),
            synthetic=True,
        )
        for step in steps:
            given = {"ethics_number": f"EC-{row.pk:04d}", "agreement_number": f"MTA-{row.pk:04d}"}
            row = move_request(SYSTEM, row, step, **given)
    return 1
