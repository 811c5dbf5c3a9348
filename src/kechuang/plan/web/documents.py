"""Documents: list, taking in, statements, history, difference to the former edition."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import files
from kechuang.core.acts import may
from kechuang.core.errors import Refusal
from kechuang.core.events import events_of
from kechuang.core.language import in_language
from kechuang.core.models import Organisation, Secrecy, StoredFile
from kechuang.core.templatetags.parts import state_bar
from kechuang.core.web.forms import DateInput, FormPage, refused
from kechuang.core.web.history import moments
from kechuang.core.web.importing import trial_token, tried_file
from kechuang.core.web.listing import Column, DateFacet, Facet, ListPage, named
from kechuang.core.web.record import Act
from kechuang.core.web.states import in_words
from kechuang.plan import actions
from kechuang.plan.models import Correction, Document, Statement
from kechuang.plan.queries.editions import Fate, changes_of
from kechuang.plan.queries.living import public_counts, public_documents, visible_documents
from kechuang.plan.web.comments import comments_on
from kechuang.plan.web.living import tabs

KINDS, STAGES = dict(Document.Kind.choices), dict(Document.Stage.choices)
TITLE = Column(
    "title",
    gettext_lazy("Document"),
    fields=("title", "title_en"),
    value=lambda row: in_language(row["title"], row["title_en"]),
    sort=True,
)


class Documents(LoginRequiredMixin, ListPage):
    key = "plan-documents"
    title = gettext_lazy("Documents")
    columns = [
        TITLE,
        Column("kind", gettext_lazy("Kind"), choices=KINDS, sort=True),
        named("issuer", gettext_lazy("Issuer"), "issuer__name", sort=True),
        Column("published_on", gettext_lazy("Published on"), format="day", sort=True),
        Column("stage", gettext_lazy("Review"), choices=STAGES, sort=True),
        Column(
            "lost",
            gettext_lazy("Decisions without a place"),
            value=lambda row: row["lost"] or None,
            cell=lambda row: row["lost"] or "",
            link=lambda row: reverse("plan:lost", args=[row["pk"]]) if row["lost"] else None,
            align="end",
            sort=True,
        ),
        Column("secrecy", gettext_lazy("Secrecy"), choices=dict(Secrecy.choices), sort=True, optional=True),
        Column("source", gettext_lazy("Source"), optional=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=KINDS),
        Facet("stage", gettext_lazy("Review"), choices=STAGES),
        DateFacet("published_on", gettext_lazy("Published on")),
    ]
    search_fields = ["title", "title_en", "raw"]
    default_sort = "-published_on"
    empty_title = gettext_lazy("No documents yet")
    empty_text = gettext_lazy("Add a published document; its promises and figures are read from it.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not may(request.user, "plan.place_correction"):
            self.columns = [column for column in self.columns if column.key != "lost"]

    def queryset(self):
        lost = Correction.objects.filter(digest=OuterRef("digest"), lost=True).order_by().values("digest")
        counted = Coalesce(Subquery(lost.annotate(n=Count("pk")).values("n")), 0)
        return visible_documents(self.request.user).annotate(lost=counted)

    def row_url(self, row):
        return reverse("plan:document", args=[row["pk"]])

    def acts(self):
        return [
            Act(_("Add a document"), reverse("plan:document_add"), verb="plan.add_document", primary=True)
        ]


class PublicDocuments(ListPage):
    key = "plan-public"
    title = gettext_lazy("Published promises")
    intro = gettext_lazy("Documents of this centre, each promise in its present state.")
    columns = [
        TITLE,
        Column("promises", gettext_lazy("Promises"), fields=("pk",), format="number"),
        Column("states", gettext_lazy("By state"), fields=("pk",)),
        named("issuer", gettext_lazy("Issuer"), "issuer__name", sort=True),
        Column("published_on", gettext_lazy("Published on"), format="day", sort=True),
    ]
    search_fields = ["title", "title_en", "raw"]
    default_sort = "-published_on"
    empty_title = gettext_lazy("Nothing is published yet")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        counts = public_counts()

        def of(row) -> dict:
            return counts.get(row["pk"], {})

        told = {
            "promises": {"value": lambda row: sum(of(row).values())},
            "states": {
                "value": lambda row: in_words(of(row)),
                "cell": lambda row: state_bar(of(row), legend=False, label=in_words(of(row))),
            },
        }
        self.columns = [replace(column, **told.get(column.key, {})) for column in self.columns]

    def queryset(self):
        return public_documents()

    def row_url(self, row):
        return reverse("plan:public_document", args=[row["pk"]])


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("Text, HTML, Word or PDF with a text layer."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Empty: the first line."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Document.Kind.choices, initial=Document.Kind.NEWS
    )
    published_on = forms.DateField(
        label=gettext_lazy("Published on"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Empty: the date the document itself bears."),
    )
    issuer = forms.ModelChoiceField(Organisation.objects.all(), label=gettext_lazy("Issuer"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=500)
    secrecy = forms.TypedChoiceField(
        label=gettext_lazy("Secrecy"), choices=Secrecy.choices, coerce=int, initial=Secrecy.INTERNAL
    )

    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    sure_of_date = forms.BooleanField(
        label=gettext_lazy("The date is right as given"), required=False, widget=forms.HiddenInput
    )

    def clean(self):
        given = super().clean()
        if "file" not in self.errors and not (
            given.get("file") or given.get("kept") or (given.get("text") or "").strip()
        ):
            self.add_error("file", _("Choose a file or paste a text."))
        return given


class AddDocument(LoginRequiredMixin, FormPage):
    """Take in a document."""

    title = gettext_lazy("Add a document")
    intro = gettext_lazy(
        "The text is kept exactly as it came; every repair and every statement points back into it."
    )
    submit = gettext_lazy("Add and read the document")
    form_class = DocumentForm
    doubted = False

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not may(request.user, "plan.add_document"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _former(self) -> Document | None:
        key = self.request.GET.get("former", "")
        return visible_documents(self.request.user).filter(pk=key).first() if key.isdecimal() else None

    def perform(self, form) -> str:
        given = form.cleaned_data
        upload, former = given.pop("file"), self._former()
        text, stored = given.pop("text"), self._kept(given.pop("kept"))
        if upload:
            data, name = files.received(upload), upload.name
        elif stored:
            data, name = stored.content.read(), stored.name
        elif text.strip():
            data, name = text.encode(), "pasted.txt"
        else:
            raise Refusal(_("The upload is too old. Choose the file again."), field="file")
        given["title"] = given["title"] or (former.title if former else "")
        try:
            self.document = actions.add_document(
                self.request.user, data=data, name=name, former_edition=former, **given
            )
        except Refusal as refusal:
            self.doubted = refusal.field == "published_on"
            raise
        if self.document.stage == Document.Stage.READING:
            return _("The document is taken in.")
        return _("Read: %(n)d statements found.") % {"n": self.document.statements.count()}

    def form_invalid(self, form):
        """What was uploaded is kept, so that nobody has to choose it again; a doubtful date can be confirmed."""
        if self.doubted:
            form.fields["sure_of_date"].widget = forms.CheckboxInput()
        if stored := self._keep(form):
            form.data = form.data.copy()
            form.data["kept"] = trial_token(self.request.path, self.request.user, stored)
            form["file"].help_text = _("%(name)s is kept; choose a file only to replace it.") % {
                "name": stored.name
            }
        return super().form_invalid(form)

    def _keep(self, form) -> StoredFile | None:
        if "file" in form.errors:
            return None
        if upload := form.files.get("file"):
            upload.seek(0)
            level = form.cleaned_data.get("secrecy", 1)
            try:
                return files.keep(self.request.user, upload.name, files.received(upload), secrecy=level)
            except Refusal as refusal:
                refused(form, refusal)
                return None
        return self._kept(form.data.get("kept", ""))

    def _kept(self, token: str) -> StoredFile | None:
        return tried_file(self.request.path, self.request.user, token) if token else None

    def get_success_url(self):
        return reverse("plan:review", args=[self.document.pk])


class Statements(LoginRequiredMixin, ListPage):
    key = "plan-statements"
    title = gettext_lazy("Statements")
    template_name = "plan/statements.html"
    columns = [
        Column("sentence", gettext_lazy("Sentence")),
        Column("kind", gettext_lazy("Kind"), choices=dict(Statement.Kind.choices), sort=True),
        Column("value", gettext_lazy("Value"), format="number", sort=True),
        Column("unit", gettext_lazy("Unit")),
        Column("subject", gettext_lazy("Subject"), optional=True),
        Column("time_start", gettext_lazy("From"), format="day", sort=True),
        Column("time_end", gettext_lazy("To"), format="day", sort=True),
        Column("speaker", gettext_lazy("Speaker"), sort=True),
        Column("confidence", gettext_lazy("Confidence"), format="percent", sort=True),
        Column("review", gettext_lazy("Review"), choices=dict(Statement.Review.choices), sort=True),
        Column("start", gettext_lazy("Place"), format="number", sort=True, optional=True),
    ]
    facets = [
        Facet("kind", gettext_lazy("Kind"), choices=dict(Statement.Kind.choices)),
        Facet("review", gettext_lazy("Review"), choices=dict(Statement.Review.choices)),
        Facet("speaker", gettext_lazy("Speaker")),
    ]
    search_fields = ["sentence", "speaker", "subject"]
    default_sort = "start"

    def queryset(self):
        self.document = get_object_or_404(visible_documents(self.request.user), pk=self.kwargs["pk"])
        return self.document.statements.all()

    def row_url(self, row):
        if not may(self.request.user, "plan.accept_statements"):
            return self.document.get_absolute_url()
        return reverse("plan:review", args=[self.kwargs["pk"]]) + f"?statement={row['pk']}#s{row['pk']}"

    def extra(self):
        return {"document": self.document, "tabs": tabs(self.request, self.document, "statements")}


def _member_document(request, pk: int) -> Document:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return get_object_or_404(visible_documents(request.user), pk=pk)


def history(request, pk: int):
    """Events of the document."""
    document = _member_document(request, pk)
    context = {
        "document": document,
        "tabs": tabs(request, document, "history"),
        "moments": moments(events_of(document), request.user),
        **comments_on("document", pk),
    }
    return render(request, "plan/document_history.html", context)


FATES = {
    Fate.AMENDED: gettext_lazy("Amended"),
    Fate.SUPERSEDED: gettext_lazy("Superseded"),
    Fate.WITHDRAWN: gettext_lazy("Withdrawn"),
    Fate.NEW: gettext_lazy("New"),
    Fate.CARRIED: gettext_lazy("As before"),
    Fate.SILENT: gettext_lazy("Not repeated, still in force"),
}


def difference(request, pk: int):
    """What this edition changed against the former one."""
    document = _member_document(request, pk)
    former = document.former_edition
    if former is not None and not visible_documents(request.user).filter(pk=former.pk).exists():
        raise PermissionDenied
    context = {
        "document": document,
        "former": former,
        "tabs": tabs(request, document, "diff"),
        "changes": [(FATES[change.fate], change) for change in changes_of(document, request.user)],
    }
    return render(request, "plan/document_diff.html", context)
