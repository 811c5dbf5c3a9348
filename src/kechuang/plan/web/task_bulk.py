"""Acts on many tasks of the supervision list at once: all of them or none."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.errors import Refusal
from kechuang.core.web.acts import ActPage
from kechuang.plan import actions
from kechuang.plan.models import Task
from kechuang.plan.web.tasks import Tasks


class ConfirmTasks(ActPage):
    """Confirm many tasks at once; those that cannot be confirmed are named and none is."""

    verb = "plan.move_task"
    title = button = gettext_lazy("Confirm the tasks")

    def target(self):
        return Tasks.selected(self.request) if self.request.method == "POST" else Task.objects.none()

    def what(self):
        return [_("The responsible organisations are told and may report.")]

    def whom(self):
        return self.object

    def perform(self, form) -> str:
        with transaction.atomic():
            rows = list(self.object)
            for row in rows:
                try:
                    actions.move_task(self.request.user, row, "confirm")
                except Refusal as refusal:
                    raise Refusal(f"{row}: {refusal}") from refusal
        return _("%(n)d tasks are confirmed.") % {"n": len(rows)}

    def done_url(self):
        return reverse("plan:tasks")
