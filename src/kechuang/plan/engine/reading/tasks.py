"""Whether a stretch of text (up to 。 or ；) says what is to be done.

Signs for: a modal (要, 将, 必须 …), a clause that begins with a verb of action or its adverb, standing in an agenda.
Signs against: aspect of the past (了, 已, 取得), equations and evaluations (…是…, 意义重大), thanks and formulas, and
stretches that only set numbers to be reached.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .gazetteer import entries, one_of
from .patterns import pattern
from .people.names import NAME, common_name
from .people.titles import TITLE_HEAD
from .stance import Context, Stance

_STATES = frozenset(entries("state_verbs"))
_VERBS = one_of(entries("action_verbs"))
_ACTS = one_of(verb for verb in entries("action_verbs") if len(verb) > 1 and verb not in _STATES)
_WHEN = (
    r"(?:(?:“十[三四五六]五”(?:时期|期间|末)?|(?:到|至)?20\d\d年(?:底|末)?(?:之?前)?|(?:到|至)?(?:今|明|本)?年(?:底|末|内)(?:之?前)?|今年|明年|今后[^,，]{0,4}|未来[^,，]{0,3}年|"
    r"[上下]半年|[一二三四]季度|\d+月(?:底|份|末)?(?:之?前)?|[一二三四五六七八九十两]+年内|每(?:年|月|季度?)|下一步|新年伊始|新的一年|力争|同时|此外|另外|为此|关键是|重点是)[,，]?)"
)
_LEAD = (
    rf"\s*(?:[一二三四五六七八九十]+(?:是|要)|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、](?!\d)|——|"
    rf"第[一二三四五六七八九十百]+(?:条)?[,，、\s]|[●•■◆※\-—]+|其[一二三四][是,，]|{_WHEN})*\s*(?:再(?=[启建改新增投开培扩推]))?"
)
_TEXTS = "(?:方案|规划|意见|通知|办法|措施|纲要|计划|文件|政策|报告|细则|条例|会议|全会)》?"
_MARK = pattern(
    rf"(?:[\u4e00-\u9fff]{{2,6}}[:：](?!“))?(?:[^,，。；]{{0,24}}?{_TEXTS}(?:还|也)?(?:明确|提出|要求|指出|强调|规定|部署)[,，:：])?{_LEAD}"
)
# What is said politely orders nothing: 要向大家表示感谢, 要代表市政府欢迎.
_COURTESY = r"(?!(?:再次|再度|特别|首先|最后|也|在此|借此机会?|代表[^,，]{1,20}|[向对和跟][^,，]{1,20})*(?:感谢|感激|恭喜|恭贺|祝福|祝贺|祝|欢迎|表示|表达|致上|致以|致敬|说明|说|讲|问|提到|谢谢|经历|经过|花|等到|面对|靠))"
# What must be there or done, in passing: 必须做的布局, 应提供的服务, 必须要有.
_RELATIVE = r"(?![^,，。]{1,5}的[\u4e00-\u9fff])(?!要?有(?![序效力]))"
_MODAL = pattern(
    rf"(?<![重主需必纲摘首紧扼概只想机简提险就显])(?<!必须)要(?![求素闻点地道件塞领职员约义么害]|多久|比|占|[\d一二三四五六七八九十两几]+(?:[到至][\d一二三四五六七八九十]+)?[年天月个]|紧(?![盯抓扣跟紧])){_COURTESY}|(?<![必即终行就否能已划])(?<!可以)(?<![》报告书要划案])将(?![军士领来近其])|(?:必须|务必|应当){_RELATIVE}|(?<![必无不出到])须(?![知臾发])|"
    rf"力争|确保|争取|我们将|(?<![自志心意])愿(?:意)?(?=同|与|和|继续|积极|进一步|加强|推动)|(?:^|[,，；]|公司|团队|企业|我们|双方|集团|单位|也|还)计划(?![的是、和，])|(?:我们?|政府|当局|局方|署方|公司|(?:今|明)年[^,，]{{0,8}})(?<![议协委员工商学国社机大总县省市党])(?:亦|将|也)?会(?![议场上后前])|(?:^|[,，]|我们|也|还)打算|(?:^|[,，])(?:也|亦|将)?会(?=请|持续|继续|积极|协助|尽快|尽速|加强|全力|优先|逐步|要求|督导|派)|拟(?!定)|不得(?!不)|不(?:低于|少于|超过|小于)|(?<![适反响效相供对顺回感呼因])应(?![^,，。]{{2,24}}邀请)(?=[^用对急届邀变予])(?!该[有说]|该?也?[会是可能]){_RELATIVE}(?!红|龙|明|华|伟|强|文)"
)
_STRONG = pattern(
    rf"(?:^|[,，；]|我们|各[级地部有][^,，]{{0,8}}|都|也|还|年|前|单位|部门)(?:一定|都|就|更|既|必须)?(?:要{_COURTESY}|(?:必须|务必){_RELATIVE})(?![求素闻点么]|[\d一二三四五六七八九十两几]+(?:[到至][\d一二三四五六七八九十]+)?[年天月个]|紧(?![盯抓扣跟紧]))|我们将|"
    r"(?<![必》])将(?:继续|进一步|加快|抓紧|全力|持续|着力|重点|聚力|深入)"
)
# A verb of action as the first half of a noun: 创新能力, 发展水平.
_NOUN = (
    r"(?!(?:创新|发展|服务|治理|监管|保障|建设|改革|转化|示范|引领|培训|支撑|应用|改造)"
    r"(?:能力|水平|质量|体系|活力|生态|环境|指数|效能|强度|格局|规模|成效|动能|动力|型|主体|基础|面貌|成果|中心|高地|平台|资源|要素|驱动|链|业|力))"
)
_VERB_FIRST = pattern(rf"^{_NOUN}(?:{_VERBS})")
_ACT_FIRST = pattern(rf"{_LEAD}(?:{one_of(_STATES)})*{_NOUN}(?:{_ACTS})")
_CIRCUMSTANCE = pattern(
    rf"^(?:在|从|对|向|与|由)[^,，]{{2,40}}(?:[,，](?:{_VERBS})|(?:上|中|方面|领域)(?:{_VERBS})|给予|予以|资助|补贴|奖励|补助)"
)
_WITH_OBJECT = pattern(
    rf"^(?:在|对|为|向|将|把|面向|按照|围绕|依托)[^,，]{{2,30}}?(?:{_ACTS}|纳入|扩大|延续|延长|投入)(?![^,，]{{0,10}}[下中时后上的][,，])"
)
_ITEM = pattern(r"^\s*[一二三四五六七八九十]+(?:是|要)(?![否不一])")
_DEMANDS = pattern(r"^\s*[一二三四五六七八九十]+要(?![否不一])")
_GROWTH = pattern(r"增长|增速|涨幅|下降|达到|占比|突破|总值")
_NORM = pattern(
    r"免收|减免|免征|收取|办结|压缩|发放|给予|予以|奖励|补助|补贴|资助|取消|追回|拨付|负责(?!人|解释)|不得"
)
_STATE_LINE = pattern(
    r"^[^,，。；：:]{2,24}?(?:显著|大幅|明显|更加|进一步|持续|不断|全面|基本|稳步|日益|更为|再上|迈出|迈上|取得|实现)?[^,，。；：:]{0,4}(?:增强|提升|改善|提高|优化|完善|显现|进步|形成|凸显|巩固|扩大|健全|丰富|多元|繁荣|同步|平稳|合理|突破|台阶|步伐|进展|成效|跃升)[。；]?$"
)
_COMPLETES = pattern(
    r"^(?:确保|力争)?[^,，完]{0,12}完成[^,，]{0,24}(?:排查|建设|改造|整治|修复|治理|验收|搬迁|编制|修订|备案|普查|划定|检修|工作)[。；]?$"
)
# What a speaker hopes that somebody does: 希望实验室以此为起点,集中力量攻关; 期盼该局能招纳更多人才.
_HOPE = r"(?:^|[,，])[^,，希期呼]{0,6}(?:希望|期望|期待|期盼|盼望|期许|期勉|呼吁|敦促)(?!小学|工程|之|的)"
_ABLE = r"(?:能够?|可以?|应|共同|一起|持续|继续|积极|进一步|尽快|尽早|尽速|早日)"
_HOPED = pattern(
    rf"{_HOPE}(?:[^,，。]{{0,40}}[,，](?:[^,，]*[,，])*?(?:[^,，]{{2,16}}?{_ABLE}+|{_ABLE}*)(?:{_ACTS})|[^,，。的]{{0,16}}?{_ABLE}+[^,，。]{{0,6}}(?:{_ACTS}|检讨|开始|处理|协助|帮助|解决|重视|改善|研究|规划|提供))"
)
# What has to be done: 需统筹规划.
_NEEDED = pattern(
    rf"(?:^|[,，；])[^,，]{{0,10}}?(?<![所必无不只急亟内供刚军需])需(?:要)?(?:全盘|统筹|尽快|尽早|进一步|继续|更加|持续)?(?:{_ACTS}|考虑)(?![^,，、]{{0,6}}的[^,，。]{{1,6}}[,，。])"
)
# What a rule grants: 对首次获批的企业,给予最高50万元补助.
_GRANTS = pattern(
    r"(?:[\u4e00-\u9fff]{2,8}[:：])?(?:对|凡|经|获得|取得|获|首次|新)[^。]{4,120}(?:给予|予以|给与|按[^,，。]{2,24}(?:给予)?)[^,，。了]{0,20}(?:补助|补贴|奖励|资助|奖补|支持|扶持|减免)|(?:[\u4e00-\u9fff]{2,8}[:：])?(?:对|凡|取得|获得)[^。]{4,60}的[,，][^。了]{0,24}(?:奖补|补助|补贴|奖励|资助)"
)
# Words of somebody who looks on: 可说是, 预料可, 兴建在即, 该局能汇集人力.
_DESCRIBES = pattern(
    rf"可说|可谓|在即(?=[,，])|正(?:在|透过|通过|全速|全力|积极|加紧|加快|加速|抓紧|稳步|逐步)(?![^,，。]{{0,8}}的)|刚(?:刚)?(?:发表|发布|公布)|才能|方能|预料|原(?:预计|定)|堪称|(?:^|[,，])[^,，]{{2,16}}(?<![才可不功职性节产动势智效潜技只全热风电光储核氢新双体机])能够?(?:{_ACTS}|汇集)"
)
_TURNS = pattern(r"今年|明年|下一步|接下来|未来|下半年")  # what was done comes first, what is to be done then
_DATED = pattern(r"(?:^|[,，])(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚间?)?[,，]")
_YEAR = pattern(r"\s*(20\d\d)年(?!底|末|之?前|以?后)")
_TITLED = pattern(rf"[^,，。；]{{0,30}}?{TITLE_HEAD}(?P<name>{NAME})")
_JOINED = pattern(r"^[“「]?(?:并|同时|以及|还|也|亦|再|将会?|会|要|我们|打算|计划|准备|今年|明年|下半年)*")
_ACTOR_ACTS = pattern(
    rf"^[^,，]{{0,8}}(?:财政|政府|部门|单位|企业|高校|基金|各区|各县|各市)[^,，]{{0,8}}?(?:{_ACTS}|安排|拿出|出资|设立)"
)
_VERB_IN_CLAUSE = pattern(rf"(?:^|[,，:：、”])[^,，]{{0,14}}?(?:{_ACTS}|提供|给予|要求)(?!的)")
_EFFECT = r"(?:[会可能]|有望)*(?:成为|使|令|造就|催生)|(?:会|可|能)(?!继续|进一步|同|与|和|把|全力|积极|加快|加大|加强|推出|投入|设立|成立|新建|建设)|[^,，]{0,4}(?:提供|起到|产生|带来|形成|发挥|注入|增添)[^,，]{0,14}(?:支撑|作用|影响|动力|保障|机遇|助力|活力)"
_OPENS = r"(?:[于在自从][^,，]{1,20})?(?:正式|同步|陆续|率先)*(?:实施|施行|生效|上线|举行|举办|召开|开幕|登场|播出|出版|发表|亮相|起)"
_WILL_DO = pattern(
    rf"(?!{_EFFECT})(?!{_OPENS})[^,，]{{0,24}}?(?:{_ACTS}|进行)|(?:以|在|透过|通过|按照?|根据|围绕|依托|聚焦|面向|结合|会同|联合|与|同)[^,，]{{2,40}}[,，](?:[^,，]*[,，])*?[^,，]{{0,14}}?(?:{_ACTS})|[^,，]{{0,6}}?(?:增加|扩大|提高|降低|减少|提升|缩短|延长|突出|完成)[^,，到至了\d]{{2,}}"
)
_WILL_ACT = pattern(
    rf"(?<![必即终])将(?:在[^,，]{{1,6}})?(?:(?:{_ACTS})|把[^,，]{{1,20}}?(?:{_ACTS}|投入|纳入|延续|用于)|[^,，]{{0,4}}(?:增加|扩大|提高|降低|减少|提升|缩短|延长)[^,，到至了\d]{{2,}})"
)
_NOMINAL = pattern(
    r"^以[^,，]{2,30}(?:为例|的[^,，]{1,6})$|的(?:过程|目标|意义|关键|同时|基础上|情况下|背景下|企业|单位|个人|项目|重要性|必要性)[。]?$|[^,，]是$"
)
_COMPARED = pattern(r"(?:比|较)(?:去年|上年|20\d\d年)")
_PAST = pattern(
    r"(?<![为除到])了(?![解却不结然])|已(?!知)|取得(?!更|新的?更|突破|实效|决定)|荣获|获批|喜获|去年|上年|累计(?!下降|提高|降)|首次|跃居|跃升|同比|不断(?:增强|提升)。|"
    r"成效(?:显著|明显)|进展(?:顺利|明显)|初具|蓬勃|[年月]来[,，]|有序推进[,，]|得到|[^再]创下"
)
_INFINITE = frozenset(["累计", "取得", "得到", "首次"])  # no past behind a modal
_EVALUATION = pattern(
    r"意义(?:重大|深远)|事关|充分(?:体现|说明|证明|彰显|展现)|离不开|来之不易|我们(?:坚信|相信|深知|深切|深刻体会|深感)|"
    r"崇高敬意|衷心感谢|清醒(?:地)?(?:认识|看)到|很不容易|"
    r"是[^,，。]{0,40}(?:之年|之义|决策|举措|的结果|时期|阶段|力量|战略部署|重要支撑|目标|关键|前提|基础|保障|使命|责任|需要|要求)|表示(?:欢迎|感谢|支持|祝贺|赞赏|肯定)|值得|令人|既是|目的在于"
)
# A whole clause is said to be something: 主动走出去,是我市的战略方向.
_IS_SO = pattern(
    r"[,，](?:这)?(?:既|也)?是[^,，。]{2,40}(?:方向|举措|路径|之举|途径|关键|基础|保障|任务|选择|抓手|所在)[。]?$"
)
_COPULA = pattern(r"^[^,，]{0,30}(?<![就还都又也正只可但于总老一二三四五六七八九十])是(?![否以指由为])")
_NEVER = pattern(
    r"[？?][”」]?$|^[^,，“”「」]{0,30}(?:说|表示|介绍|指出|认为|告诉记者|坦言)[。]?$|一行(?:先后|来到|深入|走进|前往|实地)|由[^。，,]{2,40}主持[。]?$|^以下(?:[为是]|列)|^“[^“”。]*”[。！!]?$|^(?:各位代表|同志们|谢谢|[^\u4e00-\u9fffA-Za-z]*$|注[:：]|名词解释|附件|标签|编辑|责编|来源)|^让我们|审议|提请[^,，]{0,6}审查|意味着|标志着|"
    r"^为[^。]{4,60}制定本|^本(?:措施|办法|规定|意见|方案|条例|细则)自|我国要成为|^在此基础上再|(?:负责人|负责同志|领导)(?:等)?(?:参加|出席|陪同)|(?:人员|同志|人士)(?:等)?(?:一同|共同)?(?:陪同|参加)(?:调研|考察|检查|参观|活动)?[。]?$|(?:出席|列席)(?:开幕式|会议|活动|仪式)?(?:并(?:致辞|讲话))?[。]?$|所称[^。]{2,40}是指|(?:听取|察看|查看|观看)了?[^,，。]{0,24}(?:介绍|汇报|情况|运行|演示|进展)|(?:只有|如果|倘若)[^,，]{2,40}[,，]?(?:才|就)|"
    r"^(?:习近平|党中央|国务院|党的(?:十|二十)|中央经济工作会议|中共)[^,，]{0,30}(?:强调|指出|提出|要求|把|明确)|呼唤|^第[一二三四五六七八九十百]+条[\s　]*[^,，。]{2,14}。?$|(?:制定|提出|通知|公告|明确)(?:如下|以下|本)[^,，。]{0,8}[。：:]?$|(?:主要)?(?:目标|指标|原则|要求|任务|措施|工作)(?:如下)?[:：]$|"
    r"(?:几|[一二三四五六七八九十两\d]+)(?:件事|个方面(?:工作|狠抓落实)?|项工作)[:：]?$"
)


def asks(text: str, before: bool = False) -> bool:
    """Whether the text asks for something, whatever its stance; `before`: the sentence before it does."""
    body = _body(text)
    if _PAST.search(body) or (_EVALUATION.search(body) and not _STRONG.search(body)):
        return False
    return bool(_verb_first(body) or _STRONG.search(body) or (before and _VERB_IN_CLAUSE.search(body)))


def task_confidence(text: str, context: Context) -> tuple[float, str]:
    """How sure it is that `text` (no lead-in) is a task, 0 when it is none, and the rule that says so."""
    if _NEVER.search(text):
        return 0.0, ""
    body = _body(text)
    if len(body) < 5 or _NEVER.search(body):
        return 0.0, ""
    strong = _STRONG.search(body)
    if context.stance is Stance.REVIEW and not strong and not _WILL_ACT.search(body):
        return 0.0, ""
    past = _PAST.search(_COMPARED.sub("", body))
    if _GRANTS.match(text):
        return 0.75, "task.grant"
    if context.stance is Stance.REVIEW:
        turns = past and strong and _TURNS.search(body, past.end(), strong.end())
        return (0.0, "") if past and not turns else (0.7, "task.modal-in-review")
    if _EVALUATION.search(body) and not strong:
        return 0.0, ""
    modal = _MODAL.search(body) or _HOPED.search(body) or _NEEDED.search(body)
    first = _verb_first(body)
    agenda = context.stance is Stance.AGENDA
    if (
        past
        and not context.article
        and not (
            strong
            or (modal and (past.start() < modal.start() or past.group() in _INFINITE))
            or (first and agenda)
        )
    ):
        return 0.0, ""
    if _DEMANDS.match(text):
        return 0.9, "task.item"
    if strong or (modal and not (modal.group() == "将" and not _WILL_DO.match(body[modal.end() :]))):
        return 0.9, "task.modal"
    if _tells(text, context):
        return 0.0, ""
    if _IS_SO.search(body) and not modal:
        return 0.0, ""
    if (
        (first and not _DESCRIBES.search(body))
        or body.startswith("将")
        or (body.startswith("会") and (_acts(body) or _WILL_DO.match(body[1:])))
    ):
        return 0.85, "task.verb-first"
    if agenda and _ITEM.match(text) and not past:
        return 0.8, "task.item"
    if _COPULA.match(body):
        return 0.0, ""
    if context.article and not past and _NORM.search(body):
        return 0.75, "task.norm"
    if _STATE_LINE.search(body):
        return 0.0, ""
    if (agenda or context.after_task) and _VERB_IN_CLAUSE.search(body) and not _DESCRIBES.search(body):
        return 0.7, "task.in-agenda"
    return 0.0, ""


def _tells(text: str, context: Context) -> bool:
    """Whether the text begins with somebody and their title, with a year that is over, or names a day: it tells what
    happened."""
    year = _YEAR.match(text)
    if year and context.published and int(year[1]) < context.published.year:
        return True
    if _DATED.search(text):
        return True
    titled = _TITLED.match(text)
    return bool(titled and common_name(titled["name"]))


def only_goals(text: str, quantities: Collection[int], periods: Collection[tuple[int, int]]) -> bool:
    """Whether every clause merely sets a number or a state: a target, no task.

    `quantities` are the starts, `periods` the spans of what was found in `text`.
    """
    opening = next((e for s, e in periods if s <= 1 and text[:1] != "“"), 0)
    if _ITEM.match(text) and not _GROWTH.search(text):
        return False
    if (
        opening
        and not _acts(text[opening:].lstrip(",，"))
        and not _WILL_ACT.search(text, opening)
        and not _STRONG.search(text[: opening + 4])
    ):
        return True
    at, numbers = 0, 0
    for clause in re.split(r"(?<=[,，])", text):
        start, end = at, at + len(clause)
        at = end
        if any(s <= start + 1 and end - 2 <= e for s, e in periods):
            continue
        lead = max((e for s, e in periods if s <= start + 1 and start < e < end), default=start)
        rest = text[lead:end].lstrip(",，")
        if _acts(rest) or _STRONG.search(clause) or _WILL_ACT.search(clause):
            return False
        numbers += any(start <= quantity < end for quantity in quantities)
    return numbers > 0


def _acts(clause: str) -> bool:
    clause = _JOINED.sub("", clause)
    return bool(
        _ACT_FIRST.match(clause)
        or _COMPLETES.match(clause)
        or _ACTOR_ACTS.match(clause)
        or _CIRCUMSTANCE.match(clause)
        or _WITH_OBJECT.match(clause)
    )


def _body(text: str) -> str:
    return text[_MARK.match(text).end() :]


def _verb_first(body: str) -> bool:
    """An order begins with its verb, or with one circumstance and then its verb; a gerund (…的过程，) is none."""
    first = re.split(r"[,，。；]", body, maxsplit=1)[0]
    return bool(_VERB_FIRST.match(body) or _CIRCUMSTANCE.match(body)) and not _NOMINAL.search(first)
