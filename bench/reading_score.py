"""Score the reader against annotated documents.

    python -m bench.reading_score [--part seeds|dev|held|own] [--errors]

A quantity counts when value, unit and place are right, a period when place and both days are; a task when its span
shares at least half of its union with the annotated one, one to one. What the annotation calls optional counts neither
way. Times are CPU seconds of one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from bench.reading_gold import FILES, GoldDocument, available, load
from bench.reading_match import pair, same_days, same_quantity, same_role

Reader = Callable[[bytes, str, date | None], Iterable]


@dataclass
class Tally:
    """Hits, false alarms and misses of one measure."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits + self.missed else 1.0


@dataclass
class Share:
    """Right ones among those judged."""

    right: int = 0
    judged: int = 0

    @property
    def share(self) -> float:
        return self.right / self.judged if self.judged else 1.0

    def count(self, right: bool) -> bool:
        self.right += right
        self.judged += 1
        return right


@dataclass
class Score:
    quantities: Tally = field(default_factory=Tally)
    periods: Tally = field(default_factory=Tally)
    targets: Tally = field(default_factory=Tally)
    tasks: Tally = field(default_factory=Tally)
    attributions: Tally = field(default_factory=Tally)
    attached: Share = field(default_factory=Share)
    speakers: Share = field(default_factory=Share)
    noise: int = 0
    characters: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    def note(self, document: GoldDocument, what: str, start: int, end: int, detail: object = "") -> None:
        around = (
            document.text[max(0, start - 12) : start],
            document.text[start:end],
            document.text[end : end + 12],
        )
        shown = "{}⟦{}⟧{}".format(*(s.replace("\n", "⏎") for s in around))
        self.errors.append(f"{what:18} {document.name[:24]} {shown} {detail}")


def read_statements(data: bytes, name: str, published: date | None) -> list:
    """The reader under test."""
    from kechuang.plan.engine.reading.read import read

    return list(read(data, name, published).statements)


def warm_up() -> None:
    """Load what the reader loads once: tables, conversion, both languages."""
    for text in (
        "预热会\n3月5日,市长殷若兰、教授林致远出席会议。殷若兰强调,2025年增长5%,要加快建设3个中心。据介绍,一是新增10家。",
        "預熱：國務院今年增長5%，市長殷若蘭說要努力。",
        "“We will grow by 5% by 2025,” said Helen Marsh, Minister for Skills. Set up two centres.",
    ):
        read_statements(text.encode(), "warm-up.txt", date(2025, 1, 1))


def score_part(part: str, reader: Reader = read_statements) -> Score:
    """Read every annotated document of a part and judge what came out."""
    score = Score()
    for document in load(part):
        before = time.process_time()
        statements = list(reader(document.data, document.name, document.published))
        score.seconds += time.process_time() - before
        score.characters += len(document.text)
        judge(document, statements, score)
    return score


def judge(document: GoldDocument, statements: list, score: Score) -> None:
    """Add one document's results to `score`."""
    _quantities(document, statements, score)
    _periods(document, statements, score)
    _targets(document, statements, score)
    _tasks(document, statements, score)
    _attributions(document, statements, score)
    for s in statements:
        if any(a <= s.start < b for a, b in document.gold["noise"]):
            score.noise += 1
            score.note(document, "noise", s.start, s.end, s.kind)


def _unique(document: GoldDocument, spans: Iterable[tuple[int, int, object]]) -> list:
    """Statements by span, each span once, inside the judged stretch and outside page noise."""
    noise = document.gold["noise"]
    seen = {}
    for start, end, statement in spans:
        if document.judged(start) and not any(a <= start < b for a, b in noise):
            seen.setdefault((start, end), statement)
    return [SimpleNamespace(s=s, e=e, statement=statement) for (s, e), statement in sorted(seen.items())]


def _optional(document: GoldDocument) -> list[tuple[int, int]]:
    """Spans where a duration may also be read as a period, and the other way round."""
    either = document.gold["quantities"] + document.gold["periods"]
    return [(g["s"], g["e"]) for g in either if g.get("optional")]


