"""ROR records of schema 1 and 2, read into one shape. Source: the ROR data dump's schema documents (CC0)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kechuang.core.engine.sheet_values import marked
from kechuang.core.kernel.identifiers import IdentifierError, check_ror

KINDS = {
    "education": "university",
    "healthcare": "hospital",
    "company": "enterprise",
    "facility": "institute",
    "government": "government",
    "nonprofit": "association",
}

_ = marked


STANDINGS = ("active", "inactive", "withdrawn")


class RorError(ValueError):
    """Says which record is wrong and how. `said` gives it in another language."""

    def __init__(self, words: str, **values: Any) -> None:
        super().__init__(words % values)
        self.words, self.values = words, values

    def said(self, translate: Callable[[str], str] = str) -> str:
        return translate(self.words) % self.values


@dataclass(frozen=True, slots=True)
class RorRecord:
    """One organisation: its ROR without the address, both names (one stands for the other where it is missing), our kind,
    the year it was founded, whether it is still in being, further names with their language, identifiers by scheme."""

    ror: str
    name_zh: str
    name_en: str
    kind: str
    founded: int | None
    standing: str = "active"  # active, inactive or withdrawn
    aliases: tuple[tuple[str, str], ...] = ()  # (name, language)
    identifiers: Mapping[str, str] = field(default_factory=dict)


def read_records(data: bytes) -> list[RorRecord]:
    """All records of a JSON list, schemas may be mixed. Raises RorError naming the record by its place."""
    try:
        rows = json.loads(data)
    except json.JSONDecodeError as error:
        raise RorError(
            _("This is no JSON: line %(line)d, column %(column)d."), line=error.lineno, column=error.colno
        ) from error
    except (ValueError, RecursionError) as error:
        raise RorError(_("This is no JSON file.")) from error
    if not isinstance(rows, list):
        raise RorError(_("A list of records is expected."))
    records = [_record(row, place) for place, row in enumerate(rows, 1)]
    first: dict[str, int] = {}
    for place, record in enumerate(records, 1):
        if (other := first.setdefault(record.ror, place)) != place:
            raise RorError(
                _("Record %(n)d: %(ror)s is record %(other)d already; keep one of them."),
                n=place,
                ror=record.ror,
                other=other,
            )
    return records


def _record(row: Any, place: int) -> RorRecord:
    if not isinstance(row, Mapping):
        raise RorError(_("Record %(n)d is no record of an organisation."), n=place)
    for missing in (name for name in ("id", "names" if "names" in row else "name") if not row.get(name)):
        raise RorError(_("Record %(n)d has no “%(field)s”."), n=place, field=missing)
    try:
        ror = check_ror(row["id"])
    except (IdentifierError, AttributeError, TypeError) as error:
        raise RorError(_("Record %(n)d: %(ror)s is no ROR."), n=place, ror=str(row["id"])[:80]) from error
    try:
        names = _names_v2(row) if "names" in row else _names_v1(row)
        types = [str(kind).lower() for kind in row.get("types", [])]
        label = names[0][0]
        zh = next((name for name, language in names if language == "zh"), "")
        en = next((name for name, language in names if language == "en"), label)
        rest = tuple((name, language) for name, language in names if name not in (zh, en))
        return RorRecord(
            ror=ror,
            name_zh=zh or label,
            name_en=en,
            kind=next((KINDS[kind] for kind in types if kind in KINDS), "other"),
            founded=_year(row.get("established"), place),
            standing=_standing(row.get("status", "active"), place),
            aliases=rest,
            identifiers={"ror": ror, **_others(row.get("external_ids"))},
        )
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise RorError(
            _("Record %(n)d (%(ror)s) follows neither schema 1 nor 2."), n=place, ror=ror
        ) from error


def _standing(value: Any, place: int) -> str:
    if value in STANDINGS:
        return value
    raise RorError(
        _("Record %(n)d: its status %(value)s is none of %(known)s."),
        n=place,
        value=repr(value),
        known=", ".join(STANDINGS),
    )


def _year(value: Any, place: int) -> int | None:
    if value is None or (isinstance(value, int) and 1 <= value <= 9999):
        return value
    raise RorError(_("Record %(n)d: “established” %(value)s is no year."), n=place, value=repr(value))


def _names_v1(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    labels = [(entry["label"], entry.get("iso639") or "") for entry in row.get("labels", [])]
    others = [(name, "") for name in [*row.get("aliases", []), *row.get("acronyms", [])]]
    return [(row["name"], "en" if row["name"].isascii() else ""), *labels, *others]


def _names_v2(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The display name first."""
    entries = sorted(row["names"], key=lambda entry: "ror_display" not in entry.get("types", []))
    return [(entry["value"].strip(), entry.get("lang") or "") for entry in entries]


def _others(external: Any) -> dict[str, str]:
    """Preferred identifiers of other schemes, schema 1 (mapping) or 2 (list)."""
    found: dict[str, str] = {}
    entries = external.items() if isinstance(external, Mapping) else [(e["type"], e) for e in external or []]
    for scheme, entry in entries:
        values = entry.get("all") or []
        values = [values] if isinstance(values, str) else values
        value = entry.get("preferred") or (values[0] if values else "")
        if value:
            found[scheme.lower()] = str(value)
    return found
