"""From an act to fresh numbers: its metrics are marked at once and computed by the worker after the commit."""

from __future__ import annotations

from functools import partial

from django.db import models, transaction
from django_tasks import task

from kechuang.core.kinds import kind_of
from kechuang.indicators.actions.recompute import mark_dirty, recompute_dirty
from kechuang.indicators.registry import tables_fed_by


@task()
def freshen() -> str:
    """The job: everything that waits, in one go."""
    return recompute_dirty()


def on_act(verb: str, obj: models.Model) -> None:
    """Told of every act. Many acts before the worker comes make one job: only the first mark enqueues it."""
    changed(kind_of(obj))


def changed(*kinds: str) -> None:
    """Rows of these kinds of record changed."""
    tables = [name for kind in kinds for name in tables_fed_by(kind)]
    if tables and mark_dirty(tables):
        transaction.on_commit(partial(freshen.enqueue), robust=True)
