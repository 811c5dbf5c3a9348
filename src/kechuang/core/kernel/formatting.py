"""The one place where numbers, money, dates and periods become words, in Chinese and English.

Pure: every function takes the language ("zh-hans", "en", …; anything that starts with "en" is English).
Compact numbers keep at least three significant digits and never round away whole digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from kechuang.core.kernel.money import Money
from kechuang.core.kernel.period import Period
from kechuang.core.kernel.quantity import Quantity
from kechuang.core.kernel.units import in_english

Numeric = int | float | Decimal | Fraction

_SCALES = {
    "zh": [(Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万")],
    "en": [(Decimal(10**12), "tn"), (Decimal(10**9), "bn"), (Decimal(10**6), "m")],
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_QUARTERS = "一二三四"
MINUS = "\N{MINUS SIGN}"


def _is_english(language: str) -> bool:
    return language.lower().startswith("en")


def _decimal(value: Numeric) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    return value if isinstance(value, Decimal) else Decimal(str(value))


def grouped(value: Numeric, digits: int | None = None) -> str:
    """All digits, in groups of three: 29,000 or −1,234.5. `digits` fixes the decimals; None keeps them."""
    exact = _decimal(value)
    if not exact.is_finite():
        return "—"
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    text = f"{abs(exact):,f}"
    if digits is None:
        text = _trimmed(text)
    return (MINUS if exact < 0 and text.strip("0.,") else "") + text


def _scaled(value: Numeric, language: str) -> tuple[str, str]:
    """Digits and scale word: 2,270,000,000 → ("22.7", "亿")."""
    exact = _decimal(value)
    if exact.is_finite():
        for scale, word in _SCALES["en" if _is_english(language) else "zh"]:
            if abs(exact) >= scale:
                return _significant(exact / scale), word
    return _rounded(exact), ""


def _significant(value: Decimal) -> str:
    return _trimmed(grouped(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2))


def _rounded(value: Decimal) -> str:
    """Two decimals at most; below one, three significant digits, so that 0.0034 does not become 0."""
    if not value.is_finite() or value == 0 or abs(value) >= 1:
        return _trimmed(grouped(value, 2))
    return _trimmed(grouped(value, 2 - value.adjusted()))


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Numeric | None, language: str, unit: str = "") -> str:
    """Compact: 22.7 亿, 2.9 万家, 227 亿元 in Chinese; 22.7 bn, 29,000 in English. None gives a dash."""
    if value is None:
        return "—"
    if not _decimal(value).is_finite():
        return "—"
    digits, scale = _scaled(value, language)
    if unit in {"%", "‰"}:
        return f"{_rounded(_decimal(value))}{unit}"
    if _is_english(language):
        return " ".join(part for part in (digits, scale, in_english(unit)) if part)
    return f"{digits} {scale}{unit}" if scale or unit else digits


def unit(name: str, language: str) -> str:
    """A unit in the reader's language."""
    return in_english(name) if _is_english(language) else name


def quantity(value: Quantity | None, language: str) -> str:
    """A quantity with its unit; a range as 100–200 家."""
    if value is None:
        return "—"
    if not value.is_range:
        return number(value.value, language, value.unit)
    low, high = number(value.value, language), number(value.value_max, language, value.unit)
    if low.split(" ")[1:2] and high.startswith(low.split(" ")[0]):
        return high
    return f"{low}–{high}"


def money(value: Money | int | None, language: str) -> str:
    """Money (or fen): 227 亿元, 1,234.50 元; ¥22.7 bn, ¥1,234.50."""
    if value is None:
        return "—"
    yuan = (value if isinstance(value, Money) else Money(value)).in_yuan
    digits, scale = _scaled(yuan, language)
    if not scale and yuan != yuan.to_integral_value():
        digits = grouped(yuan, 2)
    if _is_english(language):
        sign, digits = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
        return f"{sign}¥{digits} {scale}".rstrip()
    return f"{digits} {scale}元"


def exact_money(fen: int, language: str) -> str:
    """Every yuan, and the fen where there are any: 12,345,678.90 元, ¥12,345,678.90."""
    digits = grouped(Money(fen).in_yuan, 2 if fen % 100 else 0)
    if _is_english(language):
        return f"{MINUS}¥{digits[1:]}" if digits.startswith(MINUS) else f"¥{digits}"
    return f"{digits} 元"


def percent(ratio: Numeric | None, digits: int = 1) -> str:
    """A ratio as per cent: 0.993 → 99.3%. Whole per cents lose the ".0"."""
    if ratio is None or not _decimal(ratio).is_finite():
        return "—"
    return _trimmed(grouped(_decimal(ratio) * 100, digits)) + "%"


def change(value: Numeric | None, language: str, unit: str = "") -> str:
    """A difference with its sign: +3.2, −1.4, ±0."""
    if value is None:
        return "—"
    sign = "+" if value > 0 else "±" if value == 0 else ""
    return sign + number(value, language, unit)


def joined(parts: Iterable[object], language: str) -> str:
    """Names in a row: 甲、乙、丙 / A, B, C."""
    return (", " if _is_english(language) else "、").join(map(str, parts))


def day(value: date | datetime | None) -> str:
    """For tables: 2026-11-21 in every language. A moment is taken in the zone it carries."""
    if value is None:
        return "—"
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def day_in_text(value: date | datetime | None, language: str, year: bool = False) -> str:
    """For sentences: 11月21日 / 21 November; with `year` 2026年11月21日 / 21 November 2026."""
    if value is None:
        return "—"
    if _is_english(language):
        return f"{value.day} {_MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")
    return (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"


def period(value: Period | None, language: str) -> str:
    """2025年, 2025年一季度, 2025年3月, 2021–2025年, else both days; open ends say from or by."""
    if value is None or (value.start is None and value.end is None):
        return "—"
    english = _is_english(language)
    if value.start is None:
        return f"by {day(value.end)}" if english else f"至 {day(value.end)}"
    if value.end is None:
        return f"since {day(value.start)}" if english else f"{day(value.start)} 起"
    if value.start == value.end:
        return day(value.start)
    return _named(value, english) or f"{day(value.start)} – {day(value.end)}"


def _named(value: Period, english: bool) -> str | None:
    start, end = value.start, value.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        return years if english else f"{years}年"
    if start.year != end.year or start.day != 1:
        return None
    if value == Period.month(start.year, start.month):
        return f"{_MONTHS[start.month - 1]} {start.year}" if english else f"{start.year}年{start.month}月"
    nth = (start.month + 2) // 3
    if value == Period.quarter(start.year, nth):
        return f"Q{nth} {start.year}" if english else f"{start.year}年{_QUARTERS[nth - 1]}季度"
    return None
