"""People of whom a Chinese document tells without a title: named often, or again at the head of a clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..people.names import common_name
from ..people.titles import BODIES
from ..types import Sentence
from . import chinese_words as words
from .company import Company

_OFTEN = 3  # times a document names somebody whom it tells of without a title
_NAMED = 20  # characters before a verb in which a name and its title stand


def meet_untitled(company: Company, sentences: Sequence[Sentence]) -> None:
    """Make them known to the company."""
    for who in _often_named(sentences):
        if not company.knows(who[:2]):  # 胡川博|士
            company.meets(who)
    heads: set[str] = set()
    for sentence in sentences:
        ends = (verb.start() for verb in words.TELLING.finditer(sentence.text))
        named = [words.INTRODUCED.search(sentence.text, max(0, at - _NAMED), at) for at in ends]
        named = [one for one in named if one and len(one["who"]) > 2]
        acting = [one for one in words.HEADS_TWICE.finditer(sentence.text) if one["who"] in heads]
        heads.update(one["who"] for one in words.HEADS_TWICE.finditer(sentence.text))
        for one in (*named, *acting, *words.STYLED.finditer(sentence.text)):
            if common_name(one["who"]):
                company.meets(one["who"])


def _often_named(sentences: Sequence[Sentence]) -> list[str]:
    """Whom a document names several times, more than once at the head of a clause, mostly without a title."""
    text = "\n".join(sentence.text for sentence in sentences)
    heads = Counter(one["who"] for one in words.HEADS_OFTEN.finditer(text))
    several = (who for who, count in heads.items() if count > 1 and text.count(who) >= _OFTEN)
    return [who for who in several if common_name(who) and who[-1] not in f"{BODIES}大"]  # 海大: a university
