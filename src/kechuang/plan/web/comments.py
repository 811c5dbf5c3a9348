"""Comments with @mention on the plan office's records."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.core import actions as core
from kechuang.core.errors import Refusal
from kechuang.core.kernel import formatting
from kechuang.core.language import current
from kechuang.core.models import Comment
from kechuang.core.notices import unheard
from kechuang.plan.queries.living import visible_documents
from kechuang.plan.queries.work import visible_commitments, visible_tasks

VISIBLE = {"task": visible_tasks, "commitment": visible_commitments, "document": visible_documents}


def comments_on(kind: str, pk: int) -> dict:
    """Context of `plan/comments.html`."""
    rows = Comment.objects.filter(kind=f"plan.{kind}", object_id=str(pk)).select_related("author__person")
    return {"comments": rows, "comment_url": reverse("plan:comment", args=[kind, pk])}


@login_required
@require_POST
def comment(request, kind: str, pk: int):
    """Comment; people named with @ are told if they may see the record."""
    if kind not in VISIBLE:
        raise Http404
    row = get_object_or_404(VISIBLE[kind](request.user), pk=pk)
    text = request.POST.get("text", "")
    try:
        made = core.comment(request.user, row, text)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        told = formatting.joined(made.mentions.all(), current())
        words = (
            _("The comment is added; told: %(people)s.") % {"people": told}
            if told
            else _("The comment is added.")
        )
        messages.success(request, words)
        if missed := unheard(text, row):
            names = formatting.joined((f"@{name}" for name in missed), current())
            words = _("Not told: %(names)s. There is no such account, or it may not see this record.")
            messages.warning(request, words % {"names": names})
    page = reverse("plan:document_history", args=[pk]) if kind == "document" else row.get_absolute_url()
    return HttpResponseRedirect(f"{page}#comments")
