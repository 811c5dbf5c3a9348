"""What a personal name in Chinese text looks like: Chinese names, and foreign ones written by their sound.

A candidate is a surname and one or two characters that do not belong to everyday words, a name with middle dots, or a
run of characters that write foreign sounds. Where it ends is told by what may follow the name of somebody who takes
part; where that is unknown, by how common its characters are in given names.
"""

from __future__ import annotations

from collections.abc import Callable

from ..gazetteer import entries, one_of
from ..patterns import pattern
from .heads import TITLE_HEAD

SURNAMES = frozenset("".join(entries("surnames")))
_WORDS_FIRST = frozenset("".join(entries("word_surnames")))
_COMMON = frozenset("".join(entries("given_characters")))
_SOUNDS = "".join(entries("transcription_characters"))
COMPOUND_SURNAMES = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|夏侯|端木|澹台|呼延|赫连|南宫|西门|独孤|百里|轩辕|闻人|白玛|江白|向巴"

# Characters that may stand in the middle of a given name though everyday words hold them (李从军, 王中宇, 张为民).
_MIDDLE = "更中又从以其之为与上会及在将"
# Characters that begin or carry everyday words rather than given names.
_NOT_GIVEN = "的了是所在与为对将会不要等及其中上下以从到这那此该由把被让给并也都就还又各每某者们件案个部说称副他她它我你最更很昨氏"

_NOT_TODAY = "(?<!今)"  # 林恒|今表示
_LAST_WEI = "为(?!代表|首|主|核心|例|准|[副总])"  # 李有为, but 以李健|为代表
GIVEN = rf"[^\W\d_a-zA-Z{_NOT_GIVEN}]"
SURNAME = f"[{''.join(sorted(SURNAMES))}]"
DOTS = "·•・‧﹒∙⋅"
TRANSCRIBED = rf"[\u4e00-\u9fff]{{1,6}}(?:[{DOTS}][\u4e00-\u9fff]{{1,6}}){{1,3}}(?:-[\u4e00-\u9fff]{{1,5}})?"
NAME = rf"(?:{TRANSCRIBED}|(?:{COMPOUND_SURNAMES}){GIVEN}{{1,2}}|{SURNAME}[{_MIDDLE}]{GIVEN}|{SURNAME}{GIVEN}{_LAST_WEI}|{SURNAME}{GIVEN}{{1,2}}{_NOT_TODAY})"

NAME_START = f"[{''.join(sorted(SURNAMES | _WORDS_FIRST | set(_SOUNDS) | {name[0] for name in entries('japanese_surnames')}))}]"
FOREIGN = f"[{_SOUNDS}]{{3,9}}"  # long enough to be told from a Chinese name by its characters alone
# Everyday words that a surname character happens to begin.
WORDS = frozenset(entries("common_words"))

