"""The annotated documents a reader is judged by: texts from the data folder beside the checkout or from the own set.

A gold document holds `quantities`, `periods`, `targets` (without a number), `tasks`, `attributions` and `noise` spans,
all in code points of the raw text; what stands outside `start:end` is not judged. See docs/reading-conventions.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / "../shared"
ENGINE_TESTS = ROOT / "tests/plan/engine"
FILES = {
    "seeds": ENGINE_TESTS / "annotations/seeds.jsonl",
    "dev": ENGINE_TESTS / "annotations/reports_dev.jsonl",
    "held": ENGINE_TESTS / "annotations/reports_held.jsonl",
    "own": ENGINE_TESTS / "own/gold.jsonl",
}
FOLDERS = {
    "seeds": SHARED / "seeds",
    "dev": SHARED / "data/documents",
    "held": SHARED / "data/documents",
    "own": ENGINE_TESTS / "own",
}


@dataclass(frozen=True)
class GoldDocument:
    name: str
    data: bytes
    published: date | None
    gold: dict

    @property
    def text(self) -> str:
        return self.data.decode("utf-8-sig")

    def judged(self, offset: int | None) -> bool:
        return offset is not None and self.gold["start"] <= offset < self.gold["end"]


def available(part: str) -> bool:
    """Whether the texts of this part are on this machine."""
    return FOLDERS[part].is_dir()


def load(part: str) -> list[GoldDocument]:
    """All annotated documents of a part. Raises FileNotFoundError when their texts are absent."""
    documents = []
    for line in FILES[part].read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        published = date.fromisoformat(gold["published"]) if gold["published"] else None
        path = FOLDERS[part] / gold["doc"]
        documents.append(GoldDocument(gold["doc"], path.read_bytes(), published, gold))
    return documents
