"""Values published elsewhere about cities: from a sheet, with source, edition and licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kechuang.core import clock
from kechuang.core.acts import act
from kechuang.core.events import record
from kechuang.core.models import Role, StoredFile
from kechuang.core.roles import has_role
from kechuang.indicators.actions.return_import import Taken
from kechuang.indicators.models import ExternalValue
from kechuang.indicators.queries import sheets

KEY = ("index", "edition", "dimension", "city_zh", "year")
REST = ("city_en", "value", "rank", "source", "licence", "synthetic")
HEADS = {
    "index": ("index", "指数"),
    "edition": ("edition", "版次"),
    "dimension": ("dimension", "维度"),
    "city_zh": ("city_zh", "city", "城市"),
    "city_en": ("city_en", "城市英文名"),
    "year": ("year", "年份"),
    "value": ("value", "数值"),
    "rank": ("rank", "排名"),
    "source": ("source", "来源"),
    "licence": ("licence", "license", "许可"),
    "synthetic": ("synthetic", "合成"),
}


@act("indicators.import_external", may=has_role(Role.ANALYST))
def import_external(actor: Any, name: str, content: bytes, *, dry_run: bool = False) -> Taken:
    """Take in a sheet of published values. Any wrong cell refuses the whole sheet; missing values stay missing."""
    names = {head: key for key, heads in HEADS.items() for head in heads}
    rows = [_row(number, row) for number, row in sheets.read(name, content, names)]
    return keep_external(actor, rows, name=name, dry_run=dry_run)


def keep_external(
    actor: Any, rows: Iterable[Mapping[str, Any]], *, name: str, dry_run: bool = False
) -> Taken:
    """Add or change values by index, edition, dimension, city and year; one event with the counts."""
    known = {tuple(getattr(row, key) for key in KEY): row for row in ExternalValue.objects.all()}
    new, changed, same = [], [], 0
    for facts in rows:
        row = known.get(tuple(facts[key] for key in KEY))
        if row is None:
            row = ExternalValue(**facts)
            new.append(row)
            known[tuple(facts[key] for key in KEY)] = row
        elif any(getattr(row, key) != facts[key] for key in REST):
            for key in REST:
                setattr(row, key, facts[key])
            changed.append(row)
        else:
            same += 1
    if not dry_run and (new or changed):
        with transaction.atomic():
            ExternalValue.objects.bulk_create(new, batch_size=500)
            ExternalValue.objects.bulk_update([r for r in changed if r.pk], REST, batch_size=500)
            _one_event(actor, name, len(new), len(changed))
    return Taken(len(new), len(changed), same)


def _one_event(actor: Any, name: str, added: int, changed: int) -> None:
    import hashlib

    digest = hashlib.sha256(f"{name}:{added}:{changed}:{ExternalValue.objects.count()}".encode()).hexdigest()
    batch, _new = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={
            "name": name[:255],
            "media_type": "text/csv",
            "size": added + changed,
            "uploaded_at": clock.now(),
        },
    )
    record(actor, "indicators.import_external", batch, after={"added": added, "changed": changed})


def _row(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    for key in ("index", "edition", "city_zh", "year", "source"):
        if row.get(key) in (None, ""):
            raise sheets.fault(
                number, key, row.get(key), _("Every value needs index, edition, city, year, source.")
            )
    facts = {key: str(row.get(key) or "").strip() for key in (*KEY, *REST)}
    facts["year"] = _whole(number, "year", row["year"], 1900, 2100)
    facts["rank"] = (
        _whole(number, "rank", row["rank"], 1, 100_000) if row.get("rank") not in (None, "") else None
    )
    facts["value"] = _number(number, row.get("value"))
    facts["synthetic"] = facts["synthetic"].lower() in ("1", "true", "yes", "是")
    return facts


def _whole(number: int, column: str, value: Any, low: int, high: int) -> int:
    try:
        found = int(str(value).strip().removesuffix(".0"))
    except ValueError:
        found = low - 1
    if not low <= found <= high:
        raise sheets.fault(number, column, value, _("Write a whole number."))
    return found


def _number(number: int, value: Any) -> Decimal | None:
    if value is None or str(value).strip() == "":
        return None
    try:
        return Decimal(str(value).strip()).quantize(Decimal("0.000001"))
    except InvalidOperation as error:
        raise sheets.fault(number, "value", value, _("Write a plain number, or leave it empty.")) from error
