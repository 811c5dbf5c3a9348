"""A centre's indicators from its folder: groups, forms, published figures, targets, synthetic returns, indices."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from kechuang.core import clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators.actions.declare import keep_declared
from kechuang.indicators.actions.external import import_external
from kechuang.indicators.actions.forms import metric_code, save_form
from kechuang.indicators.actions.recipes import run_recipe, save_recipe
from kechuang.indicators.actions.recompute import recompute
from kechuang.indicators.actions.returns import approve_return, fill_return, open_return, submit_return
from kechuang.indicators.actions.targets import publish_value, set_target
from kechuang.indicators.models import Metric, Return, ReturnForm
from kechuang.indicators.queries.calculate import declaration
from kechuang.indicators.queries.cells import bounds
from kechuang.indicators.registry import FACTS, Entry

NOISE = 0.03
DAYS_TO_RETURN = 41
# the document, the indicator and the value as printed → kind and id of a statement
StatementOf = Callable[[str, Metric, Decimal], tuple[str, str]]


def load_reference(
    folder: Path, statement_of: StatementOf = lambda document, metric, value: ("", "")
) -> None:
    """Load `indicators.toml` of a centre's folder, when it is there. Running it twice changes nothing.

    `statement_of` finds the sentence that published a figure, so that the document can show what became of it.
    """
    path = Path(folder) / "indicators.toml"
    if not path.is_file():
        return
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in [*facts.get("group", ()), *facts.get("only_published", ())]:
        basis = Metric.Basis.GROUP if row in facts.get("group", ()) else Metric.Basis.PUBLISHED
        _bare(row, basis)
    for row in facts.get("form", ()):
        _form(row)
    for row in facts.get("derived", ()):
        _derived(row)
    for sample in facts.get("sample", ()):
        _returns(sample, _reporters(facts.get("reporter", ())))
    recompute(SYSTEM)
    for code, above in facts.get("place", {}).items():
        parent = Metric.objects.get(code=above)
        Metric.objects.filter(code=code, parent=None).update(parent=parent)
    _figures(facts, statement_of)
    for row in facts.get("target", ()):
        row = dict(row)
        metric = Metric.objects.get(code=row.pop("metric"))
        row |= {name: Decimal(str(row[name])) for name in ("value", "base_value")}
        set_target(SYSTEM, metric, **row)
    for row in facts.get("index", ()):
        _index(Path(folder), dict(row))
    if rows := [value for row in facts.get("external", ()) for value in _external(row)]:
        import_external(SYSTEM, rows, files.keep(SYSTEM, path.name, path.read_bytes(), secrecy=0))


def _bare(row: Mapping[str, Any], basis: str) -> Metric:
    """A group, or an indicator that no table counts."""
    facts = {name: value for name, value in row.items() if name not in ("code", "parent")}
    parent = Metric.objects.filter(code=row.get("parent", "")).first()
    wanted = {**facts, "basis": basis, "domain": "published", "parent": parent}
    return Metric.objects.get_or_create(code=row["code"], defaults=wanted)[0]


def _form(row: Mapping[str, Any]) -> None:
    row = dict(row)
    parent = Metric.objects.filter(code=row.pop("parent", "")).first()
    form = save_form(SYSTEM, row.pop("code"), **row)
    codes = [metric_code(item) for item in form.items]
    Metric.objects.filter(code__in=codes, parent=None).update(parent=parent)


def _derived(row: Mapping[str, Any]) -> None:
    plain = {name: value for name, value in row.items() if name not in FACTS}
    facts = {name: row[name] for name in FACTS if name in row and name != "parent"}
    entry = Entry(declaration(plain), facts)
    metric = keep_declared("returns", entry.declared, entry.facts, clock.today())
    if metric.parent_id is None and row.get("parent"):
        Metric.objects.filter(pk=metric.pk).update(parent=Metric.objects.filter(code=row["parent"]).first())


def _figures(facts: Mapping[str, Any], statement_of: StatementOf) -> None:
    sources = {source["code"]: source for source in facts.get("source", ())}
    for row in facts.get("figure", ()):
        source = sources[row["source"]]
        metric = Metric.objects.filter(code=row["metric"]).first()
        if metric is None:
            continue
        end, value = row.get("end", source["end"]), Decimal(str(row["value"]))
        publish_value(
            SYSTEM,
            metric,
            value=value,
            statement=statement_of(row["source"], metric, value / metric.per_unit),
            source=source["text"],
            start=row.get("start", source["start"]),
            end=end,
            comparator=row.get("comparator", ""),
            cause_zh=row.get("cause_zh", ""),
            cause_en=row.get("cause_en", ""),
        )


def _reporters(rows: Any) -> list[tuple[Organisation, int]]:
    found = []
    for row in rows:
        facts = {"name_en": row["name_en"], "kind": "office", "synthetic": True}
        office, _new = Organisation.objects.get_or_create(name_zh=row["name_zh"], defaults=facts)
        found.append((office, row["share"]))
    return found


def _returns(sample: Mapping[str, Any], reporters: list[tuple[Organisation, int]]) -> None:
    """Returns of every office and year, filled in, submitted and approved on the days they would have been."""
    form = ReturnForm.objects.get(code=sample["form"])
    known = set(Return.objects.filter(form=form).values_list("organisation_id", "end"))
    whole = sum(share for _office, share in reporters)
    for office, share in reporters:
        dice = random.Random(f"{form.code}/{office.name_zh}")
        for year in range(sample["first"], sample["last"] + 1):
            values = _values(sample, share / whole, year - sample["first"], dice)
            for start, end, part in _periods(sample, year):
                if (office.pk, end) in known or end > sample.get("until", end):
                    continue
                with clock.at(end + timedelta(days=DAYS_TO_RETURN)):
                    filing = open_return(SYSTEM, office, form, start, end, synthetic=True)
                    so_far = {name: Decimal(round(value * part)) for name, value in values.items()}
                    fill_return(SYSTEM, filing, so_far, remark="合成样本")
                    approve_return(SYSTEM, submit_return(SYSTEM, filing))


def _periods(sample: Mapping[str, Any], year: int) -> list[tuple[date, date, Decimal]]:
    """The whole year, or its quarters with the share of the year that each has reached (`to_date`)."""
    if "to_date" not in sample:
        return [(date(year, 1, 1), date(year, 12, 31), Decimal(1))]
    shares = [Decimal(str(share)) for share in sample["to_date"]]
    return [(*bounds(4 * year + quarter, "quarter"), share) for quarter, share in enumerate(shares)]


def _values(sample: Mapping[str, Any], share: float, years: int, dice: random.Random) -> dict[str, Decimal]:
    made = {
        name: Decimal(round(base * share * (1 + rate) ** years * (1 + dice.gauss(0, NOISE))))
        for name, (base, rate) in sample["items"].items()
    }
    made |= {total: sum(made[part] for part in parts) for total, parts in sample.get("totals", {}).items()}
    codes = {item["code"] for item in ReturnForm.objects.get(code=sample["form"]).items}
    return {name: value for name, value in made.items() if name in codes}


def _index(folder: Path, row: dict[str, Any]) -> None:
    code = row.pop("code")
    row["text"] = (folder / row.pop("recipe")).read_text(encoding="utf-8")
    row["data"] = (folder / row.pop("data")).read_text(encoding="utf-8")
    run_recipe(SYSTEM, save_recipe(SYSTEM, code, public=True, **row))


def _external(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The overall place of each city, and its dimensions as missing."""
    found = []
    for edition in row["editions"]:
        for city_zh, city_en, rank in edition["ranks"]:
            for dimension, dimension_en in (("", ""), *row["dimensions"]):
                found.append(
                    {
                        "index": row["index"],
                        "edition": edition["edition"],
                        "dimension": dimension,
                        "dimension_en": dimension_en,
                        "city_zh": city_zh,
                        "city_en": city_en,
                        "year": edition["year"],
                        "value": None,
                        "rank": None if dimension else rank,
                        "source": edition["source"],
                        "licence": row["licence"],
                        "synthetic": False,
                    }
                )
    return found
