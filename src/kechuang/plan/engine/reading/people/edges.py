"""Where a title begins: the words, by class, that may stand before one and are no part of it.

A title is a noun phrase, organisations and offices. What tells of an act, governs the person or joins a clause ends
before it wherever it stands in the segment; times, conjunctions, adverbs and determiners only open a segment. Each
class names its exceptions: places and bodies whose names hold such a word.
"""

from __future__ import annotations

from ..gazetteer import entries
from ..patterns import any_of, pattern
from .heads import ENDS_ORGANISATION, TITLE_HEAD
from .names import NAME, common_name

# --- anywhere in the segment: the title begins behind the last of these -------------------------------------------------
_VERBS = any_of(
    r"选举(?!委员)|推选|(?:获选|获聘|荣任)为?(?=[\u4e00-\u9fff]{2})|应邀出席|奖给|导火线于|(?:将|即将|曾|刚|新)(?:接任|担任|出任|就任|当选)[^,，]{1,20}的",
    r"特?邀(?!请赛)|[跟被](?![踪])|[呛吁](?!请)|(?<![审第报])批(?![发准量次改])|^并?举(?![重办行])|给(?![水予排])|请|是|(?<![效频税汇利费功用化产])率[领同]?(?![先土])",
    r"(?<![访顾慰提质学])问(?![题政卷责询津学诊])|为(?=新任|现任|前任|[A-Z])",
)
_PREPOSITIONS = any_of(
    r"(?<![所存])在[\u4e00-\u9fff]{1,6}[与同]|(?<![所存现])在[\u4e00-\u9fff]{2,10}(?:上(?![海市院])|时(?!代)|(?<=[辞话言会谈程动式议流])中(?!心))",
    r"(?<![所存])在(?![线地]|台协会)|(?<![自理])由(?![于於])|(?<![反面应])对(?![外台])|(?<![政方面定走])向(?!阳)|经(?=(?:行政|立法|国务|监察|司法)院|立院|总统|[省市县部院局]长)",
)
# 与 and 和 join offices in a title; behind times, adverbs and honorifics they say with whom somebody does something.
_WITH = any_of(
    r"(?:\d日|[昨今][天日]|日前|近日|同日|当日|[上下]午)(?:上午|下午|晚)?[与和同]|(?:先生|女士)[与和及]|(?:代表|负责人|负责同志|人员|专家|成员|干部|领导|学者)[与和及]",
    r"(?:当天|还|并|分别|一同|共同|拒绝了?|他|她)[与同和]|(?:幸|可能|先后|一起|纷纷|曾|已经?|将|须|愿|拟|(?<![青少成老中])年)[与和跟]",
    rf"(?:{NAME}|[都府京城宫堂馆席统])同(?![济仁心方盟业学江意期样时步安])",
    r"代表[\u4e00-\u9fff]{0,8}(?:政府|公司|学校|企业|大学|双方)[与和同]",
    r"^副?(?:总统|总理|部长|市长|县长|省长|区长|院长|校长)与(?=[\u4e00-\u9fff]{4})",
    r"的(?:汇报|报告|介绍|讲话|致辞|说明|邀请|陪同|提问|质询)[及和与]",
    r"(?:党团|协会|学会|总会|基金会|工会|公司|集团)[与及](?=[\u4e00-\u9fff]{2})",
    rf"{TITLE_HEAD}{NAME}(?:资深大律师|大律师|先生|女士|议员|委员|博士|教授|伉俪)?(?:[与和及]|代表(?!团|处))",
)
_RELATIVES = any_of(
    r"(?:出席|参加|主持|召开|专程|前来|陪同|来自)[\u4e00-\u9fff]{0,16}的|(?:会|活动|仪式|论坛|峰会|之行|之旅)的",
    r"(?:作为|身为|是|进行)[^,，]{1,20}的|[大峰年]会(?=[\u4e00-\u9fff]{2,3}[省市县区])",
)
_INTRODUCED = pattern(
    rf"^.*(?:{any_of(_VERBS, _PREPOSITIONS, _WITH, _RELATIVES)})(?= ?[\u4e00-\u9fffA-Z\d「“])"
)
# The verbs of every list but those that name bodies (发展, 促进), and the words that only lead up to a title.
_ACTS = (
    {
        word
        for name in ("action", "doing", "object", "participant", "promising", "speech", "state")
        for word in entries(f"{name}_verbs")
        if len(word) > 1
    }
    - set(" ".join(entries("verbs_in_names")).split())
) | set(entries("title_introducers"))
_LONGEST_ACT = max(map(len, _ACTS))
# 访问团, 接待处, 发布会, 讲解员 are things; 邀请处长 is an act. 拜访中 goes on, 拜访中科院 does not.
_BEHIND_ACT = pattern(
    rf"(?!(?:[团组队办处部科室站课会]|办公室|中心|小组|委员会)(?:执行|常务|副|总)*{TITLE_HEAD}|部门|单位|[员师者官]|器(?!官)|仪(?!式)|人(?![大社民力才事工类文口]))"
    r"(?:[上中时](?![海市国央饶虞山科部铁华建间代研医信石电投航核粮油院大东西南北欧俄美日韩英法德])|[了过到])?(?= ?[\u4e00-\u9fffA-Z\d「“])"
)
_NO_ACTS = frozenset({f"{body}会" for body in "协学商总员公工大社联年峰"} | {"马偕"})  # 委员会|商务局
# What no title holds: aspect (邀请到了|科技部部长), what opens a list (官员有|局长), a clause of action that ends in 的.
_TOLD = pattern(
    r"^.*(?:了(?![解望])|著(?![名作])|(?<!沿)着(?![力眼陆重])|(?:[员宾者人式会组家导的]|关心|见证|到场|陪同|会勘)有(?![限色机关])|包[括含]|依据|也(?!门)(?:有|是)?|出席|颁奖给?|迎来|进入|(?:会议|大会|论坛|仪式|活动)[上中](?!海|心)|(?<![信来上走家])访(?![问谈客])|表示|指出|强调(?!色)|认为|提到|透露|予(?!以)|(?P<act>的)(?![士确]))(?= ?[\u4e00-\u9fffA-Z\d「“])"
)
_CHARGED = pattern(r"(?:分管|主管|协管|负责|主持(?!会|[论讲]坛|仪式|活动|座谈|典礼)|联系)[^,，]{2,12}$")

