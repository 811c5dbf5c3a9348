"""What a Chinese verb of speaking does where it stands: whether it tells what somebody says, and from where on."""

from __future__ import annotations

import re

from . import chinese_words as words
from .quotations import Span, holds, is_speech
from .turns import Cue

_TITLED = 12  # characters in which somebody stands with a title


def order(found: tuple[re.Match[str], re.Pattern[str]]) -> tuple[int, bool, int]:
    """By where the verb stands; who acts further ahead only where its own clause names nobody."""
    verb, shape = found
    late = shape is words.LATE_VERB
    return (verb.end() - 2 if late else verb.start(), late, -verb.end())


def tells(text: str, verb: re.Match[str], behind: bool, quoted: list[Span]) -> bool:
    """Whether the verb tells what somebody says, and is no noun, denied, quoted or said of what an answer is about."""
    word = max(verb.start(), verb.start("said") if "said" in verb.re.groupindex else -1)
    clause = max(text.rfind(mark, 0, verb.start() + 1) for mark in ",，。；;：:") + 1
    noun = words.NOUNED.search(text, 0, word) or words.IN_PASSING.match(text, clause)
    if noun or holds(quoted, verb.start()) or words.NEGATED.search(text, 0, verb.start()):
        return False
    if words.RAISED.search(text, 0, verb.end()) and words.MATTER.match(text, verb.end()):
        return False
    said = not behind or any(is_speech(text, span) for span in quoted)
    return bool(said or not words.AS_NOUN.search(text, 0, verb.end()))


def takes_over(text: str, start: int, verb: re.Match[str], who: str, last: Cue, direct: bool) -> bool:
    """Whether a second person speaks in the sentence (…,校长乙则表示,…), and is not quoted by the first."""
    pronoun, quoted = text.startswith(("他", "她"), start), "总书记" in text[start : start + _TITLED]
    apart = not direct and any(mark in text[last.end : start] for mark in "；;”」")
    turns = apart or bool(words.TURNS.search(text[start : verb.end()].rstrip(",，:： ")))
    return who != last.who and start - last.end > 2 and not pronoun and not quoted and turns


def speech_start(text: str, verb: re.Match[str], late: bool) -> int:
    """Where what is said begins; what is hoped begins with the hope."""
    if hope := words.HOPES.search(text, verb.start(), verb.end()):
        return hope.start()
    return verb.end() + (late and text[verb.end() : verb.end() + 1] in tuple(",，:："))
