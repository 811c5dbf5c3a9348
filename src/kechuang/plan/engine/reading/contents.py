"""What a number is of: of what a promise can be about, or of what stands and merely is named beside it."""

from __future__ import annotations

from .patterns import any_of, pattern
from .quantities.lexicon import is_measure
from .reaching import AT_LEAST, BARE_STEP
from .types import FoundQuantity

# How large or long a thing is, or which share of the whole it has, as it is.
_SIZE = pattern(
    r"(?:面积|全长|总长|(?<![延增成])长度?|占地|用地(?:总?规模)?|位于|周边|尚有)(?:共|达|约|近|逾|超|为)*$"
)
_OF_SIZE = pattern(r"的[^,，。；]{2,16}[,，]?(?:将|会)")  # 80公顷的园区将分期启用
_SCALE = pattern(r"规模(?:达|约|为|近|逾)+$")
_SIZE_UNITS = pattern(r"^(?:公顷|亩|平方公里|平方米|公里|米|坪)$")
_PRICE = pattern(r"(?:[全半]票|优[待惠]票|[套门车学]票|票价|售价|定价|单价|收费)[^,，。；]{0,4}$")
_MENTIONED = pattern(r"^(?:至于|其中|该|这|位于|全长|面积)?$")
_GROWN = pattern(r"增|完成|恢复|扩|达到|治理|建成|拓展|竣工|提供|释[放出]|改造|整理|造林|绿化|改善")
_SHARE = pattern(r"占(?:[^,，。；]{0,8}的|全[国省市县区]|总数|总量)?的?(?:约|近|了|大概)*$")
_AIMED = pattern(r"[^,，。；]{0,16}目标(?![市客群])")
# What is made use of, kept to or named: it is there already.
_OF_THE_EXISTING = pattern(
    r"(?:下设|辖下|旗下|发挥|依托|(?<!实际)利用(?!外资|率)|用好|盘活|现有|共有|拥有(?![量率])|凭借|基于|立足|面对|按照|对标|落实|贯彻|聚焦|围绕|针对|推行|执行|包括|涉及|横跨|[也另]有|[本此这]次(?:签约|开工|发布)的|所辖|秉持|坚守|这|在内的)[^,，。、]{0,4}$"
)
_NEW = pattern(r"新增|达到|至少|不少于")
# 将2座旧楼拆除: they are there now; 本次签约的3个项目.
_TAKEN = pattern(r"将[^,，。；]*$")
_GIVEN_UP = pattern(r"[^,，。；]{0,20}?(?:出让|转让|拆卸|拆除|关闭|淘汰|移交|搬迁)")
_LISTED_EXISTING = pattern(
    r"(?:现有|共有|拥有(?![量率])|已有|设有)[^,，。；]*(?:、|[,，]以及)[^,，。；、]{0,4}$"
)
# Two known ones act or are told about: 两座城市的愿景, 三个项目预计落成.
_KNOWN_FEW = pattern(r"[两二三四五六七八九](?:个|位|座|家|项|所|条|大|地)?")
_FIRST = pattern(r"(?:[^,，]{1,8}[和与及])?$")
_TOLD_ABOUT = pattern(r"[^,，。；\d]{1,10}?(?:的|将|会|均|都|也|预计|分别|共同|一起)")
# 该两个项目, and what is talked about: 就兴建三条干道的建议咨询公众.
_JUST_NAMED = pattern(r"(?:该|上述|以下|下列|(?:将|要|计划|拟)(?![把从])[^,，。；]{1,8}的)$")
_ABOUT, _TOPIC = pattern(r"就[^,，。；]*$"), pattern(r"[^,，。；]*的(?:建议|议题|方案|计划|问题)")
# What is lost or lacking, or would have to be paid: 明年又少10亿元, 需增加20亿元.
_LACKING = pattern(
    r"(?:砍|面临|短少|短缺|缺口|删减?|减编|流失|亏损|损失|[会又将]少)[^,，。；控降减]{0,10}$"
    r"|(?<![所必])需要?(?:再|另)?(?:增加?|追加|投入|花费?|负担|自筹)[^,，。；]{0,8}$"
)
_THRESHOLD = pattern(
    r"^(?:及|\(含\)|（含）)?(?:以上|以下|以内)?(?:级|级别|规模)?(?:及以上)?(?:的)?(?:重大|重点|工业|大型|中小型|优质)?"
    r"(?:项目(?!\d|达)|企业(?![\d达])|老年|老人|人群|人口|儿童|女性|学生|居民|农户|合同|订单|单体|工程|游轮|煤矿|机组|商品房|住房)"
)
_OVER_SO_MUCH = pattern(r"以上的?(?:重大|重点|工业|优质|产业|外资)*企业\d")  # 亿元以上企业10家
_OVER_ONE_STEP = pattern(r"以上的?项目\d")  # 签约亿元以上项目10个
_REACHES_IT = pattern(r"(?:达到?|完成|实现)$")
_CONDITION = pattern(r"(?:以上|以下|及以上)?(?:的|者)[,，]")  # 投入超过1000万元的,
# Of what kind a thing is, by a number: 12英寸晶圆, 500千伏线路.
_KIND_UNITS = pattern(r"千伏|kV|英寸|寸|吋|纳米|奈米|nm")
_OF_KIND = pattern(r"[级]?(?!以|左右|及)[一-鿿A-Za-z]")
_COUNTED = pattern(r"[\d一二三四五六七八九十](?:席|座|台|组|支|辆|部|套|架|艘)$")  # 180席200kW的格位
_CAPACITY_UNITS = pattern(r"吨|千瓦|瓦|MW|GW|米|公里|万?方|立方|片")
_NAMED_PART = pattern(
    r"^[^,，。；]{0,16}(?:等)?(?:[^,，。；]{0,10})(?:项目|工程|装置(?!容量)|基地|机组|电站|生产线|晶圆|制程|工艺|芯片|厂(?![商家])|铁路|高速|专列|行动|计划|生活圈|工程等)"
)
_ADDED = pattern(
    any_of(
        r"完成[^,，。；]{0,24}$|(?:新增|新建|达到?|突破|建成|建立|建置|增加|实现|新开工|扩大到|超过?|改造|修复|供应|开工|投产|力争|确保|治理)[^,，。；]{0,10}$",
        r"(?:[年月日]产|产能)[约达]?(?:[^,，。；]{1,24}[和及、])?$",
        r"将(?:新?建设?|兴建|打造)$",
    )
)
_TIME_UNITS = pattern(r"^(?:年|个月|月|天|日|小时|分钟|周|个工作日|工作日)$")
_TIME_LIMIT = pattern(
    r"(?:压缩|缩短|节省|减少|控制|提前|降|延长|超过?|寿命|不超过|不低于|不少于|提高|增加|达|每)[^,，。；]{0,8}$"
)
_LASTING = pattern(r"(?:为期|期程|历时|长达|[共总]计|共达|[工时]期)[^,，。；]{0,4}$")
_WITHIN = pattern(r"^(?:之?内|以内)?(?:全部)?(?:办结|响应|完成|反馈|审结|答复|拨付|兑现|送达|到场|到账)")
# Counts of a text's own points.
_LISTED = pattern(
    any_of(
        r"^(?:个|项|条|大|方面)?(?:(?:重点|关键|主要)?(?:领域|环节|方向|维度|关键词|支撑政策|部分)|[^,，。；]{0,16}之一|方面|举措|措施|件大事|个坚持|个确保|大战略|大体系)",
        r"^(?:具体|主要|基本|核心|总体|预期性|约束性)?(?:原则|指标|要求|理念|维度|板块|底线|意见|建议|希望|期望|主张|方向|看法|体会|倡议|共识|步骤|愿景)",
    )
)
_PARTS_OF_TEXT = pattern(r"^(?:方面|个方面|条|章|节|篇|部分|个部分|点)$")
_TEXT = pattern(r"》[^,，。；]{0,30}$|(?:分为?|共|部分|方面|章)$")
_STARTING = pattern(r"(?:[由从]|约)[^,，。；]{0,12}$")
_RISING = pattern(
    r"^[^,，。；]{0,10}?(?:提高|提升|增加|增长|成长|扩增|攀升|增至|升至|降低|下降|降至|降到|减少|缩短|压缩|压减|扩大|延长|上升|下调|上调|调整|增|降|升|减|拓展|翻)[^,，。；]{0,2}[到至为]"
)
# Of so many a share: 600个黑点在年底前消除至少75%.
_SHARE_BEHIND = pattern(
    r"[^,，。；]{2,40}(?:消除|减少|降低|提高|提升|改善|完成|达到?|增加)(?:至少|不少于|约|逾|超过)?\s?\d[\d.]*\s?[%％]"
)
_OPENS_CLAUSE = pattern(r"[\W_]*(?:全[国市区省县])?(?:现有|共有)?约?\s*$")
_CHOSEN = pattern(r"[^。；]{0,12}(?:选[择出取]|挑选|遴选|抽取)")  # 从23个车站中选择13个
# How much of a goal has been reached: 完成全年目标的56%, 高于目标4个百分点.
_OF_GOAL = pattern(
    r"比[^,，。；]{0,16}(?:目标|计划|预期)[^,，。；]{0,4}[少低多高后][了约近]?$|距离?[^,，。；]{0,16}目标[^,，。；]{0,12}$|(?:完成|高于|低于|超过|占)[^,，。；]{0,14}(?:目标|任务|计划)(?:任务)?的?[约近]?$"
)
_TIMES_OF = pattern(r"是[^,，。；到至]*的$")
_COMPARED = pattern(r"(?:[^不]?[大高多]于|相当于|等于)[^,，。；]*$")
_BY_FAR = pattern(r"[^,，。；]{0,6}之多")


