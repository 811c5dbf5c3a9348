"""Tables handed in, for acts, pages and API: what is wrong with them in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from kechuang.core.engine.sheets import MAX_ROWS, Field, Sheet, SheetError, read_sheet
from kechuang.core.errors import Refusal


@dataclass(frozen=True)
class Taken:
    """What a table changes, or would change in a trial."""

    added: int
    changed: int
    same: int

    def __str__(self) -> str:
        return _("%(added)d added, %(changed)d changed, %(same)d the same.") % asdict(self)

    def counts(self) -> dict[str, int]:
        """In words."""
        return {_("new"): self.added, _("changed"): self.changed, _("unchanged"): self.same}


def table_of(data: bytes, name: str, fields: Sequence[Field], most: int = MAX_ROWS) -> Sheet:
    """The rows with their faults. Raises Refusal when the file as a whole cannot be read."""
    try:
        return read_sheet(data, name, fields, most)
    except SheetError as error:
        raise Refusal(error.said(_), field="file") from error


def faults_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Every fault with its words."""
    return [
        {"row": fault.row, "column": fault.column, "value": fault.value, "what": what, "remedy": remedy}
        for fault in sheet.faults
        for what, remedy in [fault.said(_)]
    ]


def without_faults(sheet: Sheet) -> Sheet:
    """The sheet itself; a Refusal that names every fault where it has any."""
    if sheet.faults:
        words = [
            f"{f['row']} · {f['column']} · {f['value']}: {f['what']}. {f['remedy']}" for f in faults_of(sheet)
        ]
        raise Refusal(
            _("The table has %(n)d faults; nothing was taken in.") % {"n": len(sheet.faults)}
            + " "
            + "; ".join(words),
            field="file",
        )
    return sheet
