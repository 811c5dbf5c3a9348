"""The title before a name: its last word, and how far it reaches to the left."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern
from .names import NAME, common_name

# The last word of a title; longer ones first where one ends in another.
TITLE_HEAD = rf"(?:{one_of(entries('title_heads'))}|首席[\u4e00-\u9fff]{{1,4}}[官家师])"
_ENDS_TITLE = pattern(rf"{TITLE_HEAD}(?:（[^）]{{1,12}}）|\([^)]{{1,12}}\))?$")
# 省委宣传部(省政府新闻办)副主任: another name of the body stands in brackets.
_BRACKETED = pattern(
    r"(?:^|(?<=[,，。；;：:！!？?“”\"「」『』\s、（）()【】▲△▼●○■□◆◇★☆►▶※]))(?P<body>[\u4e00-\u9fff]{2,30}(?:委|办|部|局|厅|院|会|公司|集团|中心|所|室|处|大学|委员会)(?=[（(][\u4e00-\u9fff]{2,20}[）)]$)|[\u4e00-\u9fff]{1,16}[区园校](?=[（(][\u4e00-\u9fff]{2,16}[）)]$)|[\u4e00-\u9fffA-Za-z]{2,12}(?= ?[（(][\dA-Z.-]{3,10}[）)] ?$)|[\u4e00-\u9fff]{2,30}(?=[（(](?:以下)?(?:简|下|合)称[^（）()]{2,16}[）)]$)|[\u4e00-\u9fff]{2,16}(?=[（(][A-Za-z][A-Za-z .&-]{1,40}[）)]$))"
)
# 明远实业(集团)|有限公司
_COMPANY = pattern(
    r"(?:^|(?<=[,，。；;：:！!？?“”\"「」『』\s、（）()【】▲△▼●○■□◆◇★☆►▶※]))(?P<body>[\u4e00-\u9fff]{2,20}(?=[（(][\u4e00-\u9fff]{2,6}[）)]$))"
)
# “星光”工程|总指挥: a name in quotation marks heads the body's.
_QUOTED = pattern(r"(?<![称为叫是以题的])[“「][^“”「」,，。！？!?：:]{2,12}[”」]$")
_COMPANY_FORMS = ("有限", "股份", "公司", "集团", "控股")
_ENDS_ORGANISATION = pattern(
    r"(?:委员会|管委会|委|办|部|局|厅|院|会|大学|学院|研究院|研究所|公司|集团|政府|中心|总署|总局|协会|学会|实验室|党组|人大|政协)$"
)
_INTRODUCED = pattern(
    rf"^.*(?:(?:\d日|[昨今][天日]|日前|近日|同日|当日|[上下]午)(?:上午|下午|晚)?[与和同]|(?:{one_of(entries('title_introducers'))})(?:[上中时](?![海市国央饶虞山科铁华建间代]))?|选举(?!委员)|推选|(?<![所存])在[\u4e00-\u9fff]{{2,6}}[与同]|(?<![所存现])在[\u4e00-\u9fff]{{2,10}}(?:上(?![海市])|时(?!代)|(?<=[辞话言会谈程动式议流])中(?!心))|(?:先生|女士)[与和及]|(?<![自理])由(?![于於])|(?<![反面应])对(?![外台])|请|(?:将|即将|曾|刚|新)(?:接任|担任|出任|就任|当选)[^,，]{{1,20}}的|为(?=新任|现任|前任)|的(?:就|正)?是|(?:当天|还|并|分别|一同|共同|拒绝了?|他|她)[与同和]|应邀出席|[跟被](?![踪])|(?:出席|参加|专程|前来|陪同|来自)[\u4e00-\u9fff]{{0,16}}的|[^政方面定走]向(?!阳)|(?<![所存])在(?![线]|台协会)|(?:会|活动|仪式|论坛|峰会|之行|之旅)的|[大峰年]会(?=[\u4e00-\u9fff]{{2,3}}[省市县区])|导火线于|奖给|(?:作为|身为|是|进行)[^,，]{{1,20}}的|是|给(?![水予排])|(?:{NAME}|[都府京城宫堂馆席统])同(?![济仁心方盟业学江意期样时步安])|"
    rf"{TITLE_HEAD}{NAME}(?:[与和及]|代表(?!团|处))|(?:代表|负责人|专家|成员|干部|领导|学者)[与和及])(?=[\u4e00-\u9fffA-Z])"
)
# What no title holds: aspect (邀请到了|科技部部长), what opens a list (官员有|局长), a clause of action that ends in 的.
_TOLD = pattern(
    r"^.*(?:了(?![解望])|著(?![名作])|(?<!沿)着(?![力眼陆重])|[员宾者人]有(?![限色机])|包[括含]|依据|也(?!门)(?:有|是)?|出席|颁奖给?|迎来|进入|(?:会议|大会|论坛|仪式|活动)[上中](?!海|心)|(?<![信来上走家])访(?![问谈客])|表示|指出|强调(?!色)|认为|提到|透露|予(?!以)|(?P<act>的)(?![士确]))(?=[\u4e00-\u9fffA-Z])"
)
_CHARGED = pattern(r"(?:分管|主管|协管|负责|主持|联系)[^,，]{2,12}$")
_OPENS = pattern(
    r"^(?:(?:[\u4e00-\u9fff]{1,5}[报社网台]|本[报刊网台社])(?:消息|[快特专]?讯)|(?:\d{4}|1[0-3]\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}[.、](?=[\u4e00-\u9fff])|(?:因此|所以|无奈|不过|然而|尤其|特别是|包括|包含|即使|甚至|连同|由[于於]|鉴于|加上|例如|譬如|只见|眼见|没想到|原本|可惜|幸好|终于|另外|至于|关于|针对|对此|接着|最后|首先|同日|席间|稍早|吁(?!请)|原因是|该|如与|如同?|[今昨](?![天日年]))(?=[\u4e00-\u9fff]{2})|(?:的|但|于(?![都])|连(?![云])|被|跟|居然被?|此事经过|中跟|目前|新任|[日天]?率[同领]?(?![先土])|到(?![任])|受|应(?![急用材])|本[届次]|现场|图为|图中|[左右]起|[左右中][一二三四]?[为是]|[上本这下]?周[一二三四五六日天]|[上本]月|给(?!水)|与|及|并|由|被|让|请|以及|还有|其中|据|和(?![平田县政静龙顺布])|同(?![济仁方江心业盟学乡]))|"
    r"(?:昨|今|前|当)[天日]|近[日期]|日来|日前|随后|同时|此外|会[上前后]|座谈会上|(?:\d+月)?\d+日|上午|下午|傍晚|晚间?)+"
)
# How bodies end that stand before a name with its title behind it.
ENDS_BODY = r"(?:政协|人大|党委|公司|集团|大学|学院|中心|委员会|协会|学会|研究院|研究所|[委办局厅馆])"
_OTHER = pattern(rf"(?P<name>(?=[\u4e00-\u9fff]{{3}}[与和及]){NAME})[与和及](?=[\u4e00-\u9fff])")
_GROUP = pattern(
    r"^[多余]?[位名]|^(?:[省市区县]{1,3}级|部分|各级|相关|有关|有些|一些|许多|不少)|等[\u4e00-\u9fff]{0,6}$|(?:的|单位)(?:领导|负责人|代表|嘉宾|干部)$"
)  # people of whom no name is given here
_SOME = pattern(r"代表(?!团|处|大会|委员会)(?=.)|部分|有些|一些|许多|不少|多[位名]")
_ORDER = pattern(r"[一二三四五六七八九十][要是]|[要将须]")
_COUNTED = pattern(r"\d[余多]?[名位个次]|(?<!其)[他她](?!国)")  # 20名博士: people counted, no title
_BOUNDARY = pattern(r"[,，。；;：:！!？?“”\"「」『』\s、（）()【】▲△▼●○■□◆◇★☆►▶※]")
_STYLES = frozenset(["博士", "教授", "先生", "女士", "院士", "大使", "老师", "议员", "委员"])
_LONGEST = 60
_SHORT = 2  # so short a name alone before a title may be a place or company
_OF_PLACES = frozenset(f"{place}长" for place in "省市区县州镇乡村里")  # 石家庄市长


def title_start(text: str, head_start: int, head_end: int) -> int:
    """Where the title ending at `head_end` begins: leftwards over segments that are titles or bodies."""
    start = head_start
    while True:
        left = _boundary_before(text, start)
        segment = text[left : head_end if start == head_start else start]
        cut = _cut(segment)
        start = left + cut
        named = _COMPANY if segment.startswith(_COMPANY_FORMS) else _BRACKETED
        if not cut and left and (bracketed := named.search(text[:left])):
            start = bracketed.start("body") + _cut(bracketed["body"])
            left = bracketed.start("body")
            cut = start - left
        if not cut and left and (quoted := _QUOTED.search(text[:left])):
            left = _boundary_before(text, quoted.start())
            cut = _cut(text[left : quoted.start()])
            start = left + cut
        if cut or left == 0 or text[left - 1] not in "、,，":
            return start
        before = _boundary_before(text, left - 1)
        previous = text[before : left - 1]
        comma = text[left - 1] in ",，"
        style = previous in _STYLES and text[before - 1 : before] in tuple(")）")
        if style or _GROUP.search(previous) or names_someone(previous) or (comma and _cut(previous)):
            return start
        if not (_ENDS_TITLE.search(previous) or (not comma and _ENDS_ORGANISATION.search(previous))):
            return start
        start = left - 1


def names_someone(segment: str) -> bool:
    """Whether a segment holds a name before its title (区政协周苏萍副主席), which is then nobody else's."""
    named = _BODY_NAMED.search(segment)
    alone = named and not named.start("name")
    whole = named and (not alone or (len(named["name"]) > _SHORT and named["title"] not in _OF_PLACES))
    return bool(whole and common_name(named["name"]) and named["name"][-1] not in BODIES)


