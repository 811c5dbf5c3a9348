"""All declared metrics of a centre, checked against one another."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator

from kechuang.indicators.engine.metrics.declaration import Metric
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.engine.metrics.errors import DeclarationError

Declared = Metric | Derived


class Catalogue:
    """Declarations by id. Raises DeclarationError for a duplicate, a dangling or an impossible reference."""

    def __init__(self, declared: Iterable[Declared]) -> None:
        self._by_id: dict[str, Declared] = {}
        for each in declared:
            if each.id in self._by_id:
                raise DeclarationError(
                    f"metric {each.id!r}", "declared twice", "Raise the version of one instead."
                )
            self._by_id[each.id] = each
        for each in self:
            if isinstance(each, Derived):
                self._check(each)

    def __getitem__(self, id: str) -> Declared:
        if id not in self._by_id:
            known = ", ".join(sorted(self._by_id)) or "none"
            raise DeclarationError(f"metric {id!r}", "not declared", f"Declared are: {known}.")
        return self._by_id[id]

    def __iter__(self) -> Iterator[Declared]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def base(self, declared: Declared) -> Metric:
        """The metric whose rows are counted (for a quotient: those above the line)."""
        return declared if isinstance(declared, Metric) else self.base(self[declared.of])

    def line(self, declared: Declared) -> tuple[Declared, ...]:
        """The metric and all that it is built on, each once."""
        if isinstance(declared, Metric):
            return (declared,)
        parts = (self.line(self[id]) for id in (declared.of, declared.over) if id)
        return tuple(dict.fromkeys([declared, *(each for part in parts for each in part)]))

    def _check(self, derived: Derived) -> None:
        where = f"metric {derived.id!r}"
        for id in filter(None, (derived.of, derived.over)):
            part = self[id]
            if isinstance(part, Derived) and (part.kind != "cumulative" or derived.kind == "cumulative"):
                raise DeclarationError(
                    where,
                    f"{derived.kind} of {part.kind} {id!r}",
                    "Build it on counted or cumulative metrics.",
                )
            if derived.kind in ("growth", "cagr", "cumulative") and self.base(part).time is None:
                raise DeclarationError(
                    where, f"{id!r} has no time field", "Give it one, or drop this metric."
                )
        top = self.base(derived)
        if unknown := set(derived.total) - set(top.dimensions):
            raise DeclarationError(
                where, f"{sorted(unknown)[0]!r} is no dimension of {top.id!r}", "Name one."
            )
        if derived.over:
            self._check_pair(where, derived, top, self.base(self[derived.over]))

    def _check_pair(self, where: str, derived: Derived, top: Metric, bottom: Metric) -> None:
        if bool(top.time) != bool(bottom.time) or (top.time and top.grain != bottom.grain):
            raise DeclarationError(
                where, f"{top.id!r} and {bottom.id!r} differ in time", "Use one grain for both."
            )
        if derived.kind == "ratio" and set(top.dimensions) - set(bottom.dimensions):
            raise DeclarationError(
                where,
                f"{bottom.id!r} lacks a dimension of {top.id!r}",
                "Add it, or declare kind = per_capita.",
            )


def read_declarations(content: bytes) -> Catalogue:
    """From TOML with `[[metric]]` (counted) and `[[derived]]` tables. Raises DeclarationError."""
    try:
        plain = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(
            "declarations", f"not readable as TOML: {error}", "Mend the file there."
        ) from error
    if unknown := sorted(set(plain) - {"metric", "derived"}):
        raise DeclarationError(
            "declarations", f"unknown table {unknown[0]!r}", "Use [[metric]] and [[derived]]."
        )
    for name, tables in plain.items():
        if not (isinstance(tables, list) and all(isinstance(each, dict) for each in tables)):
            raise DeclarationError(
                "declarations", f"{name} is not a list of tables", f"Here write [[{name}]]."
            )
    return Catalogue(
        [
            *(Metric.from_dict(each) for each in plain.get("metric", ())),
            *(Derived.from_dict(each) for each in plain.get("derived", ())),
        ]
    )
