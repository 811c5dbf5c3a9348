"""A metric as open data: CSV, JSON, SDMX-CSV, and its description as CSVW and DCAT."""

from __future__ import annotations

import csv
import io
from typing import Any

import orjson

from kechuang.indicators.models import Metric, Observation
from kechuang.indicators.queries.disclosure import Disclosure

FIELDS = (
    "metric",
    "start",
    "end",
    "dimensions",
    "value",
    "unit",
    "basis",
    "version",
    "snapshot",
    "known_at",
    "synthetic",
)
SYNTHETIC = "synthetic"


def observations(metric: Metric, disclosure: Disclosure) -> list[Observation]:
    """Current values of all cells that may be seen."""
    rows = metric.observations.filter(current=True).exclude(value=None)
    rows = rows.select_related("metric", "version", "snapshot")
    return disclosure.shown(rows.order_by("end", "cell_key"))


def plain(row: Observation, metric: Metric) -> dict[str, Any]:
    return {
        "metric": metric.code,
        "start": row.start and row.start.isoformat(),
        "end": row.end and row.end.isoformat(),
        "dimensions": row.cell_key,
        "value": format(row.value.normalize(), "f"),
        "unit": metric.unit,
        "basis": row.basis,
        "version": row.version.version if row.version else None,
        "snapshot": row.snapshot.name if row.snapshot else None,
        "known_at": row.known_at.isoformat(),
        "synthetic": metric.synthetic,
    }


def as_csv(metric: Metric, rows: list[Observation]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(plain(row, metric) for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_json(metric: Metric, rows: list[Observation]) -> bytes:
    return orjson.dumps([plain(row, metric) for row in rows])


def as_sdmx(metric: Metric, rows: list[Observation]) -> bytes:
    """SDMX-CSV 2.0: STRUCTURE, STRUCTURE_ID, ACTION, then dimensions, observation and attributes."""
    names = sorted({name for row in rows for name in row.cell})
    heads = ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", *map(str.upper, names), "TIME_PERIOD"]
    heads += ["OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS", "COMMENT_OBS"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        keys = [row.cell.get(name, "_T") for name in names]
        value = format(row.value.normalize(), "f")
        start = ["dataflow", "KECHUANG:INDICATORS(1.0)", "I", metric.code]
        comment = SYNTHETIC if metric.synthetic else ""
        writer.writerow([*start, *keys, _time(row), value, metric.unit_en or metric.unit, "A", comment])
    return out.getvalue().encode()


def _time(row: Observation) -> str:
    """2024, 2024-Q1, 2024-03, or the day, as SDMX writes periods."""
    if row.start is None:
        return row.end.isoformat() if row.end else ""
    months = (row.end.year - row.start.year) * 12 + row.end.month - row.start.month + 1
    if months == 12:
        return str(row.start.year)
    return f"{row.start.year}-Q{(row.start.month + 2) // 3}" if months == 3 else f"{row.start:%Y-%m}"


def as_csvw(metric: Metric, base: str) -> bytes:
    """CSV on the Web: what the columns of the CSV are."""
    types = {"value": "decimal", "start": "date", "end": "date", "version": "integer", "known_at": "dateTime"}
    types[SYNTHETIC] = "boolean"
    titles = {"zh": metric.name_zh, "en": metric.name_en}
    return orjson.dumps(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
            "url": f"{base}csv/",
            "dc:title": titles,
            "dc:description": {"zh": metric.definition_zh, "en": metric.definition_en},
            "dc:source": metric.definition_source,
            "tableSchema": {
                "columns": [
                    {"name": name, "titles": name, "datatype": types.get(name, "string")} for name in FIELDS
                ],
                "primaryKey": ["metric", "end", "dimensions"],
            },
        }
    )


def as_dcat(metric: Metric, base: str, modified: str) -> bytes:
    """DCAT 3 as JSON-LD: the data set with its distributions."""
    formats = {
        "csv": "text/csv",
        "json": "application/json",
        "sdmx": "application/vnd.sdmx.data+csv;version=2.0.0",
    }
    return orjson.dumps(
        {
            "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
            "@type": "dcat:Dataset",
            "dct:identifier": metric.code,
            "dct:title": [
                {"@language": "zh", "@value": metric.name_zh},
                {"@language": "en", "@value": metric.name_en},
            ],
            "dct:description": [
                {"@language": "zh", "@value": metric.definition_zh},
                {"@language": "en", "@value": metric.definition_en},
            ],
            "dcat:keyword": [SYNTHETIC] if metric.synthetic else [],
            "dct:publisher": str(metric.owner or ""),
            "dct:modified": modified,
            "dct:conformsTo": f"{base}csvw/",
            "dcat:distribution": [
                {"@type": "dcat:Distribution", "dcat:downloadURL": f"{base}{form}/", "dcat:mediaType": kind}
                for form, kind in formats.items()
            ],
        }
    )
