"""Facilities of a reference centre: the register of the folder, and a generated past marked synthetic.

Figures follow from a fixed seed and from nothing else; none is fitted to a published total.
"""

from __future__ import annotations

import csv
import io
import random
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kechuang.core import actions as core
from kechuang.core import clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.events import gathered, record
from kechuang.core.models import Event, Organisation
from kechuang.facilities.actions.catalogue import add_member, save_agreement
from kechuang.facilities.actions.import_resources import import_resources, read_resources
from kechuang.facilities.actions.lifecycle import add_acceptance, enter_stage, plan_stage, save_facility
from kechuang.facilities.actions.reference_booking import load_bookings
from kechuang.facilities.actions.reference_calls import load_calls
from kechuang.facilities.actions.reference_institutions import load_institutions
from kechuang.facilities.actions.reference_photos import load_photos
from kechuang.facilities.actions.reference_use import load_use
from kechuang.facilities.engine.lifecycle import ROAD, Stage
from kechuang.facilities.engine.resource_table import HEADINGS
from kechuang.facilities.models import (
    AcceptanceDocument,
    Agreement,
    AgreementMember,
    Capability,
    Facility,
    Resource,
)

VERB = "facilities.load_reference"
NEUTRAL = [
    "未来信息",
    "绿色化工",
    "智能制造",
    "量子测量",
    "合成生物",
    "极端制造",
    "深空探测",
    "城市气候",
    "新型储能",
    "先进封装",
    "海洋遥感",
    "脑机接口",
]


@gathered()
def load_reference(folder: Path) -> bool:
    """Load `facilities.toml` of a centre's folder; False when it is absent or loaded already."""
    path = folder / "facilities.toml"
    if not path.is_file():
        return False
    data = path.read_bytes()
    facts = tomllib.loads(data.decode())
    file = files.keep(SYSTEM, path.name, data)
    if Event.objects.filter(kind="core.storedfile", object_id=str(file.pk), verb=VERB).exists():
        return False
    random_ = random.Random(facts["generate"]["seed"])
    cluster = Organisation.objects.get(name_zh=facts["cluster"])
    owners = _organisations(facts, random_)
    rows = _all_facilities(facts, random_)
    facilities = [_facility(row, cluster, facts["generate"]["place"], random_) for row in rows]
    _catalogue(facts["generate"], owners, facilities, random_)
    load_photos(facts["generate"]["photos"], folder / "pictures")
    load_institutions(owners, cluster, random_)
    load_calls(facts["calls"])
    use = load_use(facts["generate"], random_)
    load_bookings(facts["booking"])
    counts = {"facilities": len(facilities), "resources": Resource.objects.count(), **use}
    record(SYSTEM, VERB, file, after=counts)
    return True


def _organisations(facts: dict[str, Any], random_: random.Random) -> list[Organisation]:
    """Those of the file, and synthetic institutes and enterprises."""
    made = facts["generate"]
    academy = Organisation.objects.filter(name_zh=made["academy"]).first()
    found = []
    for row in facts["organisations"]:
        parent = academy if row.get("parent", "academy") else None
        found.append(_organisation(row["name_zh"], row["name_en"], row.get("kind", "institute"), parent))
    for number in range(1, made["organisations"] + 1):
        kind, zh, en = random_.choice(
            [
                ("institute", "研究院", "Institute"),
                ("university", "大学", "University"),
                ("hospital", "医院", "Hospital"),
            ]
        )
        found.append(_organisation(f"示例{zh}{number:02d}", f"Sample {en} {number:02d}", kind, None, True))
    for number in range(1, made["enterprises"] + 1):
        _organisation(
            f"示例科技企业{number:02d}", f"Sample Technology {number:02d}", "enterprise", None, True
        )
    return found


def _organisation(
    zh: str, en: str, kind: str, parent: Organisation | None, synthetic: bool = False
) -> Organisation:
    found = Organisation.objects.filter(name_zh=zh).first()
    row = Organisation(name_zh=zh, name_en=en, kind=kind, parent=parent, synthetic=synthetic)
    return found or core.save_organisation(SYSTEM, row)


def _all_facilities(facts: dict[str, Any], random_: random.Random) -> list[dict[str, Any]]:
    """Those of the file and neutrally named ones."""
    rows = list(facts["facilities"])
    stages = [Stage.TRIAL, Stage.COMMISSIONING, Stage.INSTALLATION, Stage.CONSTRUCTION, Stage.APPROVAL]
    for number in range(facts["generate"]["more_facilities"]):
        name = NEUTRAL[number % len(NEUTRAL)]
        rows.append(
            {
                "code": f"platform-{number + 1:02d}",
                "name_zh": f"{name}交叉研究平台（示例）",
                "name_en": f"Sample cross-disciplinary platform {number + 1}",
                "kind": "platform",
                "owner": facts["cluster"],
                "source": "名称和日期均为生成",
                "stage": random_.choice(stages).value,
                "start": date(2020, 1, 1) + timedelta(days=random_.randrange(900)),
                "months": [8, 10, random_.randrange(18, 27), 12, 8, 10],
            }
        )
    return rows


