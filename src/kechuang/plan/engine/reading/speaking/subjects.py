"""Whom a stretch of Chinese text tells of: who stands before a verb of speaking, who acts at the head of a clause."""

from __future__ import annotations

import re

from ..gazetteer import entries, one_of
from ..patterns import pattern
from ..people.names import FOREIGN, NAME, SURNAME, WORDS, common_name, plausible_name
from ..people.titles import BODIES, NEVER_ALONE, TITLE_HEAD
from .chinese_words import ADVERBS, HONORIFIC
from .company import Company
from .quotations import holds

NOBODY = "?"  # somebody whose name the document does not give (苏局长)

# What somebody is who speaks without an office.
_DESCRIBES = "学生|同学|选手|村民|居民|农户|农民|店主|业主|车主|户主|市民|老板|老板娘|老农|艺术家|作家|诗人|志愿者|志工|队员|球员|乡亲|家长|记者"
_HEAD = rf"(?:^|[,，。;；:：、”」)）\s]|{TITLE_HEAD}|{_DESCRIBES})"
_UNKNOWN = pattern(
    rf"{_HEAD}(?P<who>(?P<foreign>{FOREIGN})|{NAME})(?:{HONORIFIC})?(?:（[^）]{{1,8}}）)?{ADVERBS}$"
)
_TITLED = pattern(
    rf"(?:^|(?<=[,，。;；、」”）)\s局部厅院会司团校处室党署]))(?P<who>{NAME}){HONORIFIC}{ADVERBS}$"
)
# 南大黄若成校长表示: body, name and title without a sign between them.
_RUN_ON = pattern(rf"(?P<who>{NAME})(?:代理|前)?(?:常务副|副|总)?{TITLE_HEAD}{ADVERBS}$")
# 九年级的张若苡表示: what somebody is stands before 的.
_DESCRIBED = pattern(rf"的(?P<who>{NAME})(?:{HONORIFIC})?{ADVERBS}$")
# What may stand between somebody known and the verb.
_LAST = pattern(rf"(?:{HONORIFIC})?(?:（[^）]{{1,8}}）)?{ADVERBS}")
_SURNAMED = pattern(rf"(?:{_HEAD}|[局厅处委部办院])(?P<who>{SURNAME}){HONORIFIC}{ADVERBS}$")
_BARE = pattern(
    rf"{_HEAD}(?P<who>(?![曾应常都时向和可能方于从须相])(?:{SURNAME}))(?:也|则|还|仍|又|再|并|更|坚持|随后|接着|进一步)*$"
)
# 观光局局长表示: an office whose bearer may be named elsewhere.
_OFFICE = pattern(rf"(?P<title>[\u4e00-\u9fff]{{2,20}}{TITLE_HEAD}){ADVERBS}$")
_TITLE_ALONE = pattern(
    rf"(?:^|[,，。;；])(?:该[局厅院处部委司校市省县区所会厂]|该(?:公司|集团|企业|学院|大学|中心)|这位)?(?P<title>(?:常务副|副|总)?{TITLE_HEAD}){ADVERBS}$"
)
_SHORT = pattern(
    rf"(?:{_HEAD}|[会联盟党团局委社院校系])(?P<who>{NAME}|[他她])(?:{HONORIFIC})?(?:也|还|则|再|又|并|无奈地|地)?$"
)
# Somebody named at the head of a clause: 朱旭东局长, 张局长, 副总统 with what they do.
_NAMED = pattern(rf"(?:^|[,，。;；])(?P<who>{NAME})(?:常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
_OFFICIAL = pattern(rf"(?:^|[,，。;；])(?P<who>{SURNAME})(?:常务副|副|总)?{TITLE_HEAD}(?=[\u4e00-\u9fff])")
_TITLE_ACTS = pattern(
    rf"(?:^|[,，。;；])(?P<title>(?:常务副|副|总)?{TITLE_HEAD})(?:今[天日]|昨[天日])?(?:{one_of(entries('participant_verbs'))})"
)
# Somebody without a name: 园区相关负责人, 一位专家.
_ANONYMOUS = pattern(
    rf"(?:负责人|负责同志|人士|工作人员|专家|学者|官员|居民|村民|市民|网友|员工|业者|民众|家长|学生|分析师){ADVERBS}$"
)
# What belongs to somebody: 甲的…, 甲立委服务处.
_OWNED = pattern(rf"的|(?:{TITLE_HEAD})?(?:服务处|办公室|事务所|基金会|团队|竞选总部|夫妇)")
_PRONOUN = pattern("[他她](?!们|人|方|国)")
_NOBODY = frozenset([*NEVER_ALONE, "负责人", "发言人", "委员", "院士", "教授", "博士", "会长单位"])
_TITLE_END = pattern(rf"{TITLE_HEAD}$")
_LAST_CLAUSE = pattern(r"(?:[^,，。；;：“”「」]|“[^“”]{1,30}”|「[^「」]{1,30}」)*$")
_LEADING_QUOTE = pattern(r"“[^“”]{9,}”|「[^「」]{9,}」")
_CLAUSE_MARKS = ",，。；;：:、”」)） \u3000"
# Who is there beside whom a sentence tells of: 在省长甲陪同下.
_ASIDE = pattern(r"在[^,，。；]{2,30}(?:陪同|带领|见证|主持|率领)下")
_SIDES = "方军媒府党委局会办院校厅部组队市省县区镇村企社国"  # 乌方, 日媒: no person
_ROLE_PARTS = pattern("[、,，]")
_MIDDLE = 60  # characters between a speaker and the verb of one clause
_STARTS = 52  # characters in which a sentence names whom it tells of
_WHOLE_ROLE = 3  # characters from which on a role names its body too
WITHIN = 100  # characters before its verb in which a speaker stands


class Subjects:
    """Finds people in text, those the document names by title and those who look like a name; `company` knows them."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def actor(self, text: str) -> str:
        """The first person named here, with a title or as the document knows them."""
        company = self._company
        found = [(one.start(), one.group()) for one in company.names.finditer(text)]
        found += [(one.start(), one["who"]) for one in _NAMED.finditer(text) if self._named(text, one)]
        found += [(one.start(), self._of_surname(one["who"])) for one in _OFFICIAL.finditer(text)]
        found += [(one.start(), self._of_title(one["title"])) for one in _TITLE_ACTS.finditer(text)]
        aside = [one.span() for one in _ASIDE.finditer(text)]
        named = [(at, who) for at, who in found if who and not holds(aside, at)]
        return min(named or found, default=(0, ""))[1]

    def starts(self, text: str) -> str:
        """Whom the sentence begins to tell of."""
        found = self.acting(text, _STARTS)
        return found.group() if found and found.group() not in "他她" else ""

    def acting(self, text: str, farthest: int = WITHIN) -> re.Match[str] | None:
        """The first person the document knows (or 他) at the head of a clause of `text` or behind a title."""
        known = [*self._company.names.finditer(text), *_PRONOUN.finditer(text)]
        for found in sorted(known, key=lambda one: one.start()):
            at = found.start()
            if at > farthest or _OWNED.match(text, found.end()):
                continue
            if not at or text[at - 1] in _CLAUSE_MARKS or _TITLE_END.search(text, max(0, at - 6), at):
                return found
        return None

    def in_clause(self, text: str, verb: int) -> tuple[int, str]:
        """Where the clause before a verb begins and who stands in it: somebody known, else who looks like a person."""
        before = text[max(0, verb - WITHIN) : verb]
        clause = _LAST_CLAUSE.search(before).group()
        start = verb - len(clause)
        if quoted := _LEADING_QUOTE.match(clause):
            clause = clause[quoted.end() :]
            start += quoted.end()
        known = self.acting(clause)
        if known and len(clause) - known.end() <= _MIDDLE:
            return start, self._person(known.group(), text[: start + known.start()])
        for named in self._company.names.finditer(clause):
            if _LAST.fullmatch(clause, named.end()):
                return start, named.group()
        if surname := _SURNAMED.search(before):
            return start, self._of_surname(surname["who"]) or NOBODY
        if _ANONYMOUS.search(before):
            return start, NOBODY
        if (title := _TITLE_ALONE.search(before)) and title["title"] != "总书记":
            return start, self._of_title(title["title"]) or NOBODY
        if (bare := _BARE.search(before)) and (who := self._of_surname(bare["who"])):
            return start, who
        if unknown := _UNKNOWN.search(before):
            who = unknown["who"]
            side = len(who) == 2 and who[-1] in _SIDES
            if who not in WORDS if unknown["foreign"] else self._may_be(who) and not side:
                return start, who
        if (titled := _TITLED.search(before)) and self._may_be(titled["who"]):
            return start, titled["who"]
        for shape in (_RUN_ON, _DESCRIBED):
            if (found := shape.search(before)) and self._is_person(found["who"]):
                return start, found["who"]
        if (office := _OFFICE.search(before)) and not office["title"].endswith("总书记"):
            return start, self._of_office(office["title"]) or NOBODY
        return start, ""

    def at_once(self, text: str, verb: int) -> tuple[int, str]:
        """“殷若兰说这议题…”: somebody known stands right before the verb, and what is said behind it."""
        named = _SHORT.search(text[:verb])
        who = self._person(named["who"], text[: named.start("who")]) if named else ""
        return (named.start("who"), who) if who and self._company.knows(who) else (0, "")

    def ahead(self, text: str, verb: int) -> tuple[int, str]:
        """“甲对…表示感谢,指出,…”, “甲察看了…,要求…”: somebody acts first and speaks then."""
        if acting := self.acting(text[:verb]):
            return acting.start(), self._person(acting.group(), text[: acting.start()])
        named = _NAMED.match(text)
        return (0, named["who"]) if named and self._named(text, named) else (0, "")

    def _named(self, text: str, named: re.Match[str]) -> bool:
        """Whether a name before a title is a person, and no place or body whose officer is named behind it."""
        return common_name(named["who"]) and not self._company.names.match(text, named.end())

    def _person(self, who: str, before: str) -> str:
        return self._company.pronoun(self.actor(before)) if who in "他她" else who

    def _may_be(self, who: str) -> bool:
        return plausible_name(who) and not self._company.begins_role(who)

    def _is_person(self, who: str) -> bool:
        return self._company.knows(who) or (len(who) > 2 and common_name(who) and who[-1] not in BODIES)

    def _of_surname(self, surname: str) -> str:
        """Whom 程副院长 means."""
        return self._company.bears(lambda name, _: name.startswith(surname), first=True)

    def _of_title(self, title: str) -> str:
        """Whom 副总统 alone means."""
        if title in _NOBODY:
            return ""
        former = (f"前{title}", f"原{title}")
        return self._company.bears(
            lambda _, role: any(
                one.endswith(title) and not one.endswith(former) for one in _ROLE_PARTS.split(role)
            )
        )

    def _of_office(self, office: str) -> str:
        """Whom 台州市市长 means."""
        return self._company.bears(
            lambda _, role: office.endswith(role or NOBODY) and len(role) > _WHOLE_ROLE
        )
