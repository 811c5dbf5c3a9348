"""Orders of magnitude without a digit: 万亿级, 千亿元级, 突破万亿元."""

from __future__ import annotations

from ..patterns import pattern
from . import lexicon, units
from .amounts import Amount
from .hits import Hit

_ORDER_BEFORE = pattern(
    r"(?:突破|超过|跨越|迈上|迈过|跃上|站上|迈向|达到|进入|超|跨|近|破|过|上|逾|个|冲刺|打造|培育|向|形成|跨上|跨入|跃升至|迈入|登上|首破|双破|新)(?:了)?(?:新的?|一个)?$"
)
_ORDER_AFTER = pattern(r"级(?!别)|台阶|大关|关口|俱乐部|规模|产业|集群|园区|企业|[的，。、；,;”）]|$")
# 千亿企业 is big by itself, whatever stands before it.
_ORDER_OF = pattern(r"(?:级)?(?:产业|集群|园区|企业|赛道|市场|板块|平台|工程|项目|区县|县|镇|城市)")
_MONEY = pattern(r"(?:美|欧|港)?元(?!素|宇)")
LEVEL = pattern(r"级(?!别|领导)")


def order_at(text: str, start: int, amount: Amount, unit: str) -> Hit | None:
    """万亿级, 千亿元级, 突破万亿元, 百万千瓦级: an order of magnitude without a digit."""
    if (not unit or unit in units.THINGS) and amount.value >= 10**8:
        if LEVEL.match(text, amount.end):
            return Hit(start, amount.end + 1, amount.value, "元", "magnitude")
        if amount.end - start > 1 and _ORDER_OF.match(text, amount.end):
            return Hit(start, amount.end, amount.value, "元", "magnitude")
        before = text[max(0, start - 6) : start]
        if _ORDER_BEFORE.search(before) and _ORDER_AFTER.match(text, amount.end):
            return Hit(start, amount.end, amount.value, "元", "magnitude")
        return None
    if not lexicon.is_measure(unit):
        return None
    end = amount.end + len(unit)
    if level := LEVEL.match(text, end):
        return Hit(start, level.end(), amount.value, unit, "magnitude")
    if amount.value >= 10**8 and _MONEY.match(unit):
        return Hit(start, end, amount.value, unit, "magnitude")
    return None
