"""A monthly statement as a workbook and as a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.core.assets import pdf_font_folder
from kechuang.core.kernel import formatting
from kechuang.core.web.times import local_day
from kechuang.facilities.models import ChargeLine, Statement


def _head() -> list[str]:
    return [_("Day"), _("Resource"), _("Access"), _("Minutes"), _("Rate (yuan an hour)"), _("Amount (yuan)")]


def _row(line: ChargeLine) -> list:
    session = line.session
    return [
        timezone.localdate(session.start),
        str(session.resource),
        str(line.get_access_display()),
        line.minutes,
        line.rate_fen / 100,
        line.amount_fen / 100,
    ]


def to_xlsx(row: Statement, lines: Sequence[ChargeLine]) -> bytes:
    """One sheet: heading, lines, totals."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(f"{row.month:%Y-%m}")
    bold, title = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"bold": True, "font_size": 14}),
    )
    amount, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, str(row), title)
    for x, (label, width) in enumerate(zip(_head(), (12, 44, 12, 10, 18, 16), strict=True)):
        sheet.set_column(x, x, width)
        sheet.write_string(2, x, label, bold)
    for y, line in enumerate(lines, 3):
        for x, value in enumerate(_row(line)):
            if x == 0:
                sheet.write_datetime(y, x, value, day)
            elif isinstance(value, str):
                sheet.write_string(y, x, value)
            else:
                sheet.write_number(y, x, value, amount if x > 3 else None)
    for y, (label, fen) in enumerate(_totals(row), 4 + len(lines)):
        sheet.write_string(y, 4, label, bold)
        sheet.write_number(y, 5, fen / 100, amount)
    sheet.freeze_panes(3, 0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _totals(row: Statement) -> list[tuple[str, int]]:
    used = [
        (f"{_('Voucher')} {use.voucher}", -use.amount_fen)
        for use in row.voucher_uses.select_related("voucher")
    ]
    return [(_("Amount"), row.amount_fen), *used, (_("To pay"), row.due_fen)]


LAYOUT = """
#set page(paper: "a4", margin: 20mm, footer: context align(center, text(8pt, counter(page).display("1 / 1", both: true))))
#set text(font: "Noto Sans SC", size: 9pt)
#let data = json(bytes(sys.inputs.data))
#text(16pt, weight: "bold", data.title)
#v(2mm)
#text(fill: luma(90), data.issued)
#v(4mm)
#table(columns: (auto, 1fr, auto, auto, auto, auto), stroke: none, inset: (x: 4pt, y: 4pt),
  align: (left, left, left, right, right, right),
  table.header(..data.head.map(h => text(8pt, fill: luma(90), h)), table.hline(stroke: 0.6pt)),
  ..data.rows.map(r => r.map(c => [#c])).flatten(),
  table.hline(stroke: 0.6pt))
#v(2mm)
#align(right, grid(columns: 2, column-gutter: 8mm, row-gutter: 3mm, align: (right, right),
  ..data.totals.flatten().map(c => text(10pt, c))))
#if data.synthetic != "" [#v(6mm) #text(8pt, fill: luma(90), data.synthetic)]
"""


def to_pdf(row: Statement, lines: Sequence[ChargeLine]) -> bytes:
    """An A4 document with all lines."""
    import orjson
    import typst

    def amount(value: float) -> str:
        return f"{value:,.2f}"

    shown = [_row(line) for line in lines]
    data = {
        "title": f"{row.organisation} · {_('Monthly statement')} {row.month:%Y-%m}",
        "issued": f"{_('Issued')} {formatting.day(local_day(row.issued_at))}",
        "head": _head(),
        "rows": [[str(d), r, a, f"{m:,}", amount(rate), amount(fen)] for d, r, a, m, rate, fen in shown],
        "totals": [[label, amount(fen / 100)] for label, fen in _totals(row)],
        "synthetic": _("Synthetic figures of the reference centre.") if row.synthetic else "",
    }
    fonts = [str(pdf_font_folder(settings.ROOT))]
    inputs = {"data": orjson.dumps(data).decode()}
    return typst.compile(LAYOUT.encode(), font_paths=fonts, sys_inputs=inputs)
