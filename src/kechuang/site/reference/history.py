"""The synthetic past of a reference centre: confirmations, reports, acceptances and money, as people would leave them.

Generated from a fixed seed and marked synthetic; no figure of a test is aimed at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.plan import actions as plan
from kechuang.plan.actions.states import restate_all
from kechuang.plan.actions.supervision import keep_right_of_reply
from kechuang.plan.models import FundingLine, Project, Task

SEED = 20260101
WORDS = [
    (15, "已完成前期研究并明确责任分工。"),
    (35, "实施方案通过评审，主要工作全面展开。"),
    (60, "重点环节取得阶段性进展，按计划推进。"),
    (80, "主体工作基本完成，进入收尾和自查。"),
    (100, "全部内容完成，提交验收材料。"),
]
QUARTER = timedelta(days=91)
USUAL = timedelta(days=730)  # how long a task takes of which nobody says
WAITING = timedelta(days=10)  # a report of the last days still waits for its acceptance


def live_through(tasks: Iterable[Task], changes: Iterable[tuple[date, Callable[[], object]]] = ()) -> None:
    """Live through the past of the given tasks and the given changes, day after day in order, up to today."""
    random_ = random.Random(SEED)
    today = clock.today()
    lives = [act for task in tasks for act in _life(task, random_, today)]
    acts = sorted([*lives, *changes], key=lambda act: act[0])
    if not acts:
        return
    quarter = None
    with transaction.atomic():
        for day, run in acts:
            with clock.at(day):
                if quarter != (quarter := (day.year, (day.month - 1) // 3)):
                    restate_all()
                    keep_right_of_reply()
                run()
        _money(random_)


def _life(task: Task, random_: random.Random, today: date) -> list:
    """The acts of one task, each with its day."""
    start = task.start or today - USUAL
    due = task.due or start + USUAL
    pace = random_.choice([0.7, 0.8, 0.8, 0.9, 0.9, 0.95, 1.1])
    stalls_at = random_.choice([1, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5])
    length = (due - start) * pace
    acts = [(start, lambda: plan.move_task(SYSTEM, _fresh(task), "confirm"))]
    for place, (percent, words) in enumerate(WORDS):
        day = start + length * (place + 1) / len(WORDS)
        if place >= stalls_at or day >= today:
            break
        acts.append((day, _report(task, percent, words, day, today)))
        acts.extend(_between(task, percent, words, day, start + length * (place + 2) / len(WORDS), today))
    return [(day, run) for day, run in acts if day < today]


def _between(task: Task, percent: int, words: str, day: date, until: date, today: date) -> list:
    """Quarterly reports while a step lasts."""
    if percent == 100:
        return []
    acts, at = [], day + QUARTER
    while at < min(until, today):
        acts.append((at, _report(task, percent, words, at, today)))
        at += QUARTER
    return acts


def _fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def _report(task: Task, percent: int, words: str, day: date, today: date):
    def run() -> None:
        row = _fresh(task)
        proof = [{"record": row.lead, "note": "合成佐证"}] if percent == 100 else []
        report = plan.report_progress(
            SYSTEM, row, percent=percent, text=words, evidence=proof, synthetic=True
        )
        report.task = _fresh(task)
        if day < today - WAITING:
            plan.accept_report(SYSTEM, report)

    return run


def _money(random_: random.Random) -> None:
    """Budgets of projects by source, in fen."""
    for project in Project.objects.filter(funding=None):
        for source in random_.sample(FundingLine.Source.values, 3):
            budget = random_.randrange(50, 900) * 10_000_000_00
            committed = budget * random_.randrange(40, 96) // 100
            spent = committed * random_.randrange(20, 91) // 100
            plan.save_funding(
                SYSTEM,
                FundingLine(
                    project=project,
                    source=source,
                    budget_fen=budget,
                    committed_fen=committed,
                    spent_fen=spent,
                ),
            )
