"""The context of every sentence: its stance and what the sentence before it does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .patterns import pattern
from .speaking import Turn
from .stance import Context, Stance, announces_orders, opens_review, stance_of_headings, stance_of_opening
from .tasks import asks
from .types import Sentence

_ARTICLE = pattern(r"第[一二三四五六七八九十百]+条")
_ITEM = pattern(r"[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[一二三四五六七八九十]+、")
_NOTE = pattern(r"\d+[.．、][“《]?[^：:。，,]{2,30}[：:]")
_MEASURES = pattern(
    r"(?:措施|办法|细则|规定|政策|十条|行动方案|实施方案|行动计划|工作方案)(?:[（(].{1,12}[）)])?$"
)


def find_contexts(
    sentences: Sequence[Sentence], turns: Sequence[Turn], published: date | None = None
) -> list[Context]:
    """The context of each sentence, in order. `published` is the day the document appeared.

    The stance of a heading holds until the next; under it, words that look back turn its sentence and
    those after it in the paragraph until one asks for something. Without a heading, the openings of paragraphs hold until the next opening or turn.
    """
    contexts: list[Context] = []
    base = stance = held = Stance.OPEN
    headed = False
    measures = any(_MEASURES.search(sentence.text) for sentence in sentences[:4])
    heading, paragraph, speaker, asked, article = (), -1, "", False, False
    announced, listed, leads = (), False, False
    for sentence, turn in zip(sentences, turns, strict=True):
        text = sentence.text[turn.lead_in :]
        if sentence.heading != heading:
            heading = sentence.heading
            base = stance = held = stance_of_headings(heading, published, held)
            headed = stance is not Stance.OPEN
        if turn.speaker != speaker or (turn.speaker and turn.lead_in):
            speaker, asked = turn.speaker, False
            base = stance = Stance.OPEN
            headed = False
        first = sentence.paragraph != paragraph or bool(turn.lead_in)
        if sentence.paragraph != paragraph:
            paragraph, stance, asked, article = sentence.paragraph, base, False, False
        article = article or bool(_ARTICLE.match(text) or (measures and _ITEM.match(text)))
        opening, lasting = stance_of_opening(text, published)
        asking = asks(text, asked)
        told = bool(turn.speaker) or headed
        if asking and opening is Stance.REVIEW:
            opening = None
        if opens_review(text):
            opening = base = stance = Stance.REVIEW
        if opening and not headed and (first or opening is Stance.AGENDA):
            stance = opening
            base = opening if lasting else base
        if headed and opening is Stance.REVIEW:
            stance = Stance.REVIEW
        elif headed and (asking or opening is Stance.AGENDA):
            stance = base
        if _NOTE.match(text) and not article:
            opening = Stance.REVIEW
        if article and not opening:
            stance = Stance.AGENDA
        if sentence.heading[-1:] != announced:
            listed, announced = announces_orders("".join(sentence.heading[-1:])), sentence.heading[-1:]
        item = listed or (leads and sentence.enumeration is not None)
        stance_here = opening or (Stance.AGENDA if item and stance is Stance.OPEN else stance)
        contexts.append(Context(stance_here, published, asked and told, article, item))
        leads = announces_orders(text) or (leads and sentence.enumeration is not None)
        asked = asking
    return contexts
