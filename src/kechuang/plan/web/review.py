"""The reviewer's page: text on the left as published, statements on the right, decided by keyboard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.db.models.fields import BLANK_CHOICE_DASH
from django.db.models.functions import Length
from django.http import HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.highlight import Span
from kechuang.core.web.history import verb_words
from kechuang.plan import actions
from kechuang.plan.actions.reading_words import warnings_in_words
from kechuang.plan.engine.reading.types import TimeRole
from kechuang.plan.engine.repaired import Repaired
from kechuang.plan.models import Document, Statement
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.lost import lost_rows
from kechuang.plan.web.living import tabs

PAGE = 200
_COLUMNS = [
    "pk",
    "kind",
    "sentence",
    "start",
    "end",
    "q_start",
    "q_end",
    "value",
    "value_max",
    "unit",
    "comparator",
    "time_text",
    "time_start",
    "time_end",
    "speaker",
    "subject",
    "rules",
    "confidence",
    "review",
    "by_person",
]


def reviewed_document(request, pk: int) -> Document:
    """The document, for whoever may review it."""
    if not may(request.user, "plan.accept_statements"):
        raise PermissionDenied
    return get_object_or_404(visible_documents(request.user), pk=pk)


@login_required
def review(request, pk: int):
    """The page. `kind` and `review` filter; `after` pages by place in the text."""
    document = reviewed_document(request, pk)
    if document.stage in (Document.Stage.READING, Document.Stage.FAILED):
        return render(request, "plan/reading.html", {"document": document})
    rows = document.statements.order_by("start", "pk")
    chosen = {name: request.GET.get(name, "") for name in ("kind", "review")}
    for name, value in chosen.items():
        if value:
            rows = rows.filter(**{name: value})
    after = request.GET.get("after", "")
    if after.isdecimal():
        rows = rows.filter(start__gte=int(after))
    carried = {"commitment": Min("commitment_sources__commitment"), "task": Min("tasks")}
    shown = list(rows.annotate(**carried).values(*_COLUMNS, *carried)[: PAGE + 1])
    as_read = Repaired(document.raw, document.repairs)
    kinds, decisions = dict(Statement.Kind.choices), dict(Statement.Review.choices)
    following = shown[PAGE]["start"] if len(shown) > PAGE else None
    shown = shown[:PAGE]
    for row in shown:
        row["as_read"] = as_read.text(row["start"], row["end"]).strip()
        row["kind_words"], row["review_words"] = kinds[row["kind"]], decisions[row["review"]]
    within = _within(document.raw, shown, begun=after.isdecimal(), ended=following is None)
    context = {
        **_progress(document),
        "document": document,
        "warnings": warnings_in_words(document.note),
        "lost": lost_rows(document).count(),
        "statements": shown,
        "spans": _spans(document, shown, within),
        "within": within,
        "following": following,
        "begun": after.isdecimal(),
        "kinds": Statement.Kind.choices,
        "reviews": Statement.Review.choices,
        "chosen": chosen,
        "tabs": tabs(request, document, "review"),
        "current": request.GET.get("statement", ""),
    }
    return render(request, "plan/review.html", context)


@login_required
def reading_progress(request, pk: int):
    """How far the worker is in a long text, as the progress part reads it."""
    rows = Document.objects.filter(pk=reviewed_document(request, pk).pk).annotate(length=Length("raw"))
    stage, done, total, fault = rows.values_list("stage", "read_to", "length", "fault").get()
    step = _("Looking for statements") if done else _("Looking at the text")
    if done == total:
        step = _("Keeping what was found")
    return JsonResponse(
        {
            "done": done,
            "total": total if done else 0,  # how much there is to find shows only after a first look
            "step": step,
            "rest": "",
            "finished": stage != Document.Stage.READING,
            "next": "",
            "error": fault if stage == Document.Stage.FAILED else "",
        }
    )


def _progress(document: Document) -> dict[str, int]:
    """How many of the document's statements are decided."""
    counts = Counter(dict(document.statements.order_by().values_list("review").annotate(n=Count("pk"))))
    total = counts.total()
    return {"done": total - counts[Statement.Review.PENDING], "total": total}


def _within(raw: str, shown: list[dict], *, begun: bool, ended: bool) -> tuple[int, int]:
    """The lines of the text that the shown statements stand in: from its beginning, to its end on the last page."""
    first = raw.rfind("\n", 0, shown[0]["start"]) + 1 if begun and shown else 0
    last = raw.find("\n", max(row["end"] for row in shown)) if shown and not ended else -1
    return first, last if last >= 0 else len(raw)


