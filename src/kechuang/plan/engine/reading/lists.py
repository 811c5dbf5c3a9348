"""Lists told over several sentences: what is to be done or aimed at, how things stand, the parts of a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .english_lists import names_acts
from .patterns import pattern
from .stance import announces_aims, announces_orders, lists_troubles
from .tasks import looks_ahead
from .types import Sentence

_BULLET = pattern(r"\s*(?:[-•*–·▪●]|\(?[a-z\d]{1,2}[.)]\s)")
_LABEL = pattern(r"\(?\w{1,3}[.)] |[^.]{2,60}:$")  # of a part of a list
# A list of goals told part by part: 到2027年,…。在产业规模方面,…
_GOAL = pattern(r"(?:^|[,，]|力争)(?:力争)?到(20\d\d)年")
_PART = pattern(r"在[^,，。；]{2,16}方面[,，:：]")


@dataclass(slots=True)
class Announced:
    """What lines say of the list below them: `planned`, that its items are acts; `orders`, whether the heading, and
    `leads`, whether a sentence before says that they are to be done; `aims`, that they are aimed at."""

    planned: bool = False
    orders: bool = False
    leads: bool = False
    aims: bool = False

    def under(self, heading: tuple[str, ...], is_heading: bool) -> None:
        """A new heading stands above what follows, or is the sentence itself."""
        line = heading[-1] if heading else ""
        self.orders = announces_orders(line)
        part = is_heading or bool(_LABEL.match(line))
        self.planned = names_acts(line) or (self.planned and part)

    def item(self, sentence: Sentence, text: str) -> tuple[bool, bool]:
        """Whether the sentence is an item of a list of what is to be done, and of one of aims."""
        counted = sentence.enumeration is not None
        item = self.orders or (self.leads and counted)
        self.leads = announces_orders(text) or (self.leads and counted)
        aimed = self.aims and bool(_BULLET.match(sentence.text))
        self.aims = aimed or announces_aims(text)
        return item, aimed


@dataclass(slots=True)
class Standing:
    """How things stand, told in a list of `troubles` or in a review that goes on behind semicolons (`went_on`)."""

    troubles: bool = False
    reviews: bool = False
    went_on: bool = False

    def goes_on(self, sentence: Sentence, text: str, opens: bool) -> bool:
        """Whether the sentence tells how things stand; `opens`: it begins to look back."""
        counted = sentence.enumeration is not None
        self.troubles = lists_troubles(text) or (self.troubles and (counted or self.went_on))
        self.reviews = (opens or (self.reviews and self.went_on)) and not looks_ahead(text)
        self.went_on = text.rstrip().endswith(("；", ";"))
        return self.troubles or self.reviews


@dataclass(slots=True)
class Goal:
    """Whether the paragraph before sets a goal for a coming year, or tells a part of one."""

    published: date | None
    goes_on: bool = False

    def part(self, text: str, opens: bool) -> bool:
        """Whether the text, which may open a paragraph, tells a part of a goal that was set before it."""
        part = opens and self.goes_on and bool(_PART.match(text))
        by = _GOAL.search(text)
        ahead = bool(by and self.published and int(by[1]) > self.published.year)
        self.goes_on = ahead or part or (self.goes_on and not opens)
        return part
