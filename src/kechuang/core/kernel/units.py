"""Units of Chinese documents in English. Measure words that English lacks leave only the number."""

from __future__ import annotations

import re
from decimal import Decimal

_MEASURE_WORDS = "个家项名位件条篇份座台套艘辆幢栋间所次场种类批册部支只片块枚颗根处笔"
_WORDS = {
    "元": "yuan",
    "美元": "US dollars",
    "元/人": "yuan per person",
    "人": "people",
    "人次": "visits",
    "户": "households",
    "个百分点": "percentage points",
    "倍": "times",
    "年": "years",
    "个月": "months",
    "月": "months",
    "周": "weeks",
    "天": "days",
    "日": "days",
    "小时": "hours",
    "分钟": "minutes",
    "秒": "seconds",
    "吨": "t",
    "千克": "kg",
    "公斤": "kg",
    "克": "g",
    "米": "m",
    "公里": "km",
    "千米": "km",
    "平方米": "m²",
    "平方公里": "km²",
    "立方米": "m³",
    "公顷": "ha",
    "亩": "mu",
    "千瓦": "kW",
    "兆瓦": "MW",
    "千瓦时": "kWh",
    "度": "kWh",
}


_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALE = re.compile("[十百千]?[万亿]+")
_COUNTED = {"", "人", "户", *_MEASURE_WORDS}


def scale_of(unit: str) -> tuple[Decimal, str]:
    """The factor that a unit begins with, and the unit without it: 亿元 is 100,000,000 and 元."""
    found = _SCALE.match(unit)
    factor = Decimal(1)
    for word in found[0] if found else "":
        factor *= _SCALES[word]
    return factor, unit[found.end() :] if found else unit


def comparable(one: str, other: str) -> bool:
    """Whether numbers in these units may be held up against each other; what is counted one by one always may."""
    return {one, other} <= _COUNTED or in_english(one) == in_english(other)


def in_english(unit: str) -> str:
    """The English unit; "" for a measure word; what is not known stays as it is printed."""
    if unit in _MEASURE_WORDS and len(unit) == 1:
        return ""
    return _WORDS.get(unit, unit)
