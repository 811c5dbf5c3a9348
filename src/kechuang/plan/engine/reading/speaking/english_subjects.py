"""Whom a stretch of English text tells of: the subject of a verb of speaking, a pronoun, a surname or an office alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..people.english_offices import ANY_OFFICE, NOT_A_NAME
from ..types import Sentence
from .company import Company
from .english_subject_words import (
    ACTS,
    APPOSITION,
    ASIDE,
    BODIES,
    CAPITALISED,
    HIGHER,
    LEADING,
    NAME,
    NAMED,
    OF_BODY,
    OFFICE_FIRST,
    OFFICE_STYLES,
    OTHERS,
    PARTICLE,
    PRONOUNS,
    SECOND_VERB,
    STYLED_BEFORE,
    STYLED_FIRST,
    SUBJECT,
    TITLE_ALONE,
    TITLES,
    WITH_CLAUSE,
)

_WRITTEN_OUT = {
    "CM": "chief minister",
    "PM": "prime minister",
    "MoS": "minister of state",
    "VC": "vice-chancellor",
    "CS": "cabinet secretary",
    "PS": "principal secretary",
    "DG": "director general",
    "CEO": "chief executive",
}


class EnglishSubjects:
    """Finds people in text and gives their full names; `company` knows them."""

    def __init__(self, company: Company, sentences: Sequence[Sentence]) -> None:
        self._company = company
        self._sentences = sentences
        self._full: dict[str, str] = {}  # surnames looked up

    def actor(self, text: str) -> str:
        """The first person named here whom the document knows, in full or by surname."""
        office = OFFICE_FIRST.match(text)
        if office and (who := self.meant(office.group(), "")):
            return who
        styled = STYLED_FIRST.match(text)
        if styled and (who := self.meant(styled["who"], "")):
            return who
        for found in CAPITALISED.finditer(text):
            if ASIDE.search(text, 0, found.start()):
                continue
            if who := self._company.called(found.group()):
                return who
        named = self._company.names.search(text)
        if named or not (acts := ACTS.match(text)):
            return named.group() if named else ""
        name = TITLES.sub("", acts["who"])
        return "" if NOT_A_NAME.search(name) or BODIES.match(name.split()[0]) else name

    def subject(self, before: str) -> tuple[int, str]:
        """Where the subject stands that ends `before`, and who it is, "" for a body; -1 where there is none."""
        found = SUBJECT.search(before)
        who = self.meant(found["who"], before[: found.start()]) if found else ""
        aside = bool(found and ASIDE.search(before, 0, found.start()))
        styled = bool(found and " " in found["who"] and STYLED_BEFORE.search(before, 0, found.start()))
        if who and (styled or self._company.knows(who)) and not aside:
            return found.start(), who
        clause = WITH_CLAUSE.match(before)
        doer = ("who" if clause["who"] else "doer") if clause else ""
        if doer and (acting := self.meant(clause[doer], "")):
            return clause.start(doer), acting
        for named in NAMED.finditer(before):
            if APPOSITION.match(before, named.end()) and (titled := self.meant(named["who"], "")):
                return named.start(), titled
        if who and not aside:
            return found.start(), who
        if SECOND_VERB.search(before) and (acting := self._begins(before)):
            return len(before), acting
        others = OTHERS.search(before)
        return (others.start(), "") if others else (-1, "")

    def _begins(self, text: str) -> str:
        """Whom the sentence begins to tell of: somebody known, or an office alone."""
        named = self._company.names.search(text)
        if named and text[: named.start()].removeprefix("The ").rstrip(" ,") in (
            "",
            self._company.role(named.group()),
        ):
            return named.group()
        if styled := STYLED_FIRST.match(text):
            return self.meant(styled["who"], "")
        office = OFFICE_FIRST.match(text)
        return self.meant(office.group(), "") if office else ""

    def first(self, text: str) -> str:
        """The first person named in `text`, in full; "" for a body."""
        words = text.split()
        if not words:
            return ""
        if words[0].strip(".,").lower() in PRONOUNS:
            return self._company.third(words[0].strip(".,").lower())
        head = text.split(",")[0].strip(" .")
        titled = head[:1].islower() or ANY_OFFICE.search(head)
        for part in (head, text) if titled else (head,):  # a title may stand before the name
            if named := self._company.names.search(part):
                return named.group()
            for found in NAME.finditer(part):
                name = TITLES.sub("", found.group())
                of_body = OF_BODY.search(part, 0, found.start())
                if " " in name and not of_body and not NOT_A_NAME.search(name):
                    return self.known(name) or name
        if (particle := PARTICLE.match(head)) and (who := self.known(particle.group())):
            return who
        subject = LEADING.match(head)
        return self.meant(subject["who"], "") if subject else ""

    def meant(self, who: str, before: str) -> str:
        """The person's full name as the document gives it; "" for a body that speaks."""
        if who.lower() in PRONOUNS:
            return self._company.third(who.lower(), self.actor(before))
        if alone := TITLE_ALONE.match(who):
            whole, office = (_WRITTEN_OUT.get(one, one).lower() for one in alone.group("whole", "office"))
            fits = (
                lambda _, role: role.lower() == whole,
                lambda _, role: whole in HIGHER.sub("", role.lower()),
                lambda _, role: office in HIGHER.sub("", role.lower()),
                lambda _, role: office in role.lower(),
            )
            return next(filter(None, map(self._company.bears, fits)), "")
        name = TITLES.sub("", who)
        if known := self.known(name):
            return known
        if NOT_A_NAME.search(name) or BODIES.match(name.split()[0]):
            return ""
        if " " in name:
            return name
        if name.isupper():
            return ""  # the letters of a body
        if name not in self._full:
            self._full[name] = self._in_full(name) or self._styled(name)
        return self._full[name]

    def _in_full(self, surname: str) -> str:
        """The full name of somebody the document names without a title."""
        full = re.compile(
            rf"(?:[A-ZÀ-Þ][a-zà-ÿ]+ )(?:[A-Z]\. )?{re.escape(surname)}\b|(?:(?<=Sir )|(?<=ame )|(?<=Seri )|(?<=Sri )|(?<=atuk )){re.escape(surname)} [A-ZÀ-Þ][a-zà-ÿ]+"
        )
        for sentence in self._sentences:
            for found in full.finditer(sentence.text):
                name = TITLES.sub("", found.group())
                if " " in name and not NOT_A_NAME.search(name) and not BODIES.match(name.split()[0]):
                    return name
        return ""

    def _styled(self, surname: str) -> str:
        """The surname of somebody whom the document names by it and a title alone (Gov. Moore)."""
        styled = re.compile(rf"\b{OFFICE_STYLES}\.? {re.escape(surname)}\b")
        return surname if any(styled.search(one.text) for one in self._sentences) else ""

    def known(self, name: str) -> str:
        return self._company.bears(lambda known, _: _same_person(known, name), first=True)


def _same_person(known: str, name: str) -> bool:
    """Whether a short or titled form means the known person; the surname may stand first (Wang Zhigang)."""
    return (
        known == name
        or known.endswith(" " + name)
        or known.startswith(name + " ")
        or f" {name} " in known  # Mohamed Azmin Ali
        or name.endswith(" " + known)
    )
