"""Units of Chinese documents in English. Measure words that English lacks leave only the number."""

from __future__ import annotations

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


def in_english(unit: str) -> str:
    """The English unit; "" for a measure word; what is not known stays as it is printed."""
    if unit in _MEASURE_WORDS and len(unit) == 1:
        return ""
    return _WORDS.get(unit, unit)
