"""The machine that hears a document sentence by sentence: cues give the word, quotations hold it, narration ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..english_tasks import is_english
from ..people import Attribution
from ..types import Sentence
from .chinese import Chinese
from .company import Company
from .english import English
from .floor import Floor
from .headlines import INLINE, named_behind, section_below, speech_below
from .paragraphs import told_below
from .quotations import (
    BROKEN_OFF,
    CAPTIONS,
    OPENERS,
    Span,
    closes_first,
    opening_speech,
    quotations,
    stays_open,
)
from .record import Record
from .turns import Cue, Reach, Turn, cued_voices


class Hearing:
    """A walk through the sentences: what each is heard as depends on who has the word and on quotations still open."""

    def __init__(self, sentences: Sequence[Sentence], people: Sequence[Attribution]) -> None:
        self._sentences = sentences
        self._company = Company(people)
        self._chinese = Chinese(self._company, sentences)
        self._english = English(self._company, sentences)
        self._record = Record(sentences)
        self._floor = Floor(sentences, self._company, self._record)
        self._inside = ""  # the kind of quotation marks inside of which the sentence before ended
        self._caption = -1  # the paragraph of a picture among those of the article

    def turns(self) -> list[Turn]:
        for at in range(len(self._sentences)):
            self._hear(at)
        return self._record.turns(self._company.role)

    def _hear(self, at: int) -> None:
        sentence = self._sentences[at]
        text, before = sentence.text, self._sentences[at - 1] if at else None
        broken = text[:1] in BROKEN_OFF  # a line that only broke off goes on
        fresh = before is None or (before.paragraph != sentence.paragraph and not broken)
        language = self._english if is_english(text) else self._chinese
        if text[:1] in CAPTIONS or (self._caption == sentence.paragraph and not fresh):
            self._caption = sentence.paragraph
            self._record.add([(0, "")])
            return
        if signed := self._chinese.signature(text):
            self._record.sign(signed)
            return
        if said := self._chinese.above(text):
            self._record.close(said)
            return
        label = self._label(at, language)
        line = bool(label) and label.end >= len(sentence.text)  # it only names who speaks below
        if sentence.is_heading and (not label or (language.quotes_only and not line)):
            self._record.silence(named_behind(text, language))
            self._floor.falls_silent()
            self._inside = ""
            self._floor.gives(speech_below(self._sentences, at, language), Reach.WHOLE)
        else:
            self._listen(at, language, label, fresh)
        if sentence.is_heading and language is self._chinese:
            self._floor.gives(section_below(self._sentences, at, language), Reach.LENGTH)

    def _label(self, at: int, language: Chinese | English) -> Cue | None:
        """Who is given the word by a label; by a headline (市长甲:…) no further than it goes."""
        sentence = self._sentences[at]
        label = language.label(sentence.text)
        if (
            label
            and label.reach is Reach.LABEL
            and not language.quotes_only
            and told_below(self._sentences, at, label.who)
        ):
            return None
        headline = label and (sentence.is_heading or self._record.first_line(at))
        if not headline and label and label.reach < Reach.WHOLE and INLINE.match(sentence.text, label.end):
            return None
        title = headline and sentence.is_heading and self._record.on_top(at)
        if not headline or label.end >= len(sentence.text) or (label.reach is Reach.WHOLE and not title):
            return label
        return replace(label, reach=Reach.SENTENCE) if self._record.on_top(at) else None

    def _listen(self, at: int, language: Chinese | English, label: Cue | None, fresh: bool) -> None:
        """What a sentence of the text says, and who says it."""
        text = self._sentences[at].text
        again = fresh and self._inside and text[:1] in OPENERS  # a quotation goes on in a new paragraph
        if fresh:
            open_still = closes_first(text) or (
                language.quotes_only and self._inside == '"' and stays_open(self._record.rest(at))
            )
            self._inside = self._inside if not again and open_still else ""
        inside = self._inside
        spans, self._inside = quotations(text, inside)
        if language.quotes_only:
            self._company.mentions(text)
        apart = fresh or self._floor.quoted
        held = self._floor.reach is Reach.WHOLE and bool(self._floor.speaker)
        cues = [label] if label else [] if held else language.cues(text, spans, self._floor.speaker, apart)
        if self._floor.cites(text, language, apart):
            cues = [replace(cue, who=self._floor.speaker, reach=self._floor.reach) for cue in cues]
        if cues:
            self._cued(at, text, cues, spans, bool(inside))
        else:
            self._floor.unmarked(at, spans, bool(inside or again), fresh, language)
        self._floor.told = cues[-1].who if cues and cues[-1].reach is Reach.SENTENCE else ""
        if not cues and not self._record.last():
            chinese = language is self._chinese
            if not language.nobody_new(text):
                self._company.acts(language.actor(text))
            self._floor.told = language.begins(text) if fresh or chinese else ""

    def _cued(self, at: int, text: str, cues: list[Cue], spans: list[Span], inside: bool) -> None:
        """Voices of a sentence in which somebody is given the word."""
        first = cues[0]
        opening = opening_speech(text, spans, inside)
        attributes = self._record.attributes(at, spans)
        self._record.name_waiting(at, first, inside)
        self._record.add(*cued_voices(text, cues, spans, opening, attributes))
        self._record.waiting = []
        self._floor.cued(at, cues, spans, bool(opening) or (first.behind and attributes))  # “…” 甲说。
