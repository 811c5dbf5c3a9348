"""Shares and multiples in Chinese words: 百分之五, 三分之一, 1/9, 七成, 半数, 翻番."""

from __future__ import annotations

import re
from decimal import Decimal

from ..patterns import pattern
from .amounts import CHINESE, DIGITS, spelled
from .numerals import from_chinese, from_chinese_digits, multiplier

_NUMBER = rf"(?:{DIGITS}|{CHINESE}(?:点[〇零一二三四五六七八九]+)?)"
_PERCENT = pattern(
    rf"(?P<base>[百千])分之(?P<n>{_NUMBER})(?:(?:至|到|[—–～~-]+)(?:(?P=base)分之)?(?P<high>{_NUMBER}))?(?P<more>多)?"
)
_FRACTION = pattern(
    rf"(?P<below>{CHINESE}|\d+[百千万亿]*)分之(?P<above>{CHINESE}(?:点[〇零一二三四五六七八九]+)?|{DIGITS})|(?P<n>\d{{1,2}})/(?P<d>\d{{1,3}})(?![\d/年]|\s?(?:纳米|奈米|nm|英寸|寸|吋))"
)
_DATE = pattern(r"(?:[2-9]|1[0-2])/(?:1[1-9]|2\d|3[01])")  # 11/17, and no share
_TENTHS = pattern(
    r"(?P<a>[一二两三四五六七八九十]|\d(?:\.\d+)?)(?:(?:至|到|[—–～~-]+)(?P<b>[一二三四五六七八九十\d]))?成"
    r"(?P<more>(?:[一二三四五六七八九半]|(?<=\d成)\d(?![\d.,]))(?![个家项人名位倍年月天万亿十百千两大]))?[多余]?(?![立果功为效本员就型渝都绩长交套品因像熟才问人组份])"
)
_HALF = pattern(r"(?:一|大|小)半(?!径)|半数|(?<=[近过超])半(?=[，。、；的数以）]|$)")
_DOUBLE = pattern(r"翻了?(?P<n>[一二两三四五六七八九\d])?番")

Share = tuple[int, Decimal, Decimal | None, str, str]


def _decimal(text: str) -> Decimal:
    whole, point, rest = text.partition("点")
    if not point:
        return spelled(text)
    return from_chinese(whole) + Decimal(f"0.{from_chinese_digits(rest)}")


def _scaled(text: str) -> Decimal:
    """10万 as well as 三 or 9."""
    digits = text.rstrip("百千万亿")
    return (
        spelled(digits) * multiplier(text[len(digits) :]) if digits[:1] <= "9" and digits else spelled(text)
    )


def _fraction(m: re.Match[str]) -> Share | None:
    above, below = _decimal(m["above"] or m["n"]), _scaled(m["below"] or m["d"])
    if above >= below:
        return None
    percent = (100 * above / below).quantize(Decimal("0.000001")).normalize()
    return m.end(), percent + 0, None, "%", "fraction"


def _tenths(m: re.Match[str]) -> Share:
    value = spelled(m["a"]) * 10
    if m["more"]:
        value += 5 if m["more"] == "半" else spelled(m["more"])
    return m.end(), value, spelled(m["b"]) * 10 if m["b"] else None, "%", "tenths"


def share_at(text: str, at: int) -> Share | None:
    """The share or multiple that starts at `at`: end, value, value_max, unit, rule; or None."""
    if m := _PERCENT.match(text, at):
        high = _decimal(m["high"]) if m["high"] else None
        return m.end(), _decimal(m["n"]), high, "%" if m["base"] == "百" else "‰", "percent"
    if (m := _FRACTION.match(text, at)) and not _DATE.fullmatch(m.group()):
        return _fraction(m)
    if m := _HALF.match(text, at):
        return m.end(), Decimal(50), None, "%", "half"
    if m := _TENTHS.match(text, at):
        return _tenths(m)
    if m := _DOUBLE.match(text, at):
        return m.end(), Decimal(2) ** int(spelled(m["n"]) if m["n"] else 1), None, "倍", "double"
    return None
