"""The people of a document, and whom a pronoun, a surname or a title alone means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..gazetteer import entries
from ..people import Attribution
from .quotations import QUOTED

_DOT = re.compile("[·•・]")
_GIVEN = dict.fromkeys(entries("english_women"), "she") | dict.fromkeys(entries("english_men"), "he")


class Company:
    """Who is known by name, with the title each bears; who spoke last and who acted last outside of speech.

    The rule of salience: a pronoun means who was named first before it in its own sentence, else who acted last in
    what the narrator tells, else who spoke last. A surname or a title alone means the one of these who bears it, else
    the only one in the document who does.
    """

    def __init__(self, people: Sequence[Attribution]) -> None:
        self.roles: dict[str, str] = {}
        for person in people:
            self.roles.setdefault(person.person, person.role)
        self.speaker = self.actor = ""
        self._known = dict.fromkeys(self.roles)
        self._short: dict[str, str] = {}  # 多林 for 瓦尔特·多林
        self._pattern: re.Pattern[str] | None = None
        self._named: list[str] = []  # in order, who last at the end
        self._genders: dict[str, str] = {}
        for who in self.roles:
            self._shorten(who)

    def role(self, who: str) -> str:
        return self.roles.get(who, "")

    def speaks(self, who: str) -> None:
        """Remember who was given the word."""
        if who and who not in self._known:
            self._known[who] = self._pattern = None
            self._shorten(who)
        self.speaker = self.actor = who or self.speaker

    def meets(self, who: str) -> None:
        """Remember somebody who speaks somewhere in the document."""
        self._known.setdefault(who)

    def nobody_acts(self) -> None:
        """Forget who spoke and acted: somebody without a name does, and a pronoun means them."""
        self.speaker = self.actor = ""

    def acts(self, who: str) -> None:
        """Remember whom the narrator tells of."""
        self.actor = who or self.actor

    @property
    def names(self) -> re.Pattern[str]:
        """Finds everybody known by name."""
        if self._pattern is None:
            names = sorted((*self._known, *self._short), key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, names)) or r"(?!)")
        return self._pattern

    def full(self, name: str) -> str:
        """Who is named so, in full."""
        return self._short.get(name, name)

    def alone_in(self, text: str) -> str:
        """The only person whom the text names outside of what it quotes."""
        named = {self.full(one.group()) for one in self.names.finditer(QUOTED.sub("", text))}
        return named.pop() if len(named) == 1 else ""

    def _shorten(self, who: str) -> None:
        last = _DOT.split(who)[-1]
        if last != who and len(last) > 1:
            self._short.setdefault(last, who)

    def knows(self, who: str) -> bool:
        return who in self._known

    def begins_role(self, word: str) -> bool:
        """Whether somebody's title begins with the word, which then is a place or body (高雄|市长)."""
        return any(role.startswith(word) for role in self.roles.values())

    def called(self, word: str) -> str:
        """The first known by this name or surname."""
        return next((who for who in self._known if word in (who, who.split()[-1])), "")

    def pronoun(self, before: str = "") -> str:
        """Whom 他 or they means behind `before`, who was named first there."""
        return before or self.actor or self.speaker

    def third(self, word: str, before: str = "") -> str:
        """Whom he or she means: as `pronoun`, unless that one is known to be the other; then who was named last."""
        word = {"him": "he", "her": "she"}.get(word, word)
        nearest = self.pronoun(before)
        if word not in ("he", "she"):
            return nearest
        fits = (one for one in (nearest, *reversed(self._named)) if one and self._gender(one) in ("", word))
        who = next(fits, "") if self._gender(nearest) not in ("", word) else nearest
        if who:
            self._genders.setdefault(who, word)
        return who

    def mentions(self, text: str) -> None:
        """Remember who is named, in order."""
        for found in self.names.finditer(text):
            who = self.full(found.group())
            self._named = [one for one in self._named if one != who] + [who]

    def is_given(self, name: str) -> bool:
        """Whether an English name begins with a given name, as no body's does."""
        return name.split(" ")[0] in _GIVEN

    def _gender(self, who: str) -> str:
        """“he” or “she”, where the document or the given name tells, else nothing."""
        return self._genders.get(who) or _GIVEN.get(who.split(" ")[0], "")

    def bears(self, fits: Callable[[str, str], bool], first: bool = False) -> str:
        """Whom a surname or title alone means: `fits(name, role)`. `first`: several may, the first named is meant."""
        recent = next((one for one in (self.speaker, self.actor) if one and fits(one, self.role(one))), "")
        if recent:
            return recent
        bearers = [one for one in self._known if fits(one, self.role(one))]
        return bearers[0] if bearers and (first or len(bearers) == 1) else ""
