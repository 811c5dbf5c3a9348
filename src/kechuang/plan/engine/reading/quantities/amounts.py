"""One written number with its 万/亿, read at a place of a Chinese text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..patterns import pattern
from .numerals import DIGITS as NUMERALS
from .numerals import MYRIADS, from_chinese, from_chinese_digits, from_digits, multiplier

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|[1-9]\d{0,2}(?: \d{3})+(?![\d.,])|\d+(?:\.\d+)?)"
_HUNDRED = r"百(?!分)"
_THOUSAND = r"千(?![瓦克米伏帕卡焦赫乏])"
_TRILLION = r"兆(?![瓦赫帕比字焦欧伏安位宽光网带])"  # 10¹² in Taiwan; before a unit it is mega
CHINESE = rf"(?:[〇零○一二两三四五六七八九十廿卅万亿]|{_HUNDRED}|{_THOUSAND}|{_TRILLION})+"
_DIGIT = "[〇零○0一二三四五六七八九]"
_POINT = "．.‧·"  # 二‧二五公顷
# Digit by digit, as some newspapers print: 四七二座, 五二○億, 三．〇四GW.
_ROW = rf"(?:{_DIGIT}{{1,6}}[{_POINT}]{_DIGIT}{{1,4}}|[一二三四五六七八九](?:{_DIGIT}{{2,5}}|[〇零○0]))(?![〇零○一二三四五六七八九十\d.])"
_SCALE = rf"(?:{_TRILLION}|(?:十|{_HUNDRED}|{_THOUSAND})?万?亿?)"
_LOW = rf"(?:(?<=[兆亿万千百])\d[\d,]*(?:\.\d+)?(?![\d.A-Za-z])(?:(?:{_HUNDRED}|{_THOUSAND})?[亿万]?))"

_AMOUNT = pattern(
    rf"(?:(?P<digits>{DIGITS})\s?(?P<scale>{_SCALE})(?P<low>{_LOW}*)|(?P<row>{_ROW})(?P<row_scale>{_SCALE})|(?P<chinese>{CHINESE})(?:[点‧·．](?P<decimals>[〇零○一二三四五六七八九]+)(?![十分半])(?P<step>[百千]?万?[亿兆]?))?)"
    r"(?P<more>[多余](?!维|元化|样化))?(?P<more_scale>万?亿?)"
)
_PART = pattern(r"(?P<digits>[\d, .]+)(?P<step>[十百千]?)(?P<myriad>[兆亿万]*)")
_ROW_OF_DIGITS = pattern(r"[一二三四五六七八九][一二三四五六七八九]")


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` ends before `end`; `token` is the number word, `more` a 多/余 inside."""

    value: Decimal
    end: int
    scale: int
    token: str
    more: str

    @property
    def arabic(self) -> bool:
        return self.token[0] <= "9"

    @property
    def bare_step(self) -> bool:
        """百, 千, 万亿, 兆: a step without a digit before it."""
        return self.token[0] in "百千万亿兆"


def amount_at(text: str, at: int) -> Amount | None:
    """The number that starts at `at`, or None; 三四 (three or four) is vague and none."""
    m = _AMOUNT.match(text, at)
    if not m:
        return None
    scale = multiplier((m["scale"] or "") + m["more_scale"])
    if m["digits"]:
        value = _stepwise(m["digits"] + m["scale"] + m["low"] + m["more_scale"])
        return Amount(value, m.end(), scale, m["digits"], m["more"] or "")
    if m["row"]:
        digits = "".join("." if c in _POINT else str(NUMERALS[c]) for c in m["row"])
        scale = multiplier(m["row_scale"] + m["more_scale"])
        return Amount(from_digits(digits) * scale, m.end(), scale, digits, m["more"] or "")
    token = m["chinese"]
    if _ROW_OF_DIGITS.search(token) or token[0] in "〇零○":
        return None
    value = from_chinese(token + m["more_scale"])
    if m["decimals"]:
        value = (value + Decimal(f"0.{from_chinese_digits(m['decimals'])}")) * multiplier(m["step"])
        scale *= multiplier(m["step"])
    return Amount(value, m.end(), scale, token, m["more"] or "")


def _stepwise(text: str) -> Decimal:
    """17万7千, 1兆7128.28亿, 1千356万: each step counts what stands before it."""
    total = section = Decimal(0)
    for part in _PART.finditer(text):
        section += from_digits(part["digits"]) * multiplier(part["step"])
        if (
            part["step"] in ("百", "千")
            and not part["myriad"]
            and part.end() == len(text)
            and text[: part.start()].endswith("亿")
        ):
            section *= MYRIADS["万"]  # 11亿6千
        if part["myriad"]:
            total, section = total + section * multiplier(part["myriad"]), Decimal(0)
    return total + section


def spelled(text: str) -> Decimal:
    """A number of digits or of Chinese numerals, whichever it is."""
    return from_digits(text) if text[0] <= "9" else from_chinese(text)
