"""Bulk import of organisations: one event with the counts, the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from kechuang.core import search
from kechuang.core.acts import act
from kechuang.core.engine.ror import RorRecord
from kechuang.core.events import record
from kechuang.core.models import Identifier, Organisation, OrganisationName, Role, StoredFile
from kechuang.core.roles import has_role
from kechuang.core.sheets import Taken


@act("core.import_organisations", may=has_role(Role.OFFICER))
def import_organisations(actor: Any, records: Sequence[RorRecord], source: StoredFile | None) -> Taken:
    """Add organisations of ROR records and change those whose names differ; matched by ROR, then by name.

    By name only where the organisation has no ROR yet, and never by a record that was withdrawn: two bodies of one name
    stay two. Each organisation stands as its record says: in being, no longer active, or withdrawn. `source` is the file the
    records came in; the import is one event of it, with the counts. Without it this is a trial: nothing is written.
    """
    known = {
        i.value: i.organisation
        for i in Identifier.objects.filter(scheme="ror").select_related("organisation")
    }
    without_ror = Organisation.objects.exclude(identifiers__scheme="ror")
    by_name = {organisation.name_zh: organisation for organisation in without_ror}
    added = changed = same = 0
    touched: list[Organisation] = []
    with transaction.atomic():
        for entry in records:
            row = known.get(entry.ror) or _by_name(by_name, entry)
            facts = _facts(entry, row)
            if row is None:
                row = Organisation.objects.create(**facts)
                added += 1
            elif entry.ror in known and all(getattr(row, name) == value for name, value in facts.items()):
                same += 1
                continue
            else:
                for name, value in facts.items():
                    setattr(row, name, value)
                row.save()
                changed += 1
            _details(row, entry)
            touched.append(row)
        if source is None:
            transaction.set_rollback(True)
    result = Taken(added, changed, same)
    if touched and source:
        search.refresh_many(touched)
        after = {"added": added, "changed": changed}
        record(actor, "core.import_organisations", source, after=after, also=touched)
    return result


def _by_name(known: dict[str, Organisation], entry: RorRecord) -> Organisation | None:
    return None if entry.standing == Organisation.Standing.WITHDRAWN else known.pop(entry.name_zh, None)


def _facts(entry: RorRecord, row: Organisation | None) -> dict[str, Any]:
    """An organisation that is there keeps its own Chinese name, kind and founding day."""
    if row is not None:
        return {"name_en": row.name_en or entry.name_en[:300], "standing": entry.standing}
    founded = date(entry.founded, 1, 1) if entry.founded else None
    return {
        "name_zh": entry.name_zh[:200],
        "name_en": entry.name_en[:300],
        "kind": entry.kind,
        "founded": founded,
        "standing": entry.standing,
    }


def _details(row: Organisation, entry: RorRecord) -> None:
    Identifier.objects.bulk_create(
        [
            Identifier(organisation=row, scheme=scheme[:20], value=value[:200])
            for scheme, value in entry.identifiers.items()
        ],
        ignore_conflicts=True,
    )
    present = set(row.names.values_list("name", flat=True))
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=row, name=name[:300], language=language, alias=True)
            for name, language in dict(entry.aliases).items()
            if name and name[:300] not in present
        ]
    )