def _quantities(document: GoldDocument, statements: list, score: Score) -> None:
    found = _unique(document, ((s.q_start, s.q_end, s) for s in statements if s.q_start is not None))
    pairs, extra, missed = pair(
        document.gold["quantities"], found, anchored=True, excused=_optional(document)
    )
    for gold, item in pairs:
        right = same_quantity(gold, item.statement, document.text[gold["s"] : gold["e"]])
        if gold.get("optional"):
            continue
        if right:
            score.quantities.hits += 1
        else:
            score.quantities.false += 1
            score.quantities.missed += 1
            detail = f"gold {gold['value']} {gold['unit']} got {item.statement.value} {item.statement.unit}"
            score.note(document, "quantity wrong", gold["s"], gold["e"], detail)
        if "time" in gold and not score.attached.count(same_days(gold, item.statement)):
            got = item.statement.time_start, item.statement.time_end
            score.note(
                document, "period of quantity", gold["s"], gold["e"], f"gold {gold['time']} got {_days(got)}"
            )
        _speaker(document, gold, item.statement, score)
    _count(document, score, score.quantities, "quantity", extra, missed)


def _periods(document: GoldDocument, statements: list, score: Score) -> None:
    located = (s for s in statements if s.t_start is not None and (s.time_start or s.time_end))
    found = _unique(document, ((s.t_start, s.t_end, s) for s in located))
    pairs, extra, missed = pair(document.gold["periods"], found, excused=_optional(document))
    for gold, item in pairs:
        if gold.get("optional"):
            continue
        gold = {**gold, "time": [gold["start"], gold["end"]], "time_alt": gold.get("alt", [])}
        if same_days(gold, item.statement):
            score.periods.hits += 1
        else:
            score.periods.false += 1
            score.periods.missed += 1
            got = item.statement.time_start, item.statement.time_end
            score.note(
                document, "period wrong", gold["s"], gold["e"], f"gold {gold['time']} got {_days(got)}"
            )
    _count(document, score, score.periods, "period", extra, missed)


def _targets(document: GoldDocument, statements: list, score: Score) -> None:
    targets = [s for s in statements if s.kind == "target"]
    gold = [q for q in document.gold["quantities"] if q["kind"] == "target" or q["kind"] is None]
    gold = [{**q, "optional": q.get("optional") or q["kind"] is None} for q in gold]
    numbered = _unique(document, ((s.q_start, s.q_end, s) for s in targets if s.q_start is not None))
    plain = _unique(document, ((s.start, s.end, s) for s in targets if s.q_start is None))
    for wanted, found, nested in ((gold, numbered, False), (document.gold["targets"], plain, True)):
        pairs, extra, missed = pair(wanted, found, anchored=not nested, nested=nested)
        score.targets.hits += sum(not g.get("optional") for g, _ in pairs)
        _count(document, score, score.targets, "target", extra, missed)


def _tasks(document: GoldDocument, statements: list, score: Score) -> None:
    found = _unique(document, ((s.start, s.end, s) for s in statements if s.kind == "task"))
    pairs, extra, missed = pair(document.gold["tasks"], found)
    for gold, item in pairs:
        score.tasks.hits += not gold.get("optional")
        _speaker(document, gold, item.statement, score)
    _count(document, score, score.tasks, "task", extra, missed)


def _attributions(document: GoldDocument, statements: list, score: Score) -> None:
    found = {}
    for s in statements:
        if s.kind == "attribution" and document.judged(s.start):
            found[s.speaker, s.subject] = s
    wanted = list(document.gold["attributions"])
    for s in found.values():
        match = next((g for g in wanted if same_role(g, s)), None)
        if match is None:
            score.attributions.false += 1
            score.note(document, "attribution false", s.start, s.end, f"{s.speaker} | {s.subject}")
        else:
            wanted.remove(match)
            score.attributions.hits += not match.get("optional")
    for g in wanted:
        if not g.get("optional"):
            score.attributions.missed += 1
            score.errors.append(f"attribution missed {document.name[:24]} {g['person']} | {g['role']}")


def _speaker(document: GoldDocument, gold: dict, statement: object, score: Score) -> None:
    if "speaker" in gold and not score.speakers.count(gold["speaker"] == statement.speaker):
        detail = f"gold {gold['speaker']!r} got {statement.speaker!r}"
        score.note(document, "speaker wrong", gold["s"], gold["e"], detail)


