"""How Chinese text gives somebody the word, and how it takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..people.names import FOREIGN, NAME, SURNAME, common_name, plausible_name
from ..people.titles import NEVER_ALONE, TITLE_HEAD
from ..types import Sentence
from .company import Company
from .quotations import Span, holds
from .turns import Cue, Reach
from .words import (
    ADVERBS,
    ARRANGES,
    AT_LENGTH,
    BODY_SPEAKS,
    BODY_STATES,
    CLAUSE_VERB,
    CREDIT,
    DIALOGUE,
    DIRECT_VERB,
    GOES_ON,
    HEARSAY,
    HONORIFIC,
    HOPES,
    LATE_VERB,
    MAY_OPEN,
    MEETING_STATES,
    NARRATION,
    REPORTED,
    SPEECH_ACT,
    STATISTICS,
    TELLS,
    VISITS,
)

_HEAD = rf"(?:^|[,，。;；:：、”」)）\s]|{TITLE_HEAD})"
_UNKNOWN = pattern(
    rf"{_HEAD}(?P<who>(?P<foreign>{FOREIGN})|{NAME})(?:{HONORIFIC})?(?:（[^）]{{1,8}}）)?{ADVERBS}$"
)
_TITLED = pattern(rf"(?P<who>{NAME}){HONORIFIC}{ADVERBS}$")
_SURNAMED = pattern(rf"(?:{_HEAD}|[局厅处委部办院])(?P<who>{SURNAME}){HONORIFIC}{ADVERBS}$")
_TITLE_ALONE = pattern(
    rf"(?:^|[,，。;；])(?:该[局厅院处部委司校市省县区所会厂]|该(?:公司|集团|企业|学院|大学|中心)|这位)?(?P<title>(?:常务副|副|总)?{TITLE_HEAD}){ADVERBS}$"
)
_SHORT = pattern(rf"{_HEAD}(?P<who>{NAME}|[他她])(?:{HONORIFIC})?(?:也|还|则|再|又|并|无奈地|地)?$")
# Somebody named at the head of a clause: 朱旭东局长, 张局长, 副总统 with what they do.
_NAMED = pattern(rf"(?:^|[,，。;；])(?P<who>{NAME})(?:常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
_OFFICIAL = pattern(rf"(?:^|[,，。;；])(?P<who>{SURNAME})(?:常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
_TITLE_ACTS = pattern(
    rf"(?:^|[,，。;；])(?P<title>(?:常务副|副|总)?{TITLE_HEAD})(?:今[天日]|昨[天日])?(?:{one_of(entries('participant_verbs'))})"
)
_PRONOUN = pattern("[他她](?!们|人|方|国)")
_NOBODY = frozenset([*NEVER_ALONE, "负责人", "发言人", "委员", "院士", "教授", "博士", "会长单位"])
_TITLE_END = pattern(rf"{TITLE_HEAD}$")
_LAST_CLAUSE = pattern(r"(?:[^,，。；;：“”「」]|“[^“”]{1,30}”|「[^「」]{1,30}」)*$")
_QUOTED = pattern(r"“[^”]*”|「[^」]*」")
_CLAUSE_MARKS = ",，。；;：:、”」)） \u3000"
# Who is there beside whom a sentence tells of: 在省长甲陪同下.
_ASIDE = pattern(r"在[^,，。；]{2,30}(?:陪同|带领|见证|主持|率领)下")
_ROLE_PARTS = pattern("[、,，]")
_TOP = 4  # sentences in which a document says what occasion it tells of
_MIDDLE = 60  # characters between a speaker and the verb of one clause
_STARTS = 52  # characters in which a sentence names whom it tells of
_WITHIN = 100  # characters before its verb in which a speaker stands


NOBODY = "?"  # somebody whose name the document does not give (苏局长)


class Chinese:
    """The cues of Chinese sentences. `company` says whom words mean."""

    quotes_only = False  # what somebody said goes on without quotation marks

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        asked = (DIALOGUE.match(sentence.text) for sentence in sentences)
        self._interview = any(said and said["asks"] for said in asked)
        self._conference = any(AT_LENGTH.search(sentence.text) for sentence in sentences[:_TOP])

    def label(self, text: str) -> Cue | None:
        """“记者：…” asks for the document, “檀越平：…” and “答：…” speak for themselves."""
        said = DIALOGUE.match(text)
        if not said:
            return None
        reach = Reach.LABEL if said.end() == len(text) else Reach.LENGTH
        if said["asks"]:
            return Cue(0, said.end(), "", reach)
        who = self._company.speaker if said["answers"] else said["who"]
        named = self._company.knows(who) or (self._interview and plausible_name(who))
        return Cue(0, said.end(), who, reach) if said["answers"] or named else None

    def cues(self, text: str, quoted: list[Span], speaker: str, apart: bool) -> list[Cue]:
        """All words of the sentence that give somebody the word, in order.

        `speaker` has the word so far; `apart`: the sentence stands apart from what they said.
        """
        if not MAY_OPEN.search(text):
            return []
        if reported := REPORTED.match(text):
            who = self.actor(reported["who"] or "") or speaker
            who = "" if HEARSAY.match(text) or (apart and STATISTICS.match(text)) else who
            return [Cue(0, reported.end(), who, Reach.LENGTH)]
        body = BODY_SPEAKS.match(text)
        if MEETING_STATES.match(text) or (body and not self._acting(body.group())):
            return [Cue(0, 0, "")]
        reach = Reach.LENGTH if self._conference or AT_LENGTH.search(text) else Reach.PARAGRAPH
        return self._said(text, quoted, reach) or self._act(text)

    def actor(self, text: str) -> str:
        """The first person named here, with a title or as the document knows them."""
        company = self._company
        found = [(one.start(), one.group()) for one in company.names.finditer(text)]
        found += [(one.start(), one["who"]) for one in _NAMED.finditer(text) if common_name(one["who"])]
        found += [(one.start(), self._of_surname(one["who"])) for one in _OFFICIAL.finditer(text)]
        found += [(one.start(), self._of_title(one["title"])) for one in _TITLE_ACTS.finditer(text)]
        aside = [one.span() for one in _ASIDE.finditer(text)]
        named = [(at, who) for at, who in found if who and not holds(aside, at)]
        return min(named or found, default=(0, ""))[1]

    def goes_on(self, text: str, speaker: str) -> bool:
        """Whether a paragraph that begins with `text` goes on with the speaker before it: it counts on, asks, quotes."""
        return bool(GOES_ON.match(text)) and self._starts(text) in ("", speaker)

    def narrates(self, paragraph: Sequence[Sentence], speaker: str) -> bool:
        """Whether the paragraph is the narrator's: it tells of the occasion, or names the speaker, who would say I."""
        text = paragraph[0].text
        if BODY_STATES.match(text) or self._starts(text):
            return not (GOES_ON.match(text) and self._starts(text) == speaker)
        for sentence in paragraph:
            named = speaker in _QUOTED.sub("", sentence.text) and not GOES_ON.match(sentence.text)
            if named or TELLS.match(sentence.text):
                return True
            if CLAUSE_VERB.search(sentence.text):
                return False
        return False

    def ends(self, text: str, label: bool) -> bool:
        """Whether narration takes over for good: who else was there, who edited this."""
        return bool(CREDIT.match(text) if label else NARRATION.search(text))

    def _starts(self, text: str) -> str:
        """Whom the sentence begins to tell of."""
        found = self._acting(text, _STARTS)
        return found.group() if found and found.group() not in "他她" else ""

    def _acting(self, text: str, farthest: int = _WITHIN) -> re.Match[str] | None:
        """The first person the document knows (or 他) at the head of a clause of `text` or behind a title."""
        known = [*self._company.names.finditer(text), *_PRONOUN.finditer(text)]
        for found in sorted(known, key=lambda one: one.start()):
            at = found.start()
            if at > farthest or text.startswith("的", found.end()):
                continue
            if not at or text[at - 1] in _CLAUSE_MARKS or _TITLE_END.search(text, max(0, at - 6), at):
                return found
        return None

    def _said(self, text: str, quoted: list[Span], reach: Reach) -> list[Cue]:
        """Cues by a verb of speaking: its subject stands in its clause, at once before it, or acts further ahead."""
        for verbs, subject in (
            (CLAUSE_VERB, self._in_clause),
            (DIRECT_VERB, self._at_once),
            (LATE_VERB, self._ahead),
        ):
            cues: list[Cue] = []
            for verb in verbs.finditer(text):
                at = cues[-1].end if cues else 0
                if verb.start() - at > _WITHIN or holds(quoted, verb.start()):
                    continue
                start, who = subject(text, verb.start())
                if who is NOBODY:
                    return cues or [Cue(0, 0, "")]
                if not who or (cues and not self._takes_over(text, at, start, who, cues[-1])):
                    continue
                end = verb.end() + (
                    verbs is LATE_VERB and text[verb.end() : verb.end() + 1] in tuple(",，:：")
                )
                behind = verbs is CLAUSE_VERB and end >= len(text.rstrip("。！"))
                if HOPES.match(text, verb.start()):  # what is hoped begins with the hope
                    end = verb.start()
                once = verbs is LATE_VERB and VISITS.search(text, 0, verb.start())
                cues.append(Cue(start, end, who, Reach.SENTENCE if once else reach, behind))
            if cues:
                return cues
        return []

    def _takes_over(self, text: str, at: int, start: int, who: str, last: Cue) -> bool:
        """Whether a second person speaks in the sentence (…,校长乙则表示,…), no longer quoted by the first."""
        return who != last.who and start > at and not text.startswith(("他", "她"), start) and start - at > 2

    def _in_clause(self, text: str, verb: int) -> tuple[int, str]:
        """Where the clause before a verb begins and who stands in it: somebody known, else who looks like a person."""
        before = text[max(0, verb - _WITHIN) : verb]
        clause = _LAST_CLAUSE.search(before).group()
        start = verb - len(clause)
        known = self._acting(clause)
        if known and len(clause) - known.end() <= _MIDDLE:
            return start, self._person(known.group(), text[: start + known.start()])
        if surname := _SURNAMED.search(before):
            return start, self._of_surname(surname["who"]) or NOBODY
        if (title := _TITLE_ALONE.search(before)) and (who := self._of_title(title["title"])):
            return start, who
        if unknown := _UNKNOWN.search(before):
            return start, unknown["who"] if plausible_name(unknown["who"]) or unknown["foreign"] else ""
        if (titled := _TITLED.search(before)) and plausible_name(titled["who"]):
            return start, titled["who"]
        return start, ""

    def _at_once(self, text: str, verb: int) -> tuple[int, str]:
        """“黄伟哲说这议题…”: somebody known stands right before the verb, and what is said behind it."""
        named = _SHORT.search(text[:verb])
        who = self._person(named["who"], text[: named.start("who")]) if named else ""
        return (named.start("who"), who) if who and self._company.knows(who) else (0, "")

    def _ahead(self, text: str, verb: int) -> tuple[int, str]:
        """“甲对…表示感谢,指出,…”, “甲察看了…,要求…”: somebody acts first and speaks then."""
        if acting := self._acting(text[:verb]):
            return acting.start(), self._person(acting.group(), text[: acting.start()])
        named = _NAMED.match(text)
        return (0, named["who"]) if named and common_name(named["who"]) else (0, "")

    def _act(self, text: str) -> list[Cue]:
        """“甲作了题为…的报告”, “甲就…作了安排”, “甲以…为例”: what follows is theirs."""
        act = SPEECH_ACT.search(text) or ARRANGES.match(text)
        name = act and next((one for one in act.groupdict().values() if one), "")
        if not name or not (plausible_name(name) or self._company.knows(name)):
            return []
        return [Cue(0, 0, name, Reach.LENGTH, silent=True)]

    def _person(self, who: str, before: str) -> str:
        return self._company.pronoun(self.actor(before)) if who in "他她" else who

    def _of_surname(self, surname: str) -> str:
        """Whom 程副院长 means."""
        return self._company.bears(lambda name, _: name.startswith(surname), first=True)

    def _of_title(self, title: str) -> str:
        """Whom 副总统 alone means."""
        if title in _NOBODY:
            return ""
        return self._company.bears(
            lambda _, role: any(one.endswith(title) for one in _ROLE_PARTS.split(role))
        )
