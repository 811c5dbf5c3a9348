"""Which encoding a byte string is in, decided by what the decoded text looks like."""

from __future__ import annotations

import codecs
import re

from .errors import ReadingError
from .patterns import pattern

# The commonest characters of modern written Chinese, simplified and traditional: true text is full of them, text
# read in the wrong encoding hardly contains any.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天"
    "政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最"
    "立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论"
    "运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认"
    "六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元"
    "這個為國時來們對會發動過說產種後學經進著電裡現實體機當點從業應開還義樣與關線內數變條沒結問題無係軍黨員設長頭資邊級圖統組見"
    "計別處給門規熱領東導術極聯認權證轉單風帶場車務萬達積議聲報鬥類離華確張話節整億區強戰則據隊條濟階"
)
_HAN = pattern(r"[\u3400-\u9fff]")
_META = pattern(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_SHORT = 8  # a broken character in fewer characters than these is no slip but another format
_WESTERN = 0.25  # no Western language writes more of its letters with accents
_CONTROL = pattern(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5-hkscs": "big5hkscs", "big5": "big5hkscs"}
_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of `data` without its BOM, and the encoding: UTF-8, UTF-16, GB18030, Big5 or Windows-1252.

    A few broken bytes become U+FFFD; raises ReadingError when no encoding gives text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data[len(bom) :].decode(encoding, "replace"), where), encoding
    encoding = _utf16(data) or _utf8(data) or _declared(data) or _likeliest(data)
    if encoding == "cp1252" and _share_beyond_ascii(data) > _WESTERN:
        raise _no_text(where)
    return _checked(data.decode(encoding, "replace"), where), encoding


def _utf8(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _utf16(data: bytes) -> str | None:
    """UTF-16 without BOM, which shows in zero bytes: the byte order that gives ordinary characters."""
    sample = data[: 4096 - 4096 % 2]
    if sample.count(0) < 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        plain = sum(char in COMMON or "\n" <= char <= "~" or char in "，。、；：“”（）《》" for char in text)
        if plain > 0.4 * len(text) and not _CONTROL.search(text):
            return encoding
    return None


def _declared(data: bytes) -> str | None:
    """The charset a page declares, where the bytes bear it out."""
    found = _META.search(data[:4096])
    if not found:
        return None
    name = found[1].decode().lower()
    name = _ALIASES.get(name, name)
    try:
        return name if _fitness(data, name) > 0.3 else None
    except LookupError:
        return None


def _likeliest(data: bytes) -> str:
    scores = {name: _fitness(data, name) for name in ("utf-8", "gb18030", "big5hkscs")}
    best = max(scores, key=scores.__getitem__)
    if (
        scores[best] < 0.12
    ):  # hardly a common character: Western text with a few accented letters or curly quotes
        return "cp1252"
    return best


def _fitness(data: bytes, encoding: str) -> float:
    """Share of the common characters among all that is not ASCII, less the share that does not decode."""
    text = data[:200_000].decode(encoding, "replace")
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.0
    han = _HAN.findall(text)
    broken = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in foreign)
    return (sum(char in COMMON for char in han) / max(1, len(han))) - 3 * broken / len(foreign)


def _checked(text: str, where: str) -> str:
    sample = text[:100_000]
    broken = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if broken > max(8, len(sample) // 50) or broken * _SHORT > len(sample):
        raise _no_text(where)
    return text


def _share_beyond_ascii(data: bytes) -> float:
    sample = data[:100_000]
    return sum(byte > 0x7F for byte in sample) / max(1, len(sample))


def _no_text(where: str) -> ReadingError:
    return ReadingError(
        "the bytes are not text in UTF-8, UTF-16, GB18030 or Big5",
        where,
        "Give a text, HTML, DOCX or PDF file, or save it as UTF-8",
    )
