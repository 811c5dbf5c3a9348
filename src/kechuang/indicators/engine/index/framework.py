"""The framework tree: indicator → sub-pillar → pillar → index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kechuang.indicators.engine.index.errors import refuse
from kechuang.indicators.engine.index.table import MISSING, read_csv

FIELDS = {"code", "name", "name_zh", "direction", "weight", "unit", "target", "denominator", "parent"}
META_COLUMNS = {
    "iCode": "code",
    "iName": "name",
    "Direction": "direction",
    "Weight": "weight",
    "Unit": "unit",
    "Target": "target",
    "Denominator": "denominator",
    "Parent": "parent",
}


@dataclass(frozen=True)
class Node:
    """An indicator (no children) or an aggregate. `direction` −1 means less is better."""

    code: str
    name: str = ""
    name_zh: str = ""
    direction: int = 1
    weight: float = 1.0
    unit: str = ""
    target: float | None = None
    denominator: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Framework:
    """A checked tree. Codes stand children before parents: indicators first, the index last."""

    nodes: tuple[Node, ...]

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Codes below each aggregate, in the order of the framework."""
        below: dict[str, list[str]] = {}
        for node in self.nodes:
            if node.parent:
                below.setdefault(node.parent, []).append(node.code)
        return {code: tuple(codes) for code, codes in below.items()}

    @cached_property
    def levels(self) -> dict[str, int]:
        """1 for an indicator, else one more than the highest level below."""
        found: dict[str, int] = {}
        for code in self.codes:
            found[code] = 1 + max((found[child] for child in self.children.get(code, ())), default=0)
        return found

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(node.code for node in self.nodes)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code not in self.children)

    @cached_property
    def aggregates(self) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code in self.children)

    @property
    def index(self) -> str:
        """Code of the root."""
        return self.codes[-1]

    def leaves(self, code: str) -> tuple[str, ...]:
        """Indicators at or below a code."""
        below = self.children.get(code)
        return (code,) if below is None else tuple(leaf for child in below for leaf in self.leaves(child))


def from_meta(content: bytes, source: str = "the meta file") -> Framework:
    """Framework from a table with COINr's iMeta columns; rows of type Group, Denominator and Other are left out."""
    header, rows = read_csv(content, source)
    for needed in ("iCode", "Parent"):
        if needed not in header:
            raise refuse(f"{source} has no column '{needed}'", "use the columns of COINr's iMeta")
    entries = []
    parents = {row[header.index("Parent")] for _, row in rows}
    for line, row in rows:
        cells = dict(zip(header, row, strict=True))
        if cells.get("Type", "") in ("Group", "Denominator", "Other"):
            continue
        if cells.get("Type", "") == "Aggregate" and cells["iCode"] not in parents:
            raise refuse(
                f"{source}, line {line}: the aggregate '{cells['iCode']}' has nothing below it",
                "give it indicators, or take it out of the framework",
            )
        entry = {ours: cells[theirs] for theirs, ours in META_COLUMNS.items() if theirs in cells}
        entry = {key: value for key, value in entry.items() if value.lower() not in MISSING}
        entries.append((f"{source}, line {line}", entry))
    return _build(entries, source)


def from_entries(entries: Iterable[Mapping[str, Any]], source: str = "the recipe") -> Framework:
    """Framework from the [[framework]] tables of a recipe."""
    return _build([(f"{source}, [[framework]] entry {i}", dict(e)) for i, e in enumerate(entries, 1)], source)


def _build(entries: list[tuple[str, dict[str, Any]]], source: str) -> Framework:
    nodes: dict[str, Node] = {}
    for where, entry in entries:
        node = _node(where, entry)
        if node.code in nodes:
            raise refuse(f"{where}: code '{node.code}' stands twice", "give every node its own code")
        nodes[node.code] = node
    _check_tree(nodes, source)
    heights = {code: _height(code, nodes) for code in nodes}
    return Framework(tuple(sorted(nodes.values(), key=lambda node: heights[node.code])))


def _node(where: str, entry: dict[str, Any]) -> Node:
    unknown = sorted(set(entry) - FIELDS)
    if unknown:
        raise refuse(f"{where}: unknown field '{unknown[0]}'", f"use {', '.join(sorted(FIELDS))}")
    if not entry.get("code"):
        raise refuse(f"{where} has no code", "give every node a code")
    where = f"{where} ('{entry['code']}')"
    values = dict(entry)
    for key in ("weight", "target", "direction"):
        if key in values:
            values[key] = _number(where, key, values[key])
    if values.get("direction", 1) not in (1, -1):
        raise refuse(
            f"{where}: direction {values['direction']:g}", "1 if more is better, -1 if less is better"
        )
    if values.get("weight", 1) <= 0:
        raise refuse(
            f"{where}: weight {values['weight']:g} is not above zero",
            "give a positive weight, or take the node out of the framework",
        )
    return Node(**values)


def _number(where: str, key: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise refuse(f"{where}: {key} '{value}' is not a number", "write a plain number") from None


def _check_tree(nodes: dict[str, Node], source: str) -> None:
    for node in nodes.values():
        if node.parent and node.parent not in nodes:
            raise refuse(
                f"{source}: the parent '{node.parent}' of '{node.code}' is not in the framework",
                "add a row for it or correct the parent's code",
            )
    for code in nodes:
        _check_path(code, nodes, source)
    roots = [node.code for node in nodes.values() if not node.parent]
    if len(roots) != 1:
        raise refuse(
            f"{source} has {len(roots)} roots ({', '.join(roots) or 'none'})",
            "leave the parent empty for the index alone",
        )
    if len(nodes) < 2:
        raise refuse(f"{source} has an index but no indicator", "add indicators whose parent is the index")


def _check_path(code: str, nodes: dict[str, Node], source: str) -> None:
    path = [code]
    while parent := nodes[path[-1]].parent:
        if parent in path:
            ring = " → ".join([*path[path.index(parent) :], parent])
            raise refuse(
                f"{source}: the tree has a cycle {ring}", "give one of these codes a parent outside the ring"
            )
        path.append(parent)


def _height(code: str, nodes: dict[str, Node]) -> int:
    below = [child.code for child in nodes.values() if child.parent == code]
    return 1 + max((_height(child, nodes) for child in below), default=0)
