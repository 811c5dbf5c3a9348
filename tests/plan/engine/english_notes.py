"""What is read in a short English note of our own writing."""

from __future__ import annotations

from datetime import date

from kechuang.plan.engine.reading.read import read

DAY = date(2026, 5, 6)
REST = "The harbour stands beside the old market, and most visitors come by ferry in the warm months."


def statements(*paragraphs: str):
    text = "\n\n".join(("Notes from the harbour", *paragraphs, REST))
    return read(text.encode(), "note.txt", DAY).statements


def people(*paragraphs: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.subject) for one in statements(*paragraphs) if one.kind == "attribution"]


def speakers(*paragraphs: str) -> list[str]:
    return [one.speaker for one in statements(*paragraphs) if one.q_start is not None]


def tasks(*paragraphs: str) -> list[str]:
    return [one.sentence for one in statements(*paragraphs) if one.kind == "task"]


def numbers(*paragraphs: str) -> list[tuple[str, str]]:
    return [(one.kind.value, str(one.value)) for one in statements(*paragraphs) if one.q_start is not None]
