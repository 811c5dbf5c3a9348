"""Numbers as they are written, in digits, Chinese numerals and English words, to exact decimals."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0, "两": 2}
STEPS = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}

ENGLISH_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ENGLISH_SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "m": 10**6,
    "dozen": 12,
    "bil": 10**9,
    "mil": 10**6,
    "lakh crore": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
ENGLISH_WORDS = (
    {word: value for value, word in enumerate(ENGLISH_UNITS)}
    | {word: 10 * tens for tens, word in enumerate(ENGLISH_TENS, 2)}
    | {"a": 1, "an": 1}
)


_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def from_digits(text: str) -> Decimal:
    """`"1,234.5"` → 1234.5, `"1¼"` → 1.25; thousands separators (comma or blank) are dropped."""
    part = _PARTS.get(text[-1], Decimal(0))
    return Decimal((text[:-1] if part else text).replace(",", "").replace(" ", "")) + part


def from_chinese(text: str) -> Decimal:
    """`"三百二十万"` → 3200000, `"二〇二五"` → 2025 (a row of digits); a leading step counts as one of it.

    Raises ValueError when the text holds anything but Chinese numerals.
    """
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    above, trillions, text = text.rpartition("兆")
    if trillions:
        return (from_chinese(above) if above else Decimal(1)) * MYRIADS["兆"] + (
            from_chinese(text) if text else 0
        )
    total, section, digit = 0, 0, None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in STEPS:
            section += (1 if digit is None or digit == 0 else digit) * STEPS[c]
            digit = None
        elif c == "万":
            total += (section + (digit or 0) or 1) * MYRIADS[c]
            section, digit = 0, None
        elif c == "亿":
            total = (total + section + (digit or 0) or 1) * MYRIADS[c]
            section, digit = 0, None
        else:
            raise ValueError(f"not a Chinese numeral: {text!r}")
    return Decimal(total + section + (digit or 0))


def from_chinese_digits(text: str) -> str:
    """`"七六"` → "76": a row of digits, as behind a 点."""
    return "".join(str(DIGITS[c]) for c in text)


def multiplier(text: str) -> int:
    """The factor behind a number: `""` → 1, `"千万"` → 10⁷, `"万亿"` → 10¹²."""
    factor = 1
    for c in text:
        factor *= STEPS.get(c) or MYRIADS[c]
    return factor


def from_english(text: str) -> Decimal:
    """`"twenty-seven"` → 27, `"three hundred and five thousand"` → 305000, `"two and a half million"` → 2500000.

    Raises ValueError on a word that is no number.
    """
    total, section = 0, Decimal(0)
    words = text.lower().replace("-", " ").replace(",", " ").replace(" and a ", " and ")
    for word in words.split():
        if word == "and":
            continue
        if word in ENGLISH_WORDS:
            section += ENGLISH_WORDS[word]
        elif word in ("half", "quarter"):
            section += _PARTS["½" if word == "half" else "¼"]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in ENGLISH_SCALES:
            total += (section or 1) * ENGLISH_SCALES[word]
            section = 0
        else:
            raise ValueError(f"not an English number: {word!r}")
    return Decimal(total + section)
