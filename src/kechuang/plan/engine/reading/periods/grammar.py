"""How time is written in Chinese: the expressions as regular expressions, and Chinese numerals in them."""

from __future__ import annotations

import re

from ..patterns import pattern

NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "元": 1, "两": 2, "十": 10}
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_ND = r"(?:\d{1,2}|廿[一二三四五六七八九]?|[一二三四五六七八九十]{1,3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_DAY = r"(?:(?:3[01]|[12]\d|0?[1-9]|三十一?|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号(?![线楼院房机令文公])))"
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_ITS_WEEKDAY = rf"(?:[（(](?:{_WEEKDAY}|[一二三四五六日])[）)]|{_WEEKDAY})?"
_CLOCK = r"(?:上午|下午|晚上|晚间|晚|早上|早|凌晨|清晨|中午)?"
_TENS = r"[一二三四五六七八九]"
_DASH = r"(?:\s?[—–－～~-]+\s?|至|到)"
_YEARLY = r"(?:财政年度|会计年度|财年|学年度?|年度?)"
_DIGITS = "[〇零○一二三四五六七八九]"
_FOUR = rf"(?:(?<!\d)(?:19|20)\d\d|[一二][九〇零○]{_DIGITS}{{2}})"
# In a list or before a part of it a year may lack its 年: 2020和2025年, 2022全年.
_YEAR = rf"{_FOUR}(?:财政年度|会计年度|财年|学年度?|年|(?=全年|[上下]半年|(?:[、和及与]{_FOUR})+年))"
_COUNTED = (
    r"(?:元|一百[零〇]?[一二三四五六七八九十]{0,3}|[〇零○一二三四五六七八九十]{1,3})"  # 元, 九十八, 一〇七
)
_SPELLED_YEAR = rf"(?<![〇零○一二三四五六七八九十百千万第约近逾超满达共过历经])一[〇零○一二三]{_DIGITS}年"
_MINGUO_YEAR = rf"(?:民国(?:\d{{1,3}}|{_COUNTED})年度?(?!代)|(?<!\d)1[0-3]\d年度|(?<!\d)1[0-3]\d年(?=底|初|\d{{1,2}}月|第[一二三四1-4]季|[上下]半年)|(?<=[较比自到至从])1[0-3]\d年(?![前以来代多余]))"
# Where the document counts so: not after what lasts (建校120年) nor before what is long ago (120年前的, 120年来).
_NOT_LASTING = r"(?<![\d第约近逾超满达共过立校跨越隔时续有违距经])"
_BARE_MINGUO_YEAR = (
    rf"(?:{_NOT_LASTING}(?:1[0-3]\d|一百[零〇]?(?:{_TENS}?十{_TENS}?|{_TENS}))年|{_SPELLED_YEAR})度?(?![以之]?来|以上|之?后|之?间|[的多余历校风]|前[，。的])"
    rf"|{_NOT_LASTING}(?:[4-9]\d年(?=\d{{1,2}}月)|[五六七八九]十{_TENS}?年(?=[度底初时间起]|[一二三四五六七八九十]{{1,2}}月))度?"
)
_RELATIVE_YEAR = rf"(?:(?:去|上|前)年同期|[今去明昨前本后][（(](?:民国)?(?:(?:19|20)?\d{{2,3}}|{_COUNTED}|二[〇零○]{_DIGITS}{{2}})年?[）)]年(?:度|同期)?|[今明]年内|[今去明]年[（(](?:\d{{2,4}}|{_FOUR})年?[）)]年?|今年|明年|去年|后年|前年|翌年|本年度?|上年度?(?!均)|上一年度?|下一年|(?<![人车班架])次年(?!均)|当年|(?<!不)同年(?![度级龄]))"
_QUARTER = r"(?:[首末]季度?|前?[一二三四两1-4]个?季度|[前首][二三两23]季(?!节)|第[一二三四1-4]季度?(?!节))"
_SEASON = r"[春夏秋冬](?:季|天|(?=[，。]))(?!节|运)"
_IN_MONTH = rf"{_MONTH}(?:{_DAY}{_ITS_WEEKDAY}{_CLOCK}|上旬|中旬|下旬|底|末|初|份)?"
_JOINED = rf"(?:\d{{1,2}}|{_TENS})(?:[-—–~至到、]|和|及){_MONTH}份?"  # 1—5月, 11、12月
_PART = rf"(?:上半年|半年度|下半年|{_QUARTER}|全年|{_JOINED}|{_IN_MONTH}|[前首头]{_N}(?:个?月|年)|Q[1-4](?!\d)|H[12](?!\d)|年?底|年?末|年?初|年中|{_SEASON})"
_PLAN = r"(?:[“『「‘\"']十[一二三四五六七八九]?五[”』」’\"']|十[一二三四五六七八九]五(?=时期|期间|末|以来|收官|开局|期末))"
_DECADE = r"(?:(?:[上本]个?|\d\d|二十一?|十九)世纪(?:\d0|[一二三四五六七八九]十)年代|(?<!\d)(?:19|20)\d0年代|民国\d0年代|(?<![\d一-龥])[3-9]0年代|(?<![十纪])[三四五六七八九]十年代)"
_CENTURY = r"(?:(?<![一-龥])世纪中叶|(?<=[到至])世纪中叶|本世纪(?:中叶|末|头二十年)|\d\d世纪中叶)"
_BRACKETED_DAY = rf"[今昨明](?:[（(]{_ND}日?[）)][日天]?|(?:[天日午晨夜]|早上?|晚上?|[上下]午)[（(](?:{_MONTH})?{_ND}日?[）)]){_CLOCK}|[（(]\d{{1,2}}[）)]日(?!元)"
_NEAR_DAY = rf"昨[天日]{_CLOCK}|(?<=[一-龥])(?<![如今])昨(?=[一-龥])(?![天日早晚夜晨午非儿是今])|[今明]天{_CLOCK}|(?<![天日年月周大以之])[前后]天(?![性津气地台山文])|今日{_CLOCK}|[今昨](?:早上?|晚上?|晨|夜|午)(?![间餐会报休])|明[早晚](?!间)"
# 12日 in news: not what lasts (连续3日, 3日内), not the end of a range.
_BARE_DAY = (
    r"(?<![\d月至到第每满续共约近超逾历时足出仅前后隔期过示留连－—–~一二三四五六七八九十百-])(?<![少低多高]于)(?<![长已共多可]达)(?:[12]\d|3[01]|[1-9]|[二三]?十[一二三四五六七八九]?)日"
    r"(?![内间后游遊行均龄之志元圆照用子程夜租薪制常息式本线、至到—–~-]|前(?![往来去赴])|以[上下内来后前]|报(?![道告])|左右|多|[。；]|$)"
)
_BRACKETED_MONTH = rf"[今本上下当][（(]{_N}[）)]月(?:{_DAY}{_CLOCK}|上旬|中旬|下旬|底|末|初)?"
_END_OF_MONTH = r"(?<![\d一二三四五六七八九十个每上下本当这元腊正同隔两几数岁])月[底初末](?![色线盘层部十])"
_LONE_WEEKDAY = (
    rf"(?P<week>(?:[上下本这]个?|(?<![每四外圆首双单隔逢一二两三四五六七八九十百几数\d、日])(?<!日[（(])(?<![一二三四五六日天][至到—–~-])){_WEEKDAY})"
    rf"(?![次天个场班年届至到、—–~一二三四五六日-]){_CLOCK}"
)
_ALONE = (
    rf"(?:(?<![\d.、]){_JOINED}|(?<![此以之])[前首头]{_N}个?月|年底|年末|年初|年内|上半年|下半年|全年|[本上下]个?季度?(?![节风的])|[今去明][春夏秋冬]|{_QUARTER}"
    rf"|(?<![\d.])(?>{_IN_MONTH})(?:(?<!月)|(?![\d龄嫂度]))|{_BRACKETED_DAY}|{_BRACKETED_MONTH}|{_NEAR_DAY}|[本上下这]个?月(?:{_DAY}{_CLOCK}|上旬|中旬|下旬|底|末|初)?|{_END_OF_MONTH}|{_LONE_WEEKDAY}|{_BARE_DAY})"
)
_LASTING = (
    r"(?:[创成建开启投设立实施运行执入挂发布获始改上市组揭办营落地工产][一-龥]?){1,2}?(?:以来|至今|迄今)"
)
_TAIL = rf"(?:{_LASTING}|至今(?![年天日])|迄今|规划期间|期间|时期|末期|期末|末|以来|起(?![步草点飞诉义航伏源跑家升降落码])|开始(?!于)|结束(?:之|以)?前|之前|以前|(?<=[底末])前(?![景沿后往来去赴])|前(?![\d一二三四五六七八九十列景沿后往来去赴])|之后|以后)"

