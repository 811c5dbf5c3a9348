"""Which kinds of record exist. A domain registers its kinds at start; links, events and search resolve by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is "<app>.<model>" in lower case; `may_see(user, object)` guards links, mentions and search."""

    name: str
    label: str
    may_see: Callable[[Any, Any], bool]
    search: Callable[[Any], dict] | None = None

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.name)


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    label: str,
    *,
    may_see: Callable[[Any, Any], bool] = lambda user, obj: True,
    search: Callable[[Any], dict] | None = None,
) -> None:
    """`search(obj)` returns title, title_en, summary, text and secrecy for the global search."""
    _kinds[name] = Kind(name, label, may_see, search)


def get(name: str) -> Kind | None:
    return _kinds.get(name)


def all_kinds() -> dict[str, Kind]:
    return dict(_kinds)


def kind_of(obj: Model) -> str:
    return obj._meta.label_lower


def resolve(kind: str, object_id: str) -> Model | None:
    """The record, or None when the kind is unknown or the record gone."""
    if kind not in _kinds:
        return None
    return _kinds[kind].model._default_manager.filter(pk=object_id).first()


def visible(user: Any, obj: Model) -> bool:
    kind = _kinds.get(kind_of(obj))
    return bool(kind and kind.may_see(user, obj))
