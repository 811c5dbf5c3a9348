"""JSON → Instance. Every problem is collected and named with its place and remedy; nothing is guessed."""

from __future__ import annotations

import json
from fractions import Fraction

from . import checks
from .instance import BadInstance, Cap, Facility, Floor, Frozen, Instance, Quota, Request

LIMIT = 10**9  # slots and values beyond this are typing errors, and would overflow the solver


class Reader:
    """Reads fields of a JSON object, noting what is wrong instead of stopping at the first fault."""

    def __init__(self, problems: list[str]):
        self.problems = problems

    def note(self, place: str, what: str, remedy: str) -> None:
        self.problems.append(f"{place}: {what}; {remedy}")

    def rows(self, data: dict, key: str, needed: bool = False) -> list[tuple[str, dict]]:
        """The objects of a list, each with its place; rows that are not objects are noted and left out."""
        value = data.get(key, [] if not needed else None)
        if not isinstance(value, list) or (needed and not value):
            self.note(key, "a list of objects is missing", f'write "{key}": [{{…}}]')
            return []
        for position, row in enumerate(value):
            if not isinstance(row, dict):
                self.note(f"{key}[{position}]", f"{row!r} is not an object", "write {…}")
        return [(f"{key}[{i}]", row) for i, row in enumerate(value) if isinstance(row, dict)]

    def text(self, row: dict, key: str, place: str, needed: bool = True) -> str | None:
        value = row.get(key)
        if value is None and not needed:
            return None
        if not isinstance(value, str) or not value:
            self.note(f"{place}.{key}", f"{value!r} is not a name", "write a text in quotes")
            return None
        return value

    def slots(self, value, place: str, least: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LIMIT:
            self.note(place, f"{value!r} is not a number of slots", f"write an integer from {least}")
            return None
        return value

    def number(self, row: dict, key: str, place: str, most: int = LIMIT) -> Fraction | None:
        value = row.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            self.note(f"{place}.{key}", f"{value!r} is out of range", f"write a number from 0 to {most}")
            return None
        return Fraction(str(value))

    def spans(self, value, place: str) -> tuple[tuple[int, int], ...]:
        if not isinstance(value, list):
            self.note(place, f"{value!r} is not a list of intervals", "write [[start, end], …]")
            return ()
        found = []
        for position, pair in enumerate(value):
            where = f"{place}[{position}]"
            if not isinstance(pair, list) or len(pair) != 2:
                self.note(where, f"{pair!r} is not an interval", "write [start, end]")
                continue
            start, end = (self.slots(edge, where, 0) for edge in pair)
            if start is not None and end is not None and start >= end:
                self.note(
                    where, f"[{start}, {end}] is empty or runs backwards", "the end must come after the start"
                )
            elif start is not None and end is not None:
                found.append((start, end))
        return tuple(sorted(found))


def read_instance(data: bytes | str) -> Instance:
    """Parse and check an instance. Raises BadInstance listing each problem with its place and remedy."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadInstance([f"the file is not JSON ({error}); save it as UTF-8 JSON"]) from None
    if not isinstance(raw, dict):
        raise BadInstance(
            ['the file must hold one object; write {"slot_minutes": …, "facilities": […], "requests": […]}']
        )
    reader = Reader([])
    instance = Instance(
        slot_minutes=reader.slots(raw.get("slot_minutes"), "slot_minutes", 1) or 1,
        facilities=tuple(_facility(reader, *row) for row in reader.rows(raw, "facilities", needed=True)),
        requests=tuple(_request(reader, *row) for row in reader.rows(raw, "requests") if "requests" in raw),
        quotas=tuple(_quota(reader, *row) for row in reader.rows(raw, "quotas")),
        floors=tuple(_share(reader, Floor, "discipline", "min", *row) for row in reader.rows(raw, "floors")),
        caps=tuple(_share(reader, Cap, "organisation", "max", *row) for row in reader.rows(raw, "caps")),
        frozen=tuple(_frozen(reader, *row) for row in reader.rows(raw, "frozen")),
        forbid=tuple(_forbid(reader, *row) for row in reader.rows(raw, "forbid")),
    )
    if "requests" not in raw:
        reader.note("requests", "a list of objects is missing", 'write "requests": [{…}]')
    if reader.problems:
        raise BadInstance(reader.problems)
    return checks.checked(instance)


def _facility(reader: Reader, place: str, row: dict) -> Facility:
    changes = row.get("changeover", {})
    changeover = {}
    if not isinstance(changes, dict):
        reader.note(f"{place}.changeover", "not an object", 'write {"a>b": slots}')
        changes = {}
    for key, value in changes.items():
        where = f"{place}.changeover[{key!r}]"
        before, arrow, behind = key.partition(">")
        slots = reader.slots(value, where, 0)
        if not (before and arrow and behind) or ">" in behind:
            reader.note(where, "the key does not name two set-ups", 'write "from>to"')
        elif slots:
            changeover[before, behind] = slots
    reserve = reader.number(row, "reserve", place, most=1) if "reserve" in row else Fraction(0)
    return Facility(
        id=reader.text(row, "id", place) or "",
        open=reader.spans(row.get("open"), f"{place}.open"),
        changeover=changeover,
        reserve=reserve or Fraction(0),
    )


def _request(reader: Reader, place: str, row: dict) -> Request:
    windows = row.get("windows")
    if not isinstance(windows, dict):
        reader.note(
            f"{place}.windows", f"{windows!r} is not an object", 'write {"facility": [[start, end], …]}'
        )
        windows = {}
    after = row.get("after", [])
    if not isinstance(after, list) or not all(isinstance(name, str) for name in after):
        reader.note(f"{place}.after", f"{after!r} is not a list of request ids", 'write ["r1", …]')
        after = []
    labels = {
        key: reader.text(row, key, place, needed=False)
        for key in ("setup", "partner", "organisation", "discipline", "group")
    }
    return Request(
        id=reader.text(row, "id", place) or "",
        proposal=reader.text(row, "proposal", place) or "",
        value=reader.number(row, "value", place) or Fraction(0),
        duration=reader.slots(row.get("duration"), f"{place}.duration", 1) or 1,
        windows={f: reader.spans(spans, f"{place}.windows[{f!r}]") for f, spans in windows.items()},
        after=tuple(dict.fromkeys(after)),
        **labels,
    )


def _quota(reader: Reader, place: str, row: dict) -> Quota:
    low, high = (
        reader.number(row, key, place, most=1) if row.get(key) is not None else None for key in ("min", "max")
    )
    if row.get("min") is None and row.get("max") is None:
        reader.note(place, "neither min nor max is given", "write a share from 0 to 1 for one of them")
    return Quota(reader.text(row, "partner", place) or "", low, high)


def _share(reader: Reader, kind, who: str, which: str, place: str, row: dict):
    return kind(reader.text(row, who, place) or "", reader.number(row, which, place, most=1) or Fraction(0))


def _frozen(reader: Reader, place: str, row: dict) -> Frozen:
    start = reader.slots(row.get("start"), f"{place}.start", 0)
    return Frozen(
        reader.text(row, "request", place) or "", reader.text(row, "facility", place) or "", start or 0
    )


def _forbid(reader: Reader, place: str, row: dict) -> tuple[str, str | None]:
    return reader.text(row, "request", place) or "", reader.text(row, "facility", place, needed=False)
