"""A task is proposed, edited, moved along its life, shared between levels, passed up: the pages of these acts."""

from __future__ import annotations

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.acts import may
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.plan import actions
from kechuang.plan.engine.workflow import TRANSITIONS
from kechuang.plan.models import Task, TaskPart
from kechuang.plan.models.work import STAGES
from kechuang.plan.queries.work import visible_commitments, visible_tasks
from kechuang.plan.web.choices import only_visible
from kechuang.plan.web.promises import named_statements
from kechuang.plan.web.tasks import VERB_WORDS


class TaskForm(forms.ModelForm):
    class Meta:
        model = Task
        fields = [
            "title_zh",
            "title_en",
            "number",
            "commitment",
            "programme",
            "lead",
            "start",
            "due",
            "weight",
            "report_every_days",
            "secrecy",
        ]
        widgets = {"start": DateInput, "due": DateInput}


class NewTask(LoginRequiredMixin, FormPage):
    """A task from scratch or from the statements in the address (one task each)."""

    title = gettext_lazy("Add a task")
    submit = gettext_lazy("Propose the task")
    form_class = TaskForm
    template_name = "plan/task_new.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.make_task"):
            raise PermissionDenied
        self.statements = named_statements(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        return only_visible(super().get_form(form_class), self.request.user)

    def get_initial(self):
        key = self.request.GET.get("commitment", "")
        promises = visible_commitments(self.request.user)
        if self.statements and not key:
            promise = promises.filter(sources__statement=self.statements[0]).first()
        else:
            promise = promises.filter(pk=key).first() if key.isdecimal() else None
        found = {"commitment": promise} if promise else {}
        if promise:
            found |= {"lead": promise.lead, "programme": promise.programme, "due": promise.due}
        if self.statements:
            found["title_zh"] = self.statements[0].as_title
            found["due"] = self.statements[0].time_end or found.get("due")
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, statements=self.statements)

    def perform(self, form) -> str:
        facts = dict(form.cleaned_data)
        first, *others = self.statements or [None]
        self.row = actions.make_task(self.request.user, statement=first, **facts)
        for statement in others:
            given = {**facts, "title_zh": statement.as_title, "title_en": ""}
            actions.make_task(self.request.user, statement=statement, **given)
        return _("%(n)d tasks are proposed.") % {"n": 1 + len(others)}

    def get_success_url(self):
        return self.row.get_absolute_url()


class _TaskAct(ActPage):
    def target(self):
        return get_object_or_404(visible_tasks(self.request.user), pk=self.kwargs["pk"])


class EditTask(_TaskAct):
    verb = "plan.edit_task"
    undo = gettext_lazy("It can be changed again at any time.")
    title = gettext_lazy("Edit the task")
    button = gettext_lazy("Save")
    form_class = TaskForm

    def form_arguments(self):
        return {"instance": get_object_or_404(Task, pk=self.object.pk)}

    def _form(self, *data):
        return only_visible(super()._form(*data), self.request.user)

    def perform(self, form) -> str:
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.edit_task(self.request.user, Task.objects.get(pk=self.object.pk), **facts)
        return _("Saved.")


class Escalate(ActPage):
    """Run the rules of escalation now, not at night."""

    verb = "plan.escalate"
    title = button = gettext_lazy("Pass up what is late")

    def what(self):
        return [
            _(
                "Every task that is overdue or silent is told to its organisation, and by rule to those above."
            ),
            _("Nobody is told twice of the same."),
        ]

    def perform(self, form) -> str:
        return _("%(n)d notices passed up.") % {"n": actions.escalate(self.request.user)}

    def done_url(self):
        return reverse("plan:tasks")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MoveTask(_TaskAct):
    form_class = ReasonForm

    def target(self):
        task = super().target()
        if why_not := actions.why_no_step(self.request.user, task, self.kwargs["step"]):
            raise why_not
        return task

    def dispatch(self, request, *args, **kwargs):
        if kwargs["step"] not in VERB_WORDS:
            raise Http404
        self.title = self.button = VERB_WORDS[kwargs["step"]]
        self.danger = kwargs["step"] == "terminate"
        return super().dispatch(request, *args, **kwargs)

    def what(self):
        after = TRANSITIONS[self.object.stage, self.kwargs["step"]].next
        return [_("The task is then: %(stage)s.") % {"stage": dict(STAGES)[after]}]

    def perform(self, form) -> str:
        actions.move_task(
            self.request.user, self.object, self.kwargs["step"], reason=form.cleaned_data["reason"]
        )
        return _("The task is now: %(stage)s.") % {"stage": self.object.get_stage_display()}


class PartForm(forms.ModelForm):
    class Meta:
        model = TaskPart
        fields = ["organisation", "duty", "done", "note"]
        labels = {"organisation": gettext_lazy("Organisation")}


class EditPart(LoginRequiredMixin, FormPage):
    """What one level does in a shared task."""

    title = gettext_lazy("Part of an organisation")
    submit = gettext_lazy("Save the part")
    form_class = PartForm

    def dispatch(self, request, *args, **kwargs):
        task = get_object_or_404(visible_tasks(request.user), pk=kwargs["pk"])
        self.row = (
            get_object_or_404(task.parts, pk=kwargs["part"]) if "part" in kwargs else TaskPart(task=task)
        )
        verb, of = ("plan.save_part", self.row) if self.row.pk else ("plan.edit_task", task)
        if request.user.is_authenticated and not may(request.user, verb, of):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def perform(self, form) -> str:
        actions.save_part(self.request.user, form.instance)
        return _("The part is saved.")

    def get_success_url(self):
        return self.row.task.get_absolute_url()
