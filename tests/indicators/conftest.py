"""A small plan office whose tasks are counted."""

from datetime import date

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions
from kechuang.plan.models import Programme, Task


@pytest.fixture(autouse=True)
def _snapshots(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def tasks(db) -> list[Task]:
    """Forty tasks: a known mix of stages over two offices and two programmes, some secret."""
    offices = [Organisation.objects.create(name_zh=name) for name in ("甲办", "乙办")]
    programmes = [Programme.objects.create(name_zh=name) for name in ("工程一", "工程二")]
    stages = [
        "proposed",
        "confirmed",
        "started",
        "under_way",
        "completed",
        "accepted",
        "suspended",
        "terminated",
    ]
    rows = [
        Task(
            title_zh=f"任务{i}",
            stage=stages[i % 8],
            lead=offices[i % 2] if i % 5 else None,
            programme=programmes[i % 3 % 2],
            accepted_on=date(2020 + i // 8, 3, 1) if i % 8 == 5 else None,
            secrecy=2 if i == 10 else 0,
        )
        for i in range(40)
    ]
    return Task.objects.bulk_create(rows)


@pytest.fixture
def computed(tasks):
    return actions.recompute(SYSTEM)
