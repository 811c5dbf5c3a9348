"""A text that remembers, character for character, where in the raw document it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .types import CleanText, Repair


@dataclass(slots=True)
class Layer:
    """`starts[i]`/`ends[i]` is the raw span of character i; edits are logged as `repairs` in raw offsets."""

    raw: str
    text: str
    starts: list[int]
    ends: list[int]
    repairs: list[Repair] = field(default_factory=list)

    @classmethod
    def identity(cls, raw: str) -> Layer:
        return cls(raw, raw, list(range(len(raw))), list(range(1, len(raw) + 1)))

    def edit(self, edits: Iterable[tuple[int, int, str]], rule: str) -> None:
        """Replace each span `start:end` (ascending, disjoint, not empty) by its replacement.

        A replacement as long as its span maps character to character; otherwise each of its characters maps to the
        whole span.
        """
        texts, starts, ends, at = [], [], [], 0
        for start, end, new in edits:
            if start < at or end <= start:
                continue
            texts += (self.text[at:start], new)
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            if len(new) == end - start:
                starts += self.starts[start:end]
                ends += self.ends[start:end]
            else:
                starts += [self.starts[start]] * len(new)
                ends += [self.ends[end - 1]] * len(new)
            self.repairs.append(Repair(self.starts[start], self.ends[end - 1], new, rule))
            at = end
        if at:
            self.text = "".join(texts) + self.text[at:]
            self.starts = starts + self.starts[at:]
            self.ends = ends + self.ends[at:]

    def retype(self, new: str, rule: str) -> None:
        """Replace the whole text by one of equal length; each run of changed characters is one repair."""
        changed = [at for at, (was, now) in enumerate(zip(self.text, new, strict=True)) if was != now]
        first = 0
        for place, at in enumerate(changed):
            last = (
                place + 1 == len(changed)
                or changed[place + 1] != at + 1
                or self.starts[at + 1] != self.ends[at]
            )
            if last:
                begin = changed[first]
                self.repairs.append(Repair(self.starts[begin], self.ends[at], new[begin : at + 1], rule))
                first = place + 1
        self.text = new

    def clean(self) -> CleanText:
        """The finished text, its repairs in the order of the document."""
        repairs = sorted(self.repairs, key=lambda repair: (repair.start, repair.end))
        return CleanText(self.raw, self.text, self.starts, self.ends, repairs)
