"""The columns of the sheets that indicators take in."""

from __future__ import annotations

from kechuang.core.engine.sheets import Field
from kechuang.indicators.models import ReturnForm

EXTERNAL = [
    Field("index", ("指数", "Index"), required=True),
    Field("edition", ("版次", "Edition"), required=True),
    Field("dimension", ("维度", "Dimension")),
    Field("dimension_en", ("维度英文名", "Dimension (English)")),
    Field("city_zh", ("城市", "City"), required=True),
    Field("city_en", ("城市英文名", "City (English)")),
    Field("year", ("年份", "Year"), kind="integer", required=True, least=1900),
    Field("value", ("数值", "Value"), kind="decimal"),
    Field("rank", ("排名", "Rank"), kind="integer", least=1),
    Field("source", ("来源", "Source"), required=True),
    Field("licence", ("许可", "Licence")),
    Field("synthetic", ("合成", "Synthetic"), kind="flag"),
]


def of_form(form: ReturnForm) -> list[Field]:
    """Organisation, period, remark, and a column for each item of the form."""
    items = [
        Field(
            item["code"],
            tuple(filter(None, (item.get("name_zh"), item.get("name_en")))) or (item["code"],),
            "decimal",
        )
        for item in form.items
    ]
    return [
        Field("organisation", ("填报单位", "Organisation"), required=True),
        Field("start", ("起", "From"), kind="date", required=True),
        Field("end", ("止", "To"), kind="date", required=True),
        *items,
        Field("remark", ("备注", "Remark")),
    ]
