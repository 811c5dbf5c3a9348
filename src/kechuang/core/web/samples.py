"""Sample values for the gallery. All invented; shown as synthetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kechuang.core.kernel import Money, Period, State
from kechuang.core.web.charts import Chart, Series
from kechuang.core.web.figures import Figure
from kechuang.core.web.gantt import Bar
from kechuang.core.web.highlight import Span
from kechuang.core.web.record import Moment

COUNTS = dict(zip(State, (121, 96, 31, 9, 55), strict=True))
TEXT = (
    "到2025年，中心的研发经费投入强度保持在6%左右，高新技术企业达到3.5万家。\n"
    "今年底前建成六个开放创新平台，为不少于500家企业提供服务；年内启动二期建设。\n"
    "五年来，累计完成技术合同成交额3.2万亿元，比上一个五年增长四成。（本报记者采写 app下载）"
)
OLD = "到2025年，高新技术企业达到3万家，年均增长8%左右。"
NEW = "到2025年，高新技术企业达到3.5万家，年均增长10%以上，其中独角兽企业100家。"


def figures() -> list[Figure]:
    return [
        Figure(
            Decimal("6.83"),
            unit="%",
            label=_("R&D intensity"),
            period=Period.year(2024),
            interval=(Decimal("6.7"), Decimal("6.9")),
            change=Decimal("0.4"),
            change_since=_("on the year before"),
            why="#why",
            state=State.KEPT,
        ),
        Figure(
            Money.yuan(22_700_000_000),
            label=_("Funding committed"),
            period=Period.quarter(2025, 1),
            why="#why",
        ),
        Figure(
            29_000,
            unit=_("firms"),
            label=_("High-tech enterprises"),
            period=Period.year(2024),
            synthetic=True,
        ),
        Figure(None, label=_("Jobs within 30 minutes"), state=State.UNMEASURED),
    ]


def charts() -> list[Chart]:
    return [_intensity(), _programmes()]


def _intensity() -> Chart:
    years = [str(year) for year in range(2018, 2027)]
    measured = [5.6, 5.9, 6.2, 6.4, 6.6, 6.7, 6.83, None, None]
    forecast = [None, None, None, None, None, None, 6.83, 6.9, 7.0]
    low = [None, None, None, None, None, None, 6.83, 6.7, 6.6]
    high = [None, None, None, None, None, None, 6.83, 7.1, 7.3]
    return Chart(
        title=_("R&D intensity has been above its target since 2020"),
        subtitle=_("Share of R&D spending in GDP, target and forecast"),
        x=years,
        x_label=_("Year"),
        unit="%",
        source=_("Sample statistics"),
        source_url="#source",
        why="#why",
        synthetic=True,
        id="intensity",
        series=[
            Series(_("Measured"), measured),
            Series(_("Target"), [6.0] * 9, role="target", grey=True),
            Series(_("Forecast"), forecast, role="forecast"),
            Series(_("Forecast interval"), role="band", low=low, high=high),
        ],
    )


def _programmes() -> Chart:
    return Chart(
        title=_("Every programme but one has kept more than it is late with"),
        x=[_("Programme {n}").format(n=n) for n in "ABCDE"],
        x_label=_("Programme"),
        unit=pgettext("unit", "commitments"),
        source=_("Sample statistics"),
        kind="stacked",
        synthetic=True,
        id="programmes",
        series=[
            Series(_("Kept"), [31, 24, 19, 8, 4], state=State.KEPT),
            Series(_("On the way"), [20, 18, 12, 11, 9], state=State.ON_THE_WAY),
            Series(_("At risk"), [4, 6, 3, 9, 2], state=State.AT_RISK),
            Series(_("Late"), [1, 0, 2, 10, 1], state=State.LATE),
        ],
    )


def bars() -> list[Bar]:
    return [
        Bar(_("Open innovation platforms"), date(2024, 1, 1), date(2026, 6, 30), State.AT_RISK, 0.6),
        Bar(
            _("Choose the sites"),
            date(2024, 1, 1),
            date(2024, 8, 31),
            State.KEPT,
            1,
            milestones=[(date(2024, 8, 31), _("Sites approved"))],
            level=1,
        ),
        Bar(
            _("Build platforms 1 to 4"),
            date(2024, 7, 1),
            date(2025, 9, 30),
            State.ON_THE_WAY,
            0.7,
            "#",
            level=1,
        ),
        Bar(_("Build platforms 5 and 6"), date(2025, 1, 1), date(2025, 8, 31), State.LATE, 0.3, level=1),
        Bar(
            _("Open all six to the public"),
            date(2026, 1, 1),
            date(2026, 6, 30),
            State.UNMEASURED,
            0,
            milestones=[(date(2026, 6, 30), _("Acceptance"))],
            level=1,
        ),
    ]


def spans() -> list[Span]:
    def at(words: str, **rest) -> Span:
        start = TEXT.index(words)
        return Span(start, start + len(words), **rest)

    def promise(words: str, number: str, state: State) -> Span:
        return at(
            words,
            id=number,
            state=state,
            url=f"#promise-{number}",
            panel=False,
            title=_("Opens the commitment"),
        )

    return [
        promise("研发经费投入强度保持在6%左右", "1", State.KEPT),
        promise("高新技术企业达到3.5万家", "2", State.ON_THE_WAY),
        promise("建成六个开放创新平台，为不少于500家企业提供服务", "3", State.AT_RISK),
        promise("为不少于500家企业提供服务；年内启动二期建设", "4", State.LATE),
        promise("累计完成技术合同成交额3.2万亿元", "5", State.UNMEASURED),
        at("6%", css="quantity"),
        at("3.5万家", css="quantity"),
        at("四成", css="repaired", title=_("Repaired: the page had a gloss here")),
        at("（本报记者采写 app下载）", css="noise", title=_("Not part of the document")),
    ]


def moments() -> list[Moment]:
    return [
        Moment(date(2025, 7, 1), _("State changed"), state=State.AT_RISK, detail=_("Forecast after due.")),
        Moment(date(2025, 6, 3), _("Evidence accepted"), who="示例审核员", url="#"),
        Moment(date(2024, 1, 9), _("Commitment accepted from the published plan")),
    ]
