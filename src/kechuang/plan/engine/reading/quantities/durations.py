"""When 13年 tells how long something lasts, and when it is part of a period (三年来, 前5个月)."""

from __future__ import annotations

from ..patterns import pattern

_LASTS = pattern(
    r"(?:连续(?:[一-龥]{2,4})?|最[长短多少]|至[少多]|(?:上任|就任|到任|任职|执政)(?:已|将|即将)?|历时|持续|提前|缩短|延长|延期|为期|长达|仅用|用时|用了|耗时|不超过|不少于|不得少于|不得超过|不低于|期限|满|推迟|滞后|运营|运作|运行|营运|延宕|延误|延迟|拖延|延后|需时|[至迄]今已?|领先|存续|压缩|仅|质保|约|[一-龥]期(?:限|为|至少)?|提高到|增加到|下降到|降到|缩短[到成为]|降至|减少?到|缩到|减至|延长到|提高至|历经|经过|时长|周期|寿命|年限|[共总]计|达|[一-龥]了|剩下?|剩余|任期|时间|闲置|接近|合约|服务期|领跑|有效期|超过|逾|不到|不足|将近|原本|原定|需要?|花费?|保固|保修|走过|一?连|(?<![百部十市区])分|[暌睽]违(?:已)?|已[一-龥]{0,4}(?:成长|深耕|耕耘|经营|服务|任职|从业|执业)|(?:成长|深耕|耕耘|经营|服务|任职|从业|执业|创立|成立)(?:已|了)|已有|至今有|时隔|相隔|间隔)"
    r"(?:了|为|约|近|超过|超|至|到|达|达到|不低于|不少于)*$"
)
_LASTS_AFTER = pattern(
    r"[多余]?(?:的(?:共同)?(?:努力|耕耘)|缩短|延长|压缩|以上|以下|左右|\s?时间|期(?!间|末|货)|会期|[缩减降延增拉](?:短|少|低|长|加)?[到至为成]|之久|的?(?:成长|发展|建设|创业|奋斗)?(?:工期|经验|历史|工龄|任期|租期|保固|质保|寿命|历程|合约|合同))"
)
# 在109年降到15: a year counted from 1912, where nothing says that it is long.
_ROC_YEAR = pattern(r"1[0-3]\d")
_LONG = pattern(r"(?:连续|历时|持续|为期|长达|历经|经过|走过|已有|时隔|相隔|间隔|满|暌违)[了约近逾]*$")
_WORTH = pattern(r"(?:共|约|近|逾)?\d[\d,.]*[百千]?[万亿]元")  # 5年5000万元
_PERIOD_BEFORE = pattern(r"(?:过去|近|未来|今后|前|这|第|每|下一个|上一个|最近|后|头|首|当|全)的?$")
_PERIOD_AFTER = pattern(r"[多余]?(?:以?来|前(?!景)|后|间(?!隔))")
_SINCE = pattern(r"[多余]?(?:以?来|前(?!景)|间(?!隔))")
_YEAR_AFTER = pattern(r"[多余]?(?:内|之内|以内)")


def lasts(text: str, start: int, end: int, unit: str, ranged: bool = False) -> bool:
    """Whether the number with a time unit at `start:end` is a duration; a range (3至5年) always is."""
    before = text[max(0, start - 10) : start]
    if unit == "年" and _ROC_YEAR.fullmatch(text, start, end - 1) and not _LONG.search(before):
        return False
    if _LASTS.search(before):
        return not _SINCE.match(text, end)
    if _PERIOD_BEFORE.search(before) or _PERIOD_AFTER.match(text, end):
        return False
    if ranged or _LASTS_AFTER.match(text, end):
        return True
    if "." in text[start:end] or (text[start] != "一" and _WORTH.match(text, end)):
        return True
    if text[start] == "一" and unit not in ("小时", "个小时"):
        return False
    return unit not in ("年", "秒", "周", "日") and not (unit.endswith("月") and _YEAR_AFTER.match(text, end))
