"""The title before a name: its last word, and how far it reaches to the left."""

from __future__ import annotations

from ..patterns import pattern
from .edges import cut
from .heads import ENDS_ORGANISATION, TITLE_HEAD
from .names import NAME, SURNAME, common_name, plausible_name

_MARK = r"[,，。；;丶：:！!？?“”\"「」『』\s、（）()【】〈〉〔〕［］|｜▲△▼●○■□◆◇★☆►▶※—]"
_HEAD = rf"(?:^|(?<={_MARK}))"
_ENDS_TITLE = pattern(rf"{TITLE_HEAD}(?:（[^）]{{1,12}}）|\([^)]{{1,12}}\))?$")
# 省委宣传部(省政府新闻办)副主任: another name of the body stands in brackets.
_BRACKETED = pattern(
    _HEAD
    + r"(?P<body>[\u4e00-\u9fff]{2,30}(?:委|办|部|局|厅|院|会|公司|集团|中心|所|室|处|大学|委员会)(?=[（(][\u4e00-\u9fff]{2,20}[）)]$)|刚果(?=[（(][金布][）)]$)|[\u4e00-\u9fff]{1,16}[区园校](?=[（(][\u4e00-\u9fff]{2,16}[）)]$)|[\u4e00-\u9fffA-Za-z]{2,12}(?= ?[（(][\dA-Z.-]{3,10}[）)] ?$)|[\u4e00-\u9fff]{2,30}(?=[（(][^（）()，,。；;]{0,6}称[^（）()]{2,16}[）)]$)|[\u4e00-\u9fff]{2,16}(?=[（(][A-Za-z][A-Za-z .&-]{1,40}[）)]$))"
)
# 明远实业(集团)|有限公司
_COMPANY = pattern(
    _HEAD + r"(?P<body>[\u4e00-\u9fffA-Za-z]{2,20}(?= ?[（(][\u4e00-\u9fffA-Za-z .&-]{2,12}[）)] ?$))"
)
# “星光”工程|总指挥: a name in quotation marks heads the body's.
_QUOTED = pattern(r"(?<![称为叫是以题的])[“「][^“”「」,，。！？!?：:]{2,12}[”」]$")
_COMPANY_FORMS = pattern(r"[\u4e00-\u9fff]{0,6}?(?:有限|股份|公司|集团|控股)")
# How bodies end that stand before a name with its title behind it.
ENDS_BODY = r"(?:政协|人大|党委|公司|集团|大学|学院|中心|研究院|研究所|[委办局厅馆会院所系校省市县区])"
_GROUP = pattern(
    r"^[多余]?[位名]|^(?:[省市区县]{1,3}级|部分|各级|有些|一些|许多|不少)|等[\u4e00-\u9fff]{0,6}$|(?:相关|有关|主要)(?:部门|单位)?(?:负责|领导|人员)|(?:的|单位)(?:领导|负责人|代表|嘉宾|干部)$"
)  # people of whom no name is given here
_CROWD = pattern(r"(?<!大)(?<!党)(?<!公司)代表$")  # 企业代表,局长甲
_SOME = pattern(r"代表(?!团|处|大会|委员会)(?=.)|部分|有些|一些|许多|不少|多[位名]")
_ORDER = pattern(r"[一二三四五六七八九十][要是]|[要将须]")
_COUNTED = pattern(r"\d[余多]?[名位个次]|(?<!其)[他她](?!国)")  # 20名博士: people counted, no title
_BOUNDARY = pattern(_MARK)
_LATIN_BLANK = pattern(r"[A-Za-z] [\w&]|[\w&] [A-Za-z]")  # Northport Capital 执行长
_STYLES = frozenset(["博士", "教授", "先生", "女士", "院士", "大使", "老师", "议员", "委员"])
_LONGEST = 60
_SHORT = 2  # so short a name alone before a title may be a place or company
_OF_PLACES = frozenset(f"{place}长" for place in "省市区县州镇乡村里")  # 石家庄市长


