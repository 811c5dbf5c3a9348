"""The verbs that order, and where in a clause they stand."""

from __future__ import annotations

from .gazetteer import entries, one_of
from .patterns import pattern

STATES = frozenset(entries("state_verbs"))
VERBS = one_of(entries("action_verbs"))
ACTS = one_of(verb for verb in entries("action_verbs") if len(verb) > 1 and verb not in STATES)
WHEN = (
    r"(?:(?:“十[三四五六]五”(?:时期|期间|末)?|(?:到|至)?20\d\d年(?:底|末)?(?:之?前)?|(?:并?[于在]|到|至)?(?:今|明|本)?年(?:底|末|内)(?:之?前)?|今年|明年|今后[^,，]{0,4}|未来[^,，]{0,3}年|"
    r"[上下]半年|[一二三四]季度|\d+月(?:底|份|末)?(?:之?前)?|[一二三四五六七八九十两]+年内|每(?:年|月|季度?)|下一步|新年伊始|新的一年|力争|同时|此外|另外|为此|关键是|重点是)[,，]?)"
)
LEAD = (
    rf"\s*(?:[一二三四五六七八九十]+(?:是|要)|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、](?!\d)|——|"
    rf"第[一二三四五六七八九十百]+(?:条)?[,，、\s]|[●•■◆※\-—]+|其[一二三四][是,，]|{WHEN})*\s*(?:再(?=[启建改新增投开培扩推]))?"
)
TEXTS = "(?:(?:方案|规划|意见|通知|办法|措施|纲要|计划|文件|政策|报告|细则|条例|会议|全会)》?|《[^《》]{4,60}》(?=(?:还|也)?(?:提出|明确|要求|强调|指出)[,，:：])|建议》?(?=提出[,，:：]))"
MARK = pattern(
    rf"(?:[\u4e00-\u9fff]{{2,6}}[:：](?!“))?(?:在[^,，。；]{{2,12}}(?:[中上]|方面)[,，])?(?:[^,，。；]{{0,14}}(?:部署|任务|重点|工作|做法|要求)(?:[就便]?是|在于|[,，]?(?:主要)?包括)[,，:：]?(?=(?:{ACTS})))?(?:(?:具体)?[^,，。；]{{0,4}}(?:思路|路径|做法)上[,，])?(?:(?:[^。；]{{0,80}}?》[^,，。；]{{0,20}}[,，])?其中(?:还|也)?(?:提到|提出|明确|指出|要求)[,，:：])?(?:(?![^,，。；]{{0,16}}(?:欢迎|支持|喜见|乐见))[^,，。；将要会]{{0,24}}?{TEXTS}(?:还|也)?(?:明确|提出|要求|指出|强调|规定|部署)(?:了?[^,，。:：]{{0,10}}[,，:：]|(?=(?:{ACTS}))))?{LEAD}"
)
# What a list calls its item: 五、现代农业：推广良种.
LABEL = pattern(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*|[-•●■]\s*|——)?[\u4e00-\u9fffA-Za-z、与和及（）]{2,16}[:：]\s*(?=[^\s“「].{5})"
)
# The lead-in of somebody who has not been named.
SAID = pattern(
    r"(?:[他她]们?|会议)(?:还|又|也|同时|特别|进一步|并)*(?:强调|指出|要求|表示|提出|建议|认为|说|称)[,，:：]\s*(?=[^,，“「]{2})"
)
# A verb of action as the first half of a noun: 创新能力, 发展水平.
NOUN = (
    r"(?!(?:创新|发展|服务|治理|监管|保障|建设|改革|转化|示范|引领|培训|支撑|应用|改造|推广|保护|规划|研究|开发|实验|试验)"
    r"(?:[局署厅处司委部院所区站商者]|能力|水平|质量|体系|活力|生态|环境|指数|效能|强度|格局|规模|成效|动能|动力|型|主体|基础|面貌|成果|中心|高地|平台|资源|要素|驱动|链|业|力|之|科技))"
)
# One character of these begins another word: 办公室, 建筑, 用户, 优势.
_OTHER = "(?!办公|建筑|建材|用户|用电|用地|用水|优势|优秀|优质|严重|严峻|强调|强劲|强大|强烈|推荐|引发|引擎|引力|保险|控股|去年|做法|抓手|稳定性|试剂|科学(?:技术|院|城|家|园|中心|基金)|重点(?:区域|领域|企业|项目|产业|实验室|任务)|集中(?:开工|签约|竣工|投产)|有效期|精准(?:扶贫|医疗|医学|农业)|系统性|改革开放(?:[以后初\\d]|四))"
VERB_FIRST = pattern(rf"^(?!以[前后来及往上下内外]|[^,，]{{2}}下来[,，]){_OTHER}{NOUN}(?:{VERBS})")
ACT_FIRST = pattern(rf"{LEAD}(?:{one_of(STATES)})*(?:[全我][国省市县区镇])?{NOUN}(?:{ACTS})")
CIRCUMSTANCE = pattern(
    rf"^(?:在|从|对|向|与|由)[^,，]{{2,40}}(?:[,，](?:{VERBS})|(?:上|中|方面|领域)(?:{VERBS})|给予|予以|资助|补贴|奖励|补助)"
)
# What stands before an order and is none itself, until a clause acts: 以…为核心,建构…
WEAK = pattern(r"^(?:为了?|以|让|使|通过|按照|立足|面向|针对|结合|依托|围绕)")
THEN_ACTS = pattern(
    rf"^[^,，]{{2,}}?(?:{ACTS})[^,，]*[。；]?$|[,，、](?:并|再|也|还|更|同时|进一步|全力|共同)*{NOUN}(?:{VERBS}|{one_of(entries('doing_verbs'))})"
)
# 抓创新就是抓发展
EQUATES = pattern(r"(?<![还又或如若可总凡别其但于像不])是(?![否以指由为])")
# Acts that a list of goals names beside its states: 到2027年,…走在前列,打造综合服务站.
OPENING_ACTS = "打造|组织|培育|引进|引育|构建|组建|建设|新建|开展|推广|推进|创建|争创"
WITH_OBJECT = pattern(
    rf"^(?:在|对|为|向|将|把|面向|按照|围绕|依托)[^,，]{{2,30}}?(?:{ACTS}|纳入|扩大|延续|延长|投入)(?![^,，]{{0,10}}[下中时后上的][,，])"
)
GROWTH = pattern(r"增长|增速|涨幅|下降|达到|占比|突破|总值")
COMPLETES = pattern(
    r"^(?:确保|力争)?[^,，完]{0,12}完成[^,，]{0,24}(?:排查|建设|改造|整治|修复|治理|验收|搬迁|编制|修订|备案|普查|划定|检修|工作)[。；]?$"
)
JOINED = pattern(r"^[“「]?(?:并|同时|以及|还|也|亦|再|将会?|会|要|我们|打算|计划|准备|今年|明年|下半年)*")
ACTOR_ACTS = pattern(
    rf"^[^,，]{{0,8}}(?:财政|政府|部门|单位|企业|高校|基金|各区|各县|各市)[^,，]{{0,8}}?(?:{ACTS}|安排|拿出|出资|设立)"
)
VERB_IN_CLAUSE = pattern(rf"(?:^|[,，:：、”])[^,，]{{0,14}}?(?:{ACTS}|提供|给予|要求)(?!的)")
NOMINAL = pattern(
    r"^以[^,，]{2,30}(?:为例|的[^,，]{1,6})$|的(?:过程|目标|意义|关键|同时|基础上|情况下|背景下|企业|单位|个人|项目|重要性|必要性)[。]?$|[^,，]是$"
)


def acts(clause: str) -> bool:
    """Whether the clause begins with an action, or with whoever acts."""
    clause = JOINED.sub("", clause)
    return bool(
        ACT_FIRST.match(clause)
        or COMPLETES.match(clause)
        or ACTOR_ACTS.match(clause)
        or CIRCUMSTANCE.match(clause)
        or WITH_OBJECT.match(clause)
    )
