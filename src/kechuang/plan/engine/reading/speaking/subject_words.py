"""How Chinese text names whom it tells of: shapes of names and titles before a verb or at the head of a clause."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..people.heads import TITLE_HEAD
from ..people.names import COMPOUND_SURNAMES, FOREIGN, NAME, SURNAME
from ..people.titles import NEVER_ALONE
from .chinese_words import ADVERBS, HONORIFIC

NOBODY = "?"  # somebody whose name the document does not give (苏局长)

# What somebody is who speaks without an office.
DESCRIBES = "学生|同学|选手|村民|居民|农户|农民|店主|业主|车主|户主|市民|老板|老板娘|老农|艺术家|作家|诗人|志愿者|志工|队员|球员|乡亲|家长|记者|党魁"
HEAD = rf"(?:^|[,，。;；:：、”」)）\s]|{TITLE_HEAD}|{DESCRIBES})"
UNKNOWN = pattern(
    rf"{HEAD}(?P<who>(?P<foreign>{FOREIGN})|{NAME})(?:{HONORIFIC})?(?:（[^）]{{1,8}}）)?{ADVERBS}$"
)
TITLED = pattern(
    rf"(?:^|(?<=[,，。;；、」”）)\s局部厅院会司团校处室党署]))(?P<who>{NAME}){HONORIFIC}{ADVERBS}$"
)
# 南大黄若成校长表示: body, name and title without a sign between them.
RUN_ON = pattern(rf"(?P<who>{NAME})(?:代理|前)?(?:代理|常务副|副|总)?{TITLE_HEAD}{ADVERBS}$")
# 九年级的张若苡表示: what somebody is stands before 的.
DESCRIBED = pattern(rf"的(?P<who>{NAME})(?P<titled>{HONORIFIC})?{ADVERBS}$")
# What may stand between somebody known and the verb.
LAST = pattern(rf"(?:{HONORIFIC})?(?:（[^）]{{1,8}}）)?{ADVERBS}")
# 这位大学教授引用数据,指出…: who spoke last
THIS_ONE = pattern(rf"(?:^|[,，。;；])这[位名][^,，。；“”「」]{{0,40}}?{TITLE_HEAD}")
SURNAMED = pattern(
    rf"(?:{HEAD}|[局厅处委部办院的])(?P<who>{COMPOUND_SURNAMES}|{SURNAME})(?P<title>{HONORIFIC}){ADVERBS}$"
)
BARE = pattern(rf"{HEAD}(?P<who>(?![曾应常都时向和可能方于从须相])(?:{SURNAME})){ADVERBS}$")
# 观光局局长表示: an office whose bearer may be named elsewhere.
OFFICE = pattern(rf"(?P<title>[\u4e00-\u9fff]{{2,20}}{TITLE_HEAD}){ADVERBS}$")
# 台州市长说这议题…
OFFICE_AT_ONCE = pattern(
    rf"(?:^|[,，。;；:：」”])(?P<title>(?![^,，。；]{{0,12}}总书记)[\u4e00-\u9fff]{{0,14}}?{TITLE_HEAD}){ADVERBS}$"
)
TITLE_ALONE = pattern(
    rf"(?:^|[,，。;；])(?:该[局厅院处部委司校市省县区所会厂]|该(?:公司|集团|企业|学院|大学|中心)|这位)?(?P<title>(?:代理|常务副|副|总)?{TITLE_HEAD}){ADVERBS}$"
)
# What stands before somebody who says a thing at once.
BEFORE = pattern(rf"(?:{HEAD}|[会联盟党团局委社院校系而但]|[,，]用)$")
# Somebody named at the head of a clause: 朱旭东局长, 张局长, 副总统 with what they do.
NAMED = pattern(rf"(?:^|[,，。;；])(?P<who>{NAME})(?:代理|常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
OFFICIAL = pattern(
    rf"(?:^|[,，。;；]|(?<=[局厅处委部办院]))(?P<who>{COMPOUND_SURNAMES}|{SURNAME})(?P<title>(?:代理|常务副|副|总)?{TITLE_HEAD})(?=[\u4e00-\u9fff])"
)
# Somebody without an office of whom a sentence tells: 殷若兰对…提出意见。
HEADS = pattern(rf"(?P<who>(?=[\u4e00-\u9fff]{{3}}[对就向]){NAME})(?=[对就向])")
# Whom somebody else turns to: 吁市长甲…
URGED = pattern(
    rf"(?:(?<![自理事])由|邀[请集])[^,，。；]{{0,30}}$|(?:吁|敦促|促请|要求|呼吁|建议|盼|请|询问|质疑|批评?|感谢|肯定|交[待代]|责成|指示|指派|委请)(?:[\u4e00-\u9fff]{{1,12}}?[长任委席理记员统])?$|[对向跟](?:[\u4e00-\u9fff]{{0,12}}?{TITLE_HEAD})?$"
)
# 跟院长甲说明
TOLD_TO = pattern(rf"[对向跟](?:[\u4e00-\u9fff]{{0,12}}?{TITLE_HEAD})?$")
BY_SURNAME = pattern(rf"(?P<who>{COMPOUND_SURNAMES}|{SURNAME})(?P<title>(?:代理|常务副|副|总)?{TITLE_HEAD})")
TITLE_ACTS = pattern(
    rf"(?:^|[,，。;；])(?P<title>(?:代理|常务副|副|总)?{TITLE_HEAD})(?:今[天日]|昨[天日])?(?:{one_of(entries('participant_verbs'))})"
)
# Somebody without a name: 园区相关负责人, 一位专家.
ANONYMOUS = pattern(
    rf"(?:负责人|负责同志|人士|工作人员|专家|学者|[济科业]学?家|官员|居民|村民|市民|网友|员工|业者|民众|家长|学生|分析师|听众|观众|读者){ADVERBS}$|(?:^|[,，。；;])(?:[也但]?有|[多一]名|[多一]位|部分|一些|不少|许多)[\u4e00-\u9fff]{{2,12}}{ADVERBS}$"
)
EACH = pattern(r"[、和与及][^,，。；]{0,80}(?:分别|先后|相继)")  # 甲、乙分别…
# Somebody without a name acts before a pronoun that means them: 校友代表也发了言,他…
SOMEBODY = pattern(
    r"(?:^|[,，。；;])(?:[一多]?[位名])?[\u4e00-\u9fff]{0,8}(?:代表|负责人|专家|学者|学生|同学|家长|居民|村民|工作人员)(?:也|还|则|在|作|做|首先|最后|随后|上台|发言|介绍)"
)
BESIDE = pattern(r"(?:（[^）]{1,8}）)?、")
CLAUSE_MARK = pattern(r"[,，。；;：:”」]|会见|陪同|出席")
# Two or more who say a thing together: 甲、乙等人指出, 局长甲和主任乙表示.
_TOGETHER = (
    r"(?:都|均|皆|才|相继|先后|陆续|纷纷|也|还|共同|一致|分别|同声|[今昨][天日]?|\d{1,2}日|随后|并|进一步)*"
)
JOINT = pattern(
    rf"[^,，。；]{{2,24}}等(?:[\d一二两三四五六七八九十多]+[余多]?[位名人]?)?(?:[\u4e00-\u9fff]{{0,6}}?(?:人|专家|学者|委员|代表|议员|立委|官员|嘉宾|院士|企业家|教授|同志|领导|干部|业者|主管|老师|长))?{_TOGETHER}$"
)
JOINED = pattern(r"(?:（[^）]{1,8}）)?(?:[、和与及]|以及)[^,，。；]{0,24}")
SINGLED = pattern(r"陪同|随同|见证|出席|到场|与会|等")
ALONE = pattern(rf"{_TOGETHER}$")
# What belongs to somebody: 甲的…, 甲立委服务处.
OWNED = pattern(rf"的|(?:{TITLE_HEAD})?(?:服务处|办公室|事务所|基金会|团队|竞选总部|夫妇)")
PRONOUN = pattern("[他她](?!们|人|方|国)")
UNBORNE = frozenset([*NEVER_ALONE, "负责人", "发言人", "委员", "院士", "教授", "博士", "会长单位"])
# 内政部|刘部长: a body before somebody with the title behind the name.
HONORED = pattern(HONORIFIC)
BODY_ENDS = tuple("部局处厅院会委府党团司署办所校社队区市省县")
TITLE_END = pattern(rf"{TITLE_HEAD}$")
# 记者对董事长甲进行了专访:“…”
INTERVIEWS = pattern(r"(?:专访|采访|访谈)(?:[了到过][^,，。；]{2,40})?[:：]?$")
CLAUSE_HEAD = pattern(rf"(?P<who>{NAME})")
LAST_CLAUSE = pattern(r"(?:[^,，。；;：“”「」]|“[^“”]{1,30}”|「[^「」]{1,30}」)*$")
LEADING_QUOTE = pattern(r"“[^“”]{9,}”|「[^「」]{9,}」")
CLAUSE_MARKS = ",，。；;：:、”」)） \u3000"
# What may stand before whom a clause tells of: 稍后甲…, 但乙…
LEAD = pattern(
    r"(?:^|[,，。；;：:])(?:稍[后早]|随后|其后|之后|此后|后来|紧?接[着著]|当[天日晚]|[今昨][天日]|日前|近日|会[上中后前间]|席间|现场|首先|最后|另外|此外|对此|而|但|不过|然而|且|同时|其中|例如|比如|目前|因此|所以|于是|反观)+$"
)
# Who is there beside whom a sentence tells of: 在省长甲陪同下.
ASIDE = pattern(
    r"(?:^|[,，。；;])(?:针对|对于|面对|关于|有关)[^,，。；]{2,40}[,，]|在[^,，。；]{2,60}(?:陪同|带领|见证|主持|率领)下|在[^,，。；]{2,40}(?:质询|提问|询问|采访|专访|访问|会见|接见)(?:[时中后]|期间)"
)
SIDES = "方军媒府党委局会办院校厅部组队市省县区镇村企社国总盟署司台网报"  # 乌方, 日媒: no person
ROLE_PARTS = pattern("[、,，]")
MIDDLE = 60  # characters between a speaker and the verb of one clause
STARTS = 52  # characters in which a sentence names whom it tells of
WHOLE_ROLE = 3  # characters from which on a role names its body too
WITHIN = 100  # characters before its verb in which a speaker stands