_SHAPE = pattern(NAME)
_DOTTED = pattern(TRANSCRIBED)
_JAPANESE = pattern(rf"(?P<surname>{one_of(entries('japanese_surnames'))}){GIVEN}{{1,3}}")
_CHINESE = [
    pattern(rf"(?:{COMPOUND_SURNAMES}){GIVEN}{{2}}|{SURNAME}{{2}}{GIVEN}{{2}}"),
    pattern(
        rf"(?:{COMPOUND_SURNAMES}){GIVEN}|{SURNAME}[{_MIDDLE}]{GIVEN}|{SURNAME}{GIVEN}{{2}}{_NOT_TODAY}|{SURNAME}{GIVEN}(?:中|[会在向从为对让](?=[、，,。；;()（）\s])|{_LAST_WEI})|{SURNAME}其{_LAST_WEI}"
    ),
    pattern(rf"{SURNAME}{GIVEN}|{SURNAME}让(?=[、，,。；;()（）\\s]|出席|参加|陪同|主持)"),
    pattern(rf"{SURNAME}[ \u3000]{{1,4}}{GIVEN}"),  # 王 刚
]
# Names that are words too: names where somebody acts or a list goes on.
_ALSO_WORD = pattern(
    r"(?:庄严|严肃|高原|高峰|和平|万里|田野|高兴|成长|海洋|安全|方针)(?=[、，,；;（(]|等|出席|主持|陪同|参加)"
)
_WORD_FIRST = pattern(f"[{''.join(sorted(_WORDS_FIRST))}]{GIVEN}{{2}}")
_WITHIN = pattern(TITLE_HEAD)
_OFFICE = pattern(rf"[\u4e00-\u9fff](?:副|代理|常务副)?{TITLE_HEAD}")  # 副省长|任组长
_COMPOUND = pattern(COMPOUND_SURNAMES)
_FOREIGN = pattern(f"[{_SOUNDS}]{{2,9}}(?:-[{_SOUNDS}]{{2,9}})?")
# Surnames that mostly are words: 担任主席|时径自宣布, 向媒体.
_DOUBTFUL = "生时尚应都曾于从和常能可却还即既已仍须需相经来后"
_PLACE = pattern(
    r"(?:利亚|尼亚|西亚|比亚|内亚|巴西|希腊|古巴|马里|阿曼|不丹|斯坦|兰卡|加坡|喀麦隆|安哥拉|塞内加尔|卢旺达|布隆迪|乌干达|莫桑比克|津巴布韦|博茨瓦纳|莱索托|马拉维|加蓬|贝宁|吉布提|厄立特里亚|埃及|突尼斯|摩洛哥|黎巴嫩|约旦|伊拉克|伊朗|也门|卡塔尔|巴林|科威特|土耳其|以色列|智利|秘鲁|阿根廷|墨西哥|加拿大|芬兰|波兰|荷兰|冰岛|丹麦|挪威|瑞典|瑞士|奥地利|捷克|葡萄牙|乌克兰|尼泊尔|孟加拉|缅甸|泰国|老挝|菲律宾|印度|马来|文莱|斐济|汤加|萨摩亚|巴拿马|哥伦比亚|厄瓜多尔|乌拉圭|巴拉圭|苏里南|圭亚那|牙买加|帛琉|帕劳|史瓦帝尼|海地|马绍尔|诺鲁|瑙鲁|吐瓦鲁|图瓦卢|马绍尔群岛|贝里斯|伯利兹|圣文森|圣露西亚)$"
)
_ONE_MORE = pattern(r"(?![时等及说称指家])[\u4e00-\u9fff][、，,。]")  # 哈恰图|良、
_REIGN = pattern(r"[一二三四五六七八九十]{1,3}世")  # 费利佩六世
# What ends a name that begins like an everyday word: 书记王国生、省长….
_CLOSES = pattern(r"[、，,。；;：:()（）]|出席|主持|陪同|参加|表示|指出|强调|介绍|说[，,：:]|率[领队]")
_TWO_SOUNDS = 2  # so short a foreign name needs a known word behind it


def plausible_name(text: str) -> bool:
    """Whether `text` as a whole has the shape of a Chinese name and begins no everyday word."""
    return bool(_SHAPE.fullmatch(text)) and text not in WORDS and text[:2] not in WORDS and text[1:] != "代理"


def common_name(text: str) -> bool:
    """Whether `text` is a plausible name whose given name consists of characters common in such."""
    return plausible_name(text) and given_name(text[1:])


