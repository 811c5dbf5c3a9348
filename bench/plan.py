"""Plan pages at their largest: CPU time a page through the whole product, on SQLite, first look and repeated.

    python -m bench.plan [statements] [tasks]

A document of 11,000 statements, every second of which is a promise with three states and two targets; 10,000 tasks.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

TARGET_MS = 100
SECTION = 100
STATES = ["kept", "on_the_way", "at_risk", "late", "unmeasured"]
PUBLISHED = date(2021, 1, 1)


def text_of(sentences: int) -> str:
    """A plan of numbered sections, a hundred sentences each, one sentence a paragraph."""
    lines = []
    for n in range(sentences):
        if n % SECTION == 0:
            lines.append(f"第{n // SECTION + 1}章 重点任务")
        lines.append(f"到2027年，第{n:05d}个单位建成科研平台{n % 90 + 10}个，服务企业{n % 700 + 100}家。")
    return "\n".join(lines)


def fill(statements: int, tasks: int) -> int:
    """The document with its promises, and the tasks; returns the document's key."""
    from kechuang.core.models import Organisation

    chance = random.Random(1)
    offices = Organisation.objects.bulk_create(Organisation(name_zh=f"单位{n}") for n in range(60))
    document = _document(text_of(statements // 2))
    _promises(document, offices, chance)
    _tasks(tasks, offices, chance)
    return document.pk


def _document(raw: str) -> Any:
    from django.utils import timezone

    from kechuang.plan.models import Document

    at = timezone.make_aware(datetime(2021, 1, 1))
    document = Document.objects.create(
        title="长规划", raw=raw, digest=str(len(raw)), body=[[0, len(raw)]], stage="reviewed", secrecy=0,
        published_on=PUBLISHED, added_at=at,
    )  # fmt: skip
    document.publications.create(asked_at=at, approved_at=at)
    return document


def _small() -> tuple[int, int]:
    """A short document of the same kind, and one of its promises."""
    from kechuang.core.models import Organisation
    from kechuang.plan.models import CommitmentSource

    document = _document(text_of(20))
    _promises(document, list(Organisation.objects.all()[:5]), random.Random(2))
    return document.pk, CommitmentSource.objects.filter(statement__document=document).first().commitment_id


def _sentences(raw: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in raw.split("\n"):
        if line.startswith("到"):
            yield at, at + len(line)
        at += len(line) + 1


def _promises(document: Any, offices: list, chance: random.Random) -> None:
    from kechuang.plan.models import Commitment, CommitmentSource, Statement, StateRow, TargetVersion

    def statement(start: int, end: int, kind: str, mark: str) -> Statement:
        at = document.raw.index(mark, start) + len(mark)
        sentence = document.raw[start:end]
        return Statement(
            document=document, kind=kind, sentence=sentence, start=start, end=end, q_start=at, q_end=at + 2,
            value=29, unit="个", review="accepted",
        )  # fmt: skip

    places = list(_sentences(document.raw))
    Statement.objects.bulk_create(statement(a, b, "figure", "企业") for a, b in places)
    promised = Statement.objects.bulk_create(statement(a, b, "target", "平台") for a, b in places)
    due = date(2027, 12, 31)
    commitments = Commitment.objects.bulk_create(
        Commitment(
            title_zh=s.sentence, target_value=Decimal(s.value), unit="个", promised_on=PUBLISHED, due=due,
            lead=chance.choice(offices), secrecy=0, state=chance.choice(STATES),
        )
        for s in promised
    )  # fmt: skip
    CommitmentSource.objects.bulk_create(
        CommitmentSource(commitment=c, statement=s) for c, s in zip(commitments, promised, strict=True)
    )
    known = document.added_at
    StateRow.objects.bulk_create(
        StateRow(
            commitment=c, state=c.state if n == 2 else "unmeasured", rule="on_the_way", measured=n * 10,
            valid_from=PUBLISHED + timedelta(days=365 * n), known_at=known + timedelta(days=365 * n),
        )
        for n in range(3)
        for c in commitments
    )  # fmt: skip
    TargetVersion.objects.bulk_create(
        TargetVersion(
            commitment=c, value=29 + n, unit="个", due=due, valid_from=PUBLISHED + timedelta(days=90 * n)
        )
        for n in range(2)
        for c in commitments
    )


def _tasks(count: int, offices: list, chance: random.Random) -> None:
    from kechuang.plan.models import Programme, Task

    programmes = Programme.objects.bulk_create(Programme(name_zh=f"工程{n}") for n in range(12))
    stages = ["proposed", "confirmed", "started", "under_way", "completed", "accepted"]
    Task.objects.bulk_create(
        Task(
            number=f"T{n}", title_zh=f"推进第{n}项重点任务落地", lead=chance.choice(offices), secrecy=0,
            programme=chance.choice(programmes), stage=chance.choice(stages), state=chance.choice(STATES),
            percent=chance.randrange(101), start=date(2024, 1, 1) + timedelta(days=chance.randrange(700)),
            due=date(2026, 1, 1) + timedelta(days=chance.randrange(700)),
        )
        for n in range(count)
    )  # fmt: skip


def pages(document: int, promise: int = 4000) -> dict[str, str]:
    """What is measured, by name."""
    here = f"/plan/documents/{document}/"
    return {
        "living document": here,
        "living, late only": f"{here}?state=late",
        "living, another day": f"{here}?on=2022-06-01",
        "living, last part": f"{here}?at=270000",
        "living, one promise": f"{here}?promise={promise}",
        "living, public": f"/plan/public/{document}/",
        "living, states now": f"{here}states/",
        "panel of a promise": f"{here}promises/{promise}/",
        "review": f"{here}review/",
        "review, to the end": f"{here}review/?after=180000",
        "supervision": "/plan/tasks/",
        "supervision, late": "/plan/tasks/?state=late&sort=-due",
        "supervision, grouped": "/plan/tasks/?group=programme",
        "supervision, search": "/plan/tasks/?q=第77项",
        "Gantt": "/plan/tasks/gantt/",
    }


def cpu_ms(run: Callable[[], object], times: int) -> float:
    """Median CPU time in ms."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        run()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def _look(client: Any, url: str, answers: list) -> None:
    answers.append(client.get(url))
    if answers[-1].status_code != 200:
        raise SystemExit(f"{url} answers {answers[-1].status_code}")


def main(statements: int, tasks: int) -> int:
    folder = tempfile.TemporaryDirectory(prefix="kechuang-bench-")
    os.environ |= {
        "KECHUANG_VAR": folder.name,
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
        "LOG_LEVEL": "ERROR",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    from kechuang.core.models import Membership, Organisation, User
    from kechuang.core.translations import compile_all

    compile_all()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    document = fill(statements, tasks)
    officer = User.objects.create(username="officer", clearance=2)
    Membership.objects.create(user=officer, organisation=Organisation.objects.first(), role="officer")
    client = Client()
    client.force_login(officer)
    for url in pages(*_small()).values():  # templates and words are read once a process, not once a page
        client.get(url)
    gc.collect()
    gc.freeze()  # what filling left behind is no part of a look
    worst = 0.0
    for name, url in pages(document).items():
        answers: list[Any] = []
        look = partial(_look, client, url, answers)
        gc.collect()  # nor what the looks before it left
        first, again = cpu_ms(look, 1), cpu_ms(look, 5)
        size = len(answers[0].content) >> 10
        worst = max(worst, first, again)
        print(f"{name:<22} {first:7.1f} ms CPU first, {again:7.1f} ms repeated, {size:6} KiB")
    print(
        f"worst page {worst:.1f} ms; target {TARGET_MS} ms: {'reached' if worst <= TARGET_MS else 'missed'}"
    )
    folder.cleanup()
    return int(worst > TARGET_MS)


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[1:]]
    sys.exit(main(*(sizes + [11_000, 10_000][len(sizes) :])))
