"""The tasks of the list as bars over time; filters are those of the list."""

from __future__ import annotations

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.web.gantt import Bar
from kechuang.plan.models import Task
from kechuang.plan.queries.work import by_state
from kechuang.plan.web.tasks import Tasks

MOST = 200


class Gantt(Tasks):
    def get(self, request, *args, **kwargs):
        rows = (
            self.filtered().exclude(due=None).order_by("due", "pk").prefetch_related("projects__milestones")
        )
        tasks = list(rows[: MOST + 1])
        context = {
            "bars": [_bar(task) for task in tasks[:MOST]],
            "today": clock.today(),
            "counts": by_state(self.filtered().exclude(due=None).order_by()),
            "more": len(tasks) > MOST,
            "most": MOST,
            "list_url": reverse("plan:tasks") + f"?{request.GET.urlencode()}",
            "trail": [(_("Supervision"), reverse("plan:tasks")), (_("Gantt"), "")],
        }
        return render(request, "plan/gantt.html", context)


def _bar(task: Task) -> Bar:
    start = task.started_on or task.start or task.due
    milestones = [
        (milestone.due, str(milestone))
        for project in task.projects.all()
        for milestone in project.milestones.all()
        if milestone.due
    ]
    return Bar(
        str(task),
        min(start, task.due),
        task.due,
        state=task.state,
        progress=task.percent / 100,
        url=task.get_absolute_url(),
        milestones=milestones,
    )
