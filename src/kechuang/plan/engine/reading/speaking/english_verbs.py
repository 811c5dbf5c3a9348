"""What an English verb of speaking tells: who is its subject, before or behind it, and on which side the words are."""

from __future__ import annotations

import re

from ..english_clauses import FINITE
from ..patterns import pattern
from ..people.english_speech import SPEECH
from .company import Company
from .english_subject_words import OFFICES, PRONOUNS, STYLES
from .english_subjects import EnglishSubjects
from .quotations import Span, holds
from .turns import Cue

_VERB = pattern(
    rf"\b(?:{SPEECH}|informed|averred|was quoted(?: by [\w ]{{3,30}})? as saying|outlined(?= (?:how|what|that)\b)|(?:voice|express|exud)(?:e?d|es) \w+(?= that )|reads?(?= (?:the|a|an|its|their) )"
    r"|(?:(?<=will )|(?<=expected to )|(?<=due to ))(?:say|tell|add|announce|argue|warn|stress)(?=(?: (?:the |an? )?\w+){0,2}(?: that\b|:|,? [“\"])))\b"
)
# Verbs that ask for something, whatever stands behind them.
_DIRECTS = pattern(
    r"\b(?:urge[sd]?|exhort(?:s|ed)|enjoin(?:s|ed)|implore[sd]?|reiterate[sd]?|reaffirm(?:s|ed)|stress(?:es|ed)|emphasi[sz]e[sd]|under(?:lines|lined|scores|scored)|pledge[sd]|vow(?:s|ed)|promise[sd]|call(?:s|ed) (?:on|upon|for)|appeal(?:s|ed) (?:to|for)"
    r"|(?:direct|instruct|ask|request|order|encourag|advis|invit|tell|told)(?:s|es|ed)?(?= [^,;.“”\"]{2,160}? to [a-z]))\b"
)
_QUOTES = pattern(
    r"\bquot(?:es|ed|ing) (?P<who>[^,;“”\"]{3,60}?) as (?:saying|stating|telling \w+)(?: that\b)?:? ?"
)  # Reed quoted Holt as saying
_ACCORDING = pattern(
    r"\b(?P<verb>[Aa]ccording to) (?P<who>(?:(?:Dr|Mr|Mrs|Ms|Prof|Hon|Eng)\. |[^,.;()“”\"]){2,80}(?:\([^()]{1,20}\)[^,.;()“”\"]{2,60})?)"
)
_OF_A_TEXT = pattern(  # according to figures compiled by …
    r"(?:the |an? |its |his |her |their |new |recent |latest |official |[\w-]+ )*?(?:figures?|reports?|data|research|stud(?:y|ies)|surveys?|estimates?|documents?|statements?|releases?|plans?|analys[ei]s|sources|officials|statistics|website|filings?|papers?|law|rules|polls?|forecasts?)\b"
)
_OFFICE_OF = pattern(r"[^,]*?['’]s? (?:office|team|department|staff|spokes\w+)\b")
_AFTER = pattern(r"[^“”\"]{2,120}")
ADDS = pattern(
    r",? (?:adding|noting|saying|stating|stressing|explaining|pointing out|emphasi[sz]ing|warning)(?:: ?|(?: that\b)? (?![“\"]))"
)
_ENDS = pattern(
    r"(?: (?:speaking|addressing|while|when|as|referring|inaugurating|on|in|at|during|after|of|to|via|this|last|today|yesterday|earlier|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,;“”\"]{0,70})?(?:[.,;]|$)"
)
_GOES_ON_AFTER = pattern(
    r", (?!(?:adding|noting|saying|and|but|or|who|which|as|while|when|after|before|in|on|at|during|with|to|according|referring|citing|calling|speaking|\w+ing)\b)[a-z]"
)
_COMPLEMENT = pattern(
    r"(?: (?:at|in|on|to|during) [\w ]{2,40}(?=[:,]| that\b)| (?:the|an?) (?:gathering|crowd|audience|group|meeting|panel|committee|conference|session|summit|seminar) [^:“”\"]{2,160}?(?= that\b)| (?:the|a|an) (?:audience|forum|meeting|reporters|press|conference)| (?:reporters|journalists|media)| (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| today| yesterday)?,?(?: that\b)?[,:]? ?"
)
_SAYS_PLAINLY = pattern(r"(?:said|says?|told|tell|add(?:ed|s)?|stated|states|noted|notes|outlined)$")
_ANNOUNCES = pattern(
    r"announce|reveal|estimate|confirm|disclose|highlight|share|hope"
)  # what companies do too
# Where a pronoun begins a clause; else the verb is only put in: the boats he says they need
_CLAUSE_BEGINS = pattern(
    r"(?:[,;:.—–”\"’)] ?|\b(?:and|but|as|that|what|which|how|while|when|where|because|so|though|if|also|later|then|today|yesterday)) $"
)
_PARTICIPLE = pattern(r"[A-Z][a-z]+ing\b")  # Noting that “all will gain”, Reed said …
_OCCUPIED = pattern(r"\W*(?:[A-Z][a-z]+ing|Asked)\b[^,;:“”]*$")  # Speaking of the quays | he said
# What somebody was doing who said what follows: Addressing the yard's engineers, Reed said, …
_OCCASIONED = pattern(
    r"\W*(?:Address|Speak|Talk|Inaugurat|Launch|Brief|Participat|Interact|Deliver|Open|Welcom|Visit|Presid|Chair|Attend|Comment|Respond|Reply|Answer|Cit|Referr|Quot|Elaborat|Highlight|Mak|Announc|Lay|Unveil|Releas|Congratulat|Thank|Recall|Describ|Prais|Laud|Shar|Present|Giv|Underlin|Stress|Emphasi[sz])ing\b(?! that\b)[^“”\"]*, (?:[^,“”\"]*, )?$"
)
_ARTICLE = pattern(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Oo]ur) $")
_NO_WORDS = pattern(  # said this when, said so
    r" (?:so|this|these|it)(?= (?:when|while|at|in|on|during|after|as|to|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[.,])"
)
_ASKED_OF = pattern(r" (?!that\b)[^,;.“”\"]{2,160}? to [a-z]")  # urged | the yards to hire
_GOES_ON_WITH = pattern(
    r"(?: today| yesterday| on \w+day)?(?: (?:at|in|on|to|during) [\w ,]{2,60})?,?(?: that\b|:|,? [“\"])"
)
# A clause follows that says something of somebody: revealed the Government is to …
_CLAUSE = pattern(
    r" (?:the|a|an|it|he|she|they|we|this|there|his|her|their|its|our|[A-Z£$€\d])[^,;.“”\"]{0,80}?\b(?:is|are|was|were|will|would|has|have|had|can|could|should|must|do|did|plans?|hopes?|needs?|expects?)\b"
)
_TITLED_BEHIND = pattern(rf", (?P<title>(?:[\w’'\-]+ ){{0,8}}(?i:{OFFICES}) )$")
_BETWEEN = pattern(rf",? (?:{STYLES} )*")  # a title and its bearer: …, Mr Reed


