"""Named programmes, mechanisms and places in a text: an editable gazetteer and the ways names of plans are printed."""

from __future__ import annotations

import re

from .gazetteer import entries, one_of
from .patterns import pattern

_LISTED = pattern(one_of(entries("programmes")))
_ENDING = r"行动计划|行动方案|三年行动|攻坚行动|提升行动|专项行动|行动纲要|行动|计划|工程|专项|战略|规划纲要|规划|机制|试点|改革|方案|纲要"
_TITLED = pattern(
    rf"《(?P<title>[^《》]{{4,60}}(?:{_ENDING}|意见|措施|办法|条例|报告|战略|建议|白皮书)[^《》]{{0,12}})》"
)
_QUOTED = pattern(rf"“(?P<quoted>[^“”，。；]{{2,20}})”(?P<tail>(?:[\u4e00-\u9fff]{{0,6}}?)(?:{_ENDING}))")
_NAMED = pattern(
    r"(?:实施|启动|推进|深入实施|开展|落实|推动|组织实施|推行)(?P<name>[\u4e00-\u9fffA-Za-z0-9+\-]{3,20}?(?:行动计划|三年行动|攻坚行动|提升行动|专项行动|工程|计划))"
)
_ENGLISH = pattern(
    r"\b(?:[A-Z][\w\-]+ (?:(?:and|for|of|the|in) )?){1,6}(?:Programme|Program|Initiative|Strategy|Plan|Act|Mission|Fund|Framework|Roadmap|Agenda)\b(?: 20\d\d)?"
)
_GENERIC = pattern(
    r"^(?:一批|这|各|重大|重点|系列|相关|好|新一轮|年度|国家|一系列|\d)*(?:重大|重点|科技|建设|民生|实事)?(?:工程|计划|行动)$"
)


def find_programmes(text: str) -> list[str]:
    """The programmes named in `text`, in order of first mention, each once, without its quotation marks."""
    found: list[tuple[int, int, str]] = [
        (match.start(), match.end(), match.group().strip("“”")) for match in _LISTED.finditer(text)
    ]
    found += [(match.start("title"), match.end("title"), match["title"]) for match in _TITLED.finditer(text)]
    found += [
        (match.start("quoted"), match.end(), f"{match['quoted']}{match['tail']}")
        for match in _QUOTED.finditer(text)
        if not _LISTED.fullmatch(match["quoted"])
    ]
    found += [
        (match.start("name"), match.end("name"), match["name"])
        for match in _NAMED.finditer(text)
        if not _GENERIC.match(match["name"])
    ]
    if re.search(r"[A-Z][a-z]+ ", text):
        found += [
            (match.start(), match.end(), re.sub(r"^(?:The|Our|This|A) ", "", match.group()))
            for match in _ENGLISH.finditer(text)
        ]
    names: dict[str, None] = {}
    reach = -1
    for _, end, name in sorted(found, key=lambda item: (item[0], -item[1])):
        if end > reach:
            names.setdefault(name)
            reach = end
    return list(names)
