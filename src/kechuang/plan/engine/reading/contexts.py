"""The context of every sentence: its stance and what the sentence before it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .english_tasks import english_task
from .lists import Announced, Goal, Standing
from .patterns import pattern
from .speaking import Turn
from .stance import (
    Context,
    Stance,
    opens_review,
    stance_of_headings,
    stance_of_opening,
)
from .tasks import asks, looks_ahead
from .types import Sentence

_ORDERS = pattern(r"(?:要求|指示|责成|责令|部署|叮嘱|嘱咐|(?<![件项条份个的])建议|呼吁|敦促)[,，:：“\s]*$")
_ARTICLE = pattern(r"第[一二三四五六七八九十百]+条")
_ITEM = pattern(r"[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[一二三四五六七八九十]+、")
_GOES_ON = pattern(
    r"(?:(?:However|Also|In addition|Additionally|Moreover|Furthermore|Meanwhile|Then),? )?(?:[Ii]t|[Tt]hey) (?:also )?(?:will|would)\b"
)
_ENDS = pattern(r"[。；;！!？?][”」』]?$")
_NOTE = pattern(r"\d+[.．、][“《]?[^：:。，,]{2,30}[：:]")
_MEASURES = pattern(
    r"(?:措施|办法|细则|规定|政策|十条|行动方案|实施方案|行动计划|工作方案)(?:[（(].{1,12}[）)])?$"
)


def find_contexts(
    sentences: Sequence[Sentence], turns: Sequence[Turn], published: date | None = None
) -> list[Context]:
    """The context of each sentence, in order. `published` is the day the document appeared.

    The stance of a heading holds until the next; under it, words that look back turn its sentence and
    those after it in the paragraph until one asks for something. Without a heading, the openings of paragraphs hold
    until the next opening or turn.
    """
    measures = any(_MEASURES.search(sentence.text) for sentence in sentences[:4])
    walk = _Walk(published, measures, Goal(published))
    following = [*sentences[1:], None][: len(sentences)]
    return [walk.enter(*three) for three in zip(sentences, turns, following, strict=True)]


def _leads_in(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether the first item of a list goes on with the sentence."""
    return bool(
        following
        and following.enumeration == 1
        and sentence.enumeration is None
        and following.paragraph == sentence.paragraph
        and not _ENDS.search(sentence.text)
    )


@dataclass(slots=True)
class _Walk:
    """Where a walk through a document stands.

    `base` is the stance that holds for whole paragraphs, `stance` the one here, `held` that of the last heading that
    had one; `asked` says whether the sentence before asks for something, `passing` whether the review here ends with
    its paragraph, or before it with what will be done, `told` whether the sentence before neither asks nor looks ahead.
    """

    published: date | None
    measures: bool
    goal: Goal
    announced: Announced = field(default_factory=Announced)
    standing: Standing = field(default_factory=Standing)
    base: Stance = Stance.OPEN
    stance: Stance = Stance.OPEN
    held: Stance = Stance.OPEN
    headed: bool = False
    heading: tuple[str, ...] = ()
    paragraph: int = -1
    speaker: str = ""
    asked: bool = False
    article: bool = False
    passing: bool = False
    told: bool = False
    before: str = ""

    def enter(self, sentence: Sentence, turn: Turn, following: Sentence | None) -> Context:
        """The context of the next sentence, which `following` follows."""
        text = sentence.text[turn.lead_in :]
        self._under(sentence.heading, sentence.is_heading)
        self._spoken_by(turn)
        fresh = sentence.paragraph != self.paragraph
        if fresh:
            self.paragraph, self.stance = sentence.paragraph, self.base
            self.asked = self.article = False
        self.article = self.article or bool(_ARTICLE.match(text)) or bool(self.measures and _ITEM.match(text))
        asking = asks(text, self.asked)
        ordered = bool(_ORDERS.search(sentence.text[: turn.lead_in]))
        opening = self._opening(text, fresh or bool(turn.lead_in), asking or ordered)
        item, aimed = self.announced.item(sentence, text)
        part = self.goal.part(text, fresh)
        stance = opening or self.stance
        if self.standing.goes_on(sentence, text, opening is Stance.REVIEW):
            stance = Stance.REVIEW
        if stance is Stance.OPEN and (item or ordered or part):
            stance = Stance.AGENDA
        after_task = self.asked and (bool(turn.speaker) or self.headed)
        told = self.told and not fresh
        self.asked, self.told = asking, not (asking or looks_ahead(text))
        return Context(
            stance,
            self.published,
            after_task=after_task,
            article=self.article,
            listed=item,
            aimed=aimed,
            leads_in=_leads_in(sentence, following),
            told=told,
            planned=self.announced.planned,
            promised=self._goes_on(text),
        )

    def _goes_on(self, text: str) -> bool:
        """Whether an English sentence goes on with what the one before promises; `text` is the next one's before."""
        before, self.before = self.before, text
        goes_on = _GOES_ON.match(text) or (text[:1].islower() and before.endswith(";"))
        return bool(goes_on and before and english_task(before, Context())[0])

    def _under(self, heading: tuple[str, ...], is_heading: bool) -> None:
        if heading == self.heading:
            return
        self.heading = heading
        self.base = self.stance = self.held = stance_of_headings(heading, self.published, self.held)
        self.headed = self.stance is not Stance.OPEN
        self.announced.under(heading, is_heading)

    def _spoken_by(self, turn: Turn) -> None:
        if turn.speaker != self.speaker or (turn.speaker and turn.lead_in):
            self.speaker, self.asked, self.headed = turn.speaker, False, False
            self.base = self.stance = Stance.OPEN

    def _opening(self, text: str, first: bool, asking: bool) -> Stance | None:
        """The stance that the opening of `text` gives this sentence alone; what it gives to more is kept."""
        opening, lasting = stance_of_opening(text, self.published)
        if asking and opening is Stance.REVIEW:
            opening = None
        if opens_review(text):
            opening = self.base = self.stance = Stance.REVIEW
        if self.passing and self.stance is Stance.REVIEW and not opening and looks_ahead(text):
            self.stance = self.base
        if opening is Stance.REVIEW:
            self.passing = not lasting
        if opening and not self.headed and (first or opening is Stance.AGENDA):
            self.stance = opening
            self.base = opening if lasting else self.base
        if self.headed and opening is Stance.REVIEW:
            self.stance = Stance.REVIEW
        elif self.headed and (asking or opening is Stance.AGENDA):
            self.stance = self.base
        if _NOTE.match(text) and not self.article:
            opening = Stance.REVIEW
        if self.article and not opening:
            self.stance = Stance.AGENDA
        return opening
