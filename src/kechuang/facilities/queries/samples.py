"""What sample banks and data sets hold, by disease and consent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from kechuang.core.language import in_language
from kechuang.facilities.models import Holding
from kechuang.facilities.models.samples import CONSENTS


@dataclass
class Disease:
    """Held and free per consent scope, in the order of the scopes."""

    code: str
    name: str
    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    free: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        return sum(self.held.values())

    @property
    def cells(self) -> list[tuple[int, int]]:
        return [(self.held[name], self.free[name]) for name, _label in CONSENTS]


def by_disease(rows: QuerySet[Holding]) -> list[Disease]:
    """Counts by disease and consent scope, largest first."""
    found: dict[tuple[str, str], Disease] = {}
    summed = rows.order_by().values_list("disease_code", "disease_zh", "disease_en", "consent")
    for code, zh, en, consent, held, lent in summed.annotate(held=Sum("total"), out=Sum("lent")):
        disease = found.setdefault((code, zh), Disease(code, in_language(zh, en)))
        disease.held[consent] += held
        disease.free[consent] += held - lent
    return sorted(found.values(), key=lambda disease: (-disease.total, disease.name))
