"""Ranks: 居全国第3位, 首位, 规模全国第一, 前十位. An ordinal alone (第三个, 第十三次) is none."""

from __future__ import annotations

from decimal import Decimal

from ..patterns import pattern
from .amounts import spelled

_NUMBER = r"\d+|[一二三四五六七八九十百]+"
_RANK = pattern(
    rf"第(?P<n>{_NUMBER})(?P<unit>位|名(?!录|单))?|(?P<head>首位)(?![度数诺华])|前(?P<top>{_NUMBER})(?P<topunit>位|名)?"
)
_BEFORE = pattern(
    r"(?:居|列|排|位次|名次|跃|升|跻|进入|进至|挺进|全国|全球|世界|国内|国际|全省|全区|亚洲|东北|中部|西部|东部|省份|大城市|地区|保持|"
    r"荣获|获得|获评|评为|蝉联|省区|市区|同行业|同类|业内|行业|总量|规模|名列)[^，。；：“”]{0,8}$|(?:第[^，。；]{1,3}|首位)(?:[、和]|[^，。；]{0,6}(?:到|至|升|跃)[^，。；]{0,4})$"
)
_AFTER = pattern(
    r"$|[，。、；,;：:（）()”\s]|的(?!一|二)|和|及|并|提升|提高|升|跃|上升|突破|以|跨|,|\.|[\[［〔]"
)
_METAPHOR = pattern(
    r"(?:放在|摆在|放到|摆到|置于|作为|任务|视为|摆上|放|摆)(?:更加突出的|突出|重要|最|更加)?$"
)
# 第一、第二及第三工区
_PARTS = pattern(
    r"(?:[、和及与]第[一二三四五六七八九十\d]{1,3})+(?:工[区段]|[标区]段|期|阶段|批次?|类|层|组|分局|选区|会议|航厦|园区|厂)"
)
_LISTED = pattern(r"(?:第[^，。；]{1,3}|首位)[、和]$")
# 位列中国地级市全面小康指数第11位、国家创新型城市第16位: a place of its own, however long its table is called.
_PLACE = pattern(
    r"(?:居|列|排|位次|名次|排名|跃升|上升)[^，。；：“”]{0,24}$|第[^，。；]{1,3}[位名]、[^，。；、]{2,20}$"
)
_WINDOW = 28


def rank_at(text: str, at: int) -> tuple[int, Decimal] | None:
    """End and place of the rank that starts at `at`, or None."""
    m = _RANK.match(text, at)
    if not m:
        return None
    before = text[max(0, at - _WINDOW) : at]
    placed = m["unit"] == "位" and _AFTER.match(text, m.end()) and _PLACE.search(before)
    if (
        _METAPHOR.search(before)
        or _PARTS.match(text, m.end())
        or not (_BEFORE.search(before) or placed or m["unit"] == "名")
    ):
        return None
    if not (m["unit"] or m["topunit"] or _AFTER.match(text, m.end())):
        return None
    return m.end(), Decimal(1) if m["head"] else spelled(m["n"] or m["top"])
