"""States that are promised by a time: 到2030年,…基本形成."""

from __future__ import annotations

import re

from .patterns import pattern
from .promises import LOOKS_BACK
from .stance import Context, Stance, announces_aims
from .types import FoundPeriod, TimeRole

_STATE = pattern(
    r"形成|取得|维持|保持|建成|建立|实现|基本|完成|成为|进入|迈入|迈进|运行|投用|投产|通车|开通|竣工|全面|领先|前列|前茅|显著|明显|大幅|投入使用|落地|覆盖|更加|进一步|"
    r"主体|完工|开工|交付|验收|投运|贯通|面市|启用|开业|开园|上市|出台|并网|通航|通气|封顶|上线|清零|翻番|翻一番|高地|达到|跻身|初步|消除|动工|建好|完善|提升|推出|发布|碳达峰|投入"
)
_ENGLISH_STATE = pattern(
    r"(?:(?!\b(?:though|although|that|(?:has|have) been|said|says|warn\w*)\b)[^\u4e00-\u9fff])*\b(?:will|shall|(?:is|are) to|must|should|would like|wants?)\b"
)
# Whatever is to be by a deadline behind these is promised: 确保排放在2030年前达峰.
_PROMISED = pattern(r"(?:确保|力争|务求|目标(?:是|为)?)[^,，；]{0,20}$|(?:须|需)要?[于在]?$")
_SAYS = pattern(r"\s*[一-鿿]{2}")
_OPENS = pattern(r"(?:^|[,;:–—-]|\b(?:that|and|but|so|where))\W*$")  # the deadline opens its clause
_MARKED_DEADLINE = pattern(r"(?:前|底|末|内)$|^到|^至")
_HALF_YEAR = pattern(r"上半年|一季度|三季度|二季度|第[一二三四]季度|\d+月")
# 2027年,产业基本形成规模: a year to come told as if it were there.
_GOAL_STATE = pattern(
    r"^(?:将|要|力争)(?:全面|率先)?(?:迈[向入进]|进入|成为|建成|实现|跻身)|^[^,，。；]{0,10}?(?:将|更?要)全面[^,，。；]{2,10}(?:化|实施|实现)(?=[,，。；]|$)|^要打造|^[,，](?!.*(?:预计|预测|预估|估计|有望|计划|将|会|拟|可能))[^。；]{2,40}?(?:基本(?:实现|形成|建成|建立|完成)|全面(?:建成|实现|形成)|初步(?:形成|建成|建立)|领先|前列|显著成效|明显(?:提升|提高|增强|改善)|显著(?:提升|提高|增强|改善)|大幅(?:提升|提高))"
)
_EXPECTED = pattern(
    r"(?:预计|预估|预[定订]|(?<=[,，])料|可望|有望|目标(?:定|是|为)?|有信心|力争|力?[拼拚]|争取|以期|务求|计划|(?<![必即])将|冲刺|预定|最快|最迟)(?:最快|最迟|可望|[可将会能])*[于在到由自]?(?:\d{4}年[和、及])?\s*$"
)
_AS_GOAL = pattern(
    r"(?:[^,，。；]{2,24}的|为[^,，。；]{0,12}|[^,，。；]{2,16}为)目标(?:[,，。；]|$)"
)  # 于2034年完成主线的目标
_AIMED = pattern(r"(?:目标(?:定|是|为)?|力争|力?[拼拚]|争取)[于在到]?\s*$")
_FINISH = pattern(
    r"营运|运营|运作|起动|启动(?!仪式|会|式)(?=[\u4e00-\u9fff]{2})|(?:实施|施行)(?=$|[,，。；])|招[生标商](?!作业|说明|简章|会|论坛|政策)|进驻(?!作业)|施工|进场|达产|达标|投入(?:服务|市场)|挂牌|上柜|发包|(?:大量|开始)生产(?=$|[,，。；])|拆完|装机(?!规模|容量|量|总|目标)|量产|入驻|供气|供水|供电|动工|建成|投产|投用|投运|通车|开通|竣工|完工|开工|面市|交付|入学|开课|通[到至]|交地|交屋|入伙|动土|验收|运行|启用|完成|出台|开业|开园|贯通|并网|通航|落成|封顶|合龙|下线|上梁|上线|上路|生效|入轨|发射|首飞"
)
# What is to change for good by a year: 2035年全面禁售, 2029年污染减半; 2027年建成第二条线; 今年的目标是维持….
_TURNED = pattern(
    r"[^,，。；、\d]{0,20}?(?:全面|全数|全部|完全)[^,，。；、\d]{0,6}(?:化|退场|归零)(?=$|[,，。；、！!])|起?(?:将|要)?(?:全面|完全)?(?:禁售|停售|淘汰|禁用)|[^,，。；、\d]{2,12}(?:减半|归零)(?=$|[,，。；])"
    r"|[中内]?(?:将|会|要|拟)?(?:再|陆续)?(?:完成|建成|落成)(?!后|的|率|度|[^,，。；]{0,8}的\d)[^,，。；]{3,}"
)
_NAMED_GOAL = pattern(
    r"的?[^,，。；\d]{0,6}目标(?:[是为就]|不低于|不少于|维持|保持)(?!什么|哪)[^,，。；\d]{2,}"
)
# 2027年前完工的三个项目: it tells which; 要到2027年才动工: it tells how late.
DESCRIBES = pattern(rf"才|[^,，；。]{{0,8}}(?:{_FINISH.pattern})的")
_FINISHED = pattern(
    rf"^[,，]?[^,，。；]{{0,12}}(?:{_FINISH.pattern}|落成|(?:投入|交付)使用|开通使用|启用)(?=$|[,，。；]|[也并]?将)"
)
# 今年第四季将营运
_WILL_FINISH = pattern(
    rf"[^,，。；]{{0,2}}?(?<![必即])将(?:会|可|能|正式|全面|陆续|全线|分阶段)*(?:{_FINISH.pattern})(?=$|[,，。；])"
)
_ENDS_FINISHED = pattern(rf"(?:{_FINISH.pattern})[。；\s]*$")
_WAS_EXPECTED = pattern(r"彼时|当时|(?<![按依照])原(?:先|本|定|计划|预[计定])[^,，；]*$")
_DUE_BEHIND = pattern(
    rf"[^,，。；]{{0,6}}(?:预计|可望|计划)[^,，。；]*(?:{_FINISH.pattern})"
)  # 2034年预计入轨
_IN_FORCE = pattern(r"(?:施行|实施)")  # 本办法自8月1日起施行
_CLAUSE, _POINT = pattern(r"[^,，；。]*"), pattern(r"[^、,，；。]*")


