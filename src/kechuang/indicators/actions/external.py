"""Values published elsewhere about cities: from a sheet, with source, edition and licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from kechuang.core.acts import act
from kechuang.core.events import record
from kechuang.core.models import Role, StoredFile
from kechuang.core.roles import has_role
from kechuang.core.sheets import Taken
from kechuang.indicators.models import ExternalValue

KEY = ("index", "edition", "dimension", "city_zh", "year")
REST = ("dimension_en", "city_en", "value", "rank", "source", "licence", "synthetic")
PLACES = Decimal("0.000001")


@act("indicators.import_external", may=has_role(Role.ANALYST))
def import_external(actor: Any, rows: Iterable[Mapping[str, Any]], source: StoredFile | None) -> Taken:
    """Take in published values by index, edition, dimension, city and year; missing values stay missing.

    Without the file they came in this is a trial: nothing is written.
    """
    known = {tuple(getattr(row, key) for key in KEY): row for row in ExternalValue.objects.all()}
    new, changed, same = [], [], 0
    for given in rows:
        facts = {name: given[name] for name in (*KEY, *REST)}
        facts["value"] = None if facts["value"] is None else facts["value"].quantize(PLACES)
        row = known.get(tuple(facts[key] for key in KEY))
        if row is None:
            known[tuple(facts[key] for key in KEY)] = row = ExternalValue(**facts)
            new.append(row)
        elif any(getattr(row, key) != facts[key] for key in REST):
            for key in REST:
                setattr(row, key, facts[key])
            changed.append(row)
        else:
            same += 1
    if source is not None and (new or changed):
        with transaction.atomic():
            ExternalValue.objects.bulk_create(new, batch_size=500)
            ExternalValue.objects.bulk_update([row for row in changed if row.pk], REST, batch_size=500)
            record(
                actor,
                "indicators.import_external",
                source,
                after={"added": len(new), "changed": len(changed)},
            )
    return Taken(len(new), len(changed), same)
