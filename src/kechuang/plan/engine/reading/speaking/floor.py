"""Who has the word: how far it reaches, what is still theirs, and who speaks where nobody is given it."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Sentence
from .chinese import Chinese
from .company import Company
from .english import English
from .headlines import FIRST_PERSON, WILL
from .paragraphs import is_item
from .quotations import QUOTED, Span, opening_speech
from .record import Record
from .turns import Cue, Reach


class Floor:
    """State while hearing: `speaker` has the word as far as `reach`."""

    def __init__(self, sentences: Sequence[Sentence], company: Company, record: Record) -> None:
        self._sentences = sentences
        self._company = company
        self._record = record
        self.speaker, self.reach = "", Reach.PARAGRAPH
        self.told = ""  # whom the sentence before begins to tell of
        self.quoted = False  # the speaker is quoted word for word: what stands outside the marks is narrated
        self._unknown = False  # who was given the word last is a body or nobody named
        self._block = False  # what is said stands in paragraphs without quotation marks
        self._listing = -1  # the paragraph of a line, or of an item below it, by which somebody lists
        self._owes = False  # somebody was given the word and has said nothing yet

    def gives(self, who: str, reach: Reach) -> None:
        """Give the word to somebody whom a headline names, if any."""
        if who:
            self.speaker, self.reach = who, reach
            self._company.speaks(who)

    def falls_silent(self) -> None:
        """A heading takes the word, but under a label it is that speaker's own."""
        if self.reach < Reach.LABEL:
            self.speaker = ""

    def cued(self, at: int, cues: list[Cue], spans: list[Span], quoted: bool) -> None:
        """Cues of a sentence give the word; `quoted`: in words that stand before them."""
        first, last, text = cues[0], cues[-1], self._sentences[at].text
        self.speaker = "" if last.reach is Reach.SENTENCE else last.who
        self.reach = last.reach
        self._block, self._unknown = False, not last.who
        announces = bool(last.who) and text.rstrip().endswith(":") and not last.behind
        self._listing = self._sentences[at].paragraph if announces else -1
        self._owes = bool(last.who) and not last.behind and last.end >= len(text.rstrip())
        self.quoted = quoted or any(last.end <= start <= last.end + 1 for start, _ in spans)
        self._company.speaks(last.who)
        if first.who and first.who != last.who:  # 他 behind two speakers means the first
            self._company.acts(first.who)

    def unmarked(
        self, at: int, spans: list[Span], inside: bool, fresh: bool, language: Chinese | English
    ) -> None:
        """The voice of a sentence that gives nobody the word."""
        text, record, ends = self._sentences[at].text, self._record, []
        if inside:
            who = record.last()
            record.waiting += [at] if record.waiting else []
        elif fresh and self._asked(at, language):
            who = ""
        elif self.reach >= Reach.LABEL and self.speaker and not language.ends(text, label=True):
            who = self.speaker
        elif self._lists(at, language):
            who, self._listing = self.speaker, self._sentences[at].paragraph
        elif opening_speech(text, spans, inside):
            who = self._quoted_first(at, fresh, language)
            if fresh and not language.quotes_only and (told := language.begins(text[spans[0][1] :])):
                who, ends = told, [(spans[0][1], "")]
            joins = bool(record.waiting) and not fresh and who == record.first(at - 1)
            record.waiting = [*record.waiting, at] if joins else [at]
        else:
            who = self._without_marks(at, fresh, language)
        record.add([(0, who), *ends])
        self._owes = False

    def _lists(self, at: int, language: Chinese | English) -> bool:
        """Whether the sentence is an item of an English list that somebody announced."""
        follows = self._listing == self._sentences[at - 1].paragraph
        return follows and language.quotes_only and is_item(self._sentences, at)

    def _quoted_first(self, at: int, fresh: bool, language: Chinese | English) -> str:
        """Who says the quotation with which the sentence begins, as far as is known before it ends."""
        if fresh and language.quotes_only and self.told:
            self.speaker = self.told  # the paragraph before begins to tell of somebody else
            return self.told
        who = self.speaker if not fresh or self._owes or self._goes_on(at, language) else ""
        if who or fresh or language.quotes_only:
            return who
        return self.told or self._company.alone_in(self._sentences[at - 1].text)

    def _without_marks(self, at: int, fresh: bool, language: Chinese | English) -> str:
        """Who goes on without quotation marks; whoever is told of now said the quotation before."""
        text, record = self._sentences[at].text, self._record
        told = "" if fresh or language.quotes_only or not record.opens() else language.begins(text)
        if told:  # “…” Then who said so is told of.
            record.name(told)
            self.speaker = ""
        who = self._carried(at, text, fresh, language)
        if record.waiting and not record.first(record.waiting[0]):
            # who speaks in a quotation without a speaker: whom the paragraph after it tells of, else who spoke last
            record.name("" if self._unknown else self._company.speaker or language.actor(text))
        record.waiting = []
        return who

    def _asked(self, at: int, language: Chinese | English) -> bool:
        """Whether the paragraph asks who has the word by a label, which stands before their answer again."""
        paragraph = self._record.paragraph(at)
        behind = at + len(paragraph)
        if not paragraph[-1].text.rstrip().endswith(("？", "?")) or behind >= len(self._sentences):
            return False
        answer = language.label(self._sentences[behind].text)
        return bool(answer and self.speaker and answer.who == self.speaker)

    def _carried(self, at: int, text: str, fresh: bool, language: Chinese | English) -> str:
        """The speaker who goes on without quotation marks; their turn ends where they do not."""
        if self._owes or (self._block and (not fresh or FIRST_PERSON.search(text))):
            self._block = True
            return self.speaker
        self._block = False
        named = not language.quotes_only and (
            self.speaker in QUOTED.sub("", text)  # who speaks would say I
            or (not fresh and self._tells_of_another(text, language))
        )
        if self.speaker and not named and not language.ends(text, label=False):
            if language.quotes_only:
                went_on = not fresh and self._sentences[at - 1].text.endswith(";")
                return self._record.last() if went_on else ""
            if not fresh or (not self.quoted and self._goes_on(at, language)):
                return self.speaker
        tells = not fresh and self.told and not language.quotes_only and language.voiced(text)
        self.speaker = self.told if tells else ""
        return self.speaker

    def _tells_of_another(self, text: str, language: Chinese | English) -> bool:
        """Whether the sentence begins to tell what somebody else does, not what they will do."""
        who = language.begins(text)
        return who not in ("", self.speaker) and not WILL.match(text, text.find(who) + len(who))

    def _goes_on(self, at: int, language: Chinese | English) -> bool:
        """Whether the speaker in force goes on in the paragraph that begins here."""
        text = self._sentences[at].text
        if not self.speaker:
            return False
        if language.narrates(self._record.paragraph(at), self.speaker):
            return False
        return self.reach >= Reach.LENGTH or language.goes_on(text, self.speaker)

    def cites(self, text: str, language: Chinese | English, apart: bool) -> bool:
        """Whether somebody in the middle of their turn calls on others."""
        turn = self.speaker or self.reach is Reach.WHOLE
        return bool(turn) and not apart and not language.quotes_only and language.cites(text)
