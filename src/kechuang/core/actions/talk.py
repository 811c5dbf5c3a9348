"""Comments on records, and saved views of lists."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kechuang.core import clock, kinds, notices
from kechuang.core.acts import act
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.events import record
from kechuang.core.models import Comment, SavedView
from kechuang.core.roles import is_person, signed_in

LONGEST_QUERY = 4000


@act("core.comment", may=signed_in)
def comment(actor: Any, obj: models.Model, text: str) -> Comment:
    """Comment on any record one may see; people named by @ are told, if they may see it too."""
    if not kinds.visible(actor, obj):
        raise NotPermitted("core.comment")
    if not text.strip():
        raise Refusal(_("The comment is empty."), field="text")
    row = Comment.objects.create(
        kind=kinds.kind_of(obj), object_id=str(obj.pk), author=actor, at=clock.now(), text=text.strip()
    )
    told = notices.mentioned(text, obj)
    row.mentions.set(told)
    record(actor, "core.comment", obj, after={"comment": row.pk, "mentions": told})
    notices.notify(
        told,
        lambda: _("%(who)s mentioned you: %(what)s") % {"who": actor, "what": obj},
        key=f"mention:{row.pk}",
        url=kinds.address(obj),
    )
    return row


@act("core.save_view", may=signed_in)
def save_view(actor: Any, page: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep a list's address under a name."""
    if not name.strip():
        raise Refusal(_("Give the view a name."), field="name")
    if len(page) > 80 or len(query) > LONGEST_QUERY:
        raise Refusal(_("This list's address is too long to be kept."), field="query")
    view, _created = SavedView.objects.update_or_create(
        user=actor, page=page, name=name.strip()[:80], defaults={"query": query, "shared": shared}
    )
    record(actor, "core.save_view", actor, after={"name": view.name, "page": page, "shared": shared})
    return view


@act("core.delete_view", may=is_person("user"))
def delete_view(actor: Any, view: SavedView) -> None:
    """Drop one of one's own saved views."""
    record(actor, "core.delete_view", actor, before={"name": view.name, "page": view.page})
    view.delete()
