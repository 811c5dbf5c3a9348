"""The columns of a table of resources, and what only shows when all rows are seen.

Columns may bear the code name or the Chinese or English heading. Amounts are in yuan; they become whole fen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kechuang.core.engine.sheets import Field, Sheet, Wrong, marked
from kechuang.facilities.engine import hours

HEADINGS = {
    "code": ("编号", "Code"),
    "kind": ("类别", "Kind"),
    "name_zh": ("名称", "Chinese name", "中文名称"),
    "name_en": ("英文名称", "English name"),
    "capability": ("能力类别", "Capability"),
    "capability_zh": ("功能", "What it can do"),
    "capability_en": ("功能（英文）", "What it can do (English)"),
    "owner": ("所属单位", "Owner"),
    "place": ("地点", "Place"),
    "maker": ("厂商", "Maker"),
    "model": ("型号", "Model"),
    "serial": ("序列号", "Serial number"),
    "handle": ("标识", "DOI or handle"),
    "acquired_on": ("购置日期", "Acquired on"),
    "value_fen": ("原值（元）", "Original value (yuan)", "value_yuan"),
    "hours": ("开放时间", "Open hours"),
    "rate_internal_fen": ("内部费率（元/时）", "Internal rate (yuan an hour)", "rate_internal_yuan"),
    "rate_academic_fen": ("学术费率（元/时）", "Academic rate (yuan an hour)", "rate_academic_yuan"),
    "rate_enterprise_fen": ("企业费率（元/时）", "Enterprise rate (yuan an hour)", "rate_enterprise_yuan"),
    "rate_proprietary_fen": ("保密费率（元/时）", "Proprietary rate (yuan an hour)", "rate_proprietary_yuan"),
    "contact": ("联系人", "Contact"),
    "contact_phone": ("电话", "Telephone"),
    "contact_email": ("邮箱", "E-mail"),
    "opened": ("开放共享", "Opened"),
    "opened_on": ("开放日期", "Opened on"),
}
REQUIRED = ("code", "kind", "name_zh", "owner")
LENGTHS = {
    "code": 40,
    "name_zh": 200,
    "name_en": 300,
    "place": 120,
    "maker": 120,
    "model": 120,
    "serial": 80,
    "handle": 120,
    "contact": 80,
    "contact_phone": 40,
    "contact_email": 254,
    "hours": 120,
}
KINDS = {
    "kind": "choice",
    "capability": "choice",
    "acquired_on": "date",
    "opened_on": "date",
    "opened": "flag",
}
_ = marked


def columns(
    kinds: Mapping[str, str], capabilities: Mapping[str, str], owner_of: Callable[[str], int]
) -> list[Field]:
    """The fields of the table. `kinds` and `capabilities` give the code of each word; `owner_of` the key of an
    organisation's name, or raises Wrong when it cannot be the owner."""
    choices = {"kind": kinds, "capability": capabilities}
    reads = {"owner": owner_of, "hours": _hours}
    return [
        Field(
            name,
            labels,
            "money" if name.endswith("_fen") else KINDS.get(name, "text"),
            required=name in REQUIRED,
            choices=choices.get(name, {}),
            least=0 if name.endswith("_fen") else None,
            longest=LENGTHS.get(name),
            reads=reads.get(name),
        )
        for name, labels in HEADINGS.items()
    ]


def _hours(text: str) -> str:
    try:
        return hours.canonical(text)
    except ValueError:
        raise Wrong(
            _("is no opening hours"), _("Write like 1-5 09:00-17:00; 6 10:00-12:00, or 24/7.")
        ) from None


def checked(sheet: Sheet) -> Sheet:
    """With a fault for each code that stands there twice."""
    return sheet.with_faults(sheet.repeated(lambda row: row["code"], "code"))
