"""Whom a headline names as who speaks below it, or behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from ..patterns import pattern
from ..types import Sentence
from .chinese import Chinese
from .english import English
from .quotations import QUOTED, quotations
from .turns import Reach

_TOP, _SOON = 6, 12  # lines in which a speech is announced, and in which somebody speaks in the first person
_BYLINE = 4  # the title of a speech and the lines below it in which its speaker is named
_SPEAKS = pattern(
    r"\b(?:I|[Ww]e|[Mm]y)\b|[Ll]adies and [Gg]entlemen|[Gg]ood (?:morning|afternoon|evening)|"
    r"^\s*(?:尊敬的|各位|同志们|女士们|先生们|亲爱的|老师们|同学们|朋友们)|大家(?:早上|上午|下午|中午|晚上)?好|我(?:谨|代表|想|要|们|主要|会)"
)
# 院士甲:突破卡脖子技术 作为…: a headline that lost its line.
INLINE = pattern(r"[^,，。；;：:！!？?]{4,40}[ \u3000]+(?=[\u4e00-\u9fff\d“])")
WILL = pattern(r"[\u4e00-\u9fff]{0,3}?(?:将|即将|会(?![见谈议长]))")  # 市长甲|将到访
FIRST_PERSON = pattern(r"我|\b(?:[Ww]e|[Oo]ur|I|[Mm]y|us)\b")


def named_behind(text: str, language: Chinese | English) -> str:
    """Who is named behind an English headline: Harbours need 40 boats, says Ann Reed."""
    cues = language.cues(text, quotations(text, "")[0], "", True) if language.quotes_only else []
    return next((cue.who for cue in cues if cue.behind), "")


def speech_below(sentences: Sequence[Sentence], at: int, language: Chinese | English) -> str:
    """Whose speech the headline announces, where somebody speaks below it."""
    if at >= _TOP:
        return ""
    lines = [one.text for one in islice(sentences, at, at + _BYLINE)]
    who = language.headline(lines[0]) or language.byline(lines)
    below = (one.text for one in islice(sentences, at + 1, at + 1 + _SOON) if not one.is_heading)
    return who if who and any(map(_SPEAKS.search, below)) else ""


def section_below(sentences: Sequence[Sentence], at: int, language: Chinese) -> str:
    """Whom the headline names (代表甲:…), where what stands up to the next one says I."""
    headline = language.label(sentences[at].text)
    if not headline or not headline.who or headline.reach > Reach.LENGTH:
        return ""
    below = takewhile(lambda one: not one.is_heading, islice(sentences, at + 1, None))
    text = QUOTED.sub("", "".join(one.text for one in below))
    return headline.who if FIRST_PERSON.search(text) and headline.who not in text else ""
