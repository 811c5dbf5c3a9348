"""Who is told of what was done to tasks: one notice a person and act, however many tasks it moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kechuang.core import clock, kinds, notices
from kechuang.core.models import Organisation, Role, User
from kechuang.core.roles import members_of
from kechuang.plan.models import Task

NAMED = 3

# What is said of one task, and of several.
_WORDS: dict[str, Callable[[int], str]] = {
    "confirm": lambda n: ngettext(
        "A task was given to you: %(tasks)s", "%(n)d tasks were given to you: %(tasks)s", n
    ),
    "send_back": lambda n: ngettext(
        "Your task was sent back: %(tasks)s", "%(n)d of your tasks were sent back: %(tasks)s", n
    ),
    "due": lambda n: ngettext(
        "The due date of your task changed: %(tasks)s",
        "The due dates of %(n)d of your tasks changed: %(tasks)s",
        n,
    ),
    "urge": lambda n: ngettext("Please report: %(tasks)s", "Please report on %(n)d tasks: %(tasks)s", n),
}


_together: ContextVar[dict | None] = ContextVar("what is told at the end", default=None)


@contextmanager
def told_together() -> Iterator[None]:
    """What is told inside is told once at its end, even when the block fails: what was done was done."""
    waiting: dict[tuple, list[Task]] = {}
    token = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(token)
        for (what, roles, note), tasks in waiting.items():
            tell_of_tasks(tasks, what, roles=roles, note=note)


def tell_of_tasks(
    tasks: Iterable[Task], what: str, *, roles: Sequence[str] = (Role.REPORTER,), note: str = ""
) -> None:
    """Tell the responsible organisations' people of those tasks that they may see."""
    if (waiting := _together.get()) is not None:
        waiting.setdefault((what, tuple(roles), note), []).extend(tasks)
        return
    by_lead: dict[Organisation, list[Task]] = {}
    for task in tasks:
        if task.lead_id is not None:
            by_lead.setdefault(task.lead, []).append(task)
    concerned: dict[User, list[Task]] = {}
    for lead, own in by_lead.items():
        for user in members_of(lead, *roles):
            concerned.setdefault(user, []).extend(task for task in own if kinds.visible(user, task))
    moment = clock.now().isoformat()
    for user, own in concerned.items():
        if own:
            key = f"task:{what}:{own[0].pk}:{moment}"
            notices.notify([user], partial(_text, what, own, note), key=key, url=_url(own))


def _text(what: str, tasks: list[Task], note: str) -> str:
    named = _("; ").join([*map(str, tasks[:NAMED]), *(["…"] if len(tasks) > NAMED else [])])
    return f"{_WORDS[what](len(tasks)) % {'n': len(tasks), 'tasks': named}} {note}".strip()


def _url(tasks: list[Task]) -> str:
    """The task, or the list of what the organisation leads."""
    if len(tasks) == 1:
        return tasks[0].get_absolute_url()
    return reverse("plan:tasks") + f"?lead={tasks[0].lead_id}"
