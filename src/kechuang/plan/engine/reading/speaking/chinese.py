"""Turns in Chinese text: whose word each sentence is, and where the words that only say so end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..people.names import FOREIGN, NAME, SURNAME, common_name, plausible_name
from ..people.titles import NEVER_ALONE, TITLE_HEAD
from ..types import Sentence
from .turns import Turn, reach_back
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
    HONORIFIC,
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
    rf"{_HEAD}(?P<who>(?P<foreign>{FOREIGN})|{NAME}|他|她)(?:{HONORIFIC})?(?:（[^）]{{1,8}}）)?{ADVERBS}$"
)
_TITLED = pattern(rf"(?P<who>{NAME}){HONORIFIC}{ADVERBS}$")
_SURNAMED = pattern(rf"{_HEAD}(?P<who>{SURNAME}){HONORIFIC}{ADVERBS}$")
# 朱旭东局长, 张局长 at the head of a clause
_NAMED = pattern(rf"(?:^|[,，。;；])(?P<who>{NAME})(?:常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
_OFFICIAL = pattern(rf"(?:^|[,，。;；])(?P<who>{SURNAME})(?:常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
_SHORT = pattern(rf"{_HEAD}(?P<who>{NAME}|他|她)(?:{HONORIFIC})?(?:也|还|则|再|又|并|无奈地|地)?$")
# 副总统, 该局局长: somebody named by title alone
_TITLE_ALONE = pattern(
    rf"(?:^|[,，。;；])(?:该[局厅院处部委司校市省县区所会厂]|该(?:公司|集团|企业|学院|大学|中心)|这位)?(?P<title>(?:常务副|副|总)?{TITLE_HEAD}){ADVERBS}$"
)
_TITLE_ACTS = pattern(
    rf"(?:^|[,，。;；])(?P<title>(?:常务副|副|总)?{TITLE_HEAD})(?:今[天日]|昨[天日])?(?:{one_of(entries('participant_verbs'))})"
)
_NOBODY = frozenset([*NEVER_ALONE, "负责人", "发言人", "委员", "院士", "教授", "博士", "会长单位"])
_TITLE_END = pattern(rf"{TITLE_HEAD}$")
_LAST_CLAUSE = pattern(r"(?:[^,，。；;：“”「」]|“[^“”]{1,30}”|「[^「」]{1,30}」)*$")
_QUOTED = pattern(r"“[^”]*”|「[^」]*」")
_QUOTATION = pattern(r"“[^”]{9,}”|「[^」]{9,}」")
_CLAUSE_MARKS = ",，。；;：:、”」)） \u3000"
_ROLE_PARTS = pattern("[、,，]")
_TOP = 4  # sentences in which a document says what occasion it tells of
_MIDDLE = 60  # characters between a speaker and the verb of one clause
_STARTS = 52  # characters in which a sentence names whom it tells of
_WITHIN = 100  # characters before its verb in which a speaker stands
_FRESH_QUOTES = "“「他她"


class ChineseTurns:
    """Adds one turn after another. `roles` are the titles of the people the document names with one."""

    def __init__(self, sentences: Sequence[Sentence], roles: Mapping[str, str]) -> None:
        self._roles = roles
        names = sorted(roles, key=len, reverse=True)
        self._known = re.compile("|".join([*map(re.escape, names), "他", "她"]))
        self._current = self._last = ""
        self._people = dict.fromkeys(roles)  # who is known by name, also those who only speak
        self._conference = any(AT_LENGTH.search(sentence.text) for sentence in sentences[:_TOP])
        self._transcript = (
            False  # the speaker in force was named on a line of their own, up to the next such line
        )
        self._at_length = False  # the speaker in force reports or is interviewed, over paragraphs
        self._quoted = (
            False  # the speaker in force is quoted word for word, so that narration has no quotation marks
        )

    def add(self, turns: list[Turn], sentences: Sequence[Sentence], index: int) -> None:
        """Append the turn of `sentences[index]`; a quotation closed here changes those before it."""
        sentence, previous = sentences[index], sentences[index - 1] if index else None
        text = sentence.text
        fresh = previous is None or previous.paragraph != sentence.paragraph
        label = DIALOGUE.fullmatch(text)
        speaks = not sentence.is_heading or label
        opened, lead_in, carried = self._open(text) if speaks else (None, 0, "")
        self._transcript = label is not None or (self._transcript and opened is None)
        if opened is None:
            self._current = self._carry(sentences, index, fresh)
            turns.append(self._turn(self._current, 0))
            self._last = self._mentioned(text) or self._last
            return
        if (fresh or self._quoted) and STATISTICS.match(text):
            opened = carried = ""
        turns.append(self._turn(opened, lead_in, _quotation_end(text, lead_in)))
        self._current = carried
        self._people.setdefault(carried)
        before = previous.text if previous and not fresh else ""
        quoted = any(("：“" in part or ":“" in part or part[:1] in ("“", "「")) for part in (text, before))
        self._quoted = quoted or (self._quoted and opened == self._last)
        self._last = carried or self._mentioned(text) or self._last
        reach_back(turns, sentences, index, opened)

    def _turn(self, speaker: str, lead_in: int, quoted: int = 0) -> Turn:
        return Turn(speaker, self._roles.get(speaker, ""), lead_in, quoted)

    def _mentioned(self, text: str) -> str:
        """The first person named here, with a title or as the document knows them: whom a following 他 means."""
        found = [
            (one.start(), one.group()) for one in self._known.finditer(text) if one.group() in self._roles
        ]
        found += [(one.start(), one["who"]) for one in _NAMED.finditer(text) if common_name(one["who"])]
        found += [
            (one.start(), who) for one in _OFFICIAL.finditer(text) if (who := self._of_surname(one["who"]))
        ]
        found += [
            (one.start(), who) for one in _TITLE_ACTS.finditer(text) if (who := self._of_title(one["title"]))
        ]
        return min(found, default=(0, ""))[1]

    def _acting(self, text: str, farthest: int = _WITHIN) -> re.Match[str] | None:
        """The first person the document knows (or 他) at the head of a clause of `text` or behind a title."""
        for found in self._known.finditer(text):
            at = found.start()
            if at > farthest or text.startswith("的", found.end()):
                continue
            if not at or text[at - 1] in _CLAUSE_MARKS or _TITLE_END.search(text, max(0, at - 6), at):
                return found
        return None

    def _open(self, text: str) -> tuple[str | None, int, str]:
        """(speaker of this sentence or None, lead-in, speaker carried on) when the sentence opens a turn."""
        if not MAY_OPEN.search(text):
            return None, 0, ""
        if said := DIALOGUE.match(text):
            self._at_length = True
            return self._in_dialogue(said)
        if reported := REPORTED.match(text):
            who = self._mentioned(reported["who"] or "") or self._current
            self._at_length = bool(who)
            return who, reported.end(), who
        body = BODY_SPEAKS.match(text)
        if MEETING_STATES.match(text) or (body and not self._acting(body.group())):
            return "", 0, ""
        self._at_length = self._conference or bool(AT_LENGTH.search(text))
        for find in (self._by_clause, self._directly, self._late, self._by_act):
            if found := find(text):
                return found
        return None, 0, ""

    def _narrated(self, sentences: Sequence[Sentence], index: int) -> bool:
        """Whether the paragraph that begins here is the narrator's: it tells of the occasion, or names the speaker in
        force, who would say I."""
        paragraph = takewhile(
            lambda one: one.paragraph == sentences[index].paragraph, islice(sentences, index, None)
        )
        for sentence in paragraph:
            named = self._current in _QUOTED.sub("", sentence.text) and not GOES_ON.match(sentence.text)
            if named or TELLS.match(sentence.text):
                return True
            if CLAUSE_VERB.search(sentence.text):
                return False
        return False

    def _in_dialogue(self, said: re.Match[str]) -> tuple[str | None, int, str]:
        """The turn of an interview: "记者：…" asks for the document, "檀越平：…" and "答：…" speak for themselves."""
        if said["asks"]:
            return "", said.end(), ""
        who = self._last if said["answers"] else said["who"]
        return (who, said.end(), who) if said["answers"] or plausible_name(who) else (None, 0, "")

    def _by_clause(self, text: str) -> tuple[str, int, str] | None:
        """“X表示，…”, “X在会上说：”, “…”X说: the first verb of speaking that has a speaker in its clause."""
        for verb in CLAUSE_VERB.finditer(text):
            before = text[max(0, verb.start() - _WITHIN) : verb.start()]
            if len(text[: verb.start()]) > _WITHIN or _inside_quotation(text, verb.start()):
                continue
            if who := self._subject(before):
                at_end = verb.end() >= len(text.rstrip("。！"))
                return who, 0 if at_end else verb.end(), who
        return None

    def _directly(self, text: str) -> tuple[str, int, str] | None:
        """“黄伟哲说这议题…”: what is said follows the verb at once."""
        for verb in DIRECT_VERB.finditer(text):
            if verb.start() > _WITHIN or _inside_quotation(text, verb.start()):
                continue
            named = _SHORT.search(text[: verb.start()])
            who = named and self._person(named["who"], text[: named.start("who")])
            if who and self._is_known(who):
                return who, verb.end(), who
        return None

    def _subject(self, before: str) -> str:
        """The speaker whose name stands in the clause before a verb: somebody known, else who looks like a person."""
        clause = _LAST_CLAUSE.search(before).group()
        known = self._acting(clause)
        if known and len(clause) - known.end() <= _MIDDLE:
            return self._person(known.group(), before)
        surname = _SURNAMED.search(before)
        if surname and (who := self._of_surname(surname["who"])):
            return who
        if (title := _TITLE_ALONE.search(before)) and (who := self._of_title(title["title"])):
            return who
        if unknown := _UNKNOWN.search(before):
            return unknown["who"] if plausible_name(unknown["who"]) or unknown["foreign"] else ""
        if titled := _TITLED.search(before):
            return titled["who"] if plausible_name(titled["who"]) else ""
        return ""

    def _of_surname(self, surname: str) -> str:
        """Whom 程副院长 means: who spoke last, or was named first, with that surname."""
        named = [who for who in (self._current, self._last, *self._people) if who.startswith(surname)]
        return named[0] if named else ""

    def _of_title(self, title: str) -> str:
        """Whom a title alone means: who speaks or was named last and bears it, else the only one who does."""
        if title in _NOBODY:
            return ""
        bear = [
            who
            for who, role in self._roles.items()
            if any(one.endswith(title) for one in _ROLE_PARTS.split(role))
        ]
        named = next((who for who in (self._current, self._last) if who in bear), "")
        return named or (bear[0] if len(bear) == 1 else "")

    def _late(self, text: str) -> tuple[str, int, str] | None:
        """“蔡奇对…表示感谢,指出,…”, “蔡奇察看了…,要求…”: somebody acts first and speaks then."""
        for verb in LATE_VERB.finditer(text):
            acting, named = self._acting(text[: verb.start()]), _NAMED.match(text)
            if (acting or named) and not _inside_quotation(text, verb.start()):
                who = (
                    self._person(acting.group(), text[: acting.start()])
                    if acting
                    else named["who"]
                    if common_name(named["who"])
                    else ""
                )
                if not who:
                    continue
                end = verb.end() + (text[verb.end() : verb.end() + 1] in tuple(",，:："))
                return who, end, "" if VISITS.search(text[: verb.start()]) else who
        return None

    def _by_act(self, text: str) -> tuple[str, int, str] | None:
        """“X作了题为…的报告”, “X就…作了安排”, “X以…为例”: what follows is theirs."""
        act = SPEECH_ACT.search(text) or ARRANGES.match(text)
        name = act and next((one for one in act.groupdict().values() if one), "")
        if not name or not (plausible_name(name) or self._is_known(name)):
            return None
        self._at_length = True
        return "", 0, name

    def _is_known(self, who: str) -> bool:
        return who in self._roles or who in (self._current, self._last)

    def _person(self, who: str, before: str) -> str:
        """The person, or whom 他 means: who was named before it in the sentence, else who speaks or was named last."""
        return who if who not in "他她" else self._mentioned(before) or self._current or self._last

    def _carry(self, sentences: Sequence[Sentence], index: int, fresh: bool) -> str:
        """The speaker who goes on, or "" where narration takes over."""
        sentence, text = sentences[index], sentences[index].text
        if self._transcript and not sentence.is_heading and not CREDIT.match(text):
            return self._current
        if not self._current or sentence.is_heading or NARRATION.search(text):
            return ""
        if fresh and (
            BODY_STATES.match(text)
            or self._narrated(sentences, index)
            or (self._quoted and text[:1] not in _FRESH_QUOTES)
        ):
            return ""
        if fresh and not self._at_length and not GOES_ON.match(text):
            return ""
        starts = self._acting(text, _STARTS)
        if starts and starts.group() not in "他她":
            goes_on = not fresh or (starts.group() == self._current and GOES_ON.match(text))
            return self._current if goes_on else ""
        return self._current


def _inside_quotation(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count("「", 0, at) > text.count(
        "」", 0, at
    )


def _quotation_end(text: str, lead_in: int) -> int:
    """Where a quotation that opens the sentence and stands before its lead-in ends; 0 where none does."""
    quotation = _QUOTATION.match(text, 0, lead_in) if lead_in else None
    return quotation.end() if quotation else 0
