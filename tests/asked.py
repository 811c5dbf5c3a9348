"""What a page asks of its address.

A page that never asked for a parameter answers the same whatever stands in it: it need not be drawn again with another
value. (What stands around a page repeats its whole address; that is the same on every page and not counted here.)
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.handlers import wsgi
from django.http import QueryDict

EVERY = "*"


class Asked:
    """The parameters that were asked for since `clear()`."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def clear(self) -> None:
        self.names.clear()

    def any_of(self, names: Iterable[str]) -> bool:
        return EVERY in self.names or not self.names.isdisjoint(names)


def listening(monkeypatch) -> Asked:
    """From now on all that requests ask of their address is heard."""
    asked = Asked()

    class Heard(QueryDict):
        heard = False  # what it does while it reads the address itself is nobody's question

        def __init__(self, *args, **kwargs) -> None:
            super().__init__(*args, **kwargs)
            self.heard = True

        def _hear(self, name: str) -> None:
            if self.heard:
                asked.names.add(name)

    def by_name(ask):
        def heard(self, name, *args, **kwargs):
            self._hear(name)
            return ask(self, name, *args, **kwargs)

        return heard

    def as_a_whole(ask):
        def heard(self, *args, **kwargs):
            self._hear(EVERY)
            return ask(self, *args, **kwargs)

        return heard

    for method in ("__getitem__", "__contains__", "getlist"):
        setattr(Heard, method, by_name(getattr(QueryDict, method)))
    wholly = ("iter", "len", "eq", "ne", "repr", "reversed", "or", "ror", "copy", "deepcopy")
    plainly = ("keys", "values", "items", "lists", "dict", "copy", "urlencode")
    for method in (*(f"__{name}__" for name in wholly), *plainly):
        setattr(Heard, method, as_a_whole(getattr(QueryDict, method)))
    monkeypatch.setattr(wsgi, "QueryDict", Heard)
    return asked
