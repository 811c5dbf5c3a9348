"""Filters with counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Count, DateTimeField, Model, Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from kechuang.core.models import Organisation
from kechuang.core.web import states

NONE = "~"
MOST = 300


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """Choose one or more values of a field.

    key      name in the address
    label    what it is
    field    path of the field (default: the key)
    choices  value → words, as a mapping or a function of the values found (str or as stored)
    bar      show it as the state bar above the list (values are State's)
    where    value → Q, for what is not a plain field; needs `choices` as a mapping and shows no counts
    hidden   not offered: pages link to it, and what is chosen stands among the filters
    """

    key: str
    label: str
    field: str = ""
    choices: Mapping | Callable[[list], Mapping] | None = None
    bar: bool = False
    where: Callable[[str], Q] | None = None
    hidden: bool = False

    @property
    def path(self) -> str:
        return self.field or self.key

    def filter(self, queryset: QuerySet, chosen: list[str]) -> QuerySet:
        """Rows that have one of the chosen values; values that cannot be are no rows."""
        if not chosen:
            return queryset
        condition = Q()
        for value in chosen:
            condition |= self._condition(value)
        try:
            found = queryset.filter(condition)
        except (ValueError, ValidationError):
            return queryset.none()
        return queryset.filter(pk__in=found.order_by().values("pk")) if self._has_many(queryset) else found

    def _has_many(self, queryset: QuerySet) -> bool:
        """Whether a row may hold several of the values, and would then be found several times."""
        try:
            field = queryset.model._meta.get_field(self.path.partition("__")[0])
        except FieldDoesNotExist:  # an annotation
            return False
        return bool(field.one_to_many or field.many_to_many)

    def _condition(self, value: str) -> Q:
        if self.where:
            return self.where(value)
        return Q(**{f"{self.path}__isnull": True}) if value == NONE else Q(**{self.path: value})

    def options(self, queryset: QuerySet, chosen: list[str], counting: bool = True) -> list[Option]:
        """What can be chosen, with counts over `queryset` unless it is too big to count."""
        if self.where or not counting:
            return self._uncounted(chosen)
        rows = queryset.order_by().values_list(self.path).annotate(n=Count("pk")).order_by("-n")[:MOST]
        counts = dict(rows)
        labels = self._labels([*counts, *chosen])
        known = [value for value in labels if value in counts or self.bar]
        values = known + [value for value in counts if value not in labels]
        found = [self._option(value, labels, counts.get(value, 0), chosen) for value in values]
        return found + self._missing(found, labels, chosen)

    def _missing(self, found: list[Option], labels: Mapping, chosen: list[str]) -> list[Option]:
        """Chosen values without rows stay, so that they can be taken off again."""
        shown = {option.value for option in found}
        texts = {str(value): label for value, label in labels.items()}
        return [Option(v, texts.get(v, v), 0, True) for v in chosen if v not in shown]

    def _uncounted(self, chosen: list[str]) -> list[Option]:
        labels = self._labels(chosen)
        found = [self._option(value, labels, None, chosen) for value in labels]
        return found + self._missing(found, labels, chosen)

    def _labels(self, values: list) -> Mapping:
        if self.bar and self.choices is None:
            return {state.value: label for state, label in states.LABELS.items()}
        if callable(self.choices):
            try:
                return self.choices([value for value in values if value not in (None, NONE)])
            except (ValueError, TypeError):
                return {}
        return self.choices or {}

    def _option(self, value, labels: Mapping, count: int | None, chosen: list[str]) -> Option:
        key = NONE if value is None else str(value)
        label = labels.get(value) or (_("None") if value in (None, "") else value)
        return Option(key, label, count, key in chosen)


def names_of(model: type[Model]) -> Callable[[Iterable], dict[Any, str]]:
    """For a facet over keys of these records: what each is called."""
    return lambda keys: {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)}


organisation_names = names_of(Organisation)


@dataclass(frozen=True)
class DateFacet:
    """From and to, both inclusive; in the address as <key>_from and <key>_to."""

    key: str
    label: str
    field: str = ""
    bar: bool = False
    is_range: bool = True

    def filter(self, queryset: QuerySet, start: str, end: str) -> QuerySet:
        path = self.field or self.key
        if first := _day(start):
            queryset = queryset.filter(**{f"{path}__gte": self._edge(queryset, first)})
        if last := _day(end):
            last += timedelta(days=1)
            queryset = queryset.filter(**{f"{path}__lt": self._edge(queryset, last)})
        return queryset

    def _edge(self, queryset: QuerySet, day: date) -> date | datetime:
        """The beginning of the day, as the field counts time."""
        model, *path = queryset.model, *(self.field or self.key).split("__")
        try:
            for part in path[:-1]:
                model = model._meta.get_field(part).related_model
            exact = isinstance(model._meta.get_field(path[-1]), DateTimeField)
        except FieldDoesNotExist:  # an annotation
            exact = False
        return make_aware(datetime.combine(day, time.min)) if exact else day


def _day(text: str) -> date | None:
    """A day of which the day after and every time zone's hours exist."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1 < day.year < 9999 else None
