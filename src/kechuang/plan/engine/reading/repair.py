"""Repairs of a text that was damaged on its way through the web; each is logged with its rule, none is silent.

Rules: invisible, entity, line-end, shifted-bytes, gloss, doubled-comma, t2s (traditional → simplified), width, words:<table>,
line-wrap, page-number, spacing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from importlib.resources import files

from .layers import Layer
from .patterns import pattern
from .shifted import shifted_spans
from .types import CleanText
from .words import word_tables
from .wrapping import unwrap

_INVISIBLE = pattern(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]+|\ufffe(?:\r?\n)?"
)
_ENTITY = pattern(
    r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|middot|mdash|ndash|hellip);"
)
_LINE_END = pattern(r"\r\n?")
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = pattern(
    rf"(?<=[{_HAN}])[(（][ ]?([a-zêüɡ{_TONES}]{{1,7}}(?: [a-zêüɡ{_TONES}]{{1,7}}){{0,3}})[ ]?[)）]"
)
_TONED = pattern(f"[{_TONES}]")
_SYLLABLE = pattern(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|"
    "u|ua|uo|uai|ui|uan|un|uang|ueng|v|ve|ue|van|vn|r)|n|m|ng|hm|hng"
)
_HALF = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_HALF |= {
    ord("％"): "%",
    ord("＋"): "+",
    ord("＄"): "$",
    ord("／"): "/",
    ord("＆"): "&",
    ord("\xa0"): " ",
    ord("︰"): "：",
}
_POINT = pattern(r"(?<=[0-9])．(?=[0-9])")
_DOUBLED = pattern("[,，](?=[,，、;；。:：])")
_SPACED = pattern(rf"(?<=[^\s\d])([ ]?)(\d[\d.,]*%?)([ ]?)(?=[{_HAN}])")
_OFTEN = 5  # so many doubled commas are no slip of the pen
_GLOSSED = 3  # so many toned glosses show a text that was glossed throughout; then toneless ones go too
_TRADITIONAL = 0.02  # share of Han characters that differ in simplified writing


def repair(layer: Layer, printed: bool = False) -> CleanText:
    """Apply every repair to a layer and return the clean text. The layer is used up.

    `printed`: the text was taken from printed pages (PDF), whose lines always end at the page's width.
    """
    layer.edit(((found.start(), found.end(), "") for found in _INVISIBLE.finditer(layer.text)), "invisible")
    if "&" in layer.text:
        layer.edit(_entities(layer.text), "entity")
    if "\r" in layer.text:
        layer.edit(
            ((found.start(), found.end(), "\n") for found in _LINE_END.finditer(layer.text)), "line-end"
        )
    layer.edit(shifted_spans(layer.text), "shifted-bytes")
    layer.edit(_glosses(layer.text), "gloss")
    layer.edit(_doubled(layer.text), "doubled-comma")
    _simplify(layer)
    layer.retype(_POINT.sub(".", layer.text.translate(_HALF)), "width")
    for table in word_tables():
        if table.applies(layer.text):
            edits = ((f.start(), f.end(), table.words[f[0]]) for f in table.pattern.finditer(layer.text))
            layer.edit(list(edits), f"words:{table.name}")
    unwrap(layer, printed)
    layer.edit(_spacing(layer.text), "spacing")
    return layer.clean()


def _entities(text: str) -> list[tuple[int, int, str]]:
    return [(f.start(), f.end(), html.unescape(f[0]).replace("\xa0", " ")) for f in _ENTITY.finditer(text)]


def _doubled(text: str) -> list[tuple[int, int, str]]:
    """A comma printed before every mark, as careless copies of glossed pages have it: 考察,,18次 29號,、30號."""
    found = list(_DOUBLED.finditer(text))
    return [(match.start(), match.end(), "") for match in found] if len(found) >= _OFTEN else []


def _spacing(text: str) -> list[tuple[int, int, str]]:
    """Blanks a typesetter put around every number in Chinese text: 建成 10 个平台."""
    found = list(_SPACED.finditer(text))
    if sum(bool(match[1] and match[3]) for match in found) < _OFTEN:
        return []
    return [(*match.span(group), "") for match in found for group in (1, 3) if match[group]]


def _glosses(text: str) -> list[tuple[int, int, str]]:
    found = [match for match in _GLOSS.finditer(text) if all(map(_is_syllable, match[1].split()))]
    toned = [match for match in found if _TONED.search(match[1])]
    chosen = found if len(toned) >= _GLOSSED else toned
    return [(match.start(), match.end(), "") for match in chosen]


@cache
def _is_syllable(text: str) -> bool:
    plain = unicodedata.normalize("NFD", text.replace("ɡ", "g")).replace("u\u0308", "v").replace("ê", "e")
    return bool(_SYLLABLE.fullmatch("".join(char for char in plain if not unicodedata.combining(char))))


def _simplify(layer: Layer) -> None:
    """Traditional → simplified where the text as a whole is traditional; a stray old form in a name is kept."""
    text = layer.text
    han = len(re.findall(f"[{_HAN}]", text))
    if not han:
        return
    simple = _convert(text)
    if len(simple) != len(text):
        lines = ((line, _convert(line)) for line in text.splitlines(keepends=True))
        simple = "".join(
            new if len(new) == len(old) else "".join(map(_convert_char, old)) for old, new in lines
        )
    changed = sum(was != now for was, now in zip(text, simple, strict=True))
    if changed > max(1, _TRADITIONAL * han):
        layer.retype(simple, "t2s")


def _convert(text: str) -> str:
    return _converter().convert(text).translate(_variants())


@cache
def _variants() -> dict[int, str]:
    lines = (files(__package__) / "tables" / "variants.txt").read_text("utf-8").splitlines()
    return str.maketrans({line[0]: line[1] for line in lines if line and not line.startswith("#")})


@cache
def _convert_char(char: str) -> str:
    new = _convert(char)
    return new if len(new) == 1 else char


@cache
def _converter():
    import opencc

    return opencc.OpenCC("t2s")
