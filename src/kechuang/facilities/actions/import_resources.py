"""Bulk import of resources: checked in the engine, merged set-wise in one transaction, one event, the same twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_noop, override

from kechuang.core import search
from kechuang.core.acts import System, act
from kechuang.core.engine.sheets import Field, Sheet, Wrong
from kechuang.core.errors import NotPermitted
from kechuang.core.events import record, vouched_for
from kechuang.core.models import Organisation, OrganisationName, Role, StoredFile
from kechuang.core.roles import has_role, organisations_of, roles_of
from kechuang.core.sheets import Taken, table_of, without_faults
from kechuang.facilities.actions.catalogue import next_revision
from kechuang.facilities.engine import resource_table
from kechuang.facilities.engine.charges import band
from kechuang.facilities.models import Capability, Resource
from kechuang.indicators.actions import changed

CHUNK = 500
SEARCH_CHUNK = 5000


def resource_columns(actor: Any) -> list[Field]:
    """The columns of the table, as this person may fill them in."""
    return resource_table.columns(_words(Resource.Kind.choices), _words(Capability.choices), _owners(actor))


def read_resources(actor: Any, data: bytes, name: str) -> Sheet:
    """The rows of a table with every fault. Raises Refusal when the file cannot be read."""
    return resource_table.checked(table_of(data, name, resource_columns(actor)))


@act("facilities.import_resources", may=has_role(Role.MANAGER, Role.OFFICER))
def import_resources(
    actor: Any, sheet: Sheet, source: StoredFile | None, *, synthetic: bool = False
) -> Taken:
    """Import resources from a table, all or nothing; managers only those of their own organisations.

    Without the file it came in this is a trial: nothing is written.
    """
    _only_own(actor, without_faults(sheet).rows)
    names = [name for name in sheet.heads if name != "owner"] + ["owner_id"]
    added, different, same = _compared(sheet.rows, names)
    taken = Taken(len(added), len(different), same)
    if source is None or not (added or different):
        return taken
    _merge(added, different, names, synthetic)
    after = {**asdict(taken), "digest": source.digest}
    again = (Resource(pk=pk) for pk in vouched_for(Resource, different))
    record(actor, "facilities.import_resources", source, after=after, also=again)
    changed("facilities.resource")
    return taken


def _words(choices: list) -> dict[str, str]:
    """Codes and their words in both languages → code."""
    found = {code: code for code, _word in choices}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(word): code for code, word in choices}
    return found


def _owners(actor: Any) -> Callable[[str], int]:
    """Name → key of the organisation; raises Wrong where it cannot own."""
    there = Organisation.objects.exclude(standing=Organisation.Standing.WITHDRAWN)
    names = OrganisationName.objects.filter(organisation__in=there)
    known = {name: pk for pk, name in names.values_list("organisation", "name")}
    for pk, zh, en in there.values_list("pk", "name_zh", "name_en"):
        known |= {name: pk for name in (zh, en) if name}
    managed = _managed(actor)

    def owner_of(name: str) -> int:
        pk = known.get(name)
        if pk is None:
            raise Wrong(
                gettext_noop("is no organisation's name"),
                gettext_noop("Register the organisation first, or correct the spelling."),
            )
        if managed is not None and pk not in managed:
            raise Wrong(
                gettext_noop("is an organisation you do not manage"),
                gettext_noop("Leave the row to its manager."),
            )
        return pk

    return owner_of


def _managed(actor: Any) -> set[int] | None:
    """The organisations whose resources the person may import; None where it is any."""
    if isinstance(actor, System) or roles_of(actor) & {"officer", "admin"}:
        return None
    found = set(organisations_of(actor, Role.MANAGER))
    parents = list(Organisation.objects.values_list("pk", "parent"))
    while below := {pk for pk, parent in parents if parent in found} - found:
        found |= below
    return found


def _only_own(actor: Any, rows: list[dict[str, Any]]) -> None:
    """A manager takes in what is, and becomes, of their own organisations."""
    managed = _managed(actor)
    if managed is None:
        return
    codes = {row["code"] for row in rows}
    stored = Resource.objects.order_by().values_list("code", "owner").iterator(5000)
    owners = {row["owner"] for row in rows} | {owner for code, owner in stored if code in codes}
    if owners - managed:
        raise NotPermitted("facilities.import_resources")


def _compared(
    rows: list[dict[str, Any]], names: list[str]
) -> tuple[list[Resource], dict[int, Resource], int]:
    """New rows, rows that differ from what is stored by its key, and how many are the same."""
    added, different, same = [], {}, 0
    stored = Resource.objects.order_by().values_list("code", "pk", *names).iterator(5000)
    known = {code: (pk, values) for code, pk, *values in stored}
    for given in rows:
        row = {**given, "owner_id": given["owner"]}
        row["capability"] = given["capability"] or Capability.OTHER
        row["value_fen"] = given["value_fen"] or 0
        row = {name: row[name] for name in names}
        pk, former = known.get(row["code"], (None, None))
        if former is None:
            added.append(Resource(**row))
        elif any(row[name] != value for name, value in zip(names, former, strict=True)):
            different[pk] = Resource(**row)
        else:
            same += 1
    return added, different, same


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