def _facility(row: dict[str, Any], cluster: Organisation, place: str, random_: random.Random) -> Facility:
    owner = Organisation.objects.get(name_zh=row["owner"])
    facts = {
        name: row.get(name, "")
        for name in ("code", "name_zh", "name_en", "kind", "about_zh", "about_en", "source")
    }
    found = save_facility(
        SYSTEM, Facility(**facts, cluster=cluster, owner=owner, place=place, synthetic=True)
    )
    day, planned = row["start"], {}
    for stage, months in zip(ROAD, [0, *row["months"]], strict=True):
        day += timedelta(days=months * 30)
        planned[stage] = day
        plan_stage(SYSTEM, found, stage, day)
    _live(found, row, planned, random_)
    return found


def _live(found: Facility, row: dict[str, Any], planned: dict[Stage, date], random_: random.Random) -> None:
    """Enter the stages up to the one the facility stands in, late or early by a generated pace."""
    published = row.get("published", {})
    last = ROAD.index(Stage(row["stage"]))
    pace = random_.choice([92, 100, 104, 110, 118])
    for stage in ROAD[: last + 1]:
        length = (planned[stage] - planned[ROAD[0]]).days
        day = published.get(stage.value) or planned[ROAD[0]] + timedelta(days=length * pace // 100)
        day = min(max(day, found.since or day), clock.today() - timedelta(days=40))
        with clock.at(day):
            if stage == Stage.OPERATION:
                title = f"{found.name_zh}验收意见"
                paper = AcceptanceDocument(facility=found, title=title, accepted_on=day, synthetic=True)
                add_acceptance(SYSTEM, paper)
            known = stage.value in published
            words = row["source"] if known else "生成的日期"
            enter_stage(SYSTEM, found, stage, day, evidence=words, synthetic=not known)
        found.refresh_from_db()


KINDS = [
    ("engineering_line", "工程化平台", "Engineering platform", "process", 8),
    ("pilot_line", "中试平台", "Pilot line", "process", 12),
    ("computing", "算力平台", "Computing platform", "computing", 8),
    ("data_platform", "数据平台", "Data platform", "data", 10),
    ("joint_lab", "联合实验室", "Joint laboratory", "other", 22),
    ("training_base", "实训基地", "Training base", "training", 10),
    ("sample_bank", "样本库", "Sample bank", "cell", 6),
    ("data_set", "数据集", "Data set", "data", 8),
    ("beamline", "线站", "Beamline", "diffraction", 6),
    ("facility", "测试平台", "Test platform", "mechanics", 10),
]
INSTRUMENTS = {
    "microscopy": ("场发射扫描电子显微镜", "Field-emission scanning electron microscope"),
    "spectroscopy": ("傅里叶变换红外光谱仪", "Fourier-transform infrared spectrometer"),
    "diffraction": ("X射线衍射仪", "X-ray diffractometer"),
    "mass": ("高分辨质谱仪", "High-resolution mass spectrometer"),
    "chromatography": ("超高效液相色谱仪", "Ultra-high-performance liquid chromatograph"),
    "resonance": ("核磁共振波谱仪", "Nuclear magnetic resonance spectrometer"),
    "imaging": ("小动物正电子断层成像仪", "Small-animal PET scanner"),
    "sequencing": ("高通量基因测序仪", "High-throughput sequencer"),
    "cell": ("流式细胞分选仪", "Cell sorter"),
    "thermal": ("同步热分析仪", "Simultaneous thermal analyser"),
    "mechanics": ("电液伺服疲劳试验机", "Servo-hydraulic fatigue tester"),
    "extreme": ("综合物性测量系统", "Physical property measurement system"),
    "laser": ("飞秒激光放大器", "Femtosecond laser amplifier"),
    "fabrication": ("电子束光刻机", "Electron-beam lithography system"),
    "electronics": ("矢量网络分析仪", "Vector network analyser"),
    "energy": ("电池测试系统", "Battery test system"),
    "earth": ("激光雷达", "Lidar"),
}
HOURS = {
    "": 88,  # by appointment
    "1-5 09:00-17:00": 4,
    "1-5 08:30-17:30": 3,
    "1-6 09:00-18:00": 2,
    "24/7": 1,
    "1-5 09:00-21:00; 6-7 10:00-16:00": 2,
}


def _catalogue(
    made: dict[str, Any], owners: list[Organisation], facilities: list[Facility], random_: random.Random
) -> None:
    """One import of everything, by the act people use."""
    buffer = io.StringIO()
    names = [name for name in HEADINGS if name not in ("handle", "contact_phone", "contact_email")]
    table = csv.DictWriter(buffer, names, restval="")
    table.writeheader()
    for number in range(made["platforms"]):
        table.writerow(_platform(number, owners, made, random_))
    for number in range(made["instruments"]):
        table.writerow(_instrument(number, owners, made, random_))
    for facility in facilities:
        if facility.built:
            table.writerow(_shared_facility(facility, made, random_))
    data, name = buffer.getvalue().encode(), "facilities-synthetic.csv"
    sheet = read_resources(SYSTEM, data, name)
    import_resources(SYSTEM, sheet, files.keep(SYSTEM, name, data), synthetic=True)
    shared = {f"LS-{facility.code}": facility for facility in facilities}
    rows = list(Resource.objects.filter(code__in=shared))
    for row in rows:
        row.facility = shared[row.code]
    Resource.objects.bulk_update(rows, ["facility"])
    _agreements(owners, random_)


def _agreements(owners: list[Organisation], random_: random.Random) -> None:
    """Joint laboratories and training bases rest on agreements with members."""
    kinds = [Resource.Kind.JOINT_LAB, Resource.Kind.TRAINING_BASE]
    for row in Resource.objects.filter(kind__in=kinds).select_related("owner").order_by("pk")[:24]:
        signed = row.acquired_on
        agreement = Agreement(
            resource=row,
            title=f"{row.name_zh}共建协议",
            signed_on=signed,
            ends_on=signed + timedelta(days=3650),
            terms="共建各方共享设备与数据，成果按约定归属。（合成数据）",
        )
        save_agreement(SYSTEM, agreement)
        for member in random_.sample([o for o in owners if o != row.owner], 2):
            part = random_.choice(["共建单位", "用户单位"])
            add_member(SYSTEM, AgreementMember(agreement=agreement, organisation=member, part=part))


def _common(owner: str, opened: bool, made: dict[str, Any], random_: random.Random) -> dict[str, Any]:
    rate = random_.choice([0, 40, 80, 150, 300, 600, 1200, 2600])
    day = date(2014, 1, 1) + timedelta(days=random_.randrange(4200))
    return {
        "owner": owner,
        "place": random_.choice(made["places"]),
        "hours": random_.choices(list(HOURS), list(HOURS.values()))[0],
        "rate_internal_fen": rate // 4,
        "rate_academic_fen": rate // 2,
        "rate_enterprise_fen": rate,
        "rate_proprietary_fen": rate * 2,
        "contact": "开放共享办公室",
        "acquired_on": day,
        "opened": "是" if opened else "否",
        "opened_on": day + timedelta(days=random_.randrange(30, 400)) if opened else "",
    }


def _platform(
    number: int, owners: list[Organisation], made: dict[str, Any], random_: random.Random
) -> dict[str, Any]:
    kind, zh, en, capability, _weight = random_.choices(KINDS, [row[4] for row in KINDS])[0]
    owner = random_.choice(owners)
    title = f"{owner.name_zh}{zh}{number:03d}"
    if number < len(made["data_platforms"]):
        title, kind, capability = made["data_platforms"][number], "data_platform", "data"
    return {
        **_common(owner.name_zh, random_.random() < 0.94, made, random_),
        "code": f"PT-{number + 1:04d}",
        "kind": kind,
        "name_zh": title,
        "name_en": f"{owner.name_en} {en} {number:03d}",
        "capability": capability,
        "capability_zh": f"面向社会开放的{zh}，提供测试、试制和技术服务。",
        "capability_en": f"{en} open to all: tests, trials and technical service.",
        "value_fen": int(random_.lognormvariate(15.4, 1.0)),
    }


def _instrument(
    number: int, owners: list[Organisation], made: dict[str, Any], random_: random.Random
) -> dict[str, Any]:
    capability = random_.choice(list(INSTRUMENTS))
    zh, en = INSTRUMENTS[capability]
    owner = random_.choice(owners)
    label = Capability(capability).label
    return {
        **_common(owner.name_zh, random_.random() < 0.82, made, random_),
        "code": f"IN-{number + 1:05d}",
        "kind": "instrument",
        "name_zh": f"{zh} {number:04d}",
        "name_en": f"{en} {number:04d}",
        "capability": capability,
        "capability_en": str(label),
        "maker": f"示例仪器公司{random_.randrange(1, 30)}",
        "model": f"M{random_.randrange(100, 999)}",
        "serial": f"S{random_.randrange(10**7)}",
        "value_fen": int(random_.lognormvariate(14.0, 0.8)),
    }


def _shared_facility(facility: Facility, made: dict[str, Any], random_: random.Random) -> dict[str, Any]:
    return {
        **_common(facility.owner.name_zh, True, made, random_),
        "code": f"LS-{facility.code}",
        "kind": "facility",
        "name_zh": facility.name_zh,
        "name_en": facility.name_en,
        "capability": "extreme",
        "capability_zh": facility.about_zh,
        "capability_en": facility.about_en,
        "place": facility.place,
        "value_fen": int(random_.lognormvariate(19.0, 0.6)),
    }