def _spans(document: Document, shown: list[dict], within: tuple[int, int]) -> list[Span]:
    marks = [
        Span(
            s["start"],
            s["end"],
            id=str(s["pk"]),
            css=f"statement k-{s['kind']} r-{s['review']}",
            title=str(s["kind_words"]),
        )
        for s in shown
        if s["kind"] != "time"
    ]
    marks += [Span(s["q_start"], s["q_end"], css="quantity") for s in shown if s["q_start"] is not None]
    marks += [
        Span(
            start, end, css="repaired", title=_("Repaired: “%(new)s” (%(rule)s)") % {"new": new, "rule": rule}
        )
        for start, end, new, rule in document.repairs
        if within[0] < end and start < within[1]
    ]
    return marks


@login_required
@require_POST
def decide(request, pk: int):
    """Accept, reject, reopen, merge, take the last decision back, or go on to make a commitment or tasks of the ticked statements."""
    document = reviewed_document(request, pk)
    keys = [int(key) for key in request.POST.getlist("pk") if key.isdecimal()]
    verb, in_place = request.POST.get("verb", ""), request.headers.get("Accept") == "application/json"
    try:
        if verb in ("commit", "task"):
            name = "plan:commitment_add" if verb == "commit" else "plan:task_add"
            query = "&".join(f"statement={key}" for key in keys)
            return HttpResponseRedirect(f"{reverse(name)}?{query}")
        if verb == "take_back":
            step = actions.take_back_review(request.user, document)
            said, keys = _("Undone: %(act)s") % {"act": verb_words(step.verb)}, sorted(step.statements)
            shown_anew = bool(step.made) or any(set(fields) != {"review"} for fields in step.before.values())
        else:
            said, shown_anew = _decide(request.user, document, verb, keys), verb == "merge"
    except Refusal as refusal:
        if in_place:
            return JsonResponse({"error": str(refusal)}, status=422)
        messages.error(request, str(refusal))
    else:
        if in_place and not shown_anew:
            return _as_they_stand(document, keys, said)
        messages.success(request, said)
        if in_place:
            return JsonResponse({"open": _at(request, document, keys)})
    back = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("plan:review", args=[pk]) + (back if back.startswith("?") else ""))


def _at(request, document: Document, keys: list[int]) -> str:
    """The review at the first of these statements that is still there, under the same filter."""
    query = QueryDict(request.POST.get("back", "").removeprefix("?"), mutable=True)
    first = (
        document.statements.filter(pk__in=keys).order_by("start", "pk").values_list("pk", flat=True).first()
    )
    query["statement"] = str(first or "")
    return f"{reverse('plan:review', args=[document.pk])}?{query.urlencode()}"


def _as_they_stand(document: Document, keys: list[int], said: str) -> JsonResponse:
    """What the page changes in place after a decision."""
    rows = dict(document.statements.filter(pk__in=keys).values_list("pk", "review"))
    words = {value: str(label) for value, label in Statement.Review.choices}
    return JsonResponse({"said": said, "rows": rows, "words": words, **_progress(document)})


def _decide(user, document: Document, verb: str, keys: list[int]) -> str:
    if not keys:
        raise Refusal(_("Choose at least one statement."))
    if verb == "accept":
        count = actions.accept_statements(user, document, keys)
        return ngettext("%(n)d statement accepted.", "%(n)d statements accepted.", count) % {"n": count}
    if verb == "reject":
        count = actions.reject_statements(user, document, keys)
        return ngettext("%(n)d statement rejected.", "%(n)d statements rejected.", count) % {"n": count}
    if verb == "reopen":
        count = actions.reopen_statements(user, document, keys)
        return ngettext("%(n)d decision taken back.", "%(n)d decisions taken back.", count) % {"n": count}
    if verb == "merge":
        actions.merge_statements(user, document, keys)
        return _("The statements are merged.")
    raise Refusal(_("Unknown decision: %(verb)s.") % {"verb": verb})


def _quoted(document: Document, quote: str, best: Callable[[int], Any]) -> tuple[int, int]:
    """Where the words stand in the text: of several places the one with the least of `best`."""
    pattern = re.escape(quote.replace("\r\n", "\n")).replace("\\\n", "\r?\n")
    places = [match.span() for match in re.finditer(pattern, document.raw)] if quote.strip() else []
    if not places:
        raise Refusal(
            _("The text does not hold these words."), field="quote", remedy=_("Copy them from the page.")
        )
    return min(places, key=lambda place: best(place[0]))


