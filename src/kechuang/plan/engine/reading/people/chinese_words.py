"""How Chinese text prints people with titles: what follows a name, what stands before a title, who is only referred to."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern
from .heads import TITLE_HEAD
from .names import DOTS, NAME, NAME_START, SURNAME, TRANSCRIBED
from .titles import ENDS_BODY, NEVER_ALONE

_TAKING_PART = {*entries("participant_verbs"), *(verb for verb in entries("speech_verbs") if len(verb) > 1)}
VERBS = _TAKING_PART | {
    verb
    for name in ("action", "doing", "object", "promising", "state")
    for verb in entries(f"{name}_verbs")
    if len(verb) > 1
}
_OFFICES_BEHIND = "董事长|总经理|理事长|院长|校长|局长|处长|市长|县长|主任"
FOLLOWS = pattern(
    rf"[,，。；;、:：)）（(\s!！?？“”「」.]|$|[\d一二三四五六七八九十]{{1,3}}[日月名位人]|[今昨本同] ?[（(]|(?:早早|早已|一早|稍[早后]|依然|仍然|始终|随即|立即|当场|为此|对此|针对|至今|亦|仅|只|未|没|因|自|遭|几度|没有|不|要|会|能|来|去|所|这|那|强|被|向|把|让|给|却|则|才|跟|有|是)(?=[\u4e00-\u9fff])|[今昨](?=[在于赴出到前率早晚一上就接召主宣说表指受])|(?:日前|近日|当[天日]|同日|随后|此前|专程|今年|去年|在[\u4e00-\u9fff]{{2,12}}[上中时]|刚|便|就|却|正(?!{TITLE_HEAD})|已|又|也|还|则|都|曾|再|仍|一直|接着|掰着|笑着)|[时后](?=强调|表示|指出|提到|说)|[一两几]行|[\u4e00-\u9fff]着(?=[\u4e00-\u9fff])|等?(?:{one_of(VERBS)})|"
    r"[和及与以](?=[\u4e00-\u9fff「“])|(?:议员|委员|立委|代表|{_OFFICES_BEHIND})(?=[,，、。；和与及等到出列陪主表指说前共也都则])|等|同志|先生|女士|伉俪|阁下|夫妇|关于|资深大律师|大律师|太平绅士|教授|博士|院士|老师|所[作做]|"
    r"的(?:话|语气|话语|发言|演讲|陪同|带领|率领|主持|见证|引领|邀请|独家|专访|介绍|讲解|引导|提问|书面|答[覆复]|回[覆复])"
)
TWO_PART = frozenset(
    [
        *[
            "教授",
            "博士",
            "院士",
            "先生",
            "女士",
            "关于",
            "针对",
            "围绕",
            "结合",
            "携手",
            "领衔",
            "率先",
            "专程",
            "分别",
            "依次",
            "最后",
            "首先",
            "应邀",
            "受邀",
        ],
        *(verb for verb in _TAKING_PART if len(verb) == 2),
    ]
)
# What may stand behind a name and is its bearer's still.
STYLE = pattern(
    rf"[A-Za-z][A-Za-z‧·.' -]*|资深大律师|大律师|太平绅士|爵士|先生|女士|同志|阁下|伉俪|[上中少]将|[大上中少]校|(?!代表|领导|督导|主管|主编|导演){TITLE_HEAD}"
)
TAKING_PART = pattern(r"[有会将]?(?:" + one_of(verb for verb in _TAKING_PART if len(verb) > 1) + ")")
# 刘莉|率调研组, 王强|先后走访
WITH_OTHERS = pattern(
    r"率[^,，。；]{0,20}?(?:[团队组员]|一行|班子|同志|部门|单位|人|负责人|领导|干部)|先[后行是对就在到来](?=[\u4e00-\u9fff])|[则亦](?=更|也|对|在|从|将|是|以|向|把|为|提|认|表|称|指|强|说|有|带|分享|希望)"
)
SPEECH = pattern(r"[一-龥]{0,4}(?:辞|词|报告|发言|讲话|演讲|致辞|汇报|说明|总结|分享|动员)")
_BRACKET = (
    r"[（(](?![左右中后图]|前(?:排|[左右中一二三四五六]|[）)]))[\u4e00-\u9fff]{1,8}[）)]"  # 常任秘书长(库务)
)
_PLACE = r"[（(][左右前中后][一二三四五六七八九十\d]?[）)]"  # in a picture
HEAD = pattern(
    rf"(?P<head>{TITLE_HEAD}(?:{_BRACKET})?)(?P<gap>[”」]|{_PLACE}|[ \u3000]{{0,4}})(?=[\u4e00-\u9fffA-Z])"
)
# A foreign name in its own letters: 部长 Ann Reed 女士.
LATIN_NAME = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]+(?: (?:[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]*|von|van|de|der|di|la)){1,3}"
LATIN = pattern(LATIN_NAME)
# A name of any characters with its bearer's own letters in brackets: 议员史都华(Ann Reed).
GLOSSED = pattern(
    r"[\u4e00-\u9fff]{2,7}(?= ?[（(](?:(?:H\.E|Dr|Mr|Ms|Mrs|Sir)\.? (?:Sir |Dame |Dr\.? )?)?[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: [A-ZÀ-Þ][A-Za-zà-ÿ.'’-]*| (?:de|da|do|dos|der|van|von|di|la|e|y))+(?:, [A-Z][A-Za-z. ]{1,6})?[）)])"
)
# A committee whose 书记 fell out of the text still titles who presides.
BODY_HEAD = pattern(
    r"(?P<head>(?:市委|省委|区委|县委|党委|党组))(?P<gap>)(?=[\u4e00-\u9fff]{2,3}(?:出席|主持|讲话|指出|强调))"
)
# A name that begins with no known surname, between a title and a verb of speaking: 理事长丝国一表示,
SPOKEN_NAME = pattern(
    rf"(?P<name>(?!{one_of(entries('title_heads'))})(?:[\u4e00-\u9fff]{{2,3}}(?=(?:{one_of(verb for verb in entries('speech_verbs') if len(verb) > 1)}|说)[,，:：“「])|[\u4e00-\u9fff]{{3}}(?=表示|指出|认为|介绍|[、和][^,，。、]{{2,24}}{TITLE_HEAD}|出席|主持|参加|陪同|致辞|致词|到会)))"
)
SPACED_NAME = pattern(rf"[\u4e00-\u9fff{DOTS}]{{2,12}}(?=\s*(?:$|[\n(（,，。]))")
# A country, city or company that heads the next title: 乙、凌阳(2401)|董事长丙.
IS_TITLED = pattern(
    rf"(?![和及与等])(?: ?[（(][\dA-Z.-]{{3,10}}[）)] ?)?[\u4e00-\u9fff]{{0,3}}{TITLE_HEAD}(?![,，、。；;和与及等（(\s到出列陪主表指说前共也都则]|$)"
)
# 陈总统若水先生: the title stands inside the name.
INSERTED = r"(?:前|副)?(?:总统|副总统|院长|部长|主席|委员长|议长|省长|市长|县长)"
# 吴副主任委员若忠：… in the minutes of a parliament.
IN_MINUTES = pattern(rf"(?![区代台党原]){SURNAME}(?:代理|常务副|副|前)?{TITLE_HEAD}")
TITLE_WITHIN = pattern(
    rf"(?:^|(?<=[,，。；、由与和及\s]))(?P<surname>{SURNAME})(?P<title>{INSERTED})(?P<given>[\u4e00-\u9fff]{{2}})(?=先生|女士|伉俪)"
)
# A list that ends in a title of its own: 议长甲与|乙、丙等议员.
OTHERS = pattern(
    rf"[^,，。；“”「」]{{2,60}}等(?:多?[\d一二三四五六七八九十]+[多余]?[位名人])?[\u4e00-\u9fff]{{0,4}}{TITLE_HEAD}"
)
SEPARATOR = pattern(
    r"(?:（[^）]{1,8}）|\([^)]{1,8}\))?(?:、?(?:以及|[和与及])|、|(?<=[A-Za-zÀ-ÿ.]) (?:以及|[和与及]) ?)"
)
# The last characters of titles before what may be a name: most sentences hold none and are passed over at once.
MAY_HOLD = pattern(
    rf"[委组{''.join(sorted({head[-1] for head in entries('title_heads')}))}官家师]"
    rf"(?:(?:[”」]|[ \u3000]{{0,4}}|{_BRACKET}|{_PLACE}){NAME_START}|[ \u3000]{{1,4}}[\u4e00-\u9fff]|{TRANSCRIBED}| ?{LATIN_NAME}|[\u4e00-\u9fff]{{2,3}}(?:表示|指出|强调|认为|介绍|说[,，:：“]|[、和]|出席|主持|参加|陪同))"
)
BEFORE_UNKNOWN = pattern(rf"{TITLE_HEAD}(?=[\u4e00-\u9fff]{{2,5}})")
TITLE_BEHIND = pattern(
    rf"(?:^|(?<=[,，。；;、：:)）\s要请让邀对向与]))(?P<body>(?:[\u4e00-\u9fff]{{0,12}}{ENDS_BODY})?)(?P<name>{NAME})(?P<title>(?:代理|常务副|副|总)?{TITLE_HEAD})"
)
NO_OFFICES = NEVER_ALONE | {
    "总书记",
    "教授",
    "博士",
    "院士",
    "老师",
    "委员",
    "负责人",
    "同学",
    "医生",
    "工程师",
}
REFERRED_AFTER = pattern(
    r"的(?:深切|亲切|殷切|殷殷)?(?:关怀|关心|嘱托|重托|期望|期许|号召|厚爱)|(?:同志|的|系列|的系列)?(?:(?:等人?)?组成|等人?的?团队(?!成员)|等一批|同志为|重要|关于(?![^,，。；]{2,40}(?:汇报|情况介绍|情况报告|工作报告|情况说明))|论述|讲话精神|思想|讲话和|讲话、)|的[\u4e00-\u9fff]{0,4}(?:外甥|侄|儿子|女儿|父|母|妻子|丈夫|弟|兄|学生|秘书|智囊|幕僚|亲信|班底|爱将|同事|团队|课题组|著作|文章|论文|作品|事迹|故事|铜像)|\s?[（(]?(?:电话|分机)|所[言说述]|任内|主政|在任(?!内第)|时[期代]|执政|服务处|办公室|事务所|家属|夫人|基金会|团队的|名下|罢免|式|严重违|涉嫌|被查|逝世|去世|病逝|辞世"
)
REFERRED_BEFORE = pattern(r"(?:靠着?|有赖|仰赖|已故|缅怀|纪念|追授|记者|通讯员|编辑|责编|校对|摄影)$")
SPOKEN_OF = pattern(
    r"(?:表示|指出|强调|认为|提到|透露|落实|贯彻|配合|延续|秉承|遵循|打造|回应|响应|[依根]据|[按遵依]照|秉持|肯定|赞扬|推崇|表扬|缅怀|纪念)$"
)
OUTSIDE = pattern(
    r"记者(?!会|招待|见面)|[报社网台][\u4e00-\u9fff]{0,4}特派员$|通讯员|编辑|责编|校对(?![外接口应])|摄影|(?<!计[划画])主持人$|发稿人|联络人|联系人|撰稿"
)
LONGEST_HEAD = pattern(TITLE_HEAD)
