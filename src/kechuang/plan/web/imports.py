"""Take in a list of tasks: a trial with every fault named, then all of it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kechuang.core.web.importing import ImportPage
from kechuang.plan import actions
from kechuang.plan.actions.bulk_runs import LARGE, begin_import
from kechuang.plan.actions.imports import read_tasks, task_columns


class ImportTasks(ImportPage):
    verb = "plan.import_tasks"
    title = gettext_lazy("Import tasks")
    intro = gettext_lazy(
        "A row a task. It is known again by its number, else by title and lead; an empty cell changes nothing."
    )

    def fields(self):
        return task_columns(self.request.user)

    def read(self, stored):
        with stored.content.open("rb") as content:
            return read_tasks(self.request.user, content.read(), stored.name)

    def take(self, sheet, source):
        return actions.import_tasks(self.request.user, sheet.rows, source)

    def handed_on(self, sheet, source):
        if len(sheet.rows) <= LARGE:
            return ""
        return begin_import(self.request.user, sheet.rows, source).get_absolute_url()

    def done_url(self) -> str:
        return reverse("plan:tasks")
