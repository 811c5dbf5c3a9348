"""The reader beside JioNLP and recognizers-text on the same input in one run; times are CPU seconds of one core.

    python -m bench.reading [--repeat 3]

The peers live in their own environment: `python3.11 -m venv .venv-bench` and
`.venv-bench/bin/pip install --require-hashes -r requirements-bench.lock`. A peer that gives no unit is not judged by
it, so the ratios flatter the peers.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from types import SimpleNamespace

from bench.reading_gold import ROOT, GoldDocument, available, load
from bench.reading_score import (
    FILES,
    Score,
    against_targets,
    judge,
    read_statements,
    report_seconds,
    score_part,
    warm_up,
)

PEER_PYTHON = ROOT / ".venv-bench/bin/python"


def input_documents() -> list[GoldDocument]:
    """The Chinese documents of the own set and, where present, the annotated stretches of reports, each alone."""
    documents = [d for d in load("own") if d.published and not d.name.startswith("en_")]
    if available("dev"):
        documents += [_alone(d) for d in load("dev")]
    return documents


def _alone(document: GoldDocument) -> GoldDocument:
    start, end = document.gold["start"], document.gold["end"]
    gold = dict(document.gold, start=0, end=end - start)
    for kind in ("quantities", "periods", "targets", "tasks"):
        gold[kind] = [dict(g, s=g["s"] - start, e=g["e"] - start) for g in gold[kind]]
    return replace(document, data=document.text[start:end].encode(), gold=gold)


def _statements(found: dict, gold: dict) -> list:
    """What a peer found as statements; without a unit of its own it is granted the annotated one."""
    empty = dict.fromkeys(
        ("q_start", "q_end", "t_start", "t_end", "value", "value_max", "time_start", "time_end")
    ) | {"unit": "", "speaker": "", "subject": "", "kind": "figure"}
    granted = {g["s"]: g["unit"] for g in gold["quantities"]}
    statements = []
    for start, end, value, unit in found["quantities"]:
        try:
            number = Decimal(value)
        except (InvalidOperation, TypeError):
            number = None
        unit = granted.get(start, "") if unit is None else unit
        row = {"q_start": start, "q_end": end, "value": number, "unit": unit, "start": start, "end": end}
        statements.append(SimpleNamespace(**empty | row))
    for start, end, first, last in found["periods"]:
        row = {"t_start": start, "t_end": end, "time_start": first, "time_end": last}
        statements.append(SimpleNamespace(**empty | row | {"start": start, "end": end}))
    return statements


def ours(documents: list[GoldDocument]) -> tuple[float, list[list]]:
    before = time.process_time()
    found = [read_statements(d.data, d.name, d.published) for d in documents]
    return time.process_time() - before, found


def peers(documents: list[GoldDocument]) -> dict:
    """Results by peer; empty when the environment of the peers is absent."""
    if not PEER_PYTHON.exists():
        return {}
    request = json.dumps([{"text": d.text, "date": str(d.published)} for d in documents])
    script = str(ROOT / "bench/reading_peers.py")
    done = subprocess.run(
        [str(PEER_PYTHON), script], input=request, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"the peers did not run: {done.stderr.strip().splitlines()[-1:]}")
        return {}
    return json.loads(done.stdout.strip().splitlines()[-1])


def _scored(documents: list[GoldDocument], found: list[list]) -> Score:
    score = Score()
    for document, statements in zip(documents, found, strict=True):
        judge(document, statements, score)
    return score


def main(argv: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(description="The reader beside JioNLP and recognizers-text.")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the median time counts")
    options = parser.parse_args(argv)
    documents = input_documents()
    characters = sum(len(d.text) for d in documents)
    warm_up()
    runs = [ours(documents) for _ in range(options.repeat)]
    rows = {"kechuang": (statistics.median(s for s, _ in runs), _scored(documents, runs[0][1]), 0)}
    answers = [peers(documents) for _ in range(options.repeat)]
    for name in ("JioNLP", "recognizers-text"):
        given = [a[name] for a in answers if name in a and "missing" not in a[name]]
        if not given:
            print(f"{name}: not installed in .venv-bench (see requirements-bench.lock): left out")
            continue
        statements = [_statements(f, d.gold) for f, d in zip(given[0]["documents"], documents, strict=True)]
        seconds = statistics.median(g["seconds"] for g in given)
        rows[name] = (seconds, _scored(documents, statements), given[0]["failures"])
    print(f"{len(documents)} documents, {characters:,} characters, median of {options.repeat} runs")
    print(
        "reader            quantities F1  periods F1    chars/s  ours ÷ it: quantities periods speed  lines lost"
    )
    seconds, score, _ = rows["kechuang"]
    for name, (its_seconds, its, lost) in rows.items():
        ratios = (
            _ratio(score.quantities.f1, its.quantities.f1),
            _ratio(score.periods.f1, its.periods.f1),
            its_seconds / seconds,
        )
        print(
            f"{name:17} {its.quantities.f1:13.3f} {its.periods.f1:11.3f} {characters / its_seconds:10,.0f}"
            f"  {ratios[0]:21.2f} {ratios[1]:7.2f} {ratios[2]:5.1f} {lost:11}"
        )
    print("\nall that is read, each measure beside its target (own: the documents of other kinds)")
    scores = {part: score_part(part) for part in FILES if available(part)}
    print(against_targets(scores))
    read = sum(score.characters for score in scores.values())
    print(
        f"{read / sum(score.seconds for score in scores.values()):,.0f} characters a second (target 60,000)"
    )
    whole = report_seconds()
    if whole is not None:
        print(f"a 20,000-character report, all kinds of statements: {whole:.2f} s (target 0.4 s)")
    print(f"the command on a short text, start to end: {_command_seconds():.2f} s CPU")
    return 0


def _command_seconds() -> float:
    """CPU seconds of `kechuang plan read` on one sentence, the start of Python included; median of three."""
    code = "from kechuang.site.cli import main; main()"
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-c", code, "plan", "read", "-", "--published", "2025-01-01"],
            input="今年增长5%。",
            text=True,
            capture_output=True,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def _ratio(a: float, b: float) -> float:
    return a / b if b else float("inf")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