# --- at the head of the segment: any number of these in a row ----------------------------------------------------------
_TIMES = any_of(
    r"(?:\d{4}|1[0-3]\d)年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d+日)?|\d+日|[今去明]年\d{1,2}月|[今昨](?![天日年])(?=[\u4e00-\u9fff]{2})",
    r"(?:昨|今|前|当)[天日]|最近|近来|如今|早前|稍后|[近日]日|近期|日来|日前|[前这][几两]天|刚才|当时(?!代)|[上本这下]?周[一二三四五六日天]|[上本]月|上午|下午|傍晚|晚间?|同日|席间|稍早",
)
_JOINTS = any_of(
    r"(?:因此|所以|无奈|不过|然而|尤其|特别是|包括|包含|即使|甚至|连同|由[于於]|鉴于|加上|例如|譬如|只见|眼见|没想到|原本|可惜|幸好|终于|另外|然后|至于|关于|针对|对此|接着|最后|首先|原因是|如与|正如|如同?)(?=[\u4e00-\u9fff]{2})",
    r"但|进而|另(?!类)|等[及与和]|而(?!今)|[只仅唯幸还尚]有|就(?!业)|却|则|以(?![色太岭])|随后|同时|此外|其中(?:就?有|还有)?|[其当]?中有|结果|及|并|与|据|和(?![平田县政静龙顺布硕泰鑫桐记])|同(?![济仁方江心业盟学乡])|亦|于(?![都])|经(?![济贸营管发委信纪理费长合销协])|日(?![本报内电立产照喀月])|自(?=[卸前现时])|连(?![云])",
)
_GOVERNING = any_of(
    r"[还也又再都均]?[被遭](?!遇)|跟|居然被?|此事经过|中跟|纪念(?![医馆大中小学碑活日品章堂园公基])|作为|身为|获(?![得奖聘])|[日天]?率[同领]?(?![先土])|到(?![任])|受|应(?![急用材])|给(?!水)|由|让|请|吁(?!请)(?=[\u4e00-\u9fff]{2})|的|从(?![化江])|根据|经过|[爆批](?![破炸发准])",
    r"代表(?![团处性大委])(?=[\u4e00-\u9fff]{2})",
)
_DETERMINERS = any_of(
    r"[贵嘉来]宾|在地|该(?:[校院所市县区省局厅部会行司馆台社](?![委长学]))?(?=[\u4e00-\u9fff]{2})|本[届次]|目前|新任|现场|图为|图中|[左右]起|(?:[前后]排)?(?:[左右][一二三四五六七八九十]?[为是起]?|[中旁]为|中是)(?=[\u4e00-\u9fff]{2})|《图[说文片]》|会[上前后]|座谈会上|以下[为是]|我(?![国校院厂所司会局处部馆]|[省市县区州](?![委政]|人大))(?=[\u4e00-\u9fff]{3})|(?:[另这那]|[一两三四五六七八九十几多]|\d+)[余多]?一?[名位]|此次|这次|现[为是]|其(?=[\u4e00-\u9fff]{3})",
    r"(?:[\u4e00-\u9fff]{1,5}[报社网台]|本[报刊网台社])(?:消息|[快特专]?讯)|\d{1,2}[.、](?=[\u4e00-\u9fff])",
)
_OPENS = pattern(rf"^(?:{any_of(_DETERMINERS, _TIMES, _JOINTS, _GOVERNING)})+")

