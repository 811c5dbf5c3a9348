"""What facilities' records say in numbers: their tables for the indicators, declared in metrics.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kechuang.facilities.engine.charges import Access
from kechuang.facilities.engine.lifecycle import BUILT, Stage
from kechuang.facilities.models import Facility, Resource, UseSession
from kechuang.facilities.models.sessions import minutes_between
from kechuang.indicators import registry

PARTS = (Resource.Kind.INSTRUMENT, Resource.Kind.DATA_SET)
FACILITIES = {
    "id": "int64",
    "title": "string",
    "kind": "string",
    "cluster": "string",
    "owner": "string",
    "stage": "string",
    "built": "boolean",
    "in_research": "boolean",
    "since": "date",
    "synthetic": "boolean",
}
RESOURCES = {
    "id": "int64",
    "title": "string",
    "kind": "string",
    "owner": "string",
    "platform": "boolean",
    "opened": "boolean",
    "value_fen": "int64",
    "opened_on": "date",
    "synthetic": "boolean",
}
USE = {
    "id": "int64",
    "title": "string",
    "owner": "string",
    "user": "string",
    "access": "string",
    "outside": "boolean",
    "used_on": "date",
    "minutes": "int64",
    "lost": "int64",
    "secrecy": "int64",
    "synthetic": "boolean",
}
SESSION_SECRECY = 1  # visitors are told how much is used, not by whom


def facilities() -> Iterator[dict]:
    rows = Facility.objects.order_by("pk").values_list(
        "pk", "name_zh", "kind", "cluster__name_zh", "owner__name_zh", "stage", "since", "synthetic"
    )
    for pk, title, kind, cluster, owner, stage, since, synthetic in rows.iterator(5000):
        yield {
            "id": pk,
            "title": title,
            "kind": kind,
            "cluster": cluster,
            "owner": owner,
            "stage": stage,
            "built": stage in BUILT,
            "in_research": stage == Stage.OPERATION,
            "since": since,
            "synthetic": synthetic,
        }


def resources() -> Iterator[dict]:
    """Retired resources no longer count."""
    rows = Resource.objects.filter(retired_on=None).order_by("pk")
    names = ("pk", "name_zh", "kind", "owner__name_zh", "opened", "value_fen", "opened_on", "synthetic")
    for pk, title, kind, owner, opened, value, opened_on, synthetic in rows.values_list(*names).iterator(
        5000
    ):
        yield {
            "id": pk,
            "title": title,
            "kind": kind,
            "owner": owner,
            "platform": kind not in PARTS,
            "opened": opened,
            "value_fen": value,
            "opened_on": opened_on,
            "synthetic": synthetic,
        }


def use() -> Iterator[dict]:
    """Sessions that have ended."""
    rows = UseSession.objects.exclude(end=None).order_by("pk")
    names = ("pk", "resource__name_zh", "resource__owner__name_zh", "organisation__name_zh", "access")
    for pk, title, owner, user, access, start, end, lost, synthetic in rows.values_list(
        *names, "start", "end", "lost", "synthetic"
    ).iterator(5000):
        yield {
            "id": pk,
            "title": title,
            "owner": owner,
            "user": user,
            "access": access,
            "outside": access != Access.INTERNAL,
            "used_on": timezone.localdate(start),
            "minutes": minutes_between(start, end) - lost,
            "lost": lost,
            "secrecy": SESSION_SECRECY,
            "synthetic": synthetic,
        }


LIVE_FACILITIES = f"""
SELECT f.id, f.name_zh AS title, f.kind, c.name_zh AS cluster, o.name_zh AS owner, f.stage,
       f.stage IN ({", ".join(f"'{stage}'" for stage in sorted(BUILT))}) AS built,
       f.stage = '{Stage.OPERATION}' AS in_research, f.since, f.synthetic
  FROM facilities_facility f
  JOIN core_organisation c ON c.id = f.cluster_id
  JOIN core_organisation o ON o.id = f.owner_id
"""
LIVE_RESOURCES = f"""
SELECT r.id, r.name_zh AS title, r.kind, o.name_zh AS owner,
       r.kind NOT IN ({", ".join(f"'{kind}'" for kind in PARTS)}) AS platform, r.opened, r.value_fen, r.opened_on,
       r.synthetic
  FROM facilities_resource r JOIN core_organisation o ON o.id = r.owner_id
 WHERE r.retired_on IS NULL
"""
LIVE_USE = f"""
SELECT s.id, r.name_zh AS title, o.name_zh AS owner, u.name_zh AS "user", s.access,
       s.access <> '{Access.INTERNAL}' AS outside, (s.start AT TIME ZONE '{settings.TIME_ZONE}')::date AS used_on,
       floor(extract(epoch FROM s."end" - s.start) / 60)::bigint - s.lost AS minutes, s.lost::bigint AS lost,
       {SESSION_SECRECY}::bigint AS secrecy, s.synthetic
  FROM facilities_usesession s
  JOIN facilities_resource r ON r.id = s.resource_id
  JOIN core_organisation o ON o.id = r.owner_id
  JOIN core_organisation u ON u.id = s.organisation_id
 WHERE s."end" IS NOT NULL
"""


def register() -> None:
    """Called at start: tables with the kinds of record that change them, and the declarations."""
    stages = dict(Facility._meta.get_field("stage").choices)
    words = {
        "facilities": {"stage": stages, "kind": dict(Facility.Kind.choices)},
        "resources": {"kind": dict(Resource.Kind.choices)},
        "facility_use": {"access": dict(UseSession._meta.get_field("access").choices)},
    }
    for name, export, kinds, relation, link, columns in (
        ("facilities", facilities, ("facilities.facility",), LIVE_FACILITIES, "facility", FACILITIES),
        ("resources", resources, ("facilities.resource",), LIVE_RESOURCES, "resource", RESOURCES),
        ("facility_use", use, ("facilities.usesession",), LIVE_USE, "session", USE),
    ):
        secrecy = "secrecy" if "secrecy" in columns else ""
        address = f"facilities:{link}"
        registry.register_table(
            name, export, kinds, relation, address, secrecy, columns=columns, words=words[name]
        )
    registry.register_metrics("facilities", Path(__file__).with_name("metrics.toml"))
