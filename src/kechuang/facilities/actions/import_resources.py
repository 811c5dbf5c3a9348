"""Bulk import of resources: checked in the engine, merged set-wise in one transaction, one event, the same twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from kechuang.core import files, search
from kechuang.core.acts import System, act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import Organisation, OrganisationName, Role
from kechuang.core.roles import has_role, organisations_of, roles_of
from kechuang.facilities.actions.catalogue import next_revision
from kechuang.facilities.engine import resource_table
from kechuang.facilities.engine.charges import band
from kechuang.facilities.engine.resource_table import Checked, Fault, TableError
from kechuang.facilities.models import Capability, Resource
from kechuang.indicators.actions import changed

CHUNK = 500
SEARCH_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: rows added, changed, the same; faults with their place and remedy."""

    added: int
    changed: int
    same: int
    faults: list[Fault]
    wrong: int
    digest: str


@act("facilities.import_resources", may=has_role(Role.MANAGER, Role.OFFICER))
def import_resources(
    actor: Any, data: bytes, name: str, *, dry_run: bool = False, synthetic: bool = False
) -> Imported:
    """Import resources from a table, all or nothing; managers only those of their own organisations."""
    try:
        checked = resource_table.check(
            resource_table.read(data, name),
            kinds=_words(Resource.Kind.choices),
            capabilities=_words(Capability.choices),
            owner_of=_owners(actor),
        )
    except TableError as error:
        raise Refusal(str(error), field="file") from error
    if not checked.rows and not checked.wrong:
        raise Refusal(_("The table has no rows."), field="file", remedy=_("Fill in at least one row."))
    names = _fields(checked)
    added, different, same = _compared(checked)
    digest = hashlib.sha256(data).hexdigest()
    result = Imported(len(added), len(different), same, checked.faults, checked.wrong, digest)
    if dry_run or checked.wrong or not (added or different):
        return result
    _merge(added, different, names, synthetic)
    batch = files.keep(actor, name, data)
    after = {"added": result.added, "changed": result.changed, "same": result.same, "digest": digest}
    record(actor, "facilities.import_resources", batch, after=after)
    changed("facilities.resource")
    return result


def _words(choices: list) -> dict[str, str]:
    """Codes and their words in both languages → code."""
    found = {code: code for code, _word in choices}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(word): code for code, word in choices}
    return found


def _owners(actor: Any) -> Callable[[str], int | str]:
    """Name → key of the organisation, or why it cannot own."""
    known = {name: pk for pk, name in OrganisationName.objects.values_list("organisation", "name")}
    parents: dict[int, int | None] = {}
    for pk, parent, zh, en in Organisation.objects.values_list("pk", "parent", "name_zh", "name_en"):
        parents[pk] = parent
        known |= {name: pk for name in (zh, en) if name}
    free = isinstance(actor, System) or bool(roles_of(actor) & {"officer", "admin"})
    mine = set() if free else organisations_of(actor, Role.MANAGER)

    def keeps(pk: int | None) -> bool:
        seen = set()
        while pk is not None and pk not in seen:
            if pk in mine:
                return True
            seen.add(pk)
            pk = parents.get(pk)
        return False

    def owner_of(name: str) -> int | str:
        pk = known.get(name)
        if pk is None:
            return _("No organisation has this name: register it first, or correct the spelling.")
        if not free and not keeps(pk):
            return _("You do not manage this organisation: leave the row to its manager.")
        return pk

    return owner_of


def _compared(checked: Checked) -> tuple[list[Resource], dict[int, Resource], int]:
    """New rows, rows that differ from what is stored by its key, and how many are the same."""
    added, different, same = [], {}, 0
    names = _fields(checked)
    stored = Resource.objects.order_by().values_list("code", "pk", *names).iterator(5000)
    known = {code: (pk, values) for code, pk, *values in stored}
    for row in checked.rows:
        row["owner_id"] = row.pop("owner")
        if "capability" in row:
            row["capability"] = row["capability"] or Capability.OTHER
        pk, former = known.get(row["code"], (None, None))
        if former is None:
            added.append(Resource(**row))
        elif any(row[name] != value for name, value in zip(names, former, strict=True)):
            different[pk] = Resource(**row)
        else:
            same += 1
    return added, different, same


def _fields(checked: Checked) -> list[str]:
    """The fields the table gives."""
    given = checked.rows[0] if checked.rows else {}
    return ["owner_id" if name == "owner" else name for name in given]


def _merge(added: list[Resource], different: dict[int, Resource], names: list[str], synthetic: bool) -> None:
    """Two statements, in batches, and the search entries of what they touched."""
    revision = next_revision()
    for row in [*added, *different.values()]:
        row.revision = revision
        row.price_band = band(row.rate_academic_fen)
        row.synthetic = synthetic
    Resource.objects.bulk_create(added, batch_size=CHUNK)
    update = ["owner" if name == "owner_id" else name for name in names if name != "code"] + ["revision"]
    Resource.objects.bulk_create(
        different.values(),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*update, *(["price_band"] if "rate_academic_fen" in names else [])],
    )
    rows = Resource.objects.filter(revision=revision).select_related("owner").order_by("pk")
    batch: list[Resource] = []
    for row in rows.iterator(SEARCH_CHUNK):
        batch.append(row)
        if len(batch) == SEARCH_CHUNK:
            search.refresh_many(batch)
            batch = []
    search.refresh_many(batch)
