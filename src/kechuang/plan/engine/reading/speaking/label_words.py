"""Lines that say who speaks in Chinese transcripts, minutes and speeches: labels, signatures, titles."""

from __future__ import annotations

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..people.heads import TITLE_HEAD
from ..people.names import COMPOUND_SURNAMES, GIVEN, NAME, SURNAME
from .chinese_words import HONORIFIC

_CLOCK = r"(?:\d{4}-\d{1,2}-\d{1,2} )?(?:\d{1,2}:\d{2}(?::\d{2})? )?"
_ASKS = rf"《[^》]{{2,16}}》(?:记者)?|(?:记者|[^：:，。]{{2,24}}记者)(?:{NAME})?|主持|主持人(?:[ \u3000]*[\u4e00-\u9fff]{{2,4}})?|问|提问|Q\d{{0,2}}|编者按?|解说|旁白|画外音"
DIALOGUE = pattern(
    rf"^(?=[^\n]{{1,140}}?[：:]){_CLOCK}(?:[-•·●—]\s*|\d{{1,4}}[ \u3000]+)?(?:(?P<asks>{_ASKS})|(?P<office>[\u4e00-\u9fff]{{0,16}}?{TITLE_HEAD})(?=[：:])|(?:[^,，。；:：]{{0,60}}?{TITLE_HEAD})?[ \u3000]*(?P<who>{NAME})(?:{HONORIFIC})?(?:[（(][^）)]{{1,20}}[）)])?|(?P<answers>答|A\d{{0,2}}))[：:]\s*"
)
ADDRESSED = pattern(r"[^。？！]{0,12}(?:代理)?主席(?:女士|先生)?[,，]")  # a member addresses the chair
COLON = pattern(r"[：:]\s*")
SPACED = pattern(rf"(?P<who>{NAME})[ \u3000]{{2,}}(?=[\u4e00-\u9fff“「])")  # 颜若恒  我们…
BEFORE_NAME = pattern(
    rf"{_CLOCK}(?:[-•·●—]\s*|\d{{1,4}}[ \u3000]+)?(?:(?:[^,，。；:：]{{0,50}}{TITLE_HEAD}[,，])*[^,，。；:：]{{0,50}}{TITLE_HEAD})?[ \u3000]*"
)
BEHIND_NAME = pattern(rf"(?:{HONORIFIC})?(?:[（(][^）)]{{1,20}}[）)]|(?P<on>谈[^,，。；]{{2,24}}))?")
# Who asks for a newspaper, in a transcript: 若川财经:…
MEDIA = pattern(
    r"[^,，。；：:“”「」]{0,16}(?:[日晚时晨]报|都市报|商报|新闻网?|民网|周刊|卫视|[电]?视台|社|财经|广播|网友|观众|听众|同学|学生|提问者)[：:]\s*"
)
# Who said what stands before the line: ——市长甲
SIGNED = pattern(rf"[—–]{{1,3}}\s*[^。：:“”]{{0,60}}?(?P<who>{NAME})$")
# A line that announces what was said word for word: 以下为对话实录:
WORD_FOR_WORD = pattern(r"(?:实录|对话|问答|访谈|专访|答问)[^,，。；]{0,6}如?下?[：:]$")
# The same alone on its line without a colon, as in the minutes of a live broadcast.
NAME_LINE = pattern(rf"(?:(?P<asks>主持人|[^：:，。]{{2,24}}记者)|(?P<who>{NAME}))$")
# 议会主席甲议员：… stands between titles.
NAMED_OFFICE = pattern(rf"(?:[\u4e00-\u9fff]*?{TITLE_HEAD})?(?P<who>{NAME})(?:{HONORIFIC})")
# 殷若兰强调: alone on its line, before what is said.
SAYS_ALONE = pattern(
    rf"(?=[^\n]{{1,120}}\s*$)(?:[^,，。；:：]{{0,60}}?{TITLE_HEAD})?(?P<who>{NAME})(?:在[^,，。:：]{{2,16}}[中上时])?(?:还|也|最后|进一步)?(?:{one_of(entries('speech_verbs'))})[:：]?\s*$"
)
# 陈：… where a transcript shortens who answers, and a paper that asks by its name in Latin letters.
SURNAME_LABEL = pattern(
    rf"(?:(?P<who>{COMPOUND_SURNAMES}|{SURNAME})|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){{0,2}})[：:]\s*"
)
# 【主持人 甲】…, [院士 乙]…: who speaks stands in brackets.
BRACKETED = pattern(
    rf"^(?:[-•·●—]\s*)?[【\[](?:(?P<asks>主持|主持人[^】\]]{{0,8}}|[^】\]]{{2,24}}记者)|(?:[^】\]]{{0,60}}?{TITLE_HEAD})?[ \u3000]*(?P<who>{NAME}))[】\]][:：]?\s*"
)
# 【同期】院长 甲: who is heard in a broadcast; 【解说】 is its narrator.
HEARD = pattern(r"【(?:同期声?|采访)】(?:[^。，,]{0,60}[ \u3000])?(?P<who>[\u4e00-\u9fff·]{2,5})[:：]?$")
NARRATED = pattern(r"【(?:解说|旁白|导语|主播|口播|配音)】")
# 吴主任委员若忠：…, 卢议员若川：…, 主席何议长若敏：…, 主席：…: minutes of a parliament put the office into the name.
_SEAT = r"(?:副?主任)?委员|副?主委|副?[部次局署院处县市镇乡科]长|副?(?:议长|秘书长|主任)|议员"
MINUTES = pattern(
    rf"^(?P<bullet>[-•·●—]\s*|\d{{1,4}}[ \u3000]+)?(?:(?:主席)?(?P<surname>{COMPOUND_SURNAMES}|{SURNAME})(?:{_SEAT})(?P<given>{GIVEN}{{1,2}})|主[ \u3000]*席(?:[（(][^）)]{{2,12}}[）)])?)(?:[:：]\s*|(?(bullet)$|(?!)))"
)
# 以下是局长甲在会上的发言: what follows is theirs to the end.
_SPEECH = r"(?:发言|致[辞词]|讲话|讲话稿|演讲|演[辞词]|讲[辞稿]|谈话)"
SPEECH_TEXT = pattern(
    rf"^以下[是为][^。]*{_SPEECH}(?:[（(][^（）()]{{1,12}}[）)]|[^。：:∶]{{0,16}})[:：∶。]?$|{_SPEECH}(?:的)?(?:主要内容|内容|全文|摘要)?如下[:：∶。]?$|以下[是为][^,，。]{{0,8}}{_SPEECH}(?:的)?(?:主要内容|内容|全文|实录|摘要)?[:：∶。]$|[作做](?:了|出)?(?:如下|以下)[^,，。；]{{0,6}}{_SPEECH}[:：。]?[—–]*$"
)
# 以下是…甲议员的提问和…局长乙的答复：, with 问题： and 答复： on lines of their own.
QUESTION_ANSWER = pattern(
    rf"^以下[是为][^。]*?(?P<asks>{NAME})(?:议员|委员|代表)?的(?:书面|口头)?(?:提问|质询)(?:和|及|与|以及)[^。]*?(?P<answers>{NAME})的(?:书面|口头)?(?:答[覆复]|回[覆复])[:：∶。]?$"
)
QUESTION = pattern(r"^(?:问题|提问)[:：∶]?$")
ANSWER = pattern(r"^(?:答[覆复]|回[覆复])[:：∶]?$")
# What stands above was theirs: （以上是局长甲在会上的发言）
SPEECH_ABOVE = pattern(rf"^[（(]?以上[是为][^。]*{_SPEECH}(?:内容|全文|实录|摘要|要点)?[）)。]*$")
# The title of a speech: 甲在大会上的讲话
SPEECH_TITLE = pattern(
    r"(?:在[^。；]{2,80}(?:上|中|时)的|[就对]《[^》]{2,60}》[^,，。；]{0,16}|就[^,，。；]{4,40}(?:议案|动议|条例草案|预算案|施政报告))(?:讲话|致[词辞]|发言|演讲|演说|主旨演讲|主题演讲|报告|讲稿|谈话)(?:稿|全文|实录|摘要|要点)?\s*(?:[（(][^）)]{1,20}[）)])?$"
)
# The same without a name, which then stands on a line of its own: ——在开学典礼上的致辞
SPEECH_HEAD = pattern(
    r"(?:^[^,，。；]{0,40}|[上中时]的|主旨|主题|开幕|闭幕|欢迎)(?:讲话|致[词辞]|发言|演讲|演说)(?:稿|全文|实录|摘要|要点)?(?:[（(][^）)]{1,20}[）)])?$"
)
BYLINE = pattern(
    rf"(?:[^,，。；:：]{{0,60}}{TITLE_HEAD})?[ \u3000]*(?P<who>{NAME}|[\u4e00-\u9fff][ \u3000]{{1,4}}[\u4e00-\u9fff])(?:[ \u3000]*{HONORIFIC})?$"
)
SALUTES = pattern(
    r"\s*(?:尊敬的|敬爱的|亲爱的|各位(?!代表)|同志们|女士们|先生们|老师们|同学们|朋友们)[^。]{0,60}[,，:：!！]\s*$"
)
