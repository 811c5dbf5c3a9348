"""Which kinds of record exist. A domain registers its kinds at start; links, events and search resolve by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is "<app>.<model>" in lower case; `may_see(user, object)` guards links, mentions and search.

    `field_words(name)` names what its events hold under names that are data (such as items of a form); "" if unknown.
    """

    name: str
    label: str
    may_see: Callable[[Any, Any], bool]
    search: Callable[[Any], dict] | None = None
    field_words: Callable[[str], str] | None = None

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
    field_words: Callable[[str], str] | None = None,
) -> None:
    """`search(obj)` returns title, title_en, summary, text and secrecy for the global search."""
    _kinds[name] = Kind(name, label, may_see, search, field_words)


def get(name: str) -> Kind | None:
    return _kinds.get(name)


def all_kinds() -> dict[str, Kind]:
    return dict(_kinds)


def kind_of(obj: Model) -> str:
    return obj._meta.label_lower


def resolve(kind: str, object_id: str) -> Model | None:
    """The record, or None when the kind is unknown or the record gone."""
    return resolve_many([(kind, object_id)]).get((kind, object_id))


def resolve_many(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Model]:
    """Records by (kind, id), one query a kind; unknown kinds, impossible ids and gone records are left out."""
    keys: dict[str, dict[Any, str]] = {}
    for kind, object_id in pairs:
        if kind in _kinds and (key := _key(_kinds[kind].model, object_id)) is not None:
            keys.setdefault(kind, {})[key] = object_id
    found: dict[tuple[str, str], Model] = {}
    for kind, ids in keys.items():
        rows = _kinds[kind].model._default_manager.in_bulk(list(ids))
        found |= {(kind, ids[key]): row for key, row in rows.items()}
    return found


def _key(model: type[Model], object_id: str) -> Any:
    """The id as the model's key, or None when it cannot be one."""
    try:
        key = model._meta.pk.to_python(object_id)
    except ValidationError:
        return None
    return None if isinstance(key, int) and not 0 <= key < 2**63 else key


def address(obj: Model) -> str:
    """Where the record opens; "" for what has no page of its own, such as a file."""
    return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else ""


def find_visible(user: Any, kind: str, object_id: str) -> Model | None:
    """The record, when there is one and the person may see it: whoever may not learns nothing of it."""
    obj = resolve(kind, object_id)
    return obj if obj is not None and visible(user, obj) else None


def visible(user: Any, obj: Model) -> bool:
    """May the person see the record? Of a kind that nobody registered nothing is visible."""
    kind = _kinds.get(kind_of(obj))
    return bool(kind and kind.may_see(user, obj))
