"""A centre's folder of data: what its centre.toml says, and whether it holds together, before anything is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kechuang.core.models import Organisation
    from kechuang.plan.models import Commitment, Document, Programme

HERE = Path(__file__).parent
# Where one table names a row of another by its code.
NAMES = {
    "organisations": {"parent": "organisations"},
    "programmes": {"parent": "programmes"},
    "documents": {"issuer": "organisations", "former": "documents"},
    "commitments": {"document": "documents", "lead": "organisations", "programme": "programmes"},
    "changes": {"commitment": "commitments", "document": "documents", "by": "commitments"},
    "task_rules": {"document": "documents", "lead": "organisations", "programme": "programmes"},
    "decisions": {"body": "organisations"},
    "accounts": {"organisation": "organisations"},
    "indicator_owners": {"organisation": "organisations"},
    "requests": {"handler": "organisations"},
    "serves": {"commitment": "commitments"},
}


class CentreError(ValueError):
    """The folder cannot be loaded; the message says what is wrong with it."""


def folder_of(name: str) -> Path:
    """A reference centre by its name, or any folder that holds a centre.toml."""
    for folder in (HERE / name, Path(name)):
        if (folder / "centre.toml").is_file():
            return folder
    known = sorted(path.parent.name for path in HERE.glob("*/centre.toml"))
    raise CentreError(
        f"no centre {name!r}: known are {', '.join(known)}, or give a folder with a centre.toml"
    )


class Centre:
    """A centre being loaded: its folder, its description, and records by their code in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.facts: dict[str, Any] = tomllib.loads((folder / "centre.toml").read_text(encoding="utf-8"))
        except ValueError as error:
            raise CentreError(f"{folder / 'centre.toml'}: {error}") from error
        self.organisations: dict[str, Organisation] = {}
        self.programmes: dict[str, Programme] = {}
        self.documents: dict[str, Document] = {}
        self.commitments: dict[str, Commitment] = {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.facts.get(name, [])]

    def check(self) -> None:
        """Raises CentreError naming everything that is missing."""
        if faults := list(self._faults()):
            raise CentreError("\n".join(f"{self.folder / 'centre.toml'}: {fault}" for fault in faults))

    def _faults(self) -> Iterator[str]:
        yield from (
            f"{name} is missing" for name in ("name_zh", "name_en", "horizons") if name not in self.facts
        )
        codes = {table: {row.get("code") for row in self.rows(table)} for table in NAMES}
        for table, names in NAMES.items():
            for place, row in enumerate(self.rows(table), 1):
                for name, other in names.items():
                    if row.get(name) and row[name] not in codes[other]:
                        yield f"[[{table}]] {place}: {name} {row[name]!r} is not the code of any [[{other}]]"
        for row in self.rows("documents"):
            if not (self.folder / "documents" / str(row.get("file"))).is_file():
                yield f"documents/{row.get('file')} is missing"