def name_end(
    text: str, at: int, follows: Callable[[str, int], bool], known: frozenset[str], sure: bool = False
) -> int:
    """Where the name that begins at `at` ends, 0 where none does.

    `follows(text, end)` says whether what stands at `end` may follow a name; `known` are names found elsewhere in the
    document, which need no such sign. `sure`: nothing but such a sign will do.
    """
    dotted = _DOTTED.match(text, at)
    if dotted and text[at] != "级" and not _WITHIN.search(dotted.group()):
        return _last_part_end(text, at, dotted.end(), follows)
    if japanese := _JAPANESE.match(text, at):
        ends = (japanese.end("surname") + given for given in (2, 1, 3))
        if end := next((end for end in ends if at + 2 < end <= japanese.end() and follows(text, end)), 0):
            return end
    if _OFFICE.match(text, at):
        return 0
    if word := _ALSO_WORD.match(text, at):
        return word.end()
    compound = _COMPOUND.match(text, at)
    ends = [m.end() for shape in _CHINESE if (m := shape.match(text, at)) and _is_name(m.group())]
    if end := next((end for end in ends if text[at:end] in known), 0):
        return end
    followed = [
        end for end in ends if (end - at < 4 or compound or _married(text[at:end])) and follows(text, end)
    ]
    if followed:  # of 张若华|致 and 张若华, 方高|介绍 and 方高 the shorter, where it may end too
        shorter = [end for end in followed if end - at < 4]
        return shorter[0] if shorter and followed[0] - at == 4 and not compound else followed[0]
    three = text[at : at + 3]
    if three[:2] in WORDS and _SHAPE.fullmatch(three) and given_name(three[1:]) and three not in WORDS:
        return at + 3 if _CLOSES.match(text, at + 3) else 0
    rare = _WORD_FIRST.match(text, at)
    if rare and given_name(rare.group()[1:]) and _is_name(rare.group()) and follows(text, rare.end()):
        return rare.end()
    foreign = _foreign_end(text, at, follows)
    if sure:
        return foreign if foreign and follows(text, foreign) else 0
    if foreign - at > 3 or (foreign and not ends):
        return foreign
    unsure = (
        end
        for end in ends
        if end - at == 3 and given_name(text[at + 1 : end]) and text[at + 1 : end] not in WORDS
    )
    return next(unsure, 0) or foreign


def _last_part_end(text: str, at: int, end: int, follows: Callable[[str, int], bool]) -> int:
    """Where the part of a name behind its last dot ends (杰弗里·弗莱克|试图)."""
    last = max(text.rfind(dot, at, end) for dot in DOTS) + 1
    sounds = _FOREIGN.match(text, last)
    if sounds and not follows(text, end):
        return next((stop for stop in range(last + 1, sounds.end()) if follows(text, stop)), sounds.end())
    return next((stop for stop in range(last + 2, end) if follows(text, stop)), end)


def _married(text: str) -> bool:
    """Whether two surnames stand before a given name (梁郑月娥): the second begins no word, the given name is one."""
    return given_name(text[2:]) or (text[1] not in _DOUBTFUL + "向" and given_name(text[3]))


def _is_name(text: str) -> bool:
    doubtful = text[0] in _DOUBTFUL and not given_name(text[1:])
    doubtful = doubtful or text == 2 * text[0] or (text[0] == "来" and len(text) == 2)  # 常常, 来宁
    return text[:2] not in WORDS and text not in WORDS and not doubtful and not _COMPOUND.fullmatch(text)


def given_name(text: str) -> bool:
    """Whether all characters are common in given names."""
    return all(char in _COMMON for char in text)


def _foreign_end(text: str, at: int, follows: Callable[[str, int], bool]) -> int:
    """The end of a name written by its sound: up to a word that may follow a name, else the whole run."""
    run = _FOREIGN.match(text, at)
    if not run:
        return 0
    end = next((end for end in range(at + 2, run.end()) if follows(text, end)), run.end())
    if end - at > _TWO_SOUNDS and not follows(text, end) and _ONE_MORE.match(text, end):
        end += 1
    name = text[at:end]
    if _PLACE.search(name) or name[:2] in WORDS:
        return 0
    if reign := _REIGN.match(text, end):
        return reign.end()
    return end if end - at > _TWO_SOUNDS or follows(text, end) else 0
