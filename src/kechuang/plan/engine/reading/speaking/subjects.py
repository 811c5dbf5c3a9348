"""Whom a stretch of Chinese text tells of: who stands before a verb of speaking, who acts at the head of a clause."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..people.names import WORDS, common_name, plausible_name
from ..people.titles import BODIES
from . import subject_words as forms
from .bearers import Bearers
from .company import Company
from .quotations import holds
from .subject_words import NOBODY
from .together import in_row, together


class Acting(NamedTuple):
    """Somebody of whom a clause tells, and the characters that name them."""

    start: int
    end: int
    who: str
    titled: bool = False  # by surname and title


class Subjects:
    """Finds people in text, those the document names by title and those who look like a name; `company` knows them."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._bearers = Bearers(company)
        self.bearer, self.of_surname = self._bearers.bearer, self._bearers.of_surname

    def actor(self, text: str) -> str:
        """The first person named here, with a title or as the document knows them."""
        company = self._company
        found = [(one.start(), company.full(one.group())) for one in company.names.finditer(text)]
        found += [(one.start(), one["who"]) for one in forms.NAMED.finditer(text) if self._named(text, one)]
        found += [(one.start(), self._bearers.surnamed(one)) for one in forms.OFFICIAL.finditer(text)]
        found += [
            (one.start(), self._bearers.of_title(one["title"])) for one in forms.TITLE_ACTS.finditer(text)
        ]
        if (
            (heads := forms.HEADS.match(text))
            and common_name(heads["who"])
            and heads["who"][-1] not in BODIES
        ):
            found.append((0, heads["who"]))
        aside = [one.span() for one in forms.ASIDE.finditer(text)]
        named = [(at, who) for at, who in found if who and not holds(aside, at)]
        return min(named or found, default=(0, ""))[1]

    def starts(self, text: str) -> str:
        """Whom the sentence begins to tell of."""
        found = self.acting(text, forms.STARTS)
        return found.who if found and found.who not in "他她" else ""

    def by_pronoun(self, text: str) -> bool:
        """Whether the sentence begins to tell of somebody by he or she."""
        found = self.acting(text, forms.STARTS)
        return bool(found) and text[found.start : found.end] in ("他", "她")

    def acting(self, text: str, farthest: int = forms.WITHIN) -> Acting | None:
        """The first person the document knows (or 他, 程副院长) at the head of a clause of `text` or behind a title."""
        named = [*self._company.names.finditer(text), *forms.PRONOUN.finditer(text)]
        known = [Acting(one.start(), one.end(), self._company.full(one.group())) for one in named]
        for one in forms.OFFICIAL.finditer(text):
            if who := self._bearers.surnamed(one):
                known.append(Acting(one.start("who"), one.end(), who, titled=True))
        aside = [one.span() for one in forms.ASIDE.finditer(text)]
        for found in sorted(known, key=lambda one: one.start):
            at = found.start
            if (
                at > farthest
                or holds(aside, at)
                or forms.OWNED.match(text, found.end)
                or text[found.end : found.end + 1] in tuple("）)")
                or forms.URGED.search(text, 0, at)
            ):
                continue
            head = not at or text[at - 1] in forms.CLAUSE_MARKS or found.titled
            head = head or (text[at - 1] in forms.BODY_ENDS and forms.HONORED.match(text, found.end))
            if head or forms.TITLE_END.search(text, max(0, at - 6), at) or forms.LEAD.search(text, 0, at):
                return found
        return None

    def in_clause(self, text: str, verb: int) -> tuple[int, str]:
        """Where the clause before a verb begins and who stands in it: somebody known, else who looks like a person."""
        before = text[max(0, verb - forms.WITHIN) : verb]
        clause = forms.LAST_CLAUSE.search(before).group()
        start = verb - len(clause)
        if quoted := forms.LEADING_QUOTE.match(clause):
            clause = clause[quoted.end() :]
            start += quoted.end()
        if forms.JOINT.search(clause) or together(self._company.names, clause):
            return start, NOBODY
        known = self.acting(clause)
        if known and forms.EACH.match(clause, known.end):
            return start, NOBODY
        if known and len(clause) - known.end <= forms.MIDDLE:
            return start, self._person(known.who, text[: start + known.start])
        for named in self._company.names.finditer(clause):
            if forms.LAST.fullmatch(clause, named.end()):
                return start, self._company.full(named.group())
        if surname := forms.SURNAMED.search(before):
            return start, self._bearers.surnamed(surname) or NOBODY
        if forms.ANONYMOUS.search(before):
            return start, NOBODY
        if (title := forms.TITLE_ALONE.search(before)) and title["title"] != "总书记":
            return start, self._bearers.of_title(title["title"]) or NOBODY
        if (bare := forms.BARE.search(before)) and (who := self._bearers.of_surname(bare["who"])):
            return start, who
        return start, self._looks_like(before)

    def _looks_like(self, before: str) -> str:
        """Who stands before a verb without being known: by the shape of a name, of what describes it, or by an office."""
        if unknown := forms.UNKNOWN.search(before):
            who = unknown["who"]
            side = len(who) == 2 and who[-1] in forms.SIDES
            if who not in WORDS if unknown["foreign"] else self._may_be(who) and not side:
                return who
        if (titled := forms.TITLED.search(before)) and self._may_be(titled["who"]):
            return titled["who"]
        for shape in (forms.RUN_ON, forms.DESCRIBED):
            found = shape.search(before)
            titled = found and found.groupdict().get("titled") and plausible_name(found["who"])
            if found and (titled or self._is_person(found["who"])):
                return found["who"]
        if (office := forms.OFFICE.search(before)) and not office["title"].endswith("总书记"):
            return self._bearers.of_office(office["title"]) or NOBODY
        return ""

    def at_once(self, text: str, verb: int) -> tuple[int, str]:
        """“殷若兰说这议题…”: somebody known stands right before the verb, and what is said behind it."""
        before = text[:verb]
        for named in (*self._company.names.finditer(before), *forms.PRONOUN.finditer(before)):
            at = named.start()
            told = forms.LAST.fullmatch(before, named.end()) and forms.BEFORE.search(before, 0, at)
            if told and not forms.TOLD_TO.search(before, 0, at):
                return at, self._person(self._company.full(named.group()), text[:at])
        surname = forms.SURNAMED.search(before) or forms.BARE.search(before)
        if surname and (who := self._bearers.surnamed(surname)):
            return surname.start("who"), who
        office = forms.OFFICE_AT_ONCE.search(before)
        who = self._bearers.bearer(office["title"]) if office else ""
        return (office.start("title"), who) if who else (0, "")

    def ahead(self, text: str, verb: int) -> tuple[int, str]:
        """“甲对…表示感谢,指出,…”, “甲察看了…,要求…”: somebody acts first and speaks then."""
        if acting := self.acting(text[:verb]):
            if forms.EACH.match(text, acting.end, verb) or in_row(self._company.names, text, acting.end):
                return 0, NOBODY
            return acting.start, self._person(acting.who, text[: acting.start])
        if forms.THIS_ONE.match(text):
            return 0, self._company.pronoun()
        named = forms.NAMED.match(text)
        return (0, named["who"]) if named and self._named(text, named) else (0, "")

    def before_quote(self, text: str, mark: int) -> tuple[int, str]:
        """Who is quoted behind `mark`: who stands in the clause before it, heads it, or acts further ahead."""
        start, who = self.in_clause(text, mark)
        if who:
            return start, who
        if forms.INTERVIEWS.search(text, start, mark) and (who := self.actor(text[start:mark])):
            return start, who
        head = forms.CLAUSE_HEAD.match(text, start)
        if head and self._is_person(head["who"]) and head.end() < mark:
            return start, head["who"]
        return self.ahead(text, mark)

    def _named(self, text: str, named: re.Match[str]) -> bool:
        """Whether a name before a title is a person, and no place or body whose officer is named behind it."""
        return common_name(named["who"]) and not self._company.names.match(text, named.end())

    def _person(self, who: str, before: str) -> str:
        if who not in "他她":
            return who
        named = self.actor(before)
        return NOBODY if not named and forms.SOMEBODY.search(before) else self._company.pronoun(named)

    def _may_be(self, who: str) -> bool:
        return plausible_name(who) and not self._company.begins_role(who)

    def _is_person(self, who: str) -> bool:
        return self._company.knows(who) or (len(who) > 2 and common_name(who) and who[-1] not in BODIES)
