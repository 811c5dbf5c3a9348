"""How time is written in Chinese: the expressions as regular expressions, and Chinese numerals in them."""

from __future__ import annotations

import re

NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "十": 10}
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月"
_DAY = r"(?:\s?(?:3[01]|[12]\d|0?[1-9]|三十一?|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?日)"
_CLOCK = r"(?:上午|下午|晚上|晚|凌晨|清晨|中午)?"
_YEAR = r"(?:(?<!\d)(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})\s?年"
_ROC_YEAR = r"(?:民国\s?\d{1,3}\s?年度?(?!代)|(?<!\d)1[0-3]\d年度|(?<!\d)1[0-3]\d年(?=底|初|\d{1,2}月|第[一二三四1-4]季|[上下]半年)|(?<=[较比自到至从])1[0-3]\d年(?![前以来代多余]))"
_RELATIVE_YEAR = r"(?:[今去明昨][（(](?:19|20)?\d{2,3}[）)]年|今年|明年|去年|后年|前年|本年度?|上年度?|上一年度?|下一年|次年|当年|同年(?!度|级))"
_QUARTER = r"(?:[首末]季度?|前?[一二三四两1-4]个?季度|第[一二三四1-4]季度?(?!节))"
_IN_MONTH = rf"{_MONTH}(?:{_DAY}{_CLOCK}|上旬|中旬|下旬|底|末|初|份)?"
_PART = rf"(?:上半年|半年度|下半年|{_QUARTER}|全年|\d{{1,2}}[-—–~至]{_MONTH}份?|{_IN_MONTH}|前{_N}个月|年?底|年?末|年?初|年中)"
_PLAN = r"(?:“十[一二三四五六七八九]?五”|十[一二三四五六七八九]五(?=时期|期间|末|以来|收官|开局|期末))"
_DECADE = r"(?:(?:[上本]个?|\d\d|二十一?|十九)世纪(?:\d0|[一二三四五六七八九]十)年代|(?<!\d)(?:19|20)\d0年代)"
_CENTURY = r"(?:(?<![一-龥])世纪中叶|(?<=[到至])世纪中叶|本世纪(?:中叶|末|头二十年)|\d\d世纪中叶)"
_ALONE = (
    rf"(?:(?<![\d.])\d{{1,2}}[-—–~至到]{_MONTH}份?|前{_N}个月|年底|年末|年初|年内|上半年|下半年|{_QUARTER}|(?<![\d.])(?>{_IN_MONTH})(?:(?<!月)|(?!\d))|[今昨明][（(]\d{{1,2}}[）)]日{_CLOCK}|昨[天日](?:{_CLOCK})|[今明]天{_CLOCK}|今日{_CLOCK}"
    r"|上个?月|本月底?|下个?月"
    r"|(?<![\d月至到期第每满续共约近超])(?:[12]\d|3[01]|[1-9])日(?=上午|下午|晚|凌晨|清晨|中午|在|从|获悉|印发|出台|透露|收盘|刊登|召开|举行|举办|发布|宣布|表示|公布|电|讯|抵达|出席|主持|通过|正式|启动|开幕|闭幕|会见|揭晓|揭牌))"
)
_TAIL = r"(?:规划期间|期间|时期|末期|期末|末|以来|起|开始|之前|以前|前(?![\d一二三四五六七八九十列景沿后])|之后|以后)"

YEARS = re.compile(
    r"(?:从|自)?(?P<y1>(?:19|20)\d\d)\s?年?(?:\s?[—–－～~-]+\s?|至|到)\s?(?P<y2>(?:19|20)\d\d|\d\d)\s?年(?!\d{1,2}月)(?:期间|间)?"
)
DAYS = re.compile(
    rf"(?P<year>(?:19|20)\d\d年)?(?P<m1>{_MONTH})(?P<d1>{_DAY})(?:至|到|[—–－～~-]+)(?P<m2>{_MONTH})?(?P<d2>{_DAY})"
)
SPAN = re.compile(
    rf"(?P<pre>在?过去的?|近|今后|未来|这|最近|接下来的?)?\s?(?:{_N}[-—–~至到])?(?P<n>{_N})\s?年(?P<tail>以来|来|间(?!隔))?(?=(?P<after>累计|共)?)"
)
ANCHOR = re.compile(
    r"(?P<pre>截至|截止到?|到|至|自从|自|从|于)?"
    rf"(?:(?P<base>{_DECADE}|{_YEAR}|{_ROC_YEAR}|{_RELATIVE_YEAR}|{_PLAN}|{_CENTURY})(?:\s?(?P<part>{_PART}))?|(?P<alone>{_ALONE}))"
    rf"(?P<tail>{_TAIL})?(?P<before>前)?"
)
START = re.compile(
    r"[到至]?(?=\d\d?[-—–~至到]\d\d?月|\d\d世纪|二十|十九|世纪|前[\d一二三四五六七八九十]|[今明去后前本上下次当同昨年民“]|\d{1,4}\s?[年月]|\d\d?日|(?:19|20)\d\d|[一二三四五六七八九十两〇零]{1,4}[年月季]|第[一二三四1-4]季|[首末]季|十[一二三四五六七八九]五)"
    r"|[截自从近过未这最接在]"
)
TITLE = re.compile(r"《[^》\n]{0,80}》")


def number(text: str) -> int:
    """12, 十二 or 二十三 as an integer."""
    text = text.strip()
    if text.isascii():
        return int(text)
    text = text.replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (NUMERAL[tens] if tens else 1) * 10 + (NUMERAL[ones] if ones else 0)
    value = 0
    for c in text:
        value = value * 10 + NUMERAL[c]
    return value