def _boundary_before(text: str, at: int) -> int:
    while at and not _BOUNDARY.match(text[at - 1]):
        at -= 1
    return at


def _cut(segment: str) -> int:
    """How much of the segment's beginning is no title (会议由…, 昨天上午, …)."""
    introduced = _INTRODUCED.match(segment)
    cut = max(introduced.end() if introduced else 0, _told(segment))
    other = _OTHER.match(segment, cut)  # 卢若福和书记长: the first is somebody else
    cut = other.end() if other and common_name(other["name"]) else cut
    opens = _OPENS.match(segment[cut:])
    return cut + (opens.end() if opens else 0)


def _told(segment: str) -> int:
    """Where words end that tell what is done; what an office is charged with, or whose it is, is part of its title."""
    told = _TOLD.match(segment)
    owned = (
        told
        and told["act"]
        and (
            _CHARGED.search(segment, 0, told.start("act"))
            or _ENDS_ORGANISATION.search(segment[: told.start("act")])
        )
    )
    return told.end() if told and not owned else 0


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
    titled = _TITLED_NAME.match(bearer)
    if titled and common_name(titled[1]) and titled[1][-1] not in BODIES:
        return False
    return bearer not in known and not (head in _OF_PERSONS and len(bearer) == 3 and common_name(bearer))


BODIES = "市省区县州镇乡盟旗村部委局院厅办司处署会台社行校"
_BODY_NAMED = pattern(
    rf"(?:^|{ENDS_BODY}|{TITLE_HEAD})(?P<name>{NAME})(?P<title>(?:代理|常务副|副|总)?{TITLE_HEAD})$"
)
_OF_PERSONS = frozenset(["总书记", "书记", "主席", "总理", "部长", "代表", "委员长"])
_TITLED_NAME = pattern(rf"({NAME})(?:代理|常务副|副|总|前)?{TITLE_HEAD}")
NEVER_ALONE = frozenset(["代表", "成员", "专家", "学者", "领导", "干部"])
