"""How English text gives somebody the word: "X said …", "…," she said, "according to X", a label before a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..patterns import pattern
from ..types import Sentence
from .company import Company
from .english_labels import EnglishLabels
from .english_subject_words import ACTS, ATTENDS, WHO
from .english_subjects import EnglishSubjects
from .english_verbs import ADDS, EnglishVerbs
from .quotations import OPENERS, Span, holds
from .turns import Cue, Reach

# What is said follows in a paragraph of its own: Here is Governor Reed's statement: · Statement by Ann Reed:
_STATEMENT = pattern(
    rf"(?:.*\b)?(?:(?P<whose>{WHO})['’]s? (?:[a-z]+ )?(?:statement|remarks|comments|message)(?: [^:“”\"]{{0,60}})?|(?:[Ss]tatement|[Rr]emarks|[Cc]omments?|[Qq]uote) (?:by|from|of) (?P<by>[^:“”\"]{{4,120}})):$"
)
# Below is the text of the speech made by Ann Reed, Minister for Science, at …: what follows is hers to the end.
SPEECH_TEXT = pattern(
    r"(?:(?:Below|Here|[Tt]he [Ff]ollowing|Following) (?:is|are)|This is (?:the|an?)\b) ?[^“”\"]{0,80}?\b(?:speech|remarks|address|statement|keynote|transcript|message)\b[^“”\"]{0,40}? (?:by|from|of) (?P<by>(?:the )?[^“”\":]{4,300})(?:[:.]?$|[“”\":].*:$)"
    r"|The (?:text of the )?(?:speech|statement|remarks|address) (?:(?:made|given|delivered) )?by (?P<author>(?!.*\b(?:was|is|were|has|have|will)\b)[^“”\":]{4,300})[.:]$"
    r"|(?:Speech|Remarks|Address|Keynote|Statement)(?: \w+)? (?:given|delivered|made) by (?P<given>(?!.*\b(?:was|were|has|have|will)\b)[^“”\":]{4,300})\.$"
    r"|(?P<owner>[^“”\":,]{4,80})['’]s? (?:remarks|speech|address) (?:at|to|on|in) (?!.*\b(?:was|is|were|has|have|will)\b)[^“”\":]{2,160}\.$"
    r"|(?:Here|This|Below|[Tt]he [Ff]ollowing|Following)(?:['’]s| is| are)? (?:the text of )?what (?P<whose>[Hh]e|[Ss]he|[^“”\":,]{4,80}?) (?:said|told|had to say|will say|says)\b[^“”\"]{0,80}:$"
)
# Opening remarks by Ann Reed, Minister for Science, at …: the headline of her speech.
_SPEECH_HEADLINE = pattern(
    r"(?:[\w’'-]+ ){0,4}?(?:[Ss]peech|[Rr]emarks|[Aa]ddress|[Kk]eynote|[Ss]tatement|[Ff]oreword|[Mm]essage|SPEECH|REMARKS|ADDRESS)(?: [a-z]+)? (?:by|from|of|BY) (?P<by>[^“”\":]{4,300})$"
)
_OCCASION = pattern(r",? (?:at|on|to|in|for) (?:the|an?|[A-Z\d])")
_ACTING = pattern(
    rf"(?P<who>{WHO})(?: \([^)]{{1,40}}\))?,? (?:today |also |has |have |on \w+ )?[a-z]+(?:ed|s)\b"
)
_GOING_ON = pattern(r"(?:Adding|Noting|Stressing|Explaining)(?: that)?: ?(?=[“\"])")
_SAID_FIRST = pattern(
    r"(?:Said|Added|Says|Adds) (?P<who>[^,:“”\"]{3,80})[,:] (?=[“\"])"
)  # Said Minister Reed, “…”
_TITLE_WORDS = pattern(r"\W{0,2}(?:(?:[A-ZÀ-Þ][\w’'&.\-]*|of|for|and|the),? )*")


class English:
    """The cues of English sentences. `company` says whom words mean."""

    quotes_only = True  # what somebody said goes on in quotation marks alone

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._subjects = EnglishSubjects(company, sentences)
        self._verbs = EnglishVerbs(company, self._subjects)
        self.actor = self._subjects.actor
        self.label = EnglishLabels(self._subjects, sentences).label
        quoted = {one.text for one, after in pairwise(sentences) if after.text[:1] in OPENERS}
        self._opens_quotation = quoted.__contains__

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order."""
        if speech := SPEECH_TEXT.match(text):
            who = self._subjects.first(
                speech["by"] or speech["given"] or speech["author"] or speech["owner"] or speech["whose"]
            )
            if who and not (speech["whose"] and self._opens_quotation(text)):
                return [Cue(0, 0, who, Reach.WHOLE, silent=True)]
        if told := _STATEMENT.match(text):
            who = self._subjects.first(told["by"]) if told["by"] else self._subjects.meant(told["whose"], "")
            return [Cue(0, len(text), who)] if who else []
        found = self._verbs.cues(text, quoted)
        found += self._added(text, quoted, found)
        return sorted(found, key=lambda cue: cue.start) or self._before_quote(text, quoted)

    def byline(self, lines: Sequence[str]) -> str:
        """Nobody: an English headline names who speaks."""
        return ""

    def headline(self, text: str) -> str:
        """Whose speech stands below this headline."""
        found = _SPEECH_HEADLINE.match(text)
        return self._subjects.first(_OCCASION.split(found["by"])[0]) if found else ""

    def _added(self, text: str, quoted: list[Span], cues: list[Cue]) -> Iterator[Cue]:
        """“…,” she said, adding that …; Ann Reed welcomed the plan, saying it …: what is added is hers."""
        for adds in ADDS.finditer(text):
            if holds(quoted, adds.start()):
                continue
            before = [cue for cue in cues if cue.who and cue.behind and cue.end <= adds.start() + 1]
            who = before[-1].who if before else ""
            if not cues and (head := ACTS.match(text) or _ACTING.match(text)):
                who = self._subjects.meant(head["who"], "")
            if not cues and not who:
                who = self.begins(text)
            if who:
                yield Cue(adds.start(), adds.end(), who)

    def goes_on(self, text: str, speaker: str) -> bool:
        return text[:1] in OPENERS

    def nobody_new(self, text: str) -> bool:
        """Whether the sentence tells only who was there besides."""
        return bool(ATTENDS.search(text))

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        return False

    def ends(self, text: str, label: bool) -> bool:
        return False

    def _before_quote(self, text: str, quoted: list[Span]) -> list[Cue]:
        """Ann Reed, chair of X, welcomed the plan as a step forward: “…”"""
        start = next((start for start, _ in quoted if text[:start].endswith(": ")), 0)
        if (
            start
            and text.startswith(("He ", "She "))
            and (who := self._company.third(text.split()[0].lower()))
        ):
            return [Cue(0, start, who)]
        if told := _SAID_FIRST.match(text):
            return [Cue(0, told.end(), self._subjects.first(told["who"]))]
        if (added := _GOING_ON.match(text)) and self._company.speaker:
            return [Cue(0, added.end(), self._company.speaker)]
        named = self._company.names.search(text, 0, start)
        if not named or not _TITLE_WORDS.fullmatch(text, 0, named.start()):
            return []
        return [Cue(0, start, named.group())]

    def begins(self, text: str) -> str:
        """Whom known by an office the sentence begins to tell of."""
        named = self._company.names.match(text) or self._company.names.search(text)
        if not named:
            return ""
        before = text[: named.start()].removeprefix("The ").rstrip(" ,")
        return named.group() if before in ("", self._company.role(named.group())) else ""