def title_start(text: str, head_start: int, head_end: int, reached: int = 0) -> int:
    """Where the title ending at `head_end` begins: leftwards over segments that are titles or bodies.

    `reached`: where the names before it end; nothing that stands right behind them belongs to the title.
    """
    start = head_start
    while True:
        left = _boundary_before(text, start, reached)
        segment = text[left : head_end if start == head_start else start]
        opening = min(
            cut(segment), max(0, head_start - left)
        )  # 指挥|官: what opens a title leaves its head whole
        named = _COMPANY if _COMPANY_FORMS.match(segment) else _BRACKETED
        if not opening and left and (bracketed := named.search(text[:left])):
            left = bracketed.start("body")
            opening = cut(bracketed["body"])
        if not opening and left and (quoted := _QUOTED.search(text[:left])):
            left = _boundary_before(text, quoted.start(), reached)
            opening = cut(text[left : quoted.start() + 1])
        start = left + opening
        if opening or left <= reached or text[left - 1] not in "、,，":
            return start
        before = _boundary_before(text, left - 1, reached)
        previous = text[before : left - 1]
        comma, opened = text[left - 1] in ",，", cut(previous)
        if before == reached > 0 and not opened:
            return start
        crowd = comma and _CROWD.search(previous)
        style = previous in _STYLES and text[before - 1 : before] in tuple(")）")
        if (
            style
            or crowd
            or _GROUP.search(previous)
            or names_someone(previous)
            or names_someone(previous[opened:])
            or (comma and opened)
        ):
            return start
        if not (_ENDS_TITLE.search(previous) or (not comma and ENDS_ORGANISATION.search(previous))):
            return start
        start = left - 1


def names_someone(segment: str) -> bool:
    """Whether a segment holds a name before its title (区政协周苏萍副主席), which is then nobody else's."""
    if _SURNAMED.fullmatch(segment):  # 郑市长、民航局长
        return True
    named = _BODY_NAMED.search(segment)
    alone = named and not named.start("name")
    whole = named and (not alone or (len(named["name"]) > _SHORT and named["title"] not in _OF_PLACES))
    if not whole or named["name"][-1] in BODIES:
        return False
    sure = len(named["name"]) > _SHORT and named["title"] in _STYLES  # 科学院周巢尘院士
    return plausible_name(named["name"]) if sure else common_name(named["name"])


def _boundary_before(text: str, at: int, reached: int = 0) -> int:
    while at > reached and (not _BOUNDARY.match(text[at - 1]) or _LATIN_BLANK.match(text, max(0, at - 2))):
        at -= 1
    return at


def is_title(role: str, head: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether `role`, which ends in `head`, is a title and no person with a title (习近平总书记, 王刚副秘书长代表).

    Places, bodies and companies look like persons (白河区长, 古巴外长, 万科总经理): only who is `known` as a person,
    or has a name of common characters before the title of an office that is nobody's namesake, is one.
    """
    if (
        len(role) > _LONGEST
        or _SOME.match(role)
        or role in NEVER_ALONE
        or _ORDER.match(role)
        or _COUNTED.search(role)
    ):
        return False
    bearer = role.removesuffix(head)
    if head == "代表" and (agent := _AGENT.search(bearer)) and common_name(agent["name"]):
        return False
    titled = _TITLED_NAME.match(bearer)
    if titled and common_name(titled[1]) and titled[1][-1] not in BODIES:
        return False
    return bearer not in known and not (head in _OF_PERSONS and len(bearer) == 3 and common_name(bearer))


BODIES = "市省区县州镇乡盟旗村部委局院厅办司处署会台社行校"
_BODY_NAMED = pattern(
    rf"(?:^|{ENDS_BODY}之?|{TITLE_HEAD})(?P<name>{NAME})(?P<title>(?:代理|署理|常务副|副|总|资深|名誉|荣誉)?{TITLE_HEAD})$"
)
_OF_PERSONS = frozenset(["总书记", "书记", "主席", "总理", "部长", "代表", "委员长"])
_SURNAMED = pattern(
    rf"(?![区代台党原]){SURNAME}(?:代理|常务副|副)?(?:[省市县区部局署处院校]长|董事长|总经理|主委|议员|委员|总统|主席|理事长)"
)
_AGENT = pattern(rf"{TITLE_HEAD}(?P<name>{NAME})$")  # 主任沈若星|代表江州签署
_TITLED_NAME = pattern(rf"({NAME})(?:代理|常务副|副|总|前)?{TITLE_HEAD}")
NEVER_ALONE = frozenset(["代表", "成员", "专家", "学者", "领导", "干部"])
