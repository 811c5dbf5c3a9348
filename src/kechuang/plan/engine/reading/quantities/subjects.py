"""What a quantity is of: the noun before its verb, or what is counted behind its counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..patterns import pattern
from ..types import FoundQuantity

_CLAUSE = pattern(r"[，。；：！？（）,;:()\n]")
_LONGEST = 80  # characters looked back for the start of a clause
_DEGREE = (
    r"近|超过|超|约|达到|达|突破|累计|共计|合计|不低于|不少于|不超过|高于|低于|接近|逾|至少|最多|分别|均|已经|已|将|要|力争|预计|实际|实现|稳定|保持|控制|在|为|至|到|由|从|是|了|的|居|列|"
    r"同比|环比|年均|增长|增加|提高|提升|上升|下降|降低|减少|上涨|回落|扩大|增至|升至|降至|占比|占全国|占|全国|全球|世界|国内|排名|位居|稳居|跃居|只有|仅|高达|再|新|也|首次|跃上|迈上|跨越|站上|比重"
)
_VERB_TAIL = pattern(rf"(?:{_DEGREE}|[比较][^，。；]{{0,10}})+$")
_LEADS = pattern(
    r"^(?:其中|同时|此外|目前|今年|去年|全年|到?\d{4}年底?|[一二三四五六七八九十]+是|（[一二三四五六七八九十]+）|“十[一二三四五]五”(?:时期|期间|末)?|近?[一二三四五六七八九十\d]+年来|"
    r"据介绍|力争|确保|预计|以及|并|和|及|使|通过|截至\d{4}年底?|现有|已有|共有|拥有|新增|新建|建成|完成|建设|累计|实施|开展|推动|实现|达到)+"
)
_BEHIND = pattern(r"(?:以上|左右|以下|的)?(?P<noun>[^\d\s，。；：、！？,;:（）()“”%]{2,20})")
_NOUN_END = pattern(
    r"(?:以上|左右|以下|的$|，|。|增长|达到|占|居|入选|投入|建成|获|纳入|对外|向|为|实现|进入|全部|落地|通过|启动|开工|投产)"
)
_COUNT = frozenset({"quantity.count", "quantity.people"})
_METRIC = pattern(
    r"(?:规模以上|规上)?(?:增加值|总产值|产值|产量|产能|营业收入|主营业务收入|收入|投资|销售额|交易额|成交额|总额|余额|存款|贷款|利润|比重|占比|比例|覆盖率|普及率|率|人数|数量|面积|里程|总量|增速|规模|指数|浓度)"
    r"[^、和]{0,8}$"
)
_LIST = pattern(r"[、和及与]")


def with_subjects(text: str, found: Sequence[FoundQuantity]) -> list[FoundQuantity]:
    """`found` with `subject` filled; members of a list behind 分别 go to the listed subjects in turn."""
    named: list[FoundQuantity] = []
    clause_subject, last = "", 0
    for quantity in found:
        start = _clause_start(text, quantity.start)
        between = text[max(start, last) : quantity.start]
        behind = _counted(text, quantity) if quantity.rules and quantity.rules[0] in _COUNT else ""
        own = _noun(between)
        if own:
            clause_subject = own
        named.append(replace(quantity, subject=behind or own or clause_subject))
        last = quantity.end
    return _shared_out(text, named)


def _clause_start(text: str, at: int) -> int:
    begin = max(0, at - _LONGEST)
    cuts = [m.end() for m in _CLAUSE.finditer(text, begin, at)]
    return cuts[-1] if cuts else begin


def _noun(text: str) -> str:
    """The noun phrase of a stretch that ends before a number, its verbs and degrees stripped."""
    bare = _VERB_TAIL.sub("", text.strip(" 、和及与，,"))
    bare = _LEADS.sub("", bare).strip(" 、和及与的，,")
    return bare if 1 < len(bare) <= 40 and not bare.isdigit() else ""


def _counted(text: str, quantity: FoundQuantity) -> str:
    """国家科技重大专项 behind 11个."""
    m = _BEHIND.match(text, quantity.end)
    if not m:
        return ""
    noun = m["noun"]
    cut = _NOUN_END.search(noun)
    noun = noun[: cut.start()] if cut else noun
    return noun.strip("的") if len(noun) > 1 else ""


def _shared_out(text: str, named: list[FoundQuantity]) -> list[FoundQuantity]:
    """高技术制造业、科技服务业增加值分别达到9.1%和12.9%: one subject each, the shared measure repeated."""
    at = 0
    while at < len(named):
        group = _listed_from(text, named, at)
        if len(group) > 1:
            subjects = _listed_subjects(text, named[at].start)
            if len(subjects) == len(group):
                for index, subject in zip(group, subjects, strict=True):
                    named[index] = replace(named[index], subject=subject)
        at = group[-1] + 1
    return named


def _listed_from(text: str, named: Sequence[FoundQuantity], at: int) -> list[int]:
    """Indexes of the quantities in one list that starts at `at`: 9.1%、12.9%和3%."""
    group = [at]
    while group[-1] + 1 < len(named):
        gap = text[named[group[-1]].end : named[group[-1] + 1].start]
        if gap.strip() not in ("、", "和", "及", "与", "以上、", "左右、", "以上和", "左右和"):
            break
        group.append(group[-1] + 1)
    return group


def _listed_subjects(text: str, at: int) -> list[str]:
    start = _clause_start(text, at)
    clause = text[start:at]
    head, each, _ = clause.partition("分别")
    if not each:
        return []
    items = [one for one in _LIST.split(_LEADS.sub("", _VERB_TAIL.sub("", head))) if one]
    if len(items) < 2:
        return items
    measure = _METRIC.search(items[-1])
    tail = measure[0] if measure and measure.start() > 0 else ""
    return [one if not tail or _METRIC.search(one) else one + tail for one in items]
