"""A small plan office whose tasks are counted."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.test import override_settings

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions
from kechuang.plan.models import Programme, Task


@pytest.fixture(autouse=True)
def _snapshots(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def tasks(request, db) -> list[Task]:
    """The tasks that were computed, or such tasks anew where nothing was."""
    if "computed" in request.fixturenames:
        return deepcopy(request.getfixturevalue("computed_once").made)
    return make_tasks()


def make_tasks() -> list[Task]:
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


class Computed(NamedTuple):
    """What was made and computed once for a module, and the snapshots it was computed on."""

    made: Any
    snapshots: Path

    @classmethod
    def once(cls, lasting: Callable, folder: Path, make: Callable[[], Any]) -> Computed:
        with lasting(), override_settings(SNAPSHOTS=folder):
            return cls(make(), folder)

    def lend(self) -> Any:
        """Copies for one test, which may change them."""
        copytree(self.snapshots, settings.SNAPSHOTS)
        return deepcopy(self.made)


@pytest.fixture(scope="module")
def computed_once(lasting, tmp_path_factory) -> Computed:
    return Computed.once(lasting, tmp_path_factory.mktemp("computed"), make_counted_tasks)


def make_counted_tasks() -> list[Task]:
    tasks = make_tasks()
    actions.recompute(SYSTEM)
    return tasks


@pytest.fixture
def computed(computed_once, db) -> None:
    """The tasks are counted. All tests of a module stand on this, or none."""
    computed_once.lend()