def finished_by(text: str, start: int, end: int) -> int:
    """Where 预计明年完工 or 明年完工 ends, whose period is `start:end`; 0 where it is no such clause."""
    finished = _FINISH.search(text, end, _CLAUSE.match(text, end).end())
    if not finished or not (_EXPECTED.search(text, 0, start) or _FINISHED.match(text[end:])):
        return 0
    return _POINT.match(text, finished.end()).end()


def is_future(period: FoundPeriod, context: Context) -> bool:
    """Whether the period ends after the document appeared, as far as both are known."""
    return context.published is None or period.last is None or period.last > context.published


def promises_state(text: str, period: FoundPeriod, start: int, end: int, context: Context) -> bool:
    """Whether `text[start:]`, which begins with the period `start:end`, promises a state by it."""
    if not is_future(period, context) or (context.stance is Stance.REVIEW and period.last is None):
        return False
    if context.stance is Stance.REVIEW and context.published is None:
        return False
    if _WAS_EXPECTED.search(text, 0, start):
        return False
    state, printed = text[end:], text[start:end]
    if DESCRIBES.match(state) or (printed.endswith("起") and _IN_FORCE.match(state)):
        return False
    if announces_aims(text):
        return False
    if _ENGLISH_STATE.match(state):
        return period.role is TimeRole.DEADLINE and bool(_OPENS.search(text, 0, start))
    if _NAMED_GOAL.match(state):
        return True
    if _AS_GOAL.match(state) and not LOOKS_BACK.search(state):
        return True
    if period.role is TimeRole.DEADLINE or _MARKED_DEADLINE.search(printed):
        promised = _PROMISED.search(text, 0, start)
        return any(
            not LOOKS_BACK.search(clause)
            and (_STATE.search(clause) or _ENDS_FINISHED.search(clause) or (promised and _SAYS.match(clause)))
            for clause in re.split("[,，；]", state)
        )
    if LOOKS_BACK.search(state):
        return False
    if _EXPECTED.search(text, 0, start) and _FINISH.search(re.split("[,，；]", state.lstrip(",，"))[0]):
        return True
    if period.first and context.published and period.first > context.published:
        aimed = _AIMED.search(text, 0, start) and _STATE.search(re.split("[,，；]", state)[0])
        return bool(
            aimed
            or _TURNED.match(state)
            or _FINISHED.match(state)
            or _GOAL_STATE.match(state)
            or _DUE_BEHIND.match(state)
        )
    if _WILL_FINISH.match(state):
        return True
    soon = context.stance is Stance.AGENDA and _HALF_YEAR.search(printed)
    return bool(soon and _FINISH.search(state))
