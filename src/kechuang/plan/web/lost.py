"""Earlier decisions that found no place when the text was read again: listed, placed by hand, dropped."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import FormPage
from kechuang.core.web.history import field_words
from kechuang.plan import actions
from kechuang.plan.models import Correction, Statement
from kechuang.plan.queries.lost import Lost, lost_of, lost_rows
from kechuang.plan.web.living import tabs
from kechuang.plan.web.review import reviewed_document

KINDS, REVIEWS = dict(Statement.Kind.choices), dict(Statement.Review.choices)
SHORT = 80


def in_words(lost: Lost) -> str:
    """What was decided: accepted, rejected, or which fields were put right and how."""
    put_right = [
        pgettext("event", "%(field)s: %(value)s")
        % dict(zip(("field", "value"), _field(name, value), strict=True))
        for name, value in lost.corrected.items()
    ]
    return formatting.joined([str(REVIEWS[lost.review]), *put_right], current())


def _field(name: str, value: object) -> tuple[str, str]:
    return field_words("plan.statement", name, value, {})


def named(lost: Lost) -> str:
    return f"{KINDS[lost.kind]} · {Truncator(lost.quote).chars(SHORT)} · {in_words(lost)}"


@login_required
def lost_page(request, pk: int):
    """The decisions of a document that found no place."""
    document = reviewed_document(request, pk)
    context = {
        "document": document,
        "rows": [(row, KINDS[row.kind], in_words(row)) for row in lost_of(document)],
        "tabs": tabs(request, document, "review"),
    }
    return render(request, "plan/lost.html", context)


class PlaceForm(forms.Form):
    statement = forms.ModelChoiceField(
        Statement.objects.none(),
        label=gettext_lazy("Let it hold for"),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("a statement of its own, at the place it was made for"),
    )

    def __init__(self, *args, lost: Lost, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statement"]
        field.queryset = Statement.objects.filter(pk__in=[row.pk for row in lost.near])
        field.label_from_instance = lambda row: f"{KINDS[row.kind]} · {row.as_read}"
        if lost.near:
            self.initial["statement"] = lost.near[0]


class PlaceCorrection(LoginRequiredMixin, FormPage):
    title = gettext_lazy("Place the decision again")
    submit = gettext_lazy("Place the decision")
    form_class = PlaceForm
    template_name = "plan/lost_place.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.document = reviewed_document(request, kwargs["pk"])
            self.row = get_object_or_404(lost_rows(self.document), pk=kwargs["correction"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def lost(self) -> Lost:
        return lost_of(self.document, self.row.pk)[0]

    @property
    def cancel_url(self):
        return reverse("plan:lost", args=[self.document.pk])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "lost": self.lost}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs, lost=self.lost, said=in_words(self.lost), kind=KINDS[self.lost.kind]
        )

    def perform(self, form) -> str:
        chosen = form.cleaned_data["statement"]
        self.placed = actions.place_correction(self.request.user, self.document, self.row, chosen)
        return _("The decision holds again, also when the text is read anew.")

    def get_success_url(self):
        if lost_rows(self.document).exists():
            return self.cancel_url
        return f"{self.document.review_url}?statement={self.placed.pk}#s{self.placed.pk}"


class DropForm(forms.Form):
    corrections = forms.ModelMultipleChoiceField(
        Correction.objects.none(),
        label=gettext_lazy("Decisions to drop"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, lost: list[Lost], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field, words = self.fields["corrections"], {row.correction.pk: named(row) for row in lost}
        field.queryset = Correction.objects.filter(pk__in=words).order_by("pk")
        field.label_from_instance = lambda row: words[row.pk]


class DropCorrections(ActPage):
    verb = "plan.drop_corrections"
    title = button = gettext_lazy("Drop decisions")
    form_class = DropForm

    def target(self):
        return reviewed_document(self.request, self.kwargs["pk"])

    def form_arguments(self) -> dict:
        return {"lost": lost_of(self.object)}

    def initial(self):
        """The one that was asked for; else those that rejected what is not found any more."""
        asked = self.request.GET.get("correction", "")
        lost = lost_of(self.object)
        if asked.isdecimal():
            return {"corrections": [int(asked)]}
        return {"corrections": [row.correction.pk for row in lost if row.review == Statement.Review.REJECTED]}

    def what(self):
        return [
            _(
                "They are not applied any more when the text is read again; the record of acts keeps their words."
            )
        ]

    def perform(self, form) -> str:
        count = actions.drop_corrections(self.request.user, self.object, form.cleaned_data["corrections"])
        return ngettext("%(n)d decision is dropped.", "%(n)d decisions are dropped.", count) % {"n": count}

    def done_url(self):
        left = lost_rows(self.object).exists()
        return reverse("plan:lost", args=[self.object.pk]) if left else self.object.review_url