# Somebody else of whom the segment tells first: 卢若福和书记长, 史若泰院长与总经理, 卢若璁局长代表市长.
_OTHER = pattern(
    rf"(?P<name>(?=[\u4e00-\u9fff]{{3}}){NAME})(?:{TITLE_HEAD}(?:[与和及]|代表|接获|曾任)|(?<=[\u4e00-\u9fff]{{3}})[与和及])(?=[\u4e00-\u9fff])"
)


def cut(segment: str) -> int:
    """How much of the segment's beginning is no title (会议由…, 昨天上午, …)."""
    introduced = _INTRODUCED.match(segment)
    end = max(introduced.end() if introduced else 0, _told(segment), _acted(segment))
    for other in _OTHER.finditer(segment, end):
        heads = other.start() == end or segment[other.end("name")] not in "与和及"
        if heads and common_name(other["name"]):
            end = other.end()
            break
    opens = _OPENS.match(segment[end:])
    return end + (opens.end() if opens else 0)


def _acted(segment: str) -> int:
    """Where the last verb of the segment ends."""
    for at in range(len(segment) - 1, -1, -1):
        for end in range(min(at + _LONGEST_ACT, len(segment) - 1), at, -1):
            word = segment[at:end]
            if word not in _ACTS or segment[max(0, at - 1) : at + 1] in _NO_ACTS:
                continue
            if behind := _BEHIND_ACT.match(segment, end):
                return behind.end()
    return 0


def _told(segment: str) -> int:
    """Where words end that tell what is done; what an office is charged with, or whose it is, is part of its title."""
    told = _TOLD.match(segment)
    act = told and told["act"] and segment[: told.start("act")]
    charged = act and _CHARGED.search(act)
    own = charged and (charged.start() or act[:2] not in ("负责", "主持"))  # 负责施工的|公司董事长
    owned = act and (own or ENDS_ORGANISATION.search(act))
    return told.end() if told and not owned else 0
