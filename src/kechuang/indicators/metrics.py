"""The table that indicators themselves hold: approved statistical returns, a row an item."""

from __future__ import annotations

from collections.abc import Iterator

from kechuang.indicators import registry
from kechuang.indicators.models import Return, ReturnValue


def returns() -> Iterator[dict]:
    """Approved values, whole numbers of their item's unit. What one organisation reported is for members only."""
    rows = ReturnValue.objects.filter(filing__stage=Return.Stage.APPROVED).exclude(value=None)
    for row in rows.order_by("pk").values(
        "filing",
        "item",
        "value",
        "filing__form__code",
        "filing__organisation__name_zh",
        "filing__start",
        "filing__end",
        "filing__version",
        "filing__synthetic",
    ):
        yield {
            "id": row["filing"],
            "form": row["filing__form__code"],
            "item": row["item"],
            "organisation": row["filing__organisation__name_zh"],
            "start": row["filing__start"],
            "end": row["filing__end"],
            "value": int(row["value"]),
            "version": row["filing__version"],
            "synthetic": row["filing__synthetic"],
            "secrecy": 1,
        }


COLUMNS = {
    "id": "int64",
    "form": "string",
    "item": "string",
    "organisation": "string",
    "start": "date",
    "end": "date",
    "value": "int64",
    "version": "int64",
    "synthetic": "boolean",
    "secrecy": "int64",
}
RELATION = """
SELECT r.id AS id, f.code AS form, v.item AS item, o.name_zh AS organisation, r.start AS start, r."end" AS "end",
       v.value::bigint AS value, r.version::bigint AS version, r.synthetic AS synthetic,
       1::bigint AS secrecy
  FROM indicators_returnvalue v
  JOIN indicators_return r ON r.id = v.filing_id
  JOIN indicators_returnform f ON f.id = r.form_id
  JOIN core_organisation o ON o.id = r.organisation_id
 WHERE r.stage = 'approved' AND v.value IS NOT NULL
"""


def register() -> None:
    registry.register_table(
        "returns",
        returns,
        kinds=("indicators.return",),
        relation=RELATION,
        link="indicators:return",
        secrecy="secrecy",
        columns=COLUMNS,
    )


def recompute_all() -> str:
    """For the timetable: time alone changes what is counted (what is late, say)."""
    from kechuang.core.acts import SYSTEM
    from kechuang.indicators.actions import recompute

    return str(recompute(SYSTEM))
