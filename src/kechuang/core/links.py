"""Links between records of different domains."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models

from kechuang.core import kinds
from kechuang.core.models.links import Link


def link(source: models.Model, role: str, target: models.Model) -> Link:
    """Make the link once; asking again returns the one that is there."""
    row, _ = Link.objects.get_or_create(
        from_kind=kinds.kind_of(source),
        from_id=str(source.pk),
        role=role,
        to_kind=kinds.kind_of(target),
        to_id=str(target.pk),
    )
    return row


def unlink(source: models.Model, role: str, target: models.Model) -> None:
    """Take the link away, if it is there."""
    Link.objects.filter(
        from_kind=kinds.kind_of(source),
        from_id=str(source.pk),
        role=role,
        to_kind=kinds.kind_of(target),
        to_id=str(target.pk),
    ).delete()


def targets(source: models.Model, role: str = "") -> list[models.Model]:
    """Records the source points at (in `role`), gone ones left out."""
    rows = Link.objects.filter(from_kind=kinds.kind_of(source), from_id=str(source.pk))
    if role:
        rows = rows.filter(role=role)
    return [obj for row in rows.order_by("id") if (obj := kinds.resolve(row.to_kind, row.to_id))]


def dangling() -> Iterator[str]:
    """Links with an end that no longer exists, one line each."""
    for row in Link.objects.order_by("id").iterator():
        for kind, object_id in ((row.from_kind, row.from_id), (row.to_kind, row.to_id)):
            if kinds.resolve(kind, object_id) is None:
                yield f"link {row.pk} ({row.role}): {kind} {object_id} does not exist"
