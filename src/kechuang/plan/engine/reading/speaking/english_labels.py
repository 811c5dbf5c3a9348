"""Labels that name who speaks in English: in a transcript, or before a statement (SECRETARY ORTIZ: We will…)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..patterns import pattern
from ..people.english_offices import ANY_HEAD, NOT_A_NAME
from ..types import Sentence
from .english_subject_words import NAME, TITLES
from .english_subjects import EnglishSubjects
from .quotations import CLOSERS, OPENERS
from .turns import Cue, Reach

_INTERVIEW = pattern(r"(?i:\b(?:interview|press conference|doorstop|transcript|q ?& ?a)\b)")
_LABEL = pattern(
    r"^(?P<who>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+ ?){1,5}|(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,4}[A-ZÀ-Þ][\w'’\-]*[a-z][\w'’\-]*|[QA])(?: [A-Z]{2,4})*(?: \([^)]{2,60}\))?: ?"
)
# Ann Reed MS, Cabinet Secretary for Economy: We will…
_OFFICE_WORD = r"(?:[A-ZÀ-Þ&][\w&.'’\-]*|of|for|and|the|to|in|on|at)"
_TITLED_LABEL = pattern(
    r"^(?P<who>(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,3}?[A-ZÀ-Þ][\w'’\-]+)(?: [A-Z]{2,4})*,"
    rf"(?:,? {_OFFICE_WORD}){{2,16}}: ?(?=\S)"
)
# A line that only names who says what is quoted below it: Ann Reed, Minister for Ports –
_LINE_LABEL = pattern(
    r"^(?:[A-Z][A-Z .,]+(?:, [A-Z][a-z]+\.? \d{1,2})? ?[-–—] )?(?P<who>(?:[A-ZÀ-Þ][\w.'’\-]+ ){1,3}?[A-ZÀ-Þ][\w'’\-]+)(?: [A-Z]{2,4})*, "
    r"(?!.*\b(?:is|was|are|were|has|have|had|will|said|says)\b)[^.;:“”\"!?]{3,140}?(?P<dash> ?[–—-])?\s*$"
)
# Photo of Ann ReedAnn Reed (Holm, Minister for Ports) Share this: whose turn it is in a printed debate.
_HANSARD = pattern(r"^Photo of (?P<who>[^()]+?)(?P=who) \(.*\) Share this\b.*")
_JOINS = pattern(r"\b(?:AND|OF|FOR|THE|TO|IN|ON|WITH)\b")
_ASKS = pattern(
    r"(?:Q|QUESTION(?:ER)?|MODERATOR|REPORTER|JOURNALIST|PRESENTER|SPEAKER|INTERVIEWER|HOST|OPERATOR|AUDIENCE|MR\.? MODERATOR)\b"
)
_TOP = 4  # lines in which a document says what occasion it tells of


class EnglishLabels:
    """The labels of one document. `subjects` says whom names mean."""

    def __init__(self, subjects: EnglishSubjects, sentences: Sequence[Sentence]) -> None:
        self._subjects = subjects
        labels = [found["who"] for one in sentences if (found := _LABEL.match(one.text))]
        self._labels = Counter(labels)
        occasion = any(_INTERVIEW.search(one.text) for one in sentences[:_TOP])
        titled = any(_TITLED_LABEL.match(one.text) for one in sentences)
        self._above = self._heads_quotations(sentences)
        self._transcript = occasion or titled or any(_ASKS.match(label) for label in labels)

    def label(self, text: str) -> Cue | None:
        """The label of a transcript ("SECRETARY ORTIZ: We will…"), whose speaker goes on until the next one."""
        reach = Reach.WHOLE if self._transcript else Reach.LABEL
        if (titled := _TITLED_LABEL.match(text)) and (who := self._subjects.known(titled["who"])):
            return Cue(0, titled.end(), who, reach)
        if (line := _LINE_LABEL.match(text)) and (line["dash"] or text in self._above):
            who = self._subjects.known(line["who"])
            return Cue(0, len(text), who) if who else None
        if debate := _HANSARD.match(text):
            return Cue(0, debate.end(), self._subjects.known(debate["who"]) or debate["who"], Reach.WHOLE)
        label = _LABEL.match(text)
        if not label:
            return None
        if _ASKS.match(label["who"]):
            return Cue(0, label.end(), "", reach)
        name = label["who"].strip()
        if name.isupper() and (office := ANY_HEAD.search(name)) and office.start():
            name = name[: office.start()].strip()  # ANN REED VICE CHANCELLOR:
        who = self._subjects.known(TITLES.sub("", name.title() if name.isupper() else name))
        again = (
            self._transcript or self._labels[label["who"]] > 1
        )  # KUALA LUMPUR: stands once, where news come from
        if not who and again and self._is_name(name):
            who = name.title() if name.isupper() else name
        return Cue(0, label.end(), who, reach) if who else None

    @staticmethod
    def _heads_quotations(sentences: Sequence[Sentence]) -> frozenset[str]:
        """The lines that name who says the quotation below them, where the first of them stands below none."""
        lines = [at for at, one in enumerate(sentences[:-1]) if _LINE_LABEL.match(one.text)]
        above = [at for at in lines if sentences[at + 1].text.startswith(OPENERS)]
        first = sentences[above[0] - 1].text if above and above[0] else ""
        signed = first.startswith(OPENERS) or first.endswith(CLOSERS)
        return frozenset(() if signed else (sentences[at].text for at in above))

    def _is_name(self, label: str) -> bool:
        """Whether an unknown label in capitals is somebody's name."""
        words = label.split()
        plain = not NOT_A_NAME.search(label.title()) and not _JOINS.search(label)
        named = label.isupper() or (self._transcript and NAME.fullmatch(label.strip()))
        return bool(named) and 1 < len(words) < 5 and plain
