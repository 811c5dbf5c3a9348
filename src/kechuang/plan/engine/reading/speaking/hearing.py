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
from .headlines import FIRST_PERSON, INLINE, WILL, named_behind, section_below, speech_below
from .paragraphs import is_item, told_below
from .quotations import (
    BROKEN_OFF,
    CAPTIONS,
    OPENERS,
    QUOTED,
    Span,
    closes_first,
    opening_speech,
    quotations,
    stays_open,
)
from .record import Record
from .turns import Cue, Reach, Turn, cued_voices


class Hearing:
    """State while hearing: who has the word and how far it reaches, an open quotation, quotations without a speaker."""

    def __init__(self, sentences: Sequence[Sentence], people: Sequence[Attribution]) -> None:
        self._sentences = sentences
        self._company = Company(people)
        self._chinese = Chinese(self._company, sentences)
        self._english = English(self._company, sentences)
        self._record = Record(sentences)
        self._speaker, self._reach = "", Reach.PARAGRAPH
        self._quoted = False  # the speaker is quoted word for word: what stands outside the marks is narrated
        self._inside = ""  # the kind of quotation marks inside of which the sentence before ended
        self._unknown = False  # who was given the word last is a body or nobody named
        self._told = ""  # whom the sentence before begins to tell of
        self._caption = -1  # the paragraph of a picture among those of the article
        self._block = False  # what is said stands in paragraphs without quotation marks
        self._listing = (
            -1
        )  # the paragraph of a line, or of an item below it, by which somebody lists something
        self._owes = False  # somebody was given the word and has said nothing yet

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
            self._silence(named_behind(text, language))
            self._gives(speech_below(self._sentences, at, language), Reach.WHOLE)
        else:
            self._listen(at, language, label, fresh)
        if sentence.is_heading and language is self._chinese:
            self._gives(section_below(self._sentences, at, language), Reach.LENGTH)

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
        apart = fresh or self._quoted
        held = self._reach is Reach.WHOLE and bool(self._speaker)
        cues = [label] if label else [] if held else language.cues(text, spans, self._speaker, apart)
        if self._cites(text, language, apart):
            cues = [replace(cue, who=self._speaker, reach=self._reach) for cue in cues]
        if cues:
            self._cued(at, text, cues, spans, bool(inside))
        else:
            self._unmarked(at, text, spans, bool(inside or again), fresh)
        self._told = cues[-1].who if cues and cues[-1].reach is Reach.SENTENCE else ""
        if not cues and not self._record.last():
            chinese = language is self._chinese
            if not language.nobody_new(text):
                self._company.acts(language.actor(text))
            self._told = language.begins(text) if fresh or chinese else ""

    def _gives(self, who: str, reach: Reach) -> None:
        """Give the word to somebody whom a headline names, if any."""
        if who:
            self._speaker, self._reach = who, reach
            self._company.speaks(who)

    def _silence(self, who: str) -> None:
        self._record.add([(0, who)])
        self._record.waiting = []
        if self._reach < Reach.LABEL:  # under a label a heading is that speaker's own
            self._speaker = ""
        self._inside = ""

    def _cued(self, at: int, text: str, cues: list[Cue], spans: list[Span], inside: bool) -> None:
        """Voices of a sentence in which somebody is given the word."""
        first, last = cues[0], cues[-1]
        opening = opening_speech(text, spans, inside)
        attributes = self._record.attributes(at, spans)
        self._record.name_waiting(at, first, inside)
        voices, lead_ins = cued_voices(text, cues, spans, opening, attributes)
        self._record.add(voices, lead_ins)
        self._record.waiting = []
        self._speaker = "" if last.reach is Reach.SENTENCE else last.who
        self._reach = last.reach
        self._block, self._unknown = False, not last.who
        announces = bool(last.who) and text.rstrip().endswith(":") and not last.behind
        self._listing = self._sentences[at].paragraph if announces else -1
        self._owes = bool(last.who) and not last.behind and last.end >= len(text.rstrip())
        behind = first.behind and attributes  # “…” 甲说。
        self._quoted = bool(opening) or behind or any(last.end <= start <= last.end + 1 for start, _ in spans)
        self._company.speaks(last.who)
        if first.who and first.who != last.who:  # 他 behind two speakers means the first
            self._company.acts(first.who)

    def _unmarked(self, at: int, text: str, spans: list[Span], inside: bool, fresh: bool) -> None:
        """The voice of a sentence that gives nobody the word."""
        language = self._english if is_english(text) else self._chinese
        record, ends = self._record, []
        if inside:
            who = record.last()
            record.waiting += [at] if record.waiting else []
        elif fresh and self._asked(at, language):
            who = ""
        elif self._reach >= Reach.LABEL and self._speaker and not language.ends(text, label=True):
            who = self._speaker
        elif (
            self._listing == self._sentences[at - 1].paragraph
            and language.quotes_only
            and is_item(self._sentences, at)
        ):
            who, self._listing = self._speaker, self._sentences[at].paragraph
        elif opening_speech(text, spans, inside):
            who = self._speaker if not fresh or self._owes or self._goes_on(at, language) else ""
            who = who or (
                ""
                if fresh or language.quotes_only
                else self._told or self._company.alone_in(self._sentences[at - 1].text)
            )
            if fresh and language.quotes_only and self._told:
                who = self._speaker = self._told  # the paragraph before begins to tell of somebody else
            if fresh and not language.quotes_only and (told := language.begins(text[spans[0][1] :])):
                who, ends = told, [(spans[0][1], "")]
            joins = bool(record.waiting) and not fresh and who == record.first(at - 1)
            record.waiting = [*record.waiting, at] if joins else [at]
        else:
            told = "" if fresh or language.quotes_only or not record.opens() else language.begins(text)
            if told:  # “…” Then who said so is told of.
                record.name(told)
                self._speaker = ""
            who = self._carried(at, text, fresh, language)
            if record.waiting and not record.first(record.waiting[0]):
                # who speaks in a quotation without a speaker: whom the paragraph after it tells of, else who spoke last
                record.name("" if self._unknown else self._company.speaker or language.actor(text))
            record.waiting = []
        record.add([(0, who), *ends])
        self._owes = False

    def _asked(self, at: int, language: Chinese | English) -> bool:
        """Whether the paragraph asks who has the word by a label, which stands before their answer again."""
        paragraph = self._record.paragraph(at)
        behind = at + len(paragraph)
        if not paragraph[-1].text.rstrip().endswith(("？", "?")) or behind >= len(self._sentences):
            return False
        answer = language.label(self._sentences[behind].text)
        return bool(answer and self._speaker and answer.who == self._speaker)

    def _carried(self, at: int, text: str, fresh: bool, language: Chinese | English) -> str:
        """The speaker who goes on without quotation marks; their turn ends where they do not."""
        if self._owes or (self._block and (not fresh or FIRST_PERSON.search(text))):
            self._block = True
            return self._speaker
        self._block = False
        named = not language.quotes_only and (
            self._speaker in QUOTED.sub("", text)  # who speaks would say I
            or (not fresh and self._tells_of_another(text, language))
        )
        if self._speaker and not named and not language.ends(text, label=False):
            if language.quotes_only:
                went_on = not fresh and self._sentences[at - 1].text.endswith(";")
                return self._record.last() if went_on else ""
            if not fresh or (not self._quoted and self._goes_on(at, language)):
                return self._speaker
        tells = not fresh and self._told and not language.quotes_only and language.voiced(text)
        self._speaker = self._told if tells else ""
        return self._speaker

    def _tells_of_another(self, text: str, language: Chinese | English) -> bool:
        """Whether the sentence begins to tell what somebody else does, not what they will do."""
        who = language.begins(text)
        return who not in ("", self._speaker) and not WILL.match(text, text.find(who) + len(who))

    def _cites(self, text: str, language: Chinese | English, apart: bool) -> bool:
        """Whether somebody in the middle of their turn calls on others."""
        turn = self._speaker or self._reach is Reach.WHOLE
        return bool(turn) and not apart and not language.quotes_only and language.cites(text)

    def _goes_on(self, at: int, language: Chinese | English) -> bool:
        """Whether the speaker in force goes on in the paragraph that begins here."""
        text = self._sentences[at].text
        if not self._speaker:
            return False
        if language.narrates(self._record.paragraph(at), self._speaker):
            return False
        return self._reach >= Reach.LENGTH or language.goes_on(text, self._speaker)