def stands(clause: str, after: str, printed: str, quantity: FoundQuantity) -> bool:
    """Whether no promise is about the number: a threshold, a size, a part of a name, a base, a count of points."""
    if _counts_points(clause, after, quantity):
        return True
    return not _AIMED.match(after) and (
        _is_base(clause, after, quantity.unit)
        or _is_known(clause, after, printed)
        or _is_threshold(clause, after, printed, quantity)
        or _is_part_of_name(clause, after, quantity)
        or _is_span_of_time(clause, after, quantity)
    )


def _is_base(clause: str, after: str, unit: str) -> bool:
    """What it starts from, is compared with, or has as it is."""
    if _STARTING.search(clause) and (_RISING.match(after) or _CHOSEN.match(after)):
        return True
    if _OPENS_CLAUSE.match(clause) and _SHARE_BEHIND.match(after) and unit not in ("%", "％"):
        return True
    if _SIZE_UNITS.match(unit) and _SCALE.search(clause):
        return True
    if unit == "倍" and _TIMES_OF.search(clause):
        return True
    mentioned = _SIZE_UNITS.match(unit) and _MENTIONED.match(clause) and _OF_SIZE.match(after)
    if mentioned or (_SIZE.search(clause) and not _GROWN.search(clause)) or _OF_GOAL.search(clause):
        return True
    return bool(_COMPARED.search(clause) and _BY_FAR.match(after)) or bool(
        _SHARE.search(clause) and not AT_LEAST.match(after)
    )


