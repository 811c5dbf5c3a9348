"""The context of every sentence: its stance and what the sentence before it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .speakers import Turn
from .stance import Context, Stance, opens_review, stance_of_headings, stance_of_opening
from .tasks import asks
from .types import Sentence

_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条")


def find_contexts(
    sentences: Sequence[Sentence], turns: Sequence[Turn], published: date | None = None
) -> list[Context]:
    """The context of each sentence, in order. `published` is the day the document appeared.

    Stances of headings and of paragraph openings hold until the next heading, opening or turn; a review that begins
    inside a paragraph holds for its sentence alone.
    """
    contexts: list[Context] = []
    stance, heading, paragraph, speaker = Stance.OPEN, (), -1, ""
    asked = article = False
    for sentence, turn in zip(sentences, turns, strict=True):
        text = sentence.text[turn.lead_in :]
        if sentence.heading != heading:
            heading = sentence.heading
            stance = stance_of_headings(heading, published)
        if turn.speaker != speaker or (turn.speaker and turn.lead_in):
            speaker, stance, asked = turn.speaker, Stance.OPEN, False
        opening = stance_of_opening(text, published)
        asking = asks(text, asked)
        if asking and opening is Stance.REVIEW:
            opening = None
        if opens_review(text):
            opening = stance = Stance.REVIEW
        if sentence.paragraph != paragraph or turn.lead_in or opening is Stance.AGENDA:
            asked = asked and sentence.paragraph == paragraph
            article = article and sentence.paragraph == paragraph
            paragraph = sentence.paragraph
            stance = opening or stance
        article = bool(_ARTICLE.match(text)) or (article and sentence.paragraph == paragraph)
        contexts.append(Context(opening or stance, published, asked, article))
        asked = asking
    return contexts