class StatementForm(forms.ModelForm):
    quote = forms.CharField(
        label=gettext_lazy("Sentence, quoted word for word"),
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=False,
    )
    time_role = forms.ChoiceField(label=gettext_lazy("Time role"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        roles = ((role.value, TIME_ROLES[role]) for role in TimeRole)
        self.fields["time_role"].choices = [*BLANK_CHOICE_DASH, *roles]
        read = self.instance
        self.initial["quote"] = read.sentence
        self.order_fields(["kind", "quote"])
        for name in ("value", "value_max"):
            if (value := getattr(read, name)) is not None:
                self.fields[name].help_text = formatting.number(value, current(), read.unit)

    class Meta:
        model = Statement
        fields = [
            "kind",
            "value",
            "value_max",
            "unit",
            "comparator",
            "subject",
            "time_text",
            "time_start",
            "time_end",
            "time_role",
            "speaker",
            "role",
        ]
        widgets = {"time_start": DateInput, "time_end": DateInput}


TIME_ROLES = {
    TimeRole.POINT: gettext_lazy("on the day or in the period"),
    TimeRole.PERIOD: gettext_lazy("during the period"),
    TimeRole.SINCE: gettext_lazy("since then"),
    TimeRole.DEADLINE: gettext_lazy("by then"),
    TimeRole.BASELINE: gettext_lazy("compared with then"),
    TimeRole.DURATION: gettext_lazy("for so long"),
    TimeRole.VAGUE: gettext_lazy("without a fixed time"),
}


class CorrectStatement(LoginRequiredMixin, FormPage):
    """Correct one statement."""

    title = gettext_lazy("Correct the statement")
    submit = gettext_lazy("Save the correction")
    form_class = StatementForm
    template_name = "plan/statement_form.html"

    def dispatch(self, request, *args, **kwargs):
        self.row = get_object_or_404(Statement.objects.select_related("document"), pk=kwargs["pk"])
        if request.user.is_authenticated:
            reviewed_document(request, self.row.document_id)
        return super().dispatch(request, *args, **kwargs)

    @property
    def cancel_url(self):
        return self.row.get_absolute_url()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.row}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, row=Statement.objects.get(pk=self.row.pk))

    def perform(self, form) -> str:
        row = Statement.objects.get(pk=self.row.pk)
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "quote"}
        start, end = _quoted(row.document, form.cleaned_data["quote"], lambda at: abs(at - row.start))
        if (start, end) != (row.start, row.end):
            changes |= {"start": start, "end": end}
        actions.correct_statement(self.request.user, row, changes)
        return _("The correction is kept and applied whenever this text is read again.")

    def get_success_url(self):
        return (
            reverse("plan:review", args=[self.row.document_id]) + f"?statement={self.row.pk}#s{self.row.pk}"
        )


class SplitForm(forms.Form):
    head = forms.CharField(
        label=gettext_lazy("First part"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Cut the sentence where the first part ends; the rest becomes the second."),
        strip=False,
    )


class SplitStatement(CorrectStatement):
    """Split one statement in two."""

    title = submit = gettext_lazy("Split the statement")
    form_class = SplitForm

    def get_form_kwargs(self):
        return {**FormPage.get_form_kwargs(self), "initial": {"head": self.row.sentence}}

    def perform(self, form) -> str:
        head = form.cleaned_data["head"].rstrip()
        if not self.row.sentence.startswith(head):
            raise Refusal(_("The first part must be the beginning of the sentence."), field="head")
        actions.split_statement(self.request.user, self.row, self.row.start + len(head))
        return _("The statement is split.")


class AddForm(forms.Form):
    quote = forms.CharField(
        label=gettext_lazy("Sentence, quoted word for word"),
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=True,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Statement.Kind.choices)


class AddStatement(LoginRequiredMixin, FormPage):
    """Add a statement the reader did not find, by quoting it."""

    title = gettext_lazy("Add a statement")
    submit = gettext_lazy("Add the statement")
    form_class = AddForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            reviewed_document(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form) -> str:
        document, kind = reviewed_document(self.request, self.kwargs["pk"]), form.cleaned_data["kind"]
        known = set(document.statements.filter(kind=kind).values_list("start", flat=True))
        start, end = _quoted(document, form.cleaned_data["quote"], lambda at: (at in known, at))
        actions.add_statement(self.request.user, document, kind=kind, start=start, end=end)
        return _("The statement is added.")

    def get_success_url(self):
        return reverse("plan:review", args=[self.kwargs["pk"]])
