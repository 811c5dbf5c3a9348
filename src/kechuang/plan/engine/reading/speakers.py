"""Who speaks in each sentence.

A turn opens where somebody is said to speak ("蔡奇强调,", "会上,王志刚指出,", "他介绍,", "X作了题为…的报告") and is
carried over sentences and paragraphs until the next turn or until narration takes over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .attributions import Attribution, find_attributions
from .english_kinds import is_english
from .english_speakers import Quotation, english_speaker
from .names import TITLE_HEAD, plausible_name
from .quotations import reach_back
from .speaker_words import (
    ARRANGES,
    BODY_STATES,
    CLAUSE_NAME,
    DIALOGUE,
    LATE_VERB,
    MAY_OPEN,
    NAMED_WITHIN,
    NARRATION,
    OPENING,
    POSTPOSED,
    SPEECH_ACT,
    STARTS_WITH_NAME,
    STATISTICS,
    VISITS,
)
from .types import Sentence


@dataclass(frozen=True, slots=True)
class Turn:
    """`speaker` ("" = the document itself) with `role`; the first `lead_in` characters only say who speaks."""

    speaker: str = ""
    role: str = ""
    lead_in: int = 0


def find_turns(sentences: Sequence[Sentence], people: Sequence[Attribution] | None = None) -> list[Turn]:
    """One turn per sentence, in order. Sentences are in clean offsets; lead-ins count characters of a sentence.

    The role is the title before the name wherever the document prints it. "据介绍" goes on with whoever gave a
    report in the sentences before it, else with the document. `people` saves finding the attributions again.
    """
    people = find_attributions(sentences) if people is None else people
    roles = _roles(people)
    known = _known(roles)
    turns: list[Turn] = []
    current = last = ""
    quoted = False  # the speaker in force is quoted word for word, so that narration has no quotation marks
    quotation, names = Quotation(), list(dict.fromkeys(person.person for person in people))
    for index, sentence in enumerate(sentences):
        if is_english(sentence.text):
            who, lead_in = english_speaker(sentence.text, sentence.paragraph, quotation, names)
            turns.append(Turn(who, roles.get(who, ""), lead_in))
            continue
        opened, lead_in, carried = _open(sentence, current, last, roles)
        if opened is None:
            current = _carry(sentence, sentences[index - 1] if index else None, current, roles, quoted)
            turns.append(Turn(current, roles.get(current, ""), 0))
            last = _mentioned(sentence.text, known) or last
            continue
        fresh = index == 0 or sentences[index - 1].paragraph != sentence.paragraph
        if (fresh or quoted) and STATISTICS.match(sentence.text):
            opened = carried = ""
        turns.append(Turn(opened, roles.get(opened, ""), lead_in))
        current = carried
        quoted = "：“" in sentence.text or sentence.text[:1] == "“" or (quoted and opened == last)
        last = carried or last
        reach_back(turns, sentences, index, opened)
    return turns


def _roles(people: Sequence[Attribution]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for person in people:
        roles.setdefault(person.person, person.role)
    return roles


def _known(roles: dict[str, str]) -> re.Pattern[str] | None:
    names = sorted(roles, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None


def _mentioned(text: str, known: re.Pattern[str] | None) -> str:
    """The first person of the document named here: whom a following 他 means."""
    match = known.search(text) if known else None
    return match.group() if match else ""


def _open(sentence: Sentence, current: str, last: str, roles: dict[str, str]) -> tuple[str | None, int, str]:
    """(speaker of this sentence or None, lead-in, speaker carried on) when the sentence opens a turn."""
    text = sentence.text
    if not MAY_OPEN.search(text):
        return None, 0, current
    if "：" in text[:NAMED_WITHIN] and (said := DIALOGUE.match(text)):
        return _in_dialogue(said, last)
    opening = _first_opening(text)
    if opening and opening["body"]:
        return current, opening.end(), current
    if opening:
        who = _person(opening["who"], current, last)
        return who, opening.end(), who
    late = _late(text, current, last, roles)
    if late:
        return late
    act = SPEECH_ACT.search(text) or ARRANGES.match(text)
    if act and plausible_name(act["who"]):
        return "", 0, act["who"]
    post = POSTPOSED.search(text)
    if post and (post["who"] in "他她" or plausible_name(post["who"])):
        who = _person(post["who"], current, last)
        return who, 0, who
    return None, 0, current


def _in_dialogue(said: re.Match[str], last: str) -> tuple[str | None, int, str]:
    """The turn of an interview: "记者：…" asks for the document, "檀越平：…" and "答：…" speak for themselves."""
    if said["asks"]:
        return "", said.end(), ""
    who = last if said["answers"] else said["who"]
    return (who, said.end(), who) if said["answers"] or plausible_name(who) else (None, 0, "")


def _first_opening(text: str) -> re.Match[str] | None:
    """The first "name says," whose name is one and stands at the head of a clause or behind a title."""
    at = 0
    while match := OPENING.search(text, at):
        at = match.start() + 1
        if match["body"]:
            if match.start() == 0:
                return match
            continue
        before = text[: match.start()]
        if len(before) > 80 or before.count("“") > before.count("”"):
            continue
        at_head = not before or before[-1] in ',，。:：)）”" \u3000、' or re.search(rf"{TITLE_HEAD}$", before)
        if at_head and (match["who"] in "他她" or plausible_name(match["who"])):
            return match
    return None


def _late(text: str, current: str, last: str, roles: dict[str, str]) -> tuple[str, int, str] | None:
    """“蔡奇对…表示感谢,指出,…”, “蔡奇察看了…,要求…”: somebody acts first and speaks then."""
    for verb in LATE_VERB.finditer(text):
        acting = [
            name
            for start in CLAUSE_NAME.finditer(text[: verb.start()])
            if (name := _trim_name(start["who"], roles))
        ]
        if acting:
            who = _person(acting[0], current, last)
            return who, verb.end(), "" if VISITS.search(text[: verb.start()]) else who
    return None


def _trim_name(name: str, roles: dict[str, str]) -> str:
    """The known person at the head of the greedy candidate (“蔡奇对” → 蔡奇), else "" """
    if name in "他她":
        return name
    return next((name[:size] for size in (4, 3, 2) if name[:size] in roles), "")


def _person(who: str, current: str, last: str) -> str:
    return (current or last) if who in "他她" else who


def _carry(
    sentence: Sentence, previous: Sentence | None, current: str, roles: dict[str, str], quoted: bool
) -> str:
    """The speaker who goes on, or "" where narration takes over."""
    text = sentence.text
    if not current or sentence.is_heading or NARRATION.search(text):
        return ""
    fresh = previous is None or previous.paragraph != sentence.paragraph
    if fresh and (BODY_STATES.match(text) or (quoted and text[:1] not in "“他她")):
        return ""
    start = STARTS_WITH_NAME.match(text)
    if start and _trim_name(start["who"], roles) not in ("", "他", "她"):
        return current if previous is not None and previous.paragraph == sentence.paragraph else ""
    return current