YEARS = pattern(
    rf"(?:从|自)?(?P<y1>{_FOUR})年?(?:{_DASH}|[/／](?=(?:\d\d|{_DIGITS}{{2}})(?:财|学|年度|会计)))(?P<y2>{_FOUR}|\d\d|{_DIGITS}{{2}}){_YEARLY}(?!\d{{1,2}}月|[上下]半|[一二三四]季|第[一二三四1-4]季)[底末]?(?:期间|间)?"
)
MINGUO_YEARS = pattern(
    rf"(?:从|自)?(?P<in>民国)?(?<!\d)(?P<y1>\d{{2,3}}|一[〇零○一二三]{_DIGITS})年?{_DASH}(?P<y2>1[0-3]\d|一[〇零○一二三]{_DIGITS})年度?(?!\d{{1,2}}月|[来以的])[底末]?(?:期间|间)?"
)
RANGE = pattern(rf"{_DASH}(?=[\d一二三四五六七八九十今明后第前年民])")
DAYS = pattern(
    rf"(?P<year>(?:19|20)\d\d年)?(?P<m1>{_MONTH})(?P<d1>{_DAY}|\d{{1,2}}(?=[—–－～~-])){_ITS_WEEKDAY}(?:至|到|[—–－～~-]+)(?P<m2>{_MONTH})?(?P<d2>{_DAY}){_ITS_WEEKDAY}"
)
SPAN = pattern(
    rf"(?P<pre>在?过去的?|近|今后|未来|这|最近|接下来的?)?(?:{_N}[-—–~至到])?(?P<n>一百|{_N})年(?P<tail>以来|来|间(?!隔)|(?<!\d)内)?(?=(?P<after>累计|共)?)"
)
_ANCHOR = (
    r"(?P<pre>截至|截止到?|到|至|自从|自|从|于)?"
    rf"(?:(?P<base>{_DECADE}|{_YEAR}|{_MINGUO_YEAR}|{_RELATIVE_YEAR}|{_PLAN}|{_CENTURY})(?:的?(?P<part>{_PART}))?|(?P<alone>{_ALONE}))"
    rf"(?P<tail>(?(pre)[一-龥]{{0,12}}?(?:以来|至今(?!年)|迄今)|(?!))|{_TAIL})?(?P<before>(?<=[底末])前(?![景沿后往来去赴])|前(?![往来去赴\d一二三四五六七八九十列景沿后]))?"
)
ANCHOR = pattern(_ANCHOR)
MINGUO_ANCHOR = pattern(_ANCHOR.replace(_MINGUO_YEAR, f"{_MINGUO_YEAR}|{_BARE_MINGUO_YEAR}"))
START = pattern(
    r"[到至]?(?=月[底初末]|[一二三四五六七八九][至到—–~、和及-][一二三四五六七八九十]{1,2}月|[周星礼]|\d\d?[-—–~至到、和及]\d\d?月|\d\d世纪|二十|十九|世纪|[前首头][\d一二三四五六七八九十两]|[一二][九〇零○][〇零○一二三四五六七八九]{2}|[今明去后前本上下次当同昨翌年民“『「‘\"']|全年|[（(]\d\d?[）)]日|[三四五六七八九]十年代|\d\d0?年代|1[0-3]\d[至到—–~-]|\d{1,4}[年月]|\d\d?日|(?:19|20)\d\d|[一二三四五六七八九十两〇零○百]{1,5}[年月季日]|一[〇零○一二三]|第[一二三四1-4]季|[首末]季|十[一二三四五六七八九]五)"
    r"|[截自从近过未这最接在]"
)
TITLE = pattern(r"《[^》\n]{0,80}》")


def anchor_at(text: str, at: int, minguo: bool) -> re.Match[str] | None:
    """The time expression that starts at `at`; `minguo`: a bare 108年 is one too."""
    return (MINGUO_ANCHOR if minguo else ANCHOR).match(text, at)


def number(text: str) -> int:
    """12, 十二 or 二十三 as an integer."""
    text = text.strip()
    if text.isascii():
        return int(text)
    text = text.replace("廿", "二十")
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        return 100 * NUMERAL[hundreds] + (number(rest.lstrip("零〇")) if rest else 0)
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (NUMERAL[tens] if tens else 1) * 10 + (NUMERAL[ones] if ones else 0)
    value = 0
    for c in text:
        value = value * 10 + NUMERAL[c]
    return value