def _is_known(clause: str, after: str, printed: str) -> bool:
    if (
        (_TAKEN.search(clause) and _GIVEN_UP.match(after))
        or _LACKING.search(clause)
        or _PRICE.search(clause)
        or _LISTED_EXISTING.search(clause)
        or (_OF_THE_EXISTING.search(clause) and not _NEW.search(clause))
    ):
        return True
    if _JUST_NAMED.search(clause) or (_ABOUT.search(clause) and _TOPIC.match(after)):
        return True
    return bool(_KNOWN_FEW.fullmatch(printed) and _FIRST.match(clause) and _TOLD_ABOUT.match(after))


def _is_threshold(clause: str, after: str, printed: str, quantity: FoundQuantity) -> bool:
    if BARE_STEP.match(printed) and _OVER_ONE_STEP.match(after):
        return True
    if quantity.unit == "元" and _OVER_SO_MUCH.match(after) and not _REACHES_IT.search(clause):
        return True
    if (
        not BARE_STEP.match(printed)
        and quantity.unit in ("元", "岁", "平方米", "人", "亩")
        and _THRESHOLD.match(after)
    ):
        return True
    return bool(_CONDITION.match(after))


def _is_part_of_name(clause: str, after: str, quantity: FoundQuantity) -> bool:
    if is_measure(quantity.unit) and _COUNTED.search(clause):
        return True
    if _KIND_UNITS.search(quantity.unit):
        return bool(_OF_KIND.match(after))
    if not _CAPACITY_UNITS.search(quantity.unit) or _ADDED.search(clause):
        return False
    return bool(_NAMED_PART.match(after))


def _is_span_of_time(clause: str, after: str, quantity: FoundQuantity) -> bool:
    if _TIME_UNITS.match(quantity.unit) and after.startswith("才"):  # 超过20年才可能换得
        return True
    if _LASTING.search(clause):
        return bool(_TIME_UNITS.match(quantity.unit))
    return bool(_TIME_UNITS.match(quantity.unit) and not (_TIME_LIMIT.search(clause) or _WITHIN.match(after)))


def _counts_points(clause: str, after: str, quantity: FoundQuantity) -> bool:
    if _LISTED.match(after) or quantity.unit in ("方面", "个方面"):
        return True
    return bool(_PARTS_OF_TEXT.match(quantity.unit) and _TEXT.search(clause))
