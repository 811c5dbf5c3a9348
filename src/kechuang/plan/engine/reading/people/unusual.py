"""Names that begin with no known surname: set off by blanks, before a verb of speaking, or in their own letters."""

from __future__ import annotations

from ..patterns import pattern
from .chinese_words import GLOSSED, LATIN, SPACED_NAME, SPOKEN_NAME
from .heads import TITLE_HEAD
from .names import DOTS, WORDS, given_name

_TITLE = pattern(TITLE_HEAD)
_FUNCTION = (
    "受以用因经从自由被把让在对向为于按据凭应将已均都亦也又再仍则却只仅先后同共各每首们"  # begin no name
)


def unusual_end(text: str, at: int, gap: bool) -> int:
    """Where such a name behind a title ends, 0 where none stands; `gap`: blanks stand before it."""
    return (_spaced(text, at) if gap else _spoken(text, at)) or _latin(text, at)


def glossed_end(text: str, at: int) -> int:
    """The end of a foreign name that its own letters follow in brackets."""
    name = GLOSSED.match(text, at)
    return name.end() if name and name.group()[:2] not in WORDS and not _TITLE.search(name.group()) else 0


def _spaced(text: str, at: int) -> int:
    """The end of a name set off by blanks, as under a speech; such a name need not begin with a known surname."""
    name = SPACED_NAME.match(text, at)
    return name.end() if name and (any(dot in name.group() for dot in DOTS) or len(name.group()) == 4) else 0


def _latin(text: str, at: int) -> int:
    """The end of a foreign name in its own letters."""
    name = LATIN.match(text, at)
    chinese = name and text[:at].rstrip()[-1:] > "\u4e00"
    return name.end() if chinese else 0


def _spoken(text: str, at: int) -> int:
    """The end of a name without a known surname whose bearer speaks."""
    name = SPOKEN_NAME.match(text, at)
    known = name and (name["name"][:2] in WORDS or name["name"] in WORDS)
    return (
        name.end()
        if name
        and not known
        and given_name(name["name"][1:].replace("一", ""))
        and name["name"][0] not in _FUNCTION
        else 0
    )