def _count(document, score: Score, tally: Tally, what: str, extra: list, missed: list) -> None:
    tally.false += len(extra)
    tally.missed += len(missed)
    for item in extra:
        s = item.statement
        score.note(
            document, f"{what} false", item.s, item.e, f"{s.value if s.value is not None else ''} {s.unit}"
        )
    for gold in missed:
        score.note(document, f"{what} missed", gold["s"], gold["e"], gold.get("value", ""))


def _days(days: tuple) -> str:
    return "..".join(str(day) for day in days)


def report_seconds(reader: Reader = read_statements) -> float | None:
    """Seconds for the annotated report whose length is nearest to 20,000 characters, scaled to 20,000."""
    if not available("dev"):
        return None
    document = min(load("dev"), key=lambda d: abs(len(d.text) - 20_000))
    times = []
    for _ in range(3):
        before = time.process_time()
        reader(document.data, document.name, document.published)
        times.append(time.process_time() - before)
    return sorted(times)[1] * 20_000 / len(document.text)


def table(scores: dict[str, Score]) -> str:
    """One line a part: F1 (precision/recall for tasks), shares, false alarms in noise, characters a second."""
    lines = ["part   quantities periods attached targets  tasks P/R    speakers attributions noise chars/s"]
    for part, s in scores.items():
        rate = s.characters / s.seconds if s.seconds else 0
        lines.append(
            f"{part:6} {s.quantities.f1:10.3f} {s.periods.f1:7.3f} {s.attached.share:8.3f} {s.targets.f1:7.3f}"
            f"  {s.tasks.precision:.3f}/{s.tasks.recall:.3f} {s.speakers.share:8.3f} {s.attributions.f1:12.3f}"
            f" {s.noise:5} {rate:,.0f}"
        )
    return "\n".join(lines)


# What each measure must reach: on the seeds, on government reports and on documents of other kinds.
TARGETS = {
    "quantities F1": (0.98, 0.98, 0.95),
    "periods F1": (0.97, 0.95, 0.92),
    "attached periods": (0.85, 0.85, 0.85),
    "targets F1": (0.83, 0.92, 0.80),
    "tasks precision": (0.85, 0.85, 0.80),
    "tasks recall": (0.85, 0.85, 0.80),
    "speakers": (0.97, 0.97, 0.97),
    "attributions F1": (0.92, 0.92, 0.92),
}
_TARGET_OF_PART = {"seeds": 0, "dev": 1, "held": 1, "own": 2}


def measures(score: Score) -> dict[str, float]:
    """The measures of a score under the names of `TARGETS`."""
    values = (
        score.quantities.f1,
        score.periods.f1,
        score.attached.share,
        score.targets.f1,
        score.tasks.precision,
        score.tasks.recall,
        score.speakers.share,
        score.attributions.f1,
    )
    return dict(zip(TARGETS, values, strict=True))


def against_targets(scores: dict[str, Score]) -> str:
    """Every measure beside its target, a row a measure, parts side by side; ! marks what falls short."""
    lines = [" " * 18 + "".join(f"{part:>16}" for part in scores)]
    found = {part: measures(score) for part, score in scores.items()}
    for name, targets in TARGETS.items():
        cells = ((found[part][name], targets[_TARGET_OF_PART[part]]) for part in scores)
        row = (f"{value:.3f} ≥ {target:.2f}{' ' if value >= target else '!'}" for value, target in cells)
        lines.append(f"{name:18}" + "".join(f"{cell:>16}" for cell in row))
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the reader against annotated documents.")
    parser.add_argument("--part", choices=list(FILES), action="append", help="default: all that are present")
    parser.add_argument("--errors", action="store_true", help="list every miss and false alarm")
    options = parser.parse_args(argv)
    wanted = options.part or list(FILES)
    for part in wanted:
        if not available(part):
            print(
                f"{part}: the texts are not on this machine (expected beside the checkout in ../shared): skipped"
            )
    parts = [part for part in wanted if available(part)]
    if parts:
        warm_up()
    scores = {part: score_part(part) for part in parts}
    if options.errors:
        for score in scores.values():
            print("\n".join(sorted(score.errors)))
    print(table(scores))
    seconds = report_seconds() if parts else None
    if seconds is not None:
        print(f"a 20,000-character report: {seconds:.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