class EnglishVerbs:
    """Cues by verbs of speaking; `subjects` says who their subject is."""

    def __init__(self, company: Company, subjects: EnglishSubjects) -> None:
        self._company = company
        self._subjects = subjects
        self._shapes = (
            (_QUOTES, self._quotes),
            (_ACCORDING, self._according),
            (_VERB, self._said),
            (_DIRECTS, self._directs),
        )

    def cues(self, text: str, quoted: list[Span]) -> list[Cue]:
        """The cues of all verbs outside of quotations; of two that overlap the one whose shape comes first."""
        found: list[Cue] = []
        for verb, hear in ((verb, hear) for words, hear in self._shapes for verb in words.finditer(text)):
            if holds(quoted, verb.start()):
                continue
            cue = hear(text, verb, quoted)
            if cue and not any(cue.start < one.end and one.start < cue.end for one in found):
                found.append(cue)
        return found

    def _quotes(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """“Reed quoted Holt as saying …”"""
        who = self._subjects.first(verb["who"])
        return Cue(0, verb.end(), who) if who else None

    def _according(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """“According to X, …”, “…, according to X.”"""
        who = (
            ""
            if _OF_A_TEXT.match(verb["who"]) or _OFFICE_OF.match(verb["who"])
            else self._subjects.first(verb["who"])
        )
        if not (self._company.knows(who) or self._company.is_given(who)):
            who = ""  # some body
        if text.startswith(", ", verb.end()) and verb.start() and not FINITE.search(text, 0, verb.start()):
            return Cue(0, 0, who) if who else None  # the yard, according to him, has 50 boats
        if verb.start():
            return Cue(verb.start(), verb.end(), who, behind=True) if who else None
        comma = text.find(", ", verb.end())
        return Cue(0, comma + 2, who) if who and comma > 0 else None

    def _directs(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """She urged ministers to act: the whole clause is what is asked for, and hers."""
        left = max((end for _, end in quoted if end <= verb.start()), default=0)
        start, who = self._subjects.subject(text[left : verb.start()])
        return Cue(left + start, left + start, who) if who and self._company.knows(who) else None

    def _said(self, text: str, verb: re.Match[str], quoted: list[Span]) -> Cue | None:
        """What a verb of speaking tells: its subject before or behind it, and on which side the words are."""
        left = max((end for _, end in quoted if end <= verb.start()), default=0)
        between = text[left : verb.start()]
        if _NO_WORDS.match(text, verb.end()) or (
            verb.group() == "urged" and _ASKED_OF.match(text, verb.end())
        ):
            return None
        if left and not between.strip(" ,"):
            after = self._after(text, verb.end())
            return Cue(left, verb.end() + len(after), self._subjects.first(after), behind=True)
        start, who = self._subjects.subject(between)
        if start < 0:
            return self._inverted(text, verb) if text[: verb.start()].endswith(", ") else None
        start += left
        inserted = text[start : verb.start()].strip().lower() in PRONOUNS and start > left
        begins = _CLAUSE_BEGINS.search(text, max(left - 2, 0), start) or _OCCUPIED.match(text[left:start])
        if inserted and not begins:
            return None
        titled = not _ANNOUNCES.match(verb.group()) and _TITLED_BEHIND.search(text, left, start)
        if titled:  # …, deputy prime minister | Heng Swee Keat said
            start = titled.start("title")
        return self._told(text, verb, left, self._with_title(text, start, who), who)

    def _told(self, text: str, verb: re.Match[str], left: int, start: int, who: str) -> Cue | None:
        """On which side of subject and verb the words are, `left` being where the quotation before them ends."""
        if left and not text[left:start].strip(" ,") and not _PARTICIPLE.match(text):
            return Cue(start, verb.end(), who, behind=True)
        occasion = _OCCASIONED.match(text[left:start]) and not FINITE.search(text, left, start)
        if (
            start
            and not occasion
            and text[:start].rstrip().endswith(",")
            and _ENDS.match(text, verb.end())
            and " " in text[:start].strip()
        ):
            inserted = _GOES_ON_AFTER.match(text, verb.end()) and not FINITE.search(text, 0, start)
            if who and inserted:  # the yard, Reed said, has 50 boats
                return Cue(0, 0, who)
            return Cue(start, verb.end(), who, behind=True) if who else None
        plain = _SAYS_PLAINLY.match(verb.group())
        goes_on = plain or _GOES_ON_WITH.match(text, verb.end()) or _CLAUSE.match(text, verb.end())
        if not who or not goes_on or (_ANNOUNCES.match(verb.group()) and not self._is_person(who)):
            return None
        return Cue(start, _COMPLEMENT.match(text, verb.end()).end(), who)

    def _inverted(self, text: str, verb: re.Match[str]) -> Cue | None:
        """“Prices will fall, said Minister Ann Reed.”"""
        after = self._after(text, verb.end())
        who = self._subjects.first(after)
        return Cue(verb.start() - 1, verb.end() + len(after), who, behind=True) if who else None

    def _after(self, text: str, at: int) -> str:
        """What stands behind a verb of speaking, up to a quotation or to what is added."""
        after = _AFTER.match(text, at)
        return ADDS.split(after.group())[0] if after else ""

    def _with_title(self, text: str, start: int, who: str) -> int:
        """Where the title begins that stands right before the subject at `start`."""
        role = self._company.role(who)
        at = text.rfind(role, 0, start + len(role)) if role else -1
        begun = at <= start < at + len(role)  # some of the title was read as the name's
        if at < 0 or not (begun or _BETWEEN.fullmatch(text, at + len(role), start)):
            return start
        article = _ARTICLE.search(text, 0, at)
        return article.start() if article else at

    def _is_person(self, who: str) -> bool:
        """Whether who announces is no company: somebody known, or a surname behind a title."""
        return self._company.knows(who) or " " not in who
