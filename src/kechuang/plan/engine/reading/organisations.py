"""Organisations named in a text: an editable gazetteer and a grammar of how their names end."""

from __future__ import annotations

import re

from .gazetteer import entries, one_of
from .patterns import pattern

_SUFFIX = (
    r"委员会|管委会|人民政府|市政府|省政府|区政府|工作委员会|领导小组|办公室|大学(?!生|城|科技园)|学院(?!路)|研究院(?!士)|研究所|研究中心|实验室(?!体系)|科学院|工程院|"
    r"有限责任公司|股份有限公司|有限公司|公司|集团(?!化|有限|股份|公司)|银行|基金会|协会|学会|联合会|商会|理事会|医院|博物馆|图书馆|交易所|"
    r"出版社|通讯社|发改委|经信局|科技局|科委|教委|人社局|财政局|卫健委|国资委|生态环境局|市场监管局"
)
_ENDING = pattern(_SUFFIX)
_BEFORE = pattern(r"[\u4e00-\u9fffA-Za-z0-9·（）()&\-]{2,24}$")
_LISTED = pattern(one_of(entries("organisations")))
_ENGLISH = pattern(
    r"\b(?:(?:Ministry|Department|University|Institute|Academy|Office|Agency|Council|Commission|Bank|Bureau|Centre|Center)"
    r" (?:of|for|on) (?:the )?(?:[A-Z][\w\-]+(?:,? (?:and|of|for|&) |, | )?)+|"
    r"(?:[A-Z][\w\-]+ )+(?:University|Institute|Laboratory|Agency|Council|Commission|Corporation|Foundation|Association|Ltd|Inc|Group|Ministry|Department|Academy)\b)"
)
# What stands before a name and is none of it: the text up to and including these words is cut off.
_CUT = pattern(
    r".*(?:由|与|和|及|(?<!协)同|好|对|向|把|将|为|在|到|从|经|让|使|给|据|以及|会见|走进|依托|联合|支持|推动|推进|加强|建设|建好|抓好|建立|成立|组建|设立|"
    r"发挥|围绕|鼓励|引导|强化|吸引|引进|培育|打造|参加|来自|创建|共建|新建|筹建|加快|高质量|高标准|高水平|高校|批|家|个|所|的|了|等|是|用好|布局|统筹|优化|"
    r"包括|以|其|全国|各|级|有关|相关|国内外|外资|深化|做好|完善|促进|实施|服务|聚焦|做强|办好|探索|争取|落实|做大|开展|提升)"
)
_COMMON = pattern(
    r"^(?:国家|企业|科技|市级|省级|重点|新型|一流|工程|生态|总|子|分|上市|民营|国有|中小|跨国|投资|社会|公立|三甲|高水平|研究型|"
    r"龙头|骨干|骨干型|专业|大型|区域|国家级|产业|学科|互联网|县级|附属|职业|本科|省|市|区|全国重点|国家重点|重组|技术|医学|体系化|"
    r"联合|科研|科技型|独立|有限|综合|儿童|中医|基层|乡镇|智慧|本|该|此)*"
    rf"(?:{_SUFFIX})$"
)


def find_organisations(text: str) -> list[str]:
    """The organisations named in `text`, in order of first mention, each once, as printed."""
    spans: list[tuple[int, int]] = [match.span() for match in _LISTED.finditer(text)]
    reached = 0
    for ending in _ENDING.finditer(text):
        before = _BEFORE.search(text, max(reached, ending.start() - 24), ending.start())
        if not before:
            continue
        reached = ending.end()
        start = before.start() + _cut(text[before.start() : reached], len(before.group()))
        name = text[start:reached]
        if len(name) >= 4 and not _COMMON.match(name):
            spans.append((start, reached))
    if re.search(r"[A-Z][a-z]+ ", text):
        spans += [span for match in _ENGLISH.finditer(text) for span in _english(match)]
    names: dict[str, None] = {}
    for start, end in _longest(spans):
        names.setdefault(text[start:end].strip("、，, "))
    return list(names)


def _english(match: re.Match[str]) -> list[tuple[int, int]]:
    """The span of an English name, two where "and" joins a ministry to a body of its own (… and Northport University)."""
    name = match.group().rstrip(" ,")
    joined = re.search(
        r" and (?=(?:[A-Z]\w+ )+(?:University|Institute|Agency|Council|Academy|Corporation)$)", name
    )
    if not joined:
        return [(match.start(), match.start() + len(name))]
    middle = match.start() + joined.start()
    return [(match.start(), middle), (match.start() + joined.end(), match.start() + len(name))]


def _cut(name: str, stem: int) -> int:
    """Length of what precedes the name proper inside the candidate, whose ending begins at `stem`."""
    cut = _CUT.match(name[:stem])
    listed = _LISTED.search(name)
    if cut and listed and listed.start() < cut.end() <= listed.end():
        return listed.start()
    return cut.end() if cut else 0


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in text order without those that lie inside another."""
    kept: list[tuple[int, int]] = []
    for span in sorted(set(spans), key=lambda item: (item[0], -item[1])):
        if kept and span[1] <= kept[-1][1]:
            continue
        kept.append(span)
    return kept
