"""What of a clause reaches a number: a verb, a measure, a state behind it, a grant."""

from __future__ import annotations

from .gazetteer import entries, one_of
from .patterns import any_of, pattern
from .types import FoundQuantity

AT_LEAST = pattern(r"\s*(?:以上|左右|以内|以下)")
BARE_STEP = pattern(r"[百千万]+亿|[百千]万|[百千]?[亿兆]")  # an order of magnitude without a digit
_VERBS = one_of(entries("promising_verbs"))
_GOVERNED = pattern(
    any_of(
        rf"(?:{_VERBS})[^,，。；]{{0,24}}$",
        r"(?:增长|成长|年增|提高|下降|降低|减[少低]|削减|压减|完工|竣工|设有|容纳|达|至(?!少)|(?<!不)到(?!场|位)|超|破|净增|完成|补助|奖补|奖励|资助|补贴|最高|给予|按[^,，。；]{0,16}的)[^,，。；]{0,8}$",
    )
)
# A measure with its number: 产能8.3万片.
_MEASURED = pattern(
    r"(?:率|规模|产[值量能]|收入|营收|总[量数值]|比重|占比|强度|投资|能力|储量|[年月日]产)为?[约近逾]?$"
)
# A state reached behind it: 在3个领域取得突破.
_REACHED_BEHIND = pattern(
    r"[^,，。；\d]{0,20}(?:形成|取得|实现|达到|突破|进入|跻身|完工|竣工|建成|落成|投[用产]|上线|入驻|落地)"
)
_RAISES = pattern(r"(?:打造|培育|冲刺|迈向|壮大|夯实|构建|跻身|成为下?一?个?)[^,，。；了]{0,16}$")
# A grant of so much for each: 每个批件补助200万元, 最高奖励50万元.
_CAPPED = pattern(
    r"(?:最高|每[^,，。；]{1,8})(?:可|再|一次性|最高)*(?:给予|补助|奖补|奖励|资助|补贴)[^,，。；]{0,6}$"
)
_GRANTED = pattern(r"(?:补助|奖补|奖励|资助|补贴|给予|最高)[^,，。；]{0,8}$")
_ORDERS = pattern(rf"(?:[一二三四五六七八九十]+是)?[\s、并和]*(?:{_VERBS})")


def governed(clause: str, after: str) -> bool:
    """Whether the number belongs to a verb or measure that reaches it, or to a state that is reached."""
    return bool(
        _GOVERNED.search(clause)
        or _MEASURED.search(clause)
        or _REACHED_BEHIND.match(after)
        or AT_LEAST.match(after)
        or clause.endswith(("至少", "不少于"))
    )


def governed_in_task(clause: str, after: str) -> bool:
    return bool(_GOVERNED.search(clause) or AT_LEAST.match(after))


def orders(clause: str) -> bool:
    return bool(_ORDERS.match(clause))


def granted(clause: str) -> bool:
    return bool(_GRANTED.search(clause))


def capped(clause: str) -> bool:
    return bool(_CAPPED.search(clause))


def raised(clause: str, printed: str, quantity: FoundQuantity) -> bool:
    """An order of magnitude that is aimed at: 打造千亿级产业集群."""
    return bool(quantity.unit == "元" and BARE_STEP.match(printed) and _RAISES.search(clause))
